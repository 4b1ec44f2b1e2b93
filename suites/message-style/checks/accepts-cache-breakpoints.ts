import { defineCheck } from '../../../src/authoring/define.ts'
import { judgeAccepted, refuseParameter } from '../../common/refusals.ts'
import { breakpointScenario } from '../scenarios/forms.ts'

export default defineCheck({
  id: 'message-style/accepts-cache-breakpoints',
  title: 'A part may carry a cache breakpoint',
  kind: 'wire',
  scenario: breakpointScenario,
  covers: ['msg-prompt-cache-breakpoint'],

  judge({ ask }) {
    return judgeAccepted('ask', ask)
  },

  mutants: [
    {
      story: 'a strict schema was written before there were cache breakpoints',
      reply: (reply, { text }) =>
        text.includes('"prompt_cache_breakpoint"') ? refuseParameter(reply, 'input') : reply,
    },
  ],
})
