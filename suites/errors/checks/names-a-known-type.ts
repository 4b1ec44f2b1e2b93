import { defineCheck, holds, mapJson, notShown, violated } from '../../../src/authoring/define.ts'
import { isObject, show } from '../../../src/authoring/read.ts'
import { errorOf } from '../../../src/authoring/judge-refusal.ts'
import type { EveryExchange } from '../../../src/types/index.ts'
import { invalidRequests } from '../invalid-requests.ts'
import { invalidRequestScenarioOf } from '../scenarios.ts'

const OPENAI: readonly unknown[] = ['invalid_request_error']
const OPEN_RESPONSES: readonly unknown[] = [
  'invalid_request',
  // The specification's own example.
  'invalid_request_error',
  'not_found',
  'model_error',
]

export default defineCheck({
  id: 'errors/names-a-known-type',
  title: 'The type of an error is one of the published types',
  kind: 'wire',
  scenario: 'every',
  covers: ['error-type-vocabulary-openai', 'error-type-vocabulary-open-responses'],
  only: ['openai', 'open-responses'],

  judge({ exchange }: EveryExchange, { yardstick }) {
    const error = errorOf(exchange)
    if (![400, 404, 422].includes(exchange.status) || error === undefined) {
      return notShown("not the error object of a caller's mistake")
    }
    const known = yardstick === 'openai' ? OPENAI : OPEN_RESPONSES
    if (known.includes(error['type']) || typeof error['type'] !== 'string') return holds
    return violated({
      step: 'exchange',
      at: '/error/type',
      expected: known.join(' or '),
      actual: show(error['type']),
    })
  },

  mutants: [
    {
      story: 'a gateway names errors after its own product',
      on: invalidRequestScenarioOf(invalidRequests[0]!),
      reply: (reply) =>
        mapJson(reply, (body) =>
          isObject(body['error'])
            ? { ...body, error: { ...body['error'], type: 'gateway_error' } }
            : body,
        ),
    },
  ],
})
