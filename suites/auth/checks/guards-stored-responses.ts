import { allOf, defineCheck } from '../../../src/authoring/define.ts'
import { storedAccessScenario } from '../scenarios.ts'
import { admitAnyone, isLetIn, judgeRefused, OPEN } from '../unauthorised.ts'

export default defineCheck({
  id: 'auth/guards-stored-responses',
  title: 'Retrieving, listing, cancelling and deleting ask for a valid key as well',
  kind: 'wire',
  scenario: storedAccessScenario,
  covers: ['auth-covers-subresources'],

  judge({ wrong, retrieve, items, cancel, remove }) {
    if (isLetIn(wrong)) return OPEN
    return allOf(
      judgeRefused('retrieve', retrieve),
      judgeRefused('items', items),
      judgeRefused('cancel', cancel),
      judgeRefused('remove', remove),
    )
  },

  mutants: [
    {
      story: 'a gateway authenticates what costs money, and nothing else',
      reply: (reply, { method }) => (method === 'GET' ? admitAnyone(reply) : reply),
    },
    {
      story: 'cancelling is thought harmless, and open to everyone',
      reply: (reply, { path }) => (path.endsWith('/cancel') ? admitAnyone(reply) : reply),
    },
    {
      story: 'a clean-up route deletes for whoever knows an id',
      reply: (reply, { method }) => (method === 'DELETE' ? admitAnyone(reply) : reply),
    },
  ],
})
