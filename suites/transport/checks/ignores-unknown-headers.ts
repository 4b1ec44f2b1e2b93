import { defineCheck } from '../../../src/authoring/define.ts'
import { judgeAccepted, refuseParameter } from '../../common/refusals.ts'
import { headersScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'transport/ignores-unknown-headers',
  title: 'Headers that the API does not know make no difference',
  kind: 'wire',
  scenario: headersScenario,
  covers: ['transport-unknown-request-headers-ignored'],

  judge: ({ ask }) => judgeAccepted('ask', ask),

  mutants: [
    {
      story: 'a firewall refuses headers that are not on its list',
      reply: (reply, { headers: heard }) =>
        'x-stainless-lang' in heard ? refuseParameter(reply, 'x-stainless-lang') : reply,
    },
  ],
})
