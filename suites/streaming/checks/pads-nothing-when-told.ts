import { defineCheck, mapEvents, verdictOf } from '../../../src/authoring/define.ts'
import { events, field, show } from '../../../src/authoring/read.ts'
import { unpaddedStreamScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'streaming/pads-nothing-when-told',
  title: 'include_obfuscation: false removes the padding from every event',
  kind: 'wire',
  scenario: unpaddedStreamScenario,
  covers: ['stream-obfuscation-off'],

  judge({ stream }) {
    const padded = events(stream).find(({ data }) => field(data, '/obfuscation') !== undefined)
    return verdictOf(
      padded === undefined
        ? []
        : [
            {
              step: 'stream',
              at: `/events/${padded.index}/obfuscation`,
              expected: 'absent, since stream_options.include_obfuscation is false',
              actual: show(field(padded.data, '/obfuscation')),
            },
          ],
    )
  },

  mutants: [
    {
      story: 'stream_options is accepted and never read',
      reply: (reply) =>
        mapEvents(reply, (event) => ('delta' in event ? { ...event, obfuscation: 'xxxx' } : event)),
    },
  ],
})
