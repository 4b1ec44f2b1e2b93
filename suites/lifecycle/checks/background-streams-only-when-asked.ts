import { defineCheck, moot } from '../../../src/authoring/define.ts'
import { field, response } from '../../../src/authoring/read.ts'
import { refuses } from '../../../src/authoring/refusal.ts'
import { background } from '../background.ts'

export default defineCheck({
  id: 'lifecycle/background-streams-only-when-asked',
  title: 'A background run that was created without stream cannot be streamed later',
  kind: 'wire',
  scenario: background,
  covers: ['bg-stream-only-if-created-streaming'],

  judge({ ended, streamed }) {
    if (field(response(ended), '/background') !== true) return moot('no background run')
    return refuses('streamed', streamed, 'the run was created without stream true')
  },

  mutants: [
    {
      story: 'a gateway ignores the query of a retrieval',
      request: (request) =>
        request.method === 'GET' ? { ...request, query: new URLSearchParams() } : request,
    },
  ],
})
