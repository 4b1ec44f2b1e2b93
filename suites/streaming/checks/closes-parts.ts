import { lawCheck, speaksOf } from '../stream-rule-check.ts'
import { losing } from '../mutants.ts'
import { text } from '../scenarios.ts'

export default lawCheck({
  id: 'streaming/closes-parts',
  title: 'Every part is finished by output_text.done and content_part.done',
  laws: ['part-closed'],
  covers: ['stream-text-done-present'],
  about: speaksOf('content_part'),

  mutants: [
    {
      story: 'only the deltas of the upstream are passed on',
      on: text,
      reply: (reply) => losing(reply, 'response.output_text.done'),
    },
  ],
})
