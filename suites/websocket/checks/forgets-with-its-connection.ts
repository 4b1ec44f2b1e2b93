import { defineCheck } from '../../../src/authoring/define.ts'
import { dropParameter } from '../../common/mutants.ts'
import { connectionScenario } from '../scenarios.ts'
import { judgeForgotten } from '../frames.ts'

export default defineCheck({
  id: 'websocket/forgets-with-its-connection',
  title: 'What is not stored cannot be continued on another connection',
  kind: 'wire',
  scenario: connectionScenario,
  covers: ['ws-continuation-other-socket'],

  judge: ({ other }) =>
    judgeForgotten('other', other, 'the response was not stored and belongs to another connection'),

  mutants: [
    {
      story: 'a continuation that cannot be found is left out',
      request: (request) => dropParameter(request, 'previous_response_id'),
    },
  ],
})
