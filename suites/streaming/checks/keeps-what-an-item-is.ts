import { defineStreamRuleCheck, isType } from '../stream-rule-check.ts'
import { changeItems } from '../mutants.ts'
import { callStreamScenario } from '../scenarios.ts'

export default defineStreamRuleCheck({
  id: 'streaming/keeps-what-an-item-is',
  title: 'type, call_id and name of an item do not change',
  rules: ['item-type'],
  covers: ['stream-item-type-stable'],
  about: isType('response.output_item.done'),

  mutants: [
    {
      story: 'the call gets a new id when it is finished',
      on: callStreamScenario,
      reply: (reply) =>
        changeItems(reply, 'response.output_item.done', (item) => ({
          ...item,
          call_id: 'call_other',
        })),
    },
  ],
})
