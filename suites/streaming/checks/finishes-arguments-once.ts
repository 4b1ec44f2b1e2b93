import { lawCheck, carries } from '../stream-rule-check.ts'
import { losing, renumbered } from '../mutants.ts'
import { bareCall } from '../scenarios.ts'

export default lawCheck({
  id: 'streaming/finishes-arguments-once',
  title: 'Arguments are done exactly once for each call, even when there are none',
  laws: ['arguments-done'],
  covers: ['stream-fc-done-once'],
  about: carries('function_call'),

  mutants: [
    {
      story: 'arguments that are {} are taken for no arguments',
      on: bareCall,
      reply: (reply) =>
        renumbered(
          losing(
            reply,
            'response.function_call_arguments.done',
            'response.function_call_arguments.delta',
          ),
        ),
    },
  ],
})
