import { defineCheck, notShown, verdictOf } from '../../../src/authoring/define.ts'
import type { EveryExchange } from '../../../src/types/index.ts'
import { framingFindingsOf, isFramed } from '../stream-rule-check.ts'
import { replaceFrames } from '../mutants.ts'
import { textStreamScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'streaming/names-its-events',
  title: 'Each frame has an event line that says the type of its data',
  kind: 'wire',
  scenario: 'every',
  covers: ['stream-event-name-matches-type'],
  promises: ['stream event-lines'],

  judge({ exchange }: EveryExchange) {
    if (!isFramed(exchange)) return notShown('no event stream over HTTP')
    return verdictOf(
      framingFindingsOf(exchange, {
        'no-event-line': 'an `event:` line in each frame',
        'event-differs-from-type': 'an `event:` line that equals `type` in the data',
      }),
    )
  },

  mutants: [
    {
      story: 'only data lines are written, as for Chat Completions',
      on: textStreamScenario,
      wire: replaceFrames((frame) => frame.replace(/^event: .*\n/, '')),
    },
    {
      story: 'a framework calls every event a message',
      on: textStreamScenario,
      wire: replaceFrames((frame) => frame.replace(/^event: .*$/m, 'event: message')),
    },
  ],
})
