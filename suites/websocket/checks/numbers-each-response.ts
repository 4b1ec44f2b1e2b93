import {
  allOf,
  defineCheck,
  holds,
  mapEvents,
  notShown,
  violated,
} from '../../../src/authoring/define.ts'
import { events, field, show } from '../../../src/authoring/read.ts'
import type { Exchange, Judgement } from '../../../src/types/index.ts'
import { connectionScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'websocket/numbers-each-response',
  title: 'sequence_number begins anew with each response and rises within it',
  kind: 'wire',
  scenario: connectionScenario,
  covers: ['ws-sequence-per-response'],

  judge({ first, second }) {
    if (numbers(first).length === 0) return notShown('no sequence_number at all')
    return allOf(rises('first', first), rises('second', second))
  },

  mutants: [
    {
      story: 'a server counts the frames of the connection',
      reply: (reply) =>
        mapEvents(reply, (event) => ({
          ...event,
          sequence_number: Number(event['sequence_number'] ?? 0) + 40,
        })),
    },
  ],
})

function numbers(exchange: Exchange): readonly number[] {
  return events(exchange)
    .map((event) => field(event.data, '/sequence_number'))
    .filter((value) => typeof value === 'number')
}

function rises(step: string, exchange: Exchange): Judgement {
  const found = numbers(exchange)
  // Some servers begin at 1: what matters is that each response begins again.
  const violation = found.findIndex((number, index) =>
    index === 0 ? number > 1 : number <= found[index - 1]!,
  )
  if (violation < 0) return holds
  return violated({
    step,
    at: `/events/${violation}/sequence_number`,
    expected:
      violation === 0 ? '0, at the beginning of a response' : `more than ${found[violation - 1]}`,
    actual: show(found[violation]),
  })
}
