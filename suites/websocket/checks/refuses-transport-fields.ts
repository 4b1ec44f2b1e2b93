import { allOf, defineCheck, holds, mapBody, without } from '../../../src/authoring/define.ts'
import { judgeFailedTurn } from '../frames.ts'
import { transportFieldsScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'websocket/refuses-transport-fields',
  title: 'background, and in Open Responses stream, are no part of a turn',
  kind: 'wire',
  scenario: transportFieldsScenario,
  covers: ['ws-transport-fields'],

  judge({ background, stream }, { yardstick }) {
    return allOf(
      judgeFailedTurn('background', background, 'background has no meaning on a connection'),
      yardstick === 'open-responses'
        ? judgeFailedTurn('stream', stream, 'stream has no meaning on a connection')
        : holds,
    )
  },

  mutants: [
    {
      story: 'a gateway leaves out what has no meaning here',
      request: (request) => mapBody(request, (body) => without(body, 'background', 'stream')),
    },
    {
      story: 'a gateway takes stream for granted on a connection',
      dialect: 'open-responses',
      request: (request) => mapBody(request, (body) => without(body, 'stream')),
    },
  ],
})
