import { defineCheck, holds, notShown, violated } from '../../../src/authoring/define.ts'
import { header } from '../../../src/authoring/read.ts'
import { twiceScenario } from '../../basic/scenarios.ts'

export default defineCheck({
  id: 'transport/request-ids-differ',
  title: 'No two requests share an x-request-id',
  kind: 'wire',
  scenario: twiceScenario,
  covers: ['transport-request-id-unique'],

  judge({ first, second }) {
    const [before, after] = [header(first, 'x-request-id'), header(second, 'x-request-id')]
    if (before === undefined || after === undefined) return notShown('no x-request-id')
    if (before !== after) return holds
    return violated({
      step: 'second',
      at: 'header x-request-id',
      expected: 'a value of its own',
      actual: `${after}, as for the request before`,
    })
  },

  mutants: [
    {
      story: 'a gateway answers with the id of its own process',
      reply: (reply) => ({ ...reply, headers: { ...reply.headers, 'x-request-id': 'req_1' } }),
    },
  ],
})
