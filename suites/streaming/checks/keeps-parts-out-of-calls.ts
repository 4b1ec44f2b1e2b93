import { lawCheck, carries } from '../law.ts'
import { changing, renumbered } from '../mutants.ts'
import { call } from '../scenarios.ts'

export default lawCheck({
  id: 'streaming/keeps-parts-out-of-calls',
  title: 'A function call has neither parts nor text',
  laws: ['function-parts'],
  covers: ['stream-fc-no-content-parts'],
  about: carries('function_call'),

  mutant: {
    story: 'the markup of a call leaks as text',
    on: call,
    reply: (reply) =>
      renumbered(
        changing(reply, 'response.function_call_arguments.done', (event) => [
          {
            type: 'response.output_text.delta',
            item_id: event['item_id'] ?? '',
            output_index: event['output_index'] ?? 0,
            content_index: 0,
            delta: '<tool_call>',
            logprobs: [],
          },
          event,
        ]),
      ),
  },
})
