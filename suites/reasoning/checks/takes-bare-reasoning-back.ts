import { defineCheck, notShown } from '../../../src/authoring/define.ts'
import { readItemsAt } from '../../common/answers.ts'
import { judgeAccepted, refuseParameter } from '../../common/refusals.ts'
import { replayedReasoningScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'reasoning/takes-bare-reasoning-back',
  title: 'A reasoning item can be sent back with content null and without status',
  kind: 'wire',
  scenario: replayedReasoningScenario,
  covers: ['rs-replay-null-fields'],

  judge({ call, bare }) {
    if (readItemsAt(call, 'reasoning').length === 0)
      return notShown('the call came without a reasoning item')
    return judgeAccepted('bare', bare)
  },

  mutants: [
    {
      story: 'a validator takes null for a missing list',
      reply: (reply, { text }) =>
        text.includes('"content":null') ? refuseParameter(reply, 'input[1].content') : reply,
    },
  ],
})
