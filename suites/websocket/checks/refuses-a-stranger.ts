import { defineCheck, holds, violated } from '../../../src/authoring/define.ts'
import { doubtMissingRoute, isNoRoute, quoteReply } from '../../../src/authoring/judge-refusal.ts'
import { strangerScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'websocket/refuses-a-stranger',
  title: 'A connection with a wrong key is refused with an HTTP status',
  kind: 'wire',
  scenario: strangerScenario,
  covers: ['ws-connect'],

  judge({ ask }) {
    if (ask.status === 401 || ask.status === 403) return holds
    if (isNoRoute(ask)) return doubtMissingRoute(ask)
    return violated({
      step: 'ask',
      at: 'status',
      expected: '401 or 403, because the key is wrong',
      actual: quoteReply(ask),
    })
  },

  mutants: [
    {
      story: 'a proxy upgrades every connection and leaves keys to its upstream',
      request: (request) => ({
        ...request,
        headers: {
          ...request.headers,
          authorization: 'Bearer reference-key-of-the-first-account',
        },
      }),
    },
  ],
})
