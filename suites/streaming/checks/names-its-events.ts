import { defineCheck, moot, verdictOf } from '../../../src/authoring/define.ts'
import type { EveryExchange } from '../../../src/types/index.ts'
import { framing, isFramed } from '../stream-rule-check.ts'
import { reframing } from '../mutants.ts'
import { text } from '../scenarios.ts'

export default defineCheck({
  id: 'streaming/names-its-events',
  title: 'Each frame has an event line that says the type of its data',
  kind: 'wire',
  scenario: 'every',
  covers: ['stream-event-name-matches-type'],

  judge({ exchange }: EveryExchange) {
    if (!isFramed(exchange)) return moot('no event stream over HTTP')
    return verdictOf(
      framing(exchange, {
        'no-event-line': 'an `event:` line in each frame',
        'event-differs-from-type': 'an `event:` line that equals `type` in the data',
      }),
    )
  },

  mutants: [
    {
      story: 'only data lines are written, as for Chat Completions',
      on: text,
      wire: (actions, reply) =>
        'events' in reply.body
          ? reframing(actions, (frame) => frame.replace(/^event: .*\n/, ''))
          : actions,
    },
  ],
})
