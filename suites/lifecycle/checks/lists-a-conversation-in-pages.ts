import { defineCheck, mapJson, verdictOf } from '../../../src/authoring/define.ts'
import { field, show } from '../../../src/authoring/read.ts'
import { ignoreQuery } from '../../common/mutants.ts'
import { pagedConversationScenario } from '../conversation.ts'
import { idsOf, listingOf } from '../listing.ts'
import type { Finding } from '../../../src/types/index.ts'

export default defineCheck({
  id: 'lifecycle/lists-a-conversation-in-pages',
  title:
    'limit and after walk through the items of a conversation, and the first of two pages says that there is more',
  kind: 'wire',
  scenario: pagedConversationScenario,
  covers: ['conv-items'],

  judge({ first, second }) {
    const [one, two] = [idsOf(first), idsOf(second)]
    const findings: Finding[] = []
    if (one.length !== 2) {
      const actual = `${one.length} of 3`
      findings.push({ step: 'first', at: '/data', expected: '2 items, as limit says', actual })
    }
    const more = field(listingOf(first), '/has_more')
    if (more !== true) {
      findings.push({ step: 'first', at: '/has_more', expected: 'true', actual: show(more) })
    }
    const again = two.filter((id) => one.includes(id))
    if (one.length === 2 && (two.length !== 1 || again.length > 0)) {
      const expected = `the item that is not among ${show([...one])}`
      findings.push({ step: 'second', at: '/data', expected, actual: show([...two]) })
    }
    return verdictOf(findings)
  },

  mutants: [
    {
      story: 'a server knows no cursor, so that every page is the first',
      request: (request) => ignoreQuery(request, 'after'),
    },
    {
      story: 'a server lists everything at once',
      request: (request) => ignoreQuery(request, 'limit'),
    },
    {
      story: 'a server says of every page that it is the last',
      reply: (reply, { path }) =>
        path.endsWith('/items') ? mapJson(reply, (body) => ({ ...body, has_more: false })) : reply,
    },
  ],
})
