import { defineStreamRuleCheck, hasItemType } from '../stream-rule-check.ts'
import { dropEvents, renumberEvents } from '../mutants.ts'
import { bareCallStreamScenario } from '../scenarios.ts'

export default defineStreamRuleCheck({
  id: 'streaming/finishes-arguments-once',
  title: 'Arguments are done exactly once for each call, even when there are none',
  rules: ['arguments-done'],
  covers: ['stream-fc-done-once'],
  about: hasItemType('function_call'),

  mutant: {
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
})
