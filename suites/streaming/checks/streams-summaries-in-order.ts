import { lawCheck, speaksOf } from '../stream-rule-check.ts'
import { losing } from '../mutants.ts'
import { reasoning } from '../scenarios.ts'

export default lawCheck({
  id: 'streaming/streams-summaries-in-order',
  title: 'A summary part is added, written, done and closed, and counted from 0',
  laws: ['summary'],
  covers: ['stream-summary-order'],
  about: speaksOf('reasoning_summary'),

  mutants: [
    {
      story: 'summaries are sent as bare deltas',
      on: reasoning,
      reply: (reply) => losing(reply, 'response.reasoning_summary_part.added'),
    },
  ],
})
