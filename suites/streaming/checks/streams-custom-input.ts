import { lawCheck, carries } from '../stream-rule-check.ts'
import { losing } from '../mutants.ts'
import { custom } from '../scenarios.ts'

export default lawCheck({
  id: 'streaming/streams-custom-input',
  title: 'The input of a custom tool is streamed: deltas, done, and the same in the item',
  laws: ['custom-input'],
  covers: ['stream-custom-tool-input'],
  about: carries('custom_tool_call'),

  mutants: [
    {
      story: 'a custom tool is handled as if it were a function',
      on: custom,
      reply: (reply) => losing(reply, 'response.custom_tool_call_input.done'),
    },
  ],
})
