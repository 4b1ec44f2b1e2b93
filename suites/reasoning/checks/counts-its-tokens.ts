import {
  defineCheck,
  holds,
  mapResponse,
  notShown,
  violated,
} from '../../../src/authoring/define.ts'
import { field, response, responseAt, show } from '../../../src/authoring/read.ts'
import { reasoningScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'reasoning/counts-its-tokens',
  title: 'reasoning_tokens is a whole number, at most output_tokens',
  kind: 'wire',
  scenario: reasoningScenario,
  covers: ['rs-tokens-counted'],

  judge({ ask }) {
    const usage = field(response(ask), '/usage')
    const all = field(usage, '/output_tokens')
    if (typeof all !== 'number') return notShown('no output_tokens to compare with')
    const spent = field(usage, '/output_tokens_details/reasoning_tokens')
    if (spent === undefined) return notShown('reasoning is not counted: see usage/is-whole')
    if (Number.isInteger(spent) && Number(spent) >= 0 && Number(spent) <= all) return holds
    return violated({
      step: 'ask',
      at: `${responseAt(ask)}/usage/output_tokens_details/reasoning_tokens`,
      expected: `a whole number from 0 to ${all}, because reasoning is part of the output`,
      actual: show(spent),
    })
  },

  mutants: [
    {
      story: 'a gateway adds reasoning on top of the output instead of counting it in',
      reply: (reply) =>
        mapResponse(reply, (body) => ({
          ...body,
          usage: {
            ...(body['usage'] as object),
            output_tokens: 10,
            output_tokens_details: { reasoning_tokens: 64 },
          },
        })),
    },
  ],
})
