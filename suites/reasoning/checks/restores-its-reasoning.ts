import { defineCheck } from '../../../src/authoring/define.ts'
import { judgeAccepted, refuseParameter } from '../../common/refusals.ts'
import { chainedReasoningScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'reasoning/restores-its-reasoning',
  title: 'With previous_response_id a function call needs its output only, not its reasoning',
  kind: 'wire',
  scenario: chainedReasoningScenario,
  covers: ['rs-item-with-tool-output'],

  judge: ({ next }) => judgeAccepted('next', next),

  mutants: [
    {
      story: 'a server stores the call without the reasoning that it requires beside it',
      reply: (reply, { text }) =>
        text.includes('previous_response_id') ? refuseParameter(reply, 'input') : reply,
    },
  ],
})
