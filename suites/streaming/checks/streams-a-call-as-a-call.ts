import { defineCheck, mapEvents, verdictOf } from '../../../src/define.ts'
import { events, field, items, show, text } from '../../../src/read.ts'
import { isType } from '../law.ts'
import { call } from '../scenarios.ts'

export default defineCheck({
  id: 'streaming/streams-a-call-as-a-call',
  title: 'A forced call is streamed as a function_call, not as text',
  kind: 'forced',
  scenario: call,
  covers: ['tool-forced-call', 'stream-fc-no-content-parts'],

  judge({ stream }) {
    // The item itself tells it too, where the closing event is missing: that is another check's word.
    const added = events(stream).filter(isType('response.output_item.done'))
    const called = [
      ...items(stream, 'function_call'),
      ...added.filter(({ data }) => field(data, '/item/type') === 'function_call'),
    ]
    const finished = events(stream).filter(isType('response.function_call_arguments.done'))
    if (called.length > 0 && finished.length > 0) return verdictOf([])
    return verdictOf([
      {
        step: 'stream',
        at: '/events',
        expected: 'events of a function_call, since tool_choice forces one',
        actual:
          called.length > 0
            ? 'a function_call at the end, and no event of its arguments'
            : `no function_call; text ${show(text(stream))}`,
      },
    ])
  },

  mutant: {
    story: 'the markup of the call is not understood and passed on as text',
    reply: (reply) =>
      mapEvents(reply, (event) =>
        String(event['type']).startsWith('response.function_call_arguments')
          ? { ...event, type: 'response.output_text.delta', content_index: 0, delta: '<tool_call>' }
          : event,
      ),
  },
})
