import { defineCheck, mapEvents, verdictOf } from '../../../src/authoring/define.ts'
import { events, eventType, field, show } from '../../../src/authoring/read.ts'
import type { Finding } from '../../../src/types/index.ts'
import { interruptedRunScenario } from '../background.ts'
import { canonicalizeJson } from '../stored-response.ts'

export default defineCheck({
  id: 'lifecycle/replays-a-stream',
  title: 'A stream is replayed from its first event to the response that was stored',
  kind: 'wire',
  scenario: interruptedRunScenario,
  covers: ['bg-stream-replay-full', 'misc-response-size-consistency'],

  judge({ start, ended, replay }) {
    const findings: Finding[] = []
    const told = (at: string, expected: string, actual: string): void => {
      findings.push({ step: 'replay', at, expected, actual })
    }
    const replayed = events(replay)
    for (const [index, event] of events(start).entries()) {
      const again = replayed[index]
      if (again !== undefined && eventType(again) === eventType(event)) continue
      told(`/events/${index}`, `${eventType(event)} again`, show(again && eventType(again)))
      break
    }
    const last = replayed.at(-1)
    const output = field(last?.data, '/response/output')
    const stored = ended.body.kind === 'json' ? field(ended.body.value, '/output') : undefined
    if (canonicalizeJson(output) !== canonicalizeJson(stored)) {
      const at = `/events/${last?.index ?? 0}/response/output`
      told(at, `the stored output: ${show(stored)}`, show(output))
    }
    return verdictOf(findings)
  },

  mutants: [
    {
      story: 'a server keeps the last events of a stream only',
      reply: (reply, { method }) =>
        method === 'GET'
          ? mapEvents(reply, (event, index) => (index < 2 ? undefined : event))
          : reply,
    },
  ],
})
