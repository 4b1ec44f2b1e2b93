import { defineCheck, holds, mapResponse, moot, violated } from '../../../src/define.ts'
import { field, response, responseAt } from '../../../src/read.ts'
import type { Exchange, Json } from '../../../src/types.ts'
import { chain } from '../scenarios.ts'

export default defineCheck({
  id: 'stateful/history-counts-as-input',
  title: 'The input tokens of a continued response count the earlier context',
  kind: 'wire',
  scenario: chain,
  covers: ['state-previous-usage-includes-history'],

  judge({ second, third }) {
    const [short, long] = [tokens(second), tokens(third)]
    if (typeof short !== 'number' || typeof long !== 'number') return moot('no input tokens told')
    if (long > short) return holds
    return violated({
      step: 'third',
      at: `${responseAt(third)}/usage/input_tokens`,
      expected: `more than ${short}, what the turn before took with less context`,
      actual: String(long),
    })
  },

  mutant: {
    story: 'a gateway counts the new input only',
    reply: (reply) =>
      mapResponse(reply, (body) => ({
        ...body,
        usage: { ...(body['usage'] as object), input_tokens: 30 },
      })),
  },
})

function tokens(exchange: Exchange): Json | undefined {
  return field(response(exchange), '/usage/input_tokens')
}
