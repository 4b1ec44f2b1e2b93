import { defineStreamRuleCheck, isType } from '../stream-rule-check.ts'
import { changeItems } from '../mutants.ts'
import { textStreamScenario } from '../scenarios.ts'

export default defineStreamRuleCheck({
  id: 'streaming/starts-items-in-progress',
  title: 'A message or call has status in_progress when it is added',
  rules: ['item-starts'],
  covers: ['stream-item-added-in-progress'],
  about: isType('response.output_item.added'),

  mutants: [
    {
      story: 'one template is used for the opened and the finished item',
      on: textStreamScenario,
      reply: (reply) =>
        changeItems(reply, 'response.output_item.added', (item) => ({
          ...item,
          status: 'completed',
        })),
    },
  ],
})
