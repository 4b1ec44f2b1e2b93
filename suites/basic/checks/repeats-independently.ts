import {
  defineCheck,
  holds,
  mapResponse,
  notShown,
  violated,
} from '../../../src/authoring/define.ts'
import { field, response, show } from '../../../src/authoring/read.ts'
import { twiceScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'basic/repeats-independently',
  title: 'The same request, sent twice, makes two answers',
  kind: 'wire',
  scenario: twiceScenario,
  covers: ['misc-idempotent-independent'],

  judge({ first, second }) {
    const [before, after] = [first, second].map((exchange) => field(response(exchange), '/id'))
    if (typeof before !== 'string' || typeof after !== 'string') return notShown('an id is missing')
    if (before !== after) return holds
    return violated({
      step: 'second',
      at: '/id',
      expected: 'an answer of its own',
      actual: `${show(after)} again`,
    })
  },

  mutants: [
    {
      story: 'a cache in front of the endpoint answers by the hash of the body',
      reply: (reply) => mapResponse(reply, (response) => ({ ...response, id: 'resp_cached' })),
    },
  ],
})
