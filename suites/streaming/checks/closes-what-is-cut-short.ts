import { lawCheck, isType } from '../stream-rule-check.ts'
import { losing } from '../mutants.ts'
import { incomplete } from '../scenarios.ts'

export default lawCheck({
  id: 'streaming/closes-what-is-cut-short',
  title: 'Before response.incomplete, the open part and item are closed',
  laws: ['incomplete-closes'],
  covers: ['stream-incomplete-closes-parts'],
  about: isType('response.incomplete'),

  mutants: [
    {
      story: 'the loop is left when the limit is reached, and what is open stays open',
      on: incomplete,
      reply: (reply) => losing(reply, 'response.output_text.done', 'response.content_part.done'),
    },
  ],
})
