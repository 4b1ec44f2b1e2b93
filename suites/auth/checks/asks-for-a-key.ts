import { defineCheck } from '../../../src/authoring/define.ts'
import { keysScenario } from '../scenarios.ts'
import { isUnauthorised, admitAnyone } from '../unauthorised.ts'

export default defineCheck({
  id: 'auth/asks-for-a-key',
  title: 'A request without a key is answered with 401',
  kind: 'wire',
  scenario: keysScenario,
  covers: ['auth-missing-401'],

  judge: ({ none }) => isUnauthorised('none', none, 'the request has no key'),

  mutants: [
    {
      story: 'a gateway checks the keys that it gets, and lets in who sends none',
      reply: (reply, { headers }) =>
        headers['authorization'] === undefined ? admitAnyone(reply) : reply,
    },
  ],
})
