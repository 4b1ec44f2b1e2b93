import { without } from '../../../src/authoring/define.ts'
import { defineStreamRuleCheck, hasItemType } from '../stream-rule-check.ts'
import { changeItems } from '../mutants.ts'
import { textStreamScenario } from '../scenarios.ts'

export default defineStreamRuleCheck({
  id: 'streaming/opens-messages-empty',
  title: 'A message is added with role assistant and content []',
  rules: ['message-added'],
  covers: ['stream-message-added-shape'],
  about: hasItemType('message'),

  mutants: [
    {
      story: 'empty lists are left out of the JSON',
      on: textStreamScenario,
      reply: (reply) =>
        changeItems(reply, 'response.output_item.added', (item) => without(item, 'content')),
    },
    {
      story: 'the role is the one that the upstream gives its model',
      on: textStreamScenario,
      reply: (reply) =>
        changeItems(reply, 'response.output_item.added', (item) => ({ ...item, role: 'model' })),
    },
  ],
})
