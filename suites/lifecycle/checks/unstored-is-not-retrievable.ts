import { defineCheck } from '../../../src/authoring/define.ts'
import { judgeUnknown } from '../../../src/authoring/judge-refusal.ts'
import { dropParameter } from '../../common/mutants.ts'
import { storedScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'lifecycle/unstored-is-not-retrievable',
  title: 'A response with store false cannot be retrieved',
  kind: 'wire',
  scenario: storedScenario,
  covers: ['state-store-false-not-retrievable'],

  judge: ({ unstoredAgain }) =>
    judgeUnknown('unstoredAgain', unstoredAgain, 'the response was created with store false'),

  mutants: [
    {
      story: 'a gateway stores everything, whatever it was asked',
      request: (request) => dropParameter(request, 'store'),
    },
  ],
})
