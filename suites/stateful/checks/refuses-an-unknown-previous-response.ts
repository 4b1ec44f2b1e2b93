import { defineCheck } from '../../../src/authoring/define.ts'
import { refuses } from '../../../src/authoring/refusal.ts'
import { forgetting } from '../../common/mutants.ts'
import { unknown } from '../scenarios.ts'

export default defineCheck({
  id: 'stateful/refuses-an-unknown-previous-response',
  title: 'A previous_response_id that nobody has given out is refused',
  kind: 'wire',
  scenario: unknown,
  covers: ['state-previous-unknown'],

  judge: ({ ask }) => refuses('ask', ask, 'there is no response with this previous_response_id'),

  mutants: [
    {
      story: 'previous_response_id is accepted and never looked up',
      request: (request) => forgetting(request, 'previous_response_id'),
    },
  ],
})
