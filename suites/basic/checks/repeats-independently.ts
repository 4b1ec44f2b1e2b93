import { defineCheck, mapResponse } from '../../../src/authoring/define.ts'
import { twiceScenario } from '../scenarios.ts'
import { judgeOwnId } from '../two-ids.ts'

export default defineCheck({
  id: 'basic/repeats-independently',
  title: 'The same request, sent twice, makes two answers',
  kind: 'wire',
  scenario: twiceScenario,
  covers: ['misc-idempotent-independent'],

  judge: ({ first, second }) => judgeOwnId('second', first, second),

  mutants: [
    {
      story: 'a cache in front of the endpoint answers by the hash of the body',
      reply: (reply) => mapResponse(reply, (response) => ({ ...response, id: 'resp_cached' })),
    },
  ],
})
