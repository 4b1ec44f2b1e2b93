import { lawCheck, isType } from '../stream-rule-check.ts'
import { changing } from '../mutants.ts'
import { text } from '../scenarios.ts'

export default lawCheck({
  id: 'streaming/fails-after-an-error',
  title: 'response.failed follows an error event',
  laws: ['error-then-failed'],
  covers: ['stream-error-then-failed'],
  about: isType('error'),

  mutants: [
    {
      story: 'the connection is closed right after the error',
      on: text,
      reply: (reply) =>
        changing(reply, 'response.completed', (event) => ({
          type: 'error',
          error: { type: 'server_error', code: 'server_error', message: 'No.', param: null },
          sequence_number: event['sequence_number'] ?? 0,
        })),
    },
  ],
})
