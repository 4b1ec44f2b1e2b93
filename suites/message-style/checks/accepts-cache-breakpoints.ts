import { defineCheck } from '../../../src/authoring/define.ts'
import { acceptance, refusing } from '../../common/refusals.ts'
import { breakpoint } from '../scenarios/forms.ts'

export default defineCheck({
  id: 'message-style/accepts-cache-breakpoints',
  title: 'A part may carry a cache breakpoint',
  kind: 'wire',
  scenario: breakpoint,
  covers: ['msg-prompt-cache-breakpoint'],

  judge({ ask }) {
    return acceptance('ask', ask)
  },

  mutants: [
    {
      story: 'a strict schema was written before there were cache breakpoints',
      reply: (reply) => refusing(reply, 'input'),
    },
  ],
})
