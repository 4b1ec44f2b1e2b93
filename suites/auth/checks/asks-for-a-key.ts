import { defineCheck } from '../../../src/authoring/define.ts'
import { keys } from '../scenarios.ts'
import { isUnauthorised, letIn } from '../unauthorised.ts'

export default defineCheck({
  id: 'auth/asks-for-a-key',
  title: 'A request without a key is answered with 401',
  kind: 'wire',
  scenario: keys,
  covers: ['auth-missing-401'],

  judge: ({ none }) => isUnauthorised('none', none, 'the request has no key'),

  mutants: [
    {
      story: 'a gateway checks the keys that it gets, and lets in who sends none',
      reply: (reply, { headers }) =>
        headers['authorization'] === undefined ? letIn(reply) : reply,
    },
  ],
})
