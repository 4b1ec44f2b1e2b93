import { lawCheck, isType } from '../stream-rule-check.ts'
import { failing } from '../mutants.ts'
import { text } from '../scenarios.ts'

export default lawCheck({
  id: 'streaming/tells-errors',
  title: 'An error event has a message, at the top or under error',
  laws: ['error-shape'],
  covers: ['stream-error-event-shape'],
  about: isType('error'),

  mutants: [
    {
      story: 'an exception is sent as a bare text',
      on: text,
      reply: (reply) => failing(reply, { detail: 'upstream timed out' }),
    },
  ],
})
