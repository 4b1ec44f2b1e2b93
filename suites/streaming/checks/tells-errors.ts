import { defineStreamRuleCheck, isType } from '../stream-rule-check.ts'
import { failStream } from '../mutants.ts'
import { textStreamScenario } from '../scenarios.ts'

export default defineStreamRuleCheck({
  id: 'streaming/tells-errors',
  title: 'An error event has a message, at the top or under error',
  rules: ['error-shape'],
  covers: ['stream-error-event-shape'],
  about: isType('error'),

  mutants: [
    {
      story: 'an exception is sent as a bare text',
      on: textStreamScenario,
      reply: (reply) => failStream(reply, { detail: 'upstream timed out' }),
    },
  ],
})
