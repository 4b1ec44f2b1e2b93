import { defineStreamRuleCheck, isType } from '../stream-rule-check.ts'
import { changeItems } from '../mutants.ts'
import { textStreamScenario } from '../scenarios.ts'

export default defineStreamRuleCheck({
  id: 'streaming/finishes-items-completed',
  title: 'A done item has a final status',
  rules: ['item-ends'],
  covers: ['stream-item-done-status'],
  about: isType('response.output_item.done'),

  mutants: [
    {
      story: 'the status of an item is never set',
      on: textStreamScenario,
      reply: (reply) =>
        changeItems(reply, 'response.output_item.done', (item) => ({
          ...item,
          status: 'in_progress',
        })),
    },
  ],
})
