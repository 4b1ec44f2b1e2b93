import { defineCheck, holds, notShown, violated } from '../../../src/authoring/define.ts'
import { eventType } from '../../../src/authoring/read.ts'
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
    // What streams no event of a response fails for that.
    if (!body.events.some((event) => eventType(event) !== undefined)) return notShown('no event')
    const last = body.events.at(-1)!
    if (last.raw === '[DONE]') return holds
    return violated({
      step: 'exchange',
      at: `/events/${last.index}`,
      expected: 'the literal [DONE] as the data of the last frame',
      actual: last.raw.slice(0, 120),
    })
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
