import { defineStreamRuleCheck, isType } from '../stream-rule-check.ts'
import { dropEvents, changeItems, delayEvents, repeatEvents } from '../mutants.ts'
import { textStreamScenario } from '../scenarios.ts'

export default defineStreamRuleCheck({
  id: 'streaming/finishes-items-once',
  title: 'Each item is done exactly once, behind all its other events and complete',
  rules: ['item-done'],
  covers: ['stream-item-done-once'],
  about: isType('response.output_item.added'),

  mutants: [
    {
      story: 'an adapter closes the response without closing its items',
      on: textStreamScenario,
      reply: (reply) => dropEvents(reply, 'response.output_item.done'),
    },
    {
      story: 'the done item is the added one with another status',
      on: textStreamScenario,
      reply: (reply) =>
        changeItems(reply, 'response.output_item.done', (item) => ({ ...item, content: [] })),
    },
    {
      story: 'an item is finished with its text and once more with the response',
      on: textStreamScenario,
      reply: (reply) => repeatEvents(reply, 'response.output_item.done'),
    },
    {
      story: 'a part is closed when its item is done',
      on: textStreamScenario,
      reply: (reply) => delayEvents(reply, 'response.content_part.done'),
    },
  ],
})
