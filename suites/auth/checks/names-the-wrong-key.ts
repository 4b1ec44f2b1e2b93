import { defineCheck, mapJson, notShown, verdictOf } from '../../../src/authoring/define.ts'
import { field, isObject, show } from '../../../src/authoring/read.ts'
import { errorOf } from '../../../src/authoring/judge-refusal.ts'
import type { Finding } from '../../../src/types/index.ts'
import { keysScenario } from '../scenarios.ts'

const TYPES: readonly unknown[] = ['invalid_request_error', 'authentication_error']

export default defineCheck({
  id: 'auth/names-the-wrong-key',
  title: 'The error for a wrong key has the code invalid_api_key',
  kind: 'wire',
  scenario: keysScenario,
  covers: ['auth-error-code'],

  judge({ wrong }) {
    const error = errorOf(wrong)
    if (wrong.status !== 401 || error === undefined) return notShown('no error object with 401')
    const findings: Finding[] = []
    const expect = (at: string, right: boolean, expected: string): void => {
      const actual = show(field(error, at))
      if (!right) findings.push({ step: 'wrong', at: `/error${at}`, expected, actual })
    }
    expect('/code', error['code'] === 'invalid_api_key', 'invalid_api_key')
    expect('/type', TYPES.includes(error['type']), TYPES.join(' or '))
    return verdictOf(findings)
  },

  mutants: [
    {
      story: 'a gateway has one code for everything that it refuses',
      reply: (reply) =>
        mapJson(reply, (body) =>
          isObject(body['error']) ? { ...body, error: { ...body['error'], code: 'denied' } } : body,
        ),
    },
  ],
})
