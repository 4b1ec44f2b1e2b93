import { defineCheck } from '../../../src/authoring/define.ts'
import { keysScenario } from '../scenarios.ts'
import { admitAnyone, isLetIn, judgeUnauthorised, OPEN, WRONG } from '../unauthorised.ts'

export default defineCheck({
  id: 'auth/refuses-a-wrong-key',
  title: 'A request with a wrong key is answered with 401',
  kind: 'wire',
  scenario: keysScenario,
  covers: ['auth-invalid-401'],

  judge: ({ none, wrong }) =>
    isLetIn(none) && isLetIn(wrong) ? OPEN : judgeUnauthorised('wrong', wrong, WRONG),

  mutants: [
    {
      story: 'a gateway asks for a key and does not look it up',
      reply: (reply, { headers }) =>
        headers['authorization'] === undefined ? reply : admitAnyone(reply),
    },
  ],
})
