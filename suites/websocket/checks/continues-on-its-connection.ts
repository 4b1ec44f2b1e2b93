import { defineCheck } from '../../../src/authoring/define.ts'
import { recalls } from '../../../src/authoring/code-word.ts'
import { forgetting } from '../../common/mutants.ts'
import { connection } from '../scenarios.ts'

export default defineCheck({
  id: 'websocket/continues-on-its-connection',
  title: 'A turn continues the one before on its connection, stored or not',
  kind: 'behavioural',
  scenario: connection,
  covers: ['ws-continuation'],

  judge: ({ second }, { nonce }) => recalls('second', second, nonce, 'of the turn before'),

  mutants: [
    {
      story: 'a gateway takes each frame for a request of its own',
      request: (request) => forgetting(request, 'previous_response_id'),
    },
  ],
})
