import { defineCheck, holds, notShown, verdictOf } from '../../../src/authoring/define.ts'
import type { EveryExchange } from '../../../src/types/index.ts'
import { isFramed } from '../stream-rule-check.ts'
import { textStreamScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'streaming/ends-with-done',
  title: 'The last frame is [DONE]',
  kind: 'wire',
  scenario: 'every',
  covers: ['stream-done-sentinel-open-responses'],
  only: ['open-responses'],

  judge({ exchange }: EveryExchange) {
    const { body, ending } = exchange
    if (!isFramed(exchange) || body.kind !== 'events') return notShown('no event stream over HTTP')
    if (ending !== 'complete') return notShown('the end is not in the record')
    const last = body.events.at(-1)
    if (last?.raw === '[DONE]') return holds
    return verdictOf([
      {
        step: 'exchange',
        at: last === undefined ? '/events' : `/events/${last.index}`,
        expected: 'the literal [DONE] as the data of the last frame',
        actual: last?.raw.slice(0, 120) ?? 'no frame at all',
      },
    ])
  },

  mutants: [
    {
      story: 'the stream of another API is passed on as it is',
      on: textStreamScenario,
      dialect: 'open-responses',
      reply: (reply) =>
        'events' in reply.body
          ? { ...reply, body: { events: reply.body.events.filter((event) => event !== '[DONE]') } }
          : reply,
    },
  ],
})
