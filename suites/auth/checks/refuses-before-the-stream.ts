import { defineCheck } from '../../../src/authoring/define.ts'
import { keysScenario } from '../scenarios.ts'
import { judgeRefused, OPEN } from '../unauthorised.ts'

export default defineCheck({
  id: 'auth/refuses-before-the-stream',
  title: 'A streamed request with a wrong key is refused, and not with a stream',
  kind: 'wire',
  scenario: keysScenario,
  covers: ['auth-stream-failure-is-json'],

  // Who lets a wrong key in without a stream as well fails elsewhere.
  judge: ({ wrong, streamed }) => (wrong.status < 400 ? OPEN : judgeRefused('streamed', streamed)),

  mutants: [
    {
      story: 'a gateway opens the stream first and authenticates afterwards',
      reply: (reply, { text }) =>
        reply.status === 401 && text.includes('"stream":true') && 'json' in reply.body
          ? {
              status: 200,
              headers: {},
              body: {
                events: [{ type: 'error', sequence_number: 0, ...(reply.body.json as object) }],
              },
            }
          : reply,
    },
  ],
})
