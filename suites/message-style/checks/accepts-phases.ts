import { defineCheck } from '../../../src/authoring/define.ts'
import { judgeAccepted, refuseParameter } from '../../common/refusals.ts'
import { phasesScenario } from '../scenarios/forms.ts'

export default defineCheck({
  id: 'message-style/accepts-phases',
  title: 'A message of the assistant may have a phase',
  kind: 'wire',
  scenario: phasesScenario,
  covers: ['msg-phase-accepted'],

  judge({ ask }) {
    return judgeAccepted('ask', ask)
  },

  mutants: [
    {
      story: 'a strict schema was written before there were phases',
      reply: (reply, { text }) =>
        text.includes('"phase"') ? refuseParameter(reply, 'input') : reply,
    },
  ],
})
