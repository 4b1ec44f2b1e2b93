import { allOf, defineCheck, notShown } from '../../../src/authoring/define.ts'
import { isError } from '../../../src/authoring/read.ts'
import { judgeUnknown, judgeRefusal } from '../../../src/authoring/judge-refusal.ts'
import { deletedScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'lifecycle/deleted-is-gone-everywhere',
  title: 'A deleted response cannot be listed, deleted again or continued',
  kind: 'wire',
  scenario: deletedScenario,
  covers: ['state-deleted-everywhere'],

  judge({ remove, removeAgain, items, next }) {
    if (isError(remove)) return notShown('the response could not be deleted')
    const because = 'the response was deleted'
    return allOf(
      judgeUnknown('removeAgain', removeAgain, because),
      judgeUnknown('items', items, because),
      judgeRefusal('next', next, because),
    )
  },

  mutants: [
    {
      story: 'deletion is acknowledged, and nothing is deleted',
      request: (request) => (request.method === 'DELETE' ? { ...request, method: 'GET' } : request),
    },
  ],
})
