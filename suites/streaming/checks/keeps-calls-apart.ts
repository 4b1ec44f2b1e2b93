import { defineCheck, mapEvents, verdictOf } from '../../../src/authoring/define.ts'
import { events, field, items, responseAt, show } from '../../../src/authoring/read.ts'
import { isType } from '../stream-rule-check.ts'
import { parallelCallsStreamScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'streaming/keeps-calls-apart',
  title: 'Of several calls, each delta belongs to one, and each call gets its own arguments',
  kind: 'forced',
  scenario: parallelCallsStreamScenario,
  covers: ['stream-fc-parallel-isolation'],

  judge({ stream }) {
    const deltas = events(stream).filter(isType('response.function_call_arguments.delta'))
    const calls = items(stream)
      .map((call, place) => ({ call, place }))
      .filter(({ call }) => call['type'] === 'function_call')
    // The rule of ids reports ids that no call has; the index still says whose a delta is.
    const isNamed = deltas.some(({ data }) =>
      calls.some(({ call }) => field(data, '/item_id') === call['id']),
    )
    return verdictOf(
      calls.flatMap(({ call, place }) => {
        const [key, own] = isNamed ? ['item_id', call['id']] : ['output_index', place]
        const written = deltas
          .filter(({ data }) => field(data, `/${key}`) === own)
          .map(({ data }) => String(field(data, '/delta') ?? ''))
          .join('')
        return written === call['arguments']
          ? []
          : [
              {
                step: 'stream',
                at: `${responseAt(stream)}/output/${place}/arguments`,
                expected: `${show(written)}, as the deltas with ${key} ${show(own)} spell it`,
                actual: show(call['arguments']),
              },
            ]
      }),
    )
  },

  mutants: [
    {
      story: 'the deltas of all calls go to the one that was opened last',
      reply: (reply) => {
        let last: { item_id: string; output_index: number } | undefined
        mapEvents(reply, (event) => {
          if (event['type'] === 'response.function_call_arguments.done') {
            last = {
              item_id: String(event['item_id']),
              output_index: Number(event['output_index']),
            }
          }
          return event
        })
        return mapEvents(reply, (event) =>
          event['type'] === 'response.function_call_arguments.delta'
            ? { ...event, ...last }
            : event,
        )
      },
    },
  ],
})
