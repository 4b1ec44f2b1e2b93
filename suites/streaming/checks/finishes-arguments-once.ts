import { defineStreamRuleCheck, hasItemType } from '../stream-rule-check.ts'
import { dropEvents, renumberEvents, repeatEvents } from '../mutants.ts'
import { bareCallStreamScenario, callStreamScenario } from '../scenarios.ts'

export default defineStreamRuleCheck({
  id: 'streaming/finishes-arguments-once',
  title: 'Arguments are done exactly once for each call, even when there are none',
  rules: ['arguments-done'],
  covers: ['stream-fc-done-once'],
  about: hasItemType('function_call'),

  mutants: [
    {
      story: 'arguments that are {} are taken for no arguments',
      on: bareCallStreamScenario,
      reply: (reply) =>
        renumberEvents(
          dropEvents(
            reply,
            'response.function_call_arguments.done',
            'response.function_call_arguments.delta',
          ),
        ),
    },
    {
      story: 'arguments are finished by the parser and once more by the writer',
      on: callStreamScenario,
      reply: (reply) => repeatEvents(reply, 'response.function_call_arguments.done'),
    },
  ],
})
