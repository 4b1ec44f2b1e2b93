import { defineCheck, mapJson, notShown, verdictOf } from '../../../src/authoring/define.ts'
import type { EveryExchange } from '../../../src/types/index.ts'
import { invalidRequests } from '../invalid-requests.ts'
import { invalidRequestScenarioOf } from '../scenarios.ts'

export default defineCheck({
  id: 'errors/is-as-documented',
  title: 'An error has the shape that the documents give it',
  kind: 'wire',
  scenario: 'every',
  covers: ['own-error-as-documented'],
  documents: true,
  shape: true,

  judge({ exchange }: EveryExchange, { contract }) {
    if (exchange.status < 400) return notShown('not an error')
    const flaws = contract.flaws(exchange)
    return flaws === undefined ? notShown('the documents give errors no shape') : verdictOf(flaws)
  },

  mutants: [
    {
      story: 'a gateway passes on the errors of its upstream as they come',
      on: invalidRequestScenarioOf(invalidRequests[0]!),
      reply: (reply) =>
        reply.status >= 400 ? mapJson(reply, () => ({ error: { message: 42 } })) : reply,
    },
  ],
})
