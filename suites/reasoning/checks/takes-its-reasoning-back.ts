import { defineCheck, notShown } from '../../../src/authoring/define.ts'
import { readItemsAt } from '../../common/answers.ts'
import { judgeAccepted, refuseParameter } from '../../common/refusals.ts'
import { replayedReasoningScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'reasoning/takes-its-reasoning-back',
  title: 'A reasoning item with its encrypted_content can be sent back with what followed it',
  kind: 'wire',
  scenario: replayedReasoningScenario,
  covers: ['rs-encrypted-replay', 'rs-item-with-tool-output'],

  judge({ call, verbatim }) {
    if (readItemsAt(call, 'reasoning').length === 0)
      return notShown('the call came without a reasoning item')
    return judgeAccepted('verbatim', verbatim)
  },

  mutants: [
    {
      story: 'a server does not take the item types that it gives out',
      reply: (reply, { text }) =>
        text.includes('"type":"reasoning"') ? refuseParameter(reply, 'input[1].type') : reply,
    },
  ],
})
