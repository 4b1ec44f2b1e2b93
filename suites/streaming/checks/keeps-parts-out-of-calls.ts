import { defineStreamRuleCheck, hasItemType } from '../stream-rule-check.ts'
import { leakMarkup, renumberEvents } from '../mutants.ts'
import { callStreamScenario } from '../scenarios.ts'

export default defineStreamRuleCheck({
  id: 'streaming/keeps-parts-out-of-calls',
  title: 'A function call has neither parts nor text',
  rules: ['function-parts'],
  covers: ['stream-fc-no-content-parts'],
  about: hasItemType('function_call'),

  mutants: [
    {
      story: 'the markup of a call leaks as text',
      on: callStreamScenario,
      reply: (reply) => renumberEvents(leakMarkup(reply)),
    },
  ],
})
