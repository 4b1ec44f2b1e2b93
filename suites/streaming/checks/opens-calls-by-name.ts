import { defineStreamRuleCheck, hasItemType } from '../stream-rule-check.ts'
import { changeItems } from '../mutants.ts'
import { callStreamScenario } from '../scenarios.ts'

export default defineStreamRuleCheck({
  id: 'streaming/opens-calls-by-name',
  title: 'A function call is added with its name, its call_id and empty arguments',
  rules: ['function-added'],
  covers: ['stream-fc-added-shape'],
  about: hasItemType('function_call'),

  mutants: [
    {
      story: 'the whole call is put into its opening event',
      on: callStreamScenario,
      reply: (reply) =>
        changeItems(reply, 'response.output_item.added', (item) => ({ ...item, arguments: '{}' })),
    },
    {
      story: 'a call gets its call_id when it is done',
      on: callStreamScenario,
      reply: (reply) =>
        changeItems(reply, 'response.output_item.added', (item) => ({ ...item, call_id: '' })),
    },
  ],
})
