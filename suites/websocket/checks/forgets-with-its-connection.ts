import { defineCheck } from '../../../src/authoring/define.ts'
import { forgetting } from '../../common/mutants.ts'
import { connection } from '../scenarios.ts'
import { isForgotten } from '../frames.ts'

export default defineCheck({
  id: 'websocket/forgets-with-its-connection',
  title: 'What is not stored cannot be continued on another connection',
  kind: 'wire',
  scenario: connection,
  covers: ['ws-continuation-other-socket'],

  judge: ({ other }) =>
    isForgotten('other', other, 'the response was not stored and belongs to another connection'),

  mutants: [
    {
      story: 'a continuation that cannot be found is left out',
      request: (request) => forgetting(request, 'previous_response_id'),
    },
  ],
})
