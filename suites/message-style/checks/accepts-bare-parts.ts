import { defineCheck } from '../../../src/authoring/define.ts'
import { judgeAccepted, refuseParameter } from '../../common/refusals.ts'
import { barePartsScenario } from '../scenarios/forms.ts'

export default defineCheck({
  id: 'message-style/accepts-bare-parts',
  title: 'An earlier answer may be sent as parts without id, status and annotations',
  kind: 'wire',
  scenario: barePartsScenario,
  covers: ['msg-assistant-history-parts'],

  judge({ ask }) {
    return judgeAccepted('ask', ask)
  },

  mutants: [
    {
      story: 'a strict schema asks for everything that the server itself would send',
      reply: (reply, { text }) =>
        text.includes('"output_text"') ? refuseParameter(reply, 'input') : reply,
    },
  ],
})
