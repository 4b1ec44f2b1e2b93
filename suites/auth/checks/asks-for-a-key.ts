import { defineCheck, violated } from '../../../src/authoring/define.ts'
import { keysScenario } from '../scenarios.ts'
import { admitAnyone, isLetIn, judgeUnauthorised } from '../unauthorised.ts'

export default defineCheck({
  id: 'auth/asks-for-a-key',
  title: 'A request without a key is answered with 401',
  kind: 'wire',
  scenario: keysScenario,
  covers: ['auth-missing-401'],

  judge({ none, wrong }, { yardstick }) {
    const judgement = judgeUnauthorised('none', none, 'the request has no key')
    if (judgement.kind !== 'violated' || !isLetIn(none) || !isLetIn(wrong)) return judgement
    // Who asks nobody for a key may be meant to: only documents that promise one say otherwise.
    const [finding] = judgement.findings
    return yardstick === 'own' || finding === undefined
      ? judgement
      : violated({ ...finding, contested: 'the endpoint asks nobody for a key' })
  },

  mutants: [
    {
      story: 'a gateway checks the keys that it gets, and lets in who sends none',
      reply: (reply, { headers }) =>
        headers['authorization'] === undefined ? admitAnyone(reply) : reply,
    },
    {
      story: 'a gateway whose look-up of keys is switched off lets everybody in',
      reply: admitAnyone,
    },
  ],
})
