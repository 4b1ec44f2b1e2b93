import { lawCheck, speaksOf } from '../stream-rule-check.ts'
import { losing } from '../mutants.ts'
import { refusal } from '../scenarios.ts'

export default lawCheck({
  id: 'streaming/streams-refusals',
  title: 'A refusal is streamed like a text: deltas, done, and the same in part and item',
  laws: ['refusal'],
  covers: ['stream-refusal-events'],
  about: speaksOf('refusal'),

  mutants: [
    {
      story: 'a refusal is passed on as deltas only',
      on: refusal,
      reply: (reply) => losing(reply, 'response.refusal.done'),
    },
  ],
})
