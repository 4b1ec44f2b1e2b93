import { defineCheck, mapJson, notShown, verdictOf } from '../../../src/authoring/define.ts'
import { isObject, show } from '../../../src/authoring/read.ts'
import { errorOf } from '../../../src/authoring/judge-refusal.ts'
import type { EveryExchange } from '../../../src/types/index.ts'
import { createFinding } from '../../common/answers.ts'
import { invalidRequests } from '../invalid-requests.ts'
import { invalidRequestScenarioOf } from '../scenarios.ts'

export default defineCheck({
  id: 'errors/code-is-no-status',
  title: 'The code of an error says more than its status',
  kind: 'wire',
  scenario: 'every',
  covers: ['error-code-is-no-status'],
  only: ['openai', 'open-responses'],

  judge({ exchange }: EveryExchange) {
    const code = errorOf(exchange)?.['code']
    if (exchange.status < 400 || typeof code !== 'string') return notShown('no code of an error')
    const isStatus = /^[1-5]\d\d$/.test(code)
    return verdictOf(
      isStatus
        ? [createFinding('/error/code', 'null, or a word such as "invalid_type"', show(code))]
        : [],
    )
  },

  mutants: [
    {
      story: 'a gateway turns the status into text where a code belongs',
      on: invalidRequestScenarioOf(invalidRequests[0]!),
      reply: (reply) =>
        mapJson(reply, ({ error, ...body }) =>
          isObject(error) ? { ...body, error: { ...error, code: String(reply.status) } } : body,
        ),
    },
  ],
})
