import { defineStreamRuleCheck, isType } from '../stream-rule-check.ts'
import { dropEvents } from '../mutants.ts'
import { textStreamScenario } from '../scenarios.ts'

export default defineStreamRuleCheck({
  id: 'streaming/finishes-items-once',
  title: 'Each item is done exactly once, behind all its other events and complete',
  rules: ['item-done'],
  covers: ['stream-item-done-once'],
  about: isType('response.output_item.added'),

  mutant: {
    story: 'an adapter closes the response without closing its items',
    on: textStreamScenario,
    reply: (reply) => dropEvents(reply, 'response.output_item.done'),
  },
})
