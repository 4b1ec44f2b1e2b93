import { defineCheck, holds, notShown, violated } from '../../../src/authoring/define.ts'
import { field, show } from '../../../src/authoring/read.ts'
import { entriesOf, idsOf } from '../listing.ts'
import { listedScenario, toldWordsOf } from '../scenarios.ts'
import { ignoreQuery } from '../../common/mutants.ts'

export default defineCheck({
  id: 'lifecycle/lists-in-both-orders',
  title: 'Input items are listed newest first, and oldest first when asked',
  kind: 'wire',
  scenario: listedScenario,
  covers: ['state-input-items-order'],

  judge({ up, firstPage }, { nonce }) {
    if (idsOf(up).length < 2) return notShown('fewer than two items are listed')
    const [first, second] = toldWordsOf(nonce)
    const texts = JSON.stringify(entriesOf(up).map((item) => field(item, '/content')))
    // That a message is not listed at all is told elsewhere.
    if (texts.includes(second) && texts.indexOf(first) > texts.indexOf(second)) {
      const expected = `the oldest message first: ${first}`
      return violated({ step: 'up', at: '/data/0', expected, actual: show(entriesOf(up)[0]) })
    }
    // How many there are on a page is another check's affair.
    const [newest] = idsOf(firstPage)
    if (newest === idsOf(up).at(-1)) return holds
    return violated({
      step: 'firstPage',
      at: '/data/0/id',
      expected: `${show(idsOf(up).at(-1))}, the newest item`,
      actual: show(newest),
    })
  },

  mutants: [
    {
      story: 'a server ignores order and always lists the oldest first',
      request: (request) => {
        if (!request.path.endsWith('/input_items')) return request
        const query = new URLSearchParams(request.query)
        query.set('order', 'asc')
        return { ...request, query }
      },
    },
    {
      story: 'a server ignores order and always lists the newest first',
      request: (request) => ignoreQuery(request, 'order'),
    },
  ],
})
