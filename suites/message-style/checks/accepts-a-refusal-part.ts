import { defineCheck } from '../../../src/authoring/define.ts'
import { judgeAccepted, refuseParameter } from '../../common/refusals.ts'
import { refusalPartScenario } from '../scenarios/forms.ts'

export default defineCheck({
  id: 'message-style/accepts-a-refusal-part',
  title: 'An earlier answer may be a refusal',
  kind: 'wire',
  scenario: refusalPartScenario,
  covers: ['msg-assistant-refusal-part'],

  judge({ ask }) {
    return judgeAccepted('ask', ask)
  },

  mutants: [
    {
      story: 'a schema for input forgets that output has refusals',
      reply: (reply, { text }) =>
        text.includes('"refusal"') ? refuseParameter(reply, 'input') : reply,
    },
  ],
})
