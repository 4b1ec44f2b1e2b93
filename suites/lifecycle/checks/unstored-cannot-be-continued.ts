import { defineCheck } from '../../../src/authoring/define.ts'
import { judgeRefusal } from '../../../src/authoring/judge-refusal.ts'
import { dropParameter } from '../../common/mutants.ts'
import { storedScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'lifecycle/unstored-cannot-be-continued',
  title: 'A response with store false cannot be continued',
  kind: 'wire',
  scenario: storedScenario,
  covers: ['state-store-false-not-chainable'],

  judge: ({ unstoredNext }) =>
    judgeRefusal(
      'unstoredNext',
      unstoredNext,
      'the previous response was created with store false',
    ),

  mutants: [
    {
      story: 'previous_response_id is ignored when nothing is stored under it',
      request: (request) => dropParameter(request, 'previous_response_id'),
    },
  ],
})
