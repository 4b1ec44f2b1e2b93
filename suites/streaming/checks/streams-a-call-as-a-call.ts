import {
  defineCheck,
  holds,
  mapEvents,
  verdictOf,
  mapQuestion,
} from '../../../src/authoring/define.ts'
import { events, field, items } from '../../../src/authoring/read.ts'
import { createUncalledFinding } from '../../common/answers.ts'
import { isType } from '../stream-rule-check.ts'
import { callStreamScenario } from '../scenarios.ts'
import { reportIneffective } from '../../common/ineffective.ts'

export default defineCheck({
  id: 'streaming/streams-a-call-as-a-call',
  title: 'A forced call is streamed as a function_call, not as text',
  kind: 'forced',
  scenario: callStreamScenario,
  covers: ['tool-forced-call', 'stream-fc-no-content-parts'],

  judge({ stream }) {
    // The item itself tells it too, where the closing event is missing: that is another check's word.
    const added = events(stream).filter(isType('response.output_item.done'))
    const called = [
      ...items(stream, 'function_call'),
      ...added.filter(({ data }) => field(data, '/item/type') === 'function_call'),
    ]
    // That the arguments are never finished is told elsewhere as well.
    const told = events(stream).filter(
      isType('response.function_call_arguments.delta', 'response.function_call_arguments.done'),
    )
    if (called.length > 0 && told.length > 0) return holds
    if (called.length === 0 && told.length === 0)
      return reportIneffective(stream, '/tool_choice', createUncalledFinding('stream', stream))
    return verdictOf([
      {
        step: 'stream',
        at: '/events',
        expected: 'the events of a function_call, as well as the item',
        actual:
          called.length > 0
            ? 'a function_call at the end, and no event of its arguments'
            : 'events of arguments, and no function_call',
        kind: 'missing-event',
      },
    ])
  },

  mutants: [
    {
      story: 'the markup of the call is not understood and passed on as text',
      reply: (reply) =>
        mapEvents(reply, (event) =>
          String(event['type']).startsWith('response.function_call_arguments')
            ? {
                ...event,
                type: 'response.output_text.delta',
                content_index: 0,
                delta: '<tool_call>',
              }
            : event,
        ),
    },
    {
      story: 'a gateway takes a tool_choice that is an object for none',
      request: (request) => mapQuestion(request, (body) => ({ ...body, tool_choice: 'none' })),
    },
  ],
})
