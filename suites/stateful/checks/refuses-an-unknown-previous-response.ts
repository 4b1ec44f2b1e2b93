import { defineCheck } from '../../../src/authoring/define.ts'
import { judgeRefusal } from '../../../src/authoring/judge-refusal.ts'
import { dropParameter } from '../../common/mutants.ts'
import { unknownPreviousScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'stateful/refuses-an-unknown-previous-response',
  title: 'A previous_response_id that nobody has given out is refused',
  kind: 'wire',
  scenario: unknownPreviousScenario,
  covers: ['state-previous-unknown'],

  judge: ({ ask }) =>
    judgeRefusal('ask', ask, 'there is no response with this previous_response_id'),

  mutants: [
    {
      story: 'previous_response_id is accepted and never looked up',
      request: (request) => dropParameter(request, 'previous_response_id'),
    },
  ],
})
