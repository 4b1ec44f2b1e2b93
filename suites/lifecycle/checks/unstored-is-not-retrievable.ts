import { defineCheck } from '../../../src/authoring/define.ts'
import { isUnknown } from '../../../src/authoring/refusal.ts'
import { forgetting } from '../../common/mutants.ts'
import { stored } from '../scenarios.ts'

export default defineCheck({
  id: 'lifecycle/unstored-is-not-retrievable',
  title: 'A response with store false cannot be retrieved',
  kind: 'wire',
  scenario: stored,
  covers: ['state-store-false-not-retrievable'],

  judge: ({ unstoredAgain }) =>
    isUnknown('unstoredAgain', unstoredAgain, 'the response was created with store false'),

  mutants: [
    {
      story: 'a gateway stores everything, whatever it was asked',
      request: (request) => forgetting(request, 'store'),
    },
  ],
})
