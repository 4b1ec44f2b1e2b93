import { defineStreamRuleCheck, hasTypePrefix } from '../stream-rule-check.ts'
import { dropEvents, delayEvents } from '../mutants.ts'
import { textStreamScenario } from '../scenarios.ts'

export default defineStreamRuleCheck({
  id: 'streaming/adds-items-first',
  title: 'response.output_item.added precedes everything else about its item',
  rules: ['item-added'],
  covers: ['stream-item-added-first'],
  about: hasTypePrefix('output', 'content', 'function'),

  mutants: [
    {
      story: 'text is passed on as it comes, before an item was opened',
      on: textStreamScenario,
      reply: (reply) => dropEvents(reply, 'response.output_item.added'),
    },
    {
      story: 'an item is added when its first part is open',
      on: textStreamScenario,
      reply: (reply) => delayEvents(reply, 'response.output_item.added'),
    },
  ],
})
