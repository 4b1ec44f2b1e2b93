import { defineCheck, moot, verdictOf } from '../../../src/authoring/define.ts'
import { isStream } from '../../../src/authoring/read.ts'
import { broken } from '../../../src/stream/rules/judge-stream.ts'
import type { EveryExchange } from '../../../src/types/index.ts'
import { framing } from '../stream-rule-check.ts'
import { changing, renumbered } from '../mutants.ts'
import { text } from '../scenarios.ts'

export default defineCheck({
  id: 'streaming/closes-after-the-end',
  title: 'After the terminal event nothing comes, and the connection is closed',
  kind: 'wire',
  scenario: 'every',
  covers: ['stream-closes-after-terminal'],

  judge({ exchange }: EveryExchange) {
    if (!isStream(exchange)) return moot('no event stream')
    return verdictOf([
      ...broken(exchange, ['nothing-after']),
      ...framing(exchange, {
        'left-open': 'the end of the body after the terminal event; clients wait for it',
      }),
    ])
  },

  mutants: [
    {
      story: 'the bookkeeping of a proxy sends a heartbeat behind the end',
      on: text,
      reply: (reply) =>
        renumbered(
          changing(reply, 'response.completed', (event) => [event, { type: 'keepalive' }]),
        ),
    },
  ],
})
