import { lawCheck } from '../stream-rule-check.ts'
import { losing, renumbered } from '../mutants.ts'
import { text } from '../scenarios.ts'

export default lawCheck({
  id: 'streaming/goes-in-progress',
  title: 'response.in_progress follows response.created, before any output and at most once',
  laws: ['in-progress'],
  covers: ['stream-in-progress-second'],

  mutants: [
    {
      story: 'an adapter announces the response once and goes straight to its items',
      on: text,
      reply: (reply) => renumbered(losing(reply, 'response.in_progress')),
    },
  ],
})
