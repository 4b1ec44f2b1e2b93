import { defineCheck } from '../../../src/authoring/define.ts'
import { judgeAccepted, refuseParameter } from '../../common/refusals.ts'
import { nullFieldsScenario } from '../scenarios/forms.ts'

export default defineCheck({
  id: 'message-style/accepts-null-fields',
  title: 'An input item may have null for its id and status',
  kind: 'wire',
  scenario: nullFieldsScenario,
  covers: ['msg-null-id-and-status'],

  judge({ ask }) {
    return judgeAccepted('ask', ask)
  },

  mutants: [
    {
      story: 'a strict schema knows optional fields, but no null',
      reply: (reply, { text }) =>
        text.includes('":null') ? refuseParameter(reply, 'input') : reply,
    },
  ],
})
