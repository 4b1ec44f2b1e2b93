import { defineCheck } from '../../../src/authoring/define.ts'
import { refuses } from '../../../src/authoring/refusal.ts'
import { forgetting } from '../../common/mutants.ts'
import { stored } from '../scenarios.ts'

export default defineCheck({
  id: 'lifecycle/unstored-cannot-be-continued',
  title: 'A response with store false cannot be continued',
  kind: 'wire',
  scenario: stored,
  covers: ['state-store-false-not-chainable'],

  judge: ({ unstoredNext }) =>
    refuses('unstoredNext', unstoredNext, 'the previous response was created with store false'),

  mutants: [
    {
      story: 'previous_response_id is ignored when nothing is stored under it',
      request: (request) => forgetting(request, 'previous_response_id'),
    },
  ],
})
