import { defineCheck, mapJson, notShown, verdictOf } from '../../../src/authoring/define.ts'
import { field, response, show } from '../../../src/authoring/read.ts'
import { countedTokensScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'usage/count-agrees',
  title: 'The count of input tokens is what the answer then costs',
  kind: 'wire',
  scenario: countedTokensScenario,
  covers: ['usage-input-tokens-endpoint'],

  judge({ plain, count }) {
    const cost = field(response(plain), '/usage/input_tokens')
    const body = count.body.kind === 'json' ? count.body.value : undefined
    const [object, tokens] = [field(body, '/object'), field(body, '/input_tokens')]
    if (typeof cost !== 'number') return notShown('usage has no input_tokens')
    return verdictOf([
      ...(object === 'response.input_tokens'
        ? []
        : [
            {
              step: 'count',
              at: '/object',
              expected: '"response.input_tokens"',
              actual: show(object),
            },
          ]),
      ...(tokens === cost
        ? []
        : [
            {
              step: 'count',
              at: '/input_tokens',
              expected: `${cost}, as in usage`,
              actual: show(tokens),
            },
          ]),
    ])
  },

  mutants: [
    {
      story: 'a gateway estimates the count with the tokenizer of another model',
      reply: (reply) =>
        mapJson(reply, (body) =>
          body['object'] === 'response.input_tokens' ? { ...body, input_tokens: 1 } : body,
        ),
    },
    {
      story: 'a gateway names the count by its operation',
      reply: (reply) =>
        mapJson(reply, (body) =>
          body['object'] === 'response.input_tokens' ? { ...body, object: 'input_tokens' } : body,
        ),
    },
  ],
})
