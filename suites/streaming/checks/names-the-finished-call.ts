import { defineStreamRuleCheck, isType } from '../stream-rule-check.ts'
import { changeEvents } from '../mutants.ts'
import { callStreamScenario } from '../scenarios.ts'

export default defineStreamRuleCheck({
  id: 'streaming/names-the-finished-call',
  title: 'A name in function_call_arguments.done is that of the call',
  rules: ['arguments-name'],
  covers: ['stream-fc-done-name'],
  about: isType('response.function_call_arguments.done'),

  mutants: [
    {
      story: 'the name is that of the first tool',
      on: callStreamScenario,
      reply: (reply) =>
        changeEvents(reply, 'response.function_call_arguments.done', (event) => ({
          ...event,
          name: 'first_tool',
        })),
    },
  ],
})
