import { defineStreamRuleCheck, hasTypePrefix } from '../stream-rule-check.ts'
import { dropEvents, renumberEvents } from '../mutants.ts'
import { callStreamScenario } from '../scenarios.ts'

export default defineStreamRuleCheck({
  id: 'streaming/streams-arguments',
  title: 'Arguments come in at least one delta',
  rules: ['arguments-delta'],
  covers: ['stream-fc-at-least-one-delta'],
  about: hasTypePrefix('function_call_arguments'),

  mutants: [
    {
      story: 'a call is sent as a whole when the model has finished it',
      on: callStreamScenario,
      reply: (reply) => renumberEvents(dropEvents(reply, 'response.function_call_arguments.delta')),
    },
  ],
})
