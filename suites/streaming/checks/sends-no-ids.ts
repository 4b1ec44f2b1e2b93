import { defineCheck, moot, verdictOf } from '../../../src/authoring/define.ts'
import type { EveryExchange } from '../../../src/types/index.ts'
import { framing, isFramed } from '../stream-rule-check.ts'
import { reframing } from '../mutants.ts'
import { text } from '../scenarios.ts'

export default defineCheck({
  id: 'streaming/sends-no-ids',
  title: 'Frames carry no id line',
  kind: 'wire',
  scenario: 'every',
  covers: ['stream-no-sse-id'],

  judge({ exchange }: EveryExchange) {
    if (!isFramed(exchange)) return moot('no event stream over HTTP')
    return verdictOf(framing(exchange, { 'id-line': 'no `id:` line' }))
  },

  mutants: [
    {
      story: 'a framework numbers the frames by itself',
      on: text,
      dialect: 'open-responses',
      wire: (actions, reply) =>
        'events' in reply.body
          ? reframing(actions, (frame, index) => `id: ${index}\n${frame}`)
          : actions,
    },
  ],
})
