import { defineStreamRuleCheck, hasTypePrefix } from '../stream-rule-check.ts'
import { changeEvents } from '../mutants.ts'
import { parallelCallsStreamScenario } from '../scenarios.ts'

export default defineStreamRuleCheck({
  id: 'streaming/spells-arguments',
  title: 'The deltas of arguments spell what the call has in the end',
  rules: ['arguments-assembly'],
  covers: ['stream-fc-delta-concat', 'stream-fc-parallel-isolation'],
  about: hasTypePrefix('function_call_arguments'),

  mutants: [
    {
      story: 'the buffer of one call is not emptied for the next',
      on: parallelCallsStreamScenario,
      reply: (reply) =>
        changeEvents(reply, 'response.function_call_arguments.done', (event) => ({
          ...event,
          arguments: `{}${String(event['arguments'])}`,
        })),
    },
  ],
})
