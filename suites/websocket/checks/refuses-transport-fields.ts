import { allOf, defineCheck, holds, mapBody, without } from '../../../src/authoring/define.ts'
import { fails } from '../frames.ts'
import { transportFields } from '../scenarios.ts'

export default defineCheck({
  id: 'websocket/refuses-transport-fields',
  title: 'background, and in Open Responses stream, are no part of a turn',
  kind: 'wire',
  scenario: transportFields,
  covers: ['ws-transport-fields'],

  judge({ background, stream }, { yardstick }) {
    return allOf(
      fails('background', background, 'background has no meaning on a connection'),
      yardstick === 'open-responses'
        ? fails('stream', stream, 'stream has no meaning on a connection')
        : holds,
    )
  },

  mutants: [
    {
      story: 'a gateway leaves out what has no meaning here',
      request: (request) => mapBody(request, (body) => without(body, 'background', 'stream')),
    },
  ],
})
