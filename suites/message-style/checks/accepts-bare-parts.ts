import { defineCheck } from '../../../src/authoring/define.ts'
import { acceptance, refusing } from '../../common/refusals.ts'
import { bareParts } from '../scenarios/forms.ts'

export default defineCheck({
  id: 'message-style/accepts-bare-parts',
  title: 'An earlier answer may be sent as parts without id, status and annotations',
  kind: 'wire',
  scenario: bareParts,
  covers: ['msg-assistant-history-parts'],

  judge({ ask }) {
    return acceptance('ask', ask)
  },

  mutants: [
    {
      story: 'a strict schema asks for everything that the server itself would send',
      reply: (reply) => refusing(reply, 'input'),
    },
  ],
})
