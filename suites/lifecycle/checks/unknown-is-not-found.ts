import { defineCheck } from '../../../src/authoring/define.ts'
import { judgeUnknown } from '../../../src/authoring/refusal.ts'
import { unknownResponseScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'lifecycle/unknown-is-not-found',
  title: 'A response that does not exist is a 404 with an error object',
  kind: 'wire',
  scenario: unknownResponseScenario,
  covers: ['error-not-found-404'],

  judge: ({ retrieve }) => judgeUnknown('retrieve', retrieve, 'nobody has given out this id'),

  mutants: [
    {
      story: 'a lookup that finds nothing ends in an unhandled exception',
      reply: (reply, { path }) =>
        reply.status === 404 && !path.endsWith('/cancel') ? { ...reply, status: 500 } : reply,
    },
  ],
})
