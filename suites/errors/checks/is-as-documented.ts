import { defineCheck, mapJson, moot, verdictOf } from '../../../src/authoring/define.ts'
import type { EveryExchange } from '../../../src/types/index.ts'
import { mistakes } from '../invalid-requests.ts'
import { asked } from '../scenarios.ts'

export default defineCheck({
  id: 'errors/is-as-documented',
  title: 'An error has the shape that the documents give it',
  kind: 'wire',
  scenario: 'every',
  covers: ['own-error-as-documented'],
  documents: true,
  shape: true,

  judge({ exchange }: EveryExchange, { contract }) {
    if (exchange.status < 400) return moot('not an error')
    const flaws = contract.flaws(exchange)
    return flaws === undefined ? moot('the documents give errors no shape') : verdictOf(flaws)
  },

  mutants: [
    {
      story: 'a gateway passes on the errors of its upstream as they come',
      on: asked(mistakes[0]!),
      reply: (reply) =>
        reply.status >= 400 ? mapJson(reply, () => ({ error: { message: 42 } })) : reply,
    },
  ],
})
