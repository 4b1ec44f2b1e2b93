import { defineCheck, holds, mapResponse, moot, violated } from '../../../src/define.ts'
import { field, response, responseAt } from '../../../src/read.ts'
import type { Exchange, Json } from '../../../src/types.ts'
import { counted } from '../scenarios.ts'

export default defineCheck({
  id: 'image/images-count-as-input',
  title: 'More pictures cost more input tokens',
  kind: 'wire',
  scenario: counted,
  covers: ['image-counts-in-usage'],

  judge({ one, three }) {
    const [few, many] = [tokens(one), tokens(three)]
    if (typeof few !== 'number' || typeof many !== 'number') return moot('no input tokens told')
    if (many > few) return holds
    return violated({
      step: 'three',
      at: `${responseAt(three)}/usage/input_tokens`,
      expected: `more than ${few}, what a single picture cost`,
      actual: String(many),
    })
  },

  mutant: {
    story: 'a gateway counts the tokens of the text itself',
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
