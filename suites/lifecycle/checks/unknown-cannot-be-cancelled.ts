import { defineCheck } from '../../../src/authoring/define.ts'
import { judgeUnknownId } from '../../../src/authoring/judge-refusal.ts'
import { unknownResponseScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'lifecycle/unknown-cannot-be-cancelled',
  title: 'Cancelling a response that does not exist is a 404',
  kind: 'wire',
  scenario: unknownResponseScenario,
  covers: ['bg-cancel-unknown-404'],

  judge: ({ cancel }) => judgeUnknownId('cancel', cancel),

  mutants: [
    {
      story: 'cancel answers 200 whether there is anything to cancel or not',
      reply: (reply, { path }) =>
        path.endsWith('/cancel') ? { ...reply, status: 200, body: { json: {} } } : reply,
    },
  ],
})
