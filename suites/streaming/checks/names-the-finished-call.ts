import { lawCheck, isType } from '../stream-rule-check.ts'
import { changing } from '../mutants.ts'
import { call } from '../scenarios.ts'

export default lawCheck({
  id: 'streaming/names-the-finished-call',
  title: 'A name in function_call_arguments.done is that of the call',
  laws: ['arguments-name'],
  covers: ['stream-fc-done-name'],
  about: isType('response.function_call_arguments.done'),

  mutants: [
    {
      story: 'the name is that of the first tool',
      on: call,
      reply: (reply) =>
        changing(reply, 'response.function_call_arguments.done', (event) => ({
          ...event,
          name: 'first_tool',
        })),
    },
  ],
})
