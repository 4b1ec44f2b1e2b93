import { defineCheck, notShown, verdictOf } from '../../../src/authoring/define.ts'
import { field, response, responseAt, show } from '../../../src/authoring/read.ts'
import type { EveryExchange } from '../../../src/types/index.ts'
import { unreachableImageScenario } from '../../image/scenarios.ts'

export default defineCheck({
  id: 'errors/failed-names-a-published-code',
  title: 'The error of a failed response has one of the published codes',
  kind: 'wire',
  scenario: 'every',
  covers: ['error-failed-code-vocabulary'],

  judge({ exchange }: EveryExchange, { contract }) {
    const failed = response(exchange)
    if (failed?.['status'] !== 'failed') return notShown('the response did not fail')
    const code = field(failed, '/error/code')
    const published = contract.responseFields.find(({ at }) => at === '/error/code')?.enum
    if (published === undefined) return notShown('the documents have no list of codes')
    if (typeof code !== 'string') return notShown('that there is no code is told elsewhere')
    const some = published.slice(0, 3).join(', ')
    const expected = `one of the ${published.length} published codes: ${some}, …`
    const at = `${responseAt(exchange)}/error/code`
    return verdictOf(
      published.includes(code) ? [] : [{ step: 'exchange', at, expected, actual: show(code) }],
    )
  },

  mutants: [
    {
      story: 'a gateway marks a response as failed with the code of its upstream',
      on: unreachableImageScenario,
      reply: (reply) => {
        if (reply.status < 400) return reply
        const error = { code: 'upstream_error', message: 'The upstream failed.' }
        const json = { id: 'resp_1', object: 'response', status: 'failed', error, output: [] }
        return { ...reply, status: 200, body: { json } }
      },
    },
  ],
})
