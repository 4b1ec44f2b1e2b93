import { lawCheck, speaksOf } from '../stream-rule-check.ts'
import { losing } from '../mutants.ts'
import { text } from '../scenarios.ts'

export default lawCheck({
  id: 'streaming/adds-parts-first',
  title: 'response.content_part.added precedes the text of its part',
  laws: ['part-added'],
  covers: ['stream-content-part-added-first'],
  about: speaksOf('content_part', 'output_text', 'refusal'),

  mutants: [
    {
      story: 'an adapter opens items and never parts',
      on: text,
      reply: (reply) => losing(reply, 'response.content_part.added'),
    },
  ],
})
