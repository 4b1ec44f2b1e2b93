import { defineCheck, notShown } from '../../../src/authoring/define.ts'
import { field, response } from '../../../src/authoring/read.ts'
import { judgeRefusal } from '../../../src/authoring/judge-refusal.ts'
import { backgroundScenario } from '../background.ts'

export default defineCheck({
  id: 'lifecycle/background-streams-only-when-asked',
  title: 'A background run that was created without stream cannot be streamed later',
  kind: 'wire',
  scenario: backgroundScenario,
  covers: ['bg-stream-only-if-created-streaming'],

  judge({ ended, streamed }) {
    if (field(response(ended), '/background') !== true) return notShown('no background run')
    return judgeRefusal('streamed', streamed, 'the run was created without stream true')
  },

  mutants: [
    {
      story: 'a gateway ignores the query of a retrieval',
      request: (request) =>
        request.method === 'GET' ? { ...request, query: new URLSearchParams() } : request,
    },
  ],
})
