import { defineCheck } from '../../../src/authoring/define.ts'
import { acceptance, refusing } from '../../common/refusals.ts'
import { headers } from '../scenarios.ts'

export default defineCheck({
  id: 'transport/ignores-unknown-headers',
  title: 'Headers that the API does not know make no difference',
  kind: 'wire',
  scenario: headers,
  covers: ['transport-unknown-request-headers-ignored'],

  judge: ({ ask }) => acceptance('ask', ask),

  mutants: [
    {
      story: 'a firewall refuses headers that are not on its list',
      reply: (reply, { headers: heard }) =>
        'x-stainless-lang' in heard ? refusing(reply, 'x-stainless-lang') : reply,
    },
  ],
})
