import { TERMINAL_EVENTS } from '../../../src/authoring/read.ts'
import { lawCheck } from '../stream-rule-check.ts'
import { losing } from '../mutants.ts'
import { text } from '../scenarios.ts'

export default lawCheck({
  id: 'streaming/ends-once',
  title: 'Exactly one terminal event ends the stream',
  laws: ['single-terminal'],
  covers: ['stream-single-terminal'],

  mutants: [
    {
      story: 'a proxy stops at the last delta, and the clients ask again',
      on: text,
      reply: (reply) => losing(reply, ...TERMINAL_EVENTS),
    },
  ],
})
