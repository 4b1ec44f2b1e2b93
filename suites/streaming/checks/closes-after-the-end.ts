import { defineCheck, notShown, verdictOf } from '../../../src/authoring/define.ts'
import { isStream } from '../../../src/authoring/read.ts'
import { findViolatedRules } from '../../../src/stream/rules/judge-stream.ts'
import type { EveryExchange } from '../../../src/types/index.ts'
import { framingFindingsOf } from '../stream-rule-check.ts'
import { changeEvents, renumberEvents } from '../mutants.ts'
import { textStreamScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'streaming/closes-after-the-end',
  title: 'After the terminal event nothing comes, and the connection is closed',
  kind: 'wire',
  scenario: 'every',
  covers: ['stream-closes-after-terminal'],

  judge({ exchange }: EveryExchange) {
    if (!isStream(exchange)) return notShown('no event stream')
    const late = findViolatedRules(exchange, ['nothing-after'])
    if (late.length > 0) return verdictOf(late)
    if (exchange.timing === undefined) return notShown('recorded without its times')
    const expected = 'the end of the body after the terminal event; clients wait for it'
    return verdictOf(framingFindingsOf(exchange, { 'left-open': expected }))
  },

  mutants: [
    {
      story: 'the bookkeeping of a proxy sends a heartbeat behind the end',
      on: textStreamScenario,
      reply: (reply) =>
        renumberEvents(
          changeEvents(reply, 'response.completed', (event) => [event, { type: 'keepalive' }]),
        ),
    },
    {
      story: 'a proxy waits for its upstream to hang up first',
      on: textStreamScenario,
      wire: (actions, reply) => ('events' in reply.body ? [...actions, { hang: true }] : actions),
    },
  ],
})
