import { defineCheck, mapBody, without } from '../../../src/authoring/define.ts'
import { judgeForgotten } from '../frames.ts'
import { connectionScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'websocket/drops-a-failed-continuation',
  title: 'A continuation that failed drops its parent from the connection',
  kind: 'wire',
  scenario: connectionScenario,
  covers: ['ws-failed-continuation-evicts'],

  judge: ({ evicted }) =>
    judgeForgotten('evicted', evicted, 'the continuation before it has failed'),

  mutants: [
    {
      story: 'a server keeps what a failed turn continued',
      request: (request) =>
        mapBody(request, (body) =>
          body['truncation'] === undefined ? without(body, 'previous_response_id') : body,
        ),
    },
  ],
})
