import { defineCheck, holds, notShown, violated } from '../../../src/authoring/define.ts'
import { keysScenario } from '../scenarios.ts'

/** The wrong key that is sent; a masked one does not match. */
const WHOLE_KEY = /sk-wrong-[0-9a-f]{32}/

export default defineCheck({
  id: 'auth/keeps-keys-out-of-errors',
  title: 'An error does not repeat the key that was sent',
  kind: 'wire',
  scenario: keysScenario,
  covers: ['auth-key-not-reflected'],

  judge({ wrong }) {
    const { body } = wrong
    if (body.kind !== 'json' && body.kind !== 'text') return notShown('no body to look into')
    const found = WHOLE_KEY.exec(body.text)
    if (found === null) return holds
    return violated({
      step: 'wrong',
      at: '/',
      expected: 'a message without the key, or with its last characters only',
      actual: `the whole key: ${found[0].slice(0, 12)}…`,
    })
  },

  mutants: [
    {
      story: 'a gateway tells which key it did not like',
      reply: (reply, { headers }) =>
        reply.status === 401
          ? {
              ...reply,
              body: {
                json: {
                  error: {
                    message: `Unknown key: ${headers['authorization']}`,
                    type: 'invalid_request_error',
                    param: null,
                    code: 'invalid_api_key',
                  },
                },
              },
            }
          : reply,
    },
  ],
})
