import { defineCheck, notShown, verdictOf } from '../../../src/authoring/define.ts'
import { field, response, responseAt, show } from '../../../src/authoring/read.ts'
import type { EveryExchange, Finding } from '../../../src/types/index.ts'
import { unreachableImageScenario } from '../../image/scenarios.ts'

export default defineCheck({
  id: 'errors/failed-says-why',
  title: 'A failed response has an error with a code and a message',
  kind: 'wire',
  scenario: 'every',
  covers: ['error-failed-response-object'],

  judge({ exchange }: EveryExchange) {
    const failed = response(exchange)
    if (failed?.['status'] !== 'failed') return notShown('the response did not fail')
    const findings: Finding[] = []
    const expect = (key: string, right: boolean, expected: string): void => {
      const actual = show(field(failed, key))
      const at = responseAt(exchange) + key
      if (!right) findings.push({ step: 'exchange', at, expected, actual })
    }
    const code = field(failed, '/error/code')
    expect('/error/code', typeof code === 'string' && code !== '', 'a code')
    const message = field(failed, '/error/message')
    expect('/error/message', typeof message === 'string' && message !== '', 'a message')
    const details = field(failed, '/incomplete_details') ?? null
    expect('/incomplete_details', details === null, 'null, because the response has failed')
    return verdictOf(findings)
  },

  mutants: [
    {
      story: 'a gateway marks a response as failed and loses the reason',
      on: unreachableImageScenario,
      reply: (reply) =>
        reply.status >= 400
          ? {
              ...reply,
              status: 200,
              body: {
                json: {
                  id: 'resp_1',
                  object: 'response',
                  status: 'failed',
                  error: null,
                  output: [],
                },
              },
            }
          : reply,
    },
  ],
})
