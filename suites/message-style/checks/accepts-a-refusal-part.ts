import { defineCheck } from '../../../src/authoring/define.ts'
import { acceptance, refusing } from '../../common/refusals.ts'
import { refusalPart } from '../scenarios/forms.ts'

export default defineCheck({
  id: 'message-style/accepts-a-refusal-part',
  title: 'An earlier answer may be a refusal',
  kind: 'wire',
  scenario: refusalPart,
  covers: ['msg-assistant-refusal-part'],

  judge({ ask }) {
    return acceptance('ask', ask)
  },

  mutants: [
    {
      story: 'a schema for input forgets that output has refusals',
      reply: (reply) => refusing(reply, 'input'),
    },
  ],
})
