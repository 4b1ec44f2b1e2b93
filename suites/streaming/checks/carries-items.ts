import { defineStreamRuleCheck, isType } from '../stream-rule-check.ts'
import { changeEvents } from '../mutants.ts'
import { textStreamScenario } from '../scenarios.ts'

export default defineStreamRuleCheck({
  id: 'streaming/carries-items',
  title: 'item is an object in every event that has one',
  rules: ['item-object'],
  covers: ['stream-item-null-forbidden'],
  about: isType('response.output_item.added'),

  mutants: [
    {
      story: 'a typed language sends an empty item as null',
      on: textStreamScenario,
      reply: (reply) =>
        changeEvents(reply, 'response.output_item.added', (event) => ({ ...event, item: null })),
    },
  ],
})
