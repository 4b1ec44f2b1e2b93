import { lawCheck, speaksOf } from '../stream-rule-check.ts'
import { losing, renumbered } from '../mutants.ts'
import { call } from '../scenarios.ts'

export default lawCheck({
  id: 'streaming/streams-arguments',
  title: 'Arguments come in at least one delta',
  laws: ['arguments-delta'],
  covers: ['stream-fc-at-least-one-delta'],
  about: speaksOf('function_call_arguments'),

  mutants: [
    {
      story: 'a call is sent as a whole when the model has finished it',
      on: call,
      reply: (reply) => renumbered(losing(reply, 'response.function_call_arguments.delta')),
    },
  ],
})
