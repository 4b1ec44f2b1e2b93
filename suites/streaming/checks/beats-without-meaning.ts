import { defineCheck, notShown, verdictOf } from '../../../src/authoring/define.ts'
import { events, isObject, show } from '../../../src/authoring/read.ts'
import type { EveryExchange } from '../../../src/types/index.ts'
import { isFramed, isType } from '../stream-rule-check.ts'
import { changeEvents, renumberEvents } from '../mutants.ts'
import { textStreamScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'streaming/beats-without-meaning',
  title: 'Heartbeats are comments, or keepalive events that carry nothing but a number',
  kind: 'wire',
  scenario: 'every',
  covers: ['stream-comments-only-as-heartbeat', 'stream-keepalive-event'],

  judge({ exchange }: EveryExchange) {
    const { body } = exchange
    if (!isFramed(exchange) || body.kind !== 'events') return notShown('no event stream over HTTP')
    const beats = events(exchange).filter(isType('keepalive'))
    const comments = body.anomalies.some(({ kind }) => kind === 'comment')
    if (beats.length === 0 && !comments) return notShown('there are no heartbeats')
    return verdictOf(
      beats.flatMap(({ index, data }) => {
        const keys = isObject(data) ? Object.keys(data) : []
        const more = keys.filter((key) => !['type', 'sequence_number'].includes(key))
        return more.length === 0
          ? []
          : [
              {
                step: 'exchange',
                at: `/events/${index}`,
                expected: 'a keepalive with type and sequence_number alone',
                actual: show(more),
              },
            ]
      }),
    )
  },

  mutants: [
    {
      story: 'partial results ride on the heartbeat',
      on: textStreamScenario,
      reply: (reply) =>
        renumberEvents(
          changeEvents(reply, 'response.in_progress', (event) => [
            event,
            { type: 'keepalive', text: 'still thinking' },
          ]),
        ),
    },
  ],
})
