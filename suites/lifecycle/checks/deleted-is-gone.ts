import { defineCheck, notShown } from '../../../src/authoring/define.ts'
import { isError } from '../../../src/authoring/read.ts'
import { judgeUnknown } from '../../../src/authoring/judge-refusal.ts'
import { deletedScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'lifecycle/deleted-is-gone',
  title: 'A deleted response cannot be retrieved',
  kind: 'wire',
  scenario: deletedScenario,
  covers: ['state-delete-then-404'],

  judge({ remove, again }) {
    if (isError(remove)) return notShown('the response could not be deleted')
    return judgeUnknown('again', again, 'the response was deleted')
  },

  mutants: [
    {
      story: 'deletion is acknowledged, and nothing is deleted',
      request: (request) => (request.method === 'DELETE' ? { ...request, method: 'GET' } : request),
    },
  ],
})
