import { defineCheck } from '../../../src/authoring/define.ts'
import { acceptance, refusing } from '../../common/refusals.ts'
import { phases } from '../scenarios/forms.ts'

export default defineCheck({
  id: 'message-style/accepts-phases',
  title: 'A message of the assistant may have a phase',
  kind: 'wire',
  scenario: phases,
  covers: ['msg-phase-accepted'],

  judge({ ask }) {
    return acceptance('ask', ask)
  },

  mutants: [
    {
      story: 'a strict schema was written before there were phases',
      reply: (reply) => refusing(reply, 'input'),
    },
  ],
})
