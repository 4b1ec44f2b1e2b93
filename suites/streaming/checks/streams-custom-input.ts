import { defineStreamRuleCheck, hasItemType } from '../stream-rule-check.ts'
import { dropEvents, renumberEvents } from '../mutants.ts'
import { customCallStreamScenario } from '../scenarios.ts'

export default defineStreamRuleCheck({
  id: 'streaming/streams-custom-input',
  title: 'The input of a custom tool is streamed: deltas, done, and the same in the item',
  rules: ['custom-input'],
  covers: ['stream-custom-tool-input'],
  about: hasItemType('custom_tool_call'),

  mutants: [
    {
      story: 'a custom tool is handled as if it were a function',
      on: customCallStreamScenario,
      reply: (reply) => dropEvents(reply, 'response.custom_tool_call_input.done'),
    },
    {
      story: 'the input of a custom tool only comes with the finished item',
      on: customCallStreamScenario,
      reply: (reply) =>
        renumberEvents(
          dropEvents(
            reply,
            'response.custom_tool_call_input.delta',
            'response.custom_tool_call_input.done',
          ),
        ),
    },
  ],
})
