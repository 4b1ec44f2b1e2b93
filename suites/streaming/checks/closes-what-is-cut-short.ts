import { defineStreamRuleCheck, isType } from '../stream-rule-check.ts'
import { dropEvents, renumberEvents } from '../mutants.ts'
import { incompleteStreamScenario } from '../scenarios.ts'

export default defineStreamRuleCheck({
  id: 'streaming/closes-what-is-cut-short',
  title: 'Before response.incomplete, the open part and item are closed',
  rules: ['incomplete-closes'],
  covers: ['stream-incomplete-closes-parts'],
  about: isType('response.incomplete'),

  mutants: [
    {
      story: 'the loop is left when the limit is reached, and what is open stays open',
      on: incompleteStreamScenario,
      reply: (reply) =>
        dropEvents(reply, 'response.output_text.done', 'response.content_part.done'),
    },
    {
      story: 'the text that was cut short is closed, and its item is not',
      on: incompleteStreamScenario,
      reply: (reply) => renumberEvents(dropEvents(reply, 'response.output_item.done')),
    },
  ],
})
