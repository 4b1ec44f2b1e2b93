import { defineCheck, holds, mapEvents, violated } from '../../../src/authoring/define.ts'
import { events, field, show } from '../../../src/authoring/read.ts'
import { interruptedRunScenario } from '../background.ts'

export default defineCheck({
  id: 'lifecycle/replays-without-obfuscation',
  title: 'include_obfuscation=false keeps obfuscation out of a replayed stream',
  kind: 'wire',
  scenario: interruptedRunScenario,
  covers: ['retrieve-include-obfuscation'],

  judge({ replay }) {
    const found = events(replay).find((event) => field(event.data, '/obfuscation') !== undefined)
    if (found === undefined) return holds
    return violated({
      step: 'replay',
      at: `/events/${found.index}/obfuscation`,
      expected: 'absent, because the request asked for include_obfuscation=false',
      actual: show(field(found.data, '/obfuscation')),
    })
  },

  mutants: [
    {
      story: 'a server stores the events as they went out, obfuscation included',
      reply: (reply, { method }) =>
        method === 'GET' ? mapEvents(reply, (event) => ({ ...event, obfuscation: 'x1' })) : reply,
    },
  ],
})
