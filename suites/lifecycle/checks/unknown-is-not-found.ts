import { defineCheck } from '../../../src/authoring/define.ts'
import { judgeUnknownId } from '../../../src/authoring/judge-refusal.ts'
import { unknownResponseScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'lifecycle/unknown-is-not-found',
  title: 'A response that does not exist is a 404',
  kind: 'wire',
  scenario: unknownResponseScenario,
  covers: ['error-not-found-404'],

  judge: ({ retrieve }) => judgeUnknownId('retrieve', retrieve),

  mutants: [
    {
      story: 'a lookup that finds nothing ends in an unhandled exception',
      reply: (reply, { path }) =>
        reply.status === 404 && !path.endsWith('/cancel') ? { ...reply, status: 500 } : reply,
    },
  ],
})
