import { lawCheck, speaksOf } from '../stream-rule-check.ts'
import { delaying } from '../mutants.ts'
import { text } from '../scenarios.ts'

export default lawCheck({
  id: 'streaming/streams-parts-in-order',
  title: 'A part is added, written, done and closed, in this order',
  laws: ['part-order'],
  covers: ['stream-part-event-order'],
  about: speaksOf('content_part'),

  mutants: [
    {
      story: 'the last delta is flushed by a timer',
      on: text,
      reply: (reply) => delaying(reply, 'response.output_text.done'),
    },
  ],
})
