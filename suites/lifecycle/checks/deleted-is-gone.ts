import { allOf, defineCheck, moot } from '../../../src/authoring/define.ts'
import { isError } from '../../../src/authoring/read.ts'
import { isUnknown, refuses } from '../../../src/authoring/refusal.ts'
import { deleted } from '../scenarios.ts'

export default defineCheck({
  id: 'lifecycle/deleted-is-gone',
  title: 'A deleted response cannot be retrieved, listed, deleted again or continued',
  kind: 'wire',
  scenario: deleted,
  covers: ['state-delete-then-404'],

  judge({ remove, again, removeAgain, items, next }) {
    if (isError(remove)) return moot('the response could not be deleted')
    const because = 'the response was deleted'
    return allOf(
      isUnknown('again', again, because),
      isUnknown('removeAgain', removeAgain, because),
      isUnknown('items', items, because),
      refuses('next', next, because),
    )
  },

  mutants: [
    {
      story: 'deletion is acknowledged, and nothing is deleted',
      request: (request) => (request.method === 'DELETE' ? { ...request, method: 'GET' } : request),
    },
  ],
})
