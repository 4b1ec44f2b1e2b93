import { defineCheck } from '../../../src/authoring/define.ts'
import { acceptance, refusing } from '../../common/refusals.ts'
import { nullFields } from '../scenarios/forms.ts'

export default defineCheck({
  id: 'message-style/accepts-null-fields',
  title: 'An input item may have null for its id and status',
  kind: 'wire',
  scenario: nullFields,
  covers: ['msg-null-id-and-status'],

  judge({ ask }) {
    return acceptance('ask', ask)
  },

  mutants: [
    {
      story: 'a strict schema knows optional fields, but no null',
      reply: (reply) => refusing(reply, 'input'),
    },
  ],
})
