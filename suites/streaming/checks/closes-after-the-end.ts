import { defineCheck, moot, verdictOf } from '../../../src/define.ts'
import { isStream } from '../../../src/read.ts'
import { broken } from '../../../src/stream/laws.ts'
import type { EveryExchange } from '../../../src/types.ts'
import { framing } from '../law.ts'
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

  mutant: {
    story: 'the bookkeeping of a proxy sends a heartbeat behind the end',
    on: text,
    reply: (reply) =>
      renumbered(changing(reply, 'response.completed', (event) => [event, { type: 'keepalive' }])),
  },
})
