import { lawCheck, speaksOf } from '../stream-rule-check.ts'
import { changing } from '../mutants.ts'
import { parallel } from '../scenarios.ts'

export default lawCheck({
  id: 'streaming/spells-arguments',
  title: 'The deltas of arguments spell what the call has in the end',
  laws: ['arguments-assembly'],
  covers: ['stream-fc-delta-concat', 'stream-fc-parallel-isolation'],
  about: speaksOf('function_call_arguments'),

  mutants: [
    {
      story: 'the buffer of one call is not emptied for the next',
      on: parallel,
      reply: (reply) =>
        changing(reply, 'response.function_call_arguments.done', (event) => ({
          ...event,
          arguments: `{}${String(event['arguments'])}`,
        })),
    },
  ],
})
