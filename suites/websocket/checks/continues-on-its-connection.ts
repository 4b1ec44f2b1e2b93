import { defineCheck } from '../../../src/authoring/define.ts'
import { judgeRecall } from '../../../src/authoring/code-word.ts'
import { dropParameter } from '../../common/mutants.ts'
import { connectionScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'websocket/continues-on-its-connection',
  title: 'A turn continues the one before on its connection, stored or not',
  kind: 'behavioural',
  scenario: connectionScenario,
  covers: ['ws-continuation'],

  judge: ({ second }, { nonce }) => judgeRecall('second', second, nonce, 'of the turn before'),

  mutants: [
    {
      story: 'a gateway takes each frame for a request of its own',
      request: (request) => dropParameter(request, 'previous_response_id'),
    },
  ],
})
