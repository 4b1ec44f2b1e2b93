import { defineStreamRuleCheck, isType } from '../stream-rule-check.ts'
import { changeEvents } from '../mutants.ts'
import { textStreamScenario } from '../scenarios.ts'

export default defineStreamRuleCheck({
  id: 'streaming/fails-after-an-error',
  title: 'response.failed follows an error event',
  rules: ['error-then-failed'],
  covers: ['stream-error-then-failed'],
  about: isType('error'),

  mutants: [
    {
      story: 'the connection is closed right after the error',
      on: textStreamScenario,
      reply: (reply) =>
        changeEvents(reply, 'response.completed', (event) => ({
          type: 'error',
          error: { type: 'server_error', code: 'server_error', message: 'No.', param: null },
          sequence_number: event['sequence_number'] ?? 0,
        })),
    },
  ],
})
