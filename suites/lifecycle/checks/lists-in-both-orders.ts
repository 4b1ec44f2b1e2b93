import { defineCheck, holds, moot, violated } from '../../../src/define.ts'
import { field, show } from '../../../src/read.ts'
import { entries, ids } from '../listing.ts'
import { listed, told } from '../scenarios.ts'

export default defineCheck({
  id: 'lifecycle/lists-in-both-orders',
  title: 'Input items are listed newest first, and oldest first when asked',
  kind: 'wire',
  scenario: listed,
  covers: ['state-input-items-order'],

  judge({ up, down }, { nonce }) {
    if (ids(up).length < 2) return moot('fewer than two items are listed')
    const [first, second] = told(nonce)
    const texts = JSON.stringify(entries(up).map((item) => field(item, '/content')))
    if (texts.indexOf(first) > texts.indexOf(second)) {
      const expected = `the oldest message first: ${first}`
      return violated({ step: 'up', at: '/data/0', expected, actual: show(entries(up)[0]) })
    }
    if (ids(down).join() === ids(up).toReversed().join()) return holds
    return violated({
      step: 'down',
      at: '/data',
      expected: `the reverse of order=asc: ${show([...ids(up)].toReversed())}`,
      actual: show([...ids(down)]),
    })
  },

  mutant: {
    story: 'a server ignores order and always lists the oldest first',
    request: (request) => {
      if (!request.path.endsWith('/input_items')) return request
      const query = new URLSearchParams(request.query)
      query.set('order', 'asc')
      return { ...request, query }
    },
  },
})
