// How an answer says that it is one.

import { mapResponse } from '../../../src/authoring/define.ts'
import { field, isObject, items, response, responseAt } from '../../../src/authoring/read.ts'
import type { JsonObject } from '../../../src/types/index.ts'
import { changeEvents, changeResponses } from '../../streaming/mutants.ts'
import {
  BOTH,
  eventsOfTypes,
  createNeedFinding,
  JSON_ONLY,
  STREAM,
  type ClientNeed,
} from './define-need.ts'

export const statusNeeds: readonly ClientNeed[] = [
  {
    id: 'not-failed',
    title: 'An answer is no failure',
    in: BOTH,
    judge(exchange) {
      const [error] = eventsOfTypes(exchange, 'error', 'response.failed')
      if (error !== undefined)
        return createNeedFinding(`/events/${error.index}`, 'no error', error.data)
      return field(response(exchange), '/status') === 'failed'
        ? createNeedFinding('/status', 'completed', 'failed')
        : undefined
    },
    mutants: [
      {
        story: 'a gateway reports a timeout of its upstream in the stream',
        reply(reply) {
          const error = { code: 'server_error', message: 'The upstream timed out.' }
          const failed = (one: JsonObject): JsonObject => ({ ...one, status: 'failed', error })
          if (!('events' in reply.body)) return mapResponse(reply, failed)
          return changeEvents(reply, 'response.completed', (event) =>
            isObject(event['response'])
              ? [
                  { type: 'error', ...error, param: null },
                  { type: 'response.failed', response: failed(event['response']) },
                ]
              : event,
          )
        },
      },
    ],
  },
  {
    id: 'not-incomplete',
    title: 'A whole answer does not call itself incomplete',
    in: BOTH,
    judge(exchange) {
      const status = field(response(exchange), '/status')
      return status === 'incomplete' && items(exchange).length > 0
        ? createNeedFinding(`${responseAt(exchange)}/status`, 'completed', status)
        : undefined
    },
    mutants: [
      {
        story: 'an adapter maps every finish reason to incomplete',
        reply: (reply) =>
          mapResponse(reply, (one) =>
            one['status'] === 'completed'
              ? { ...one, status: 'incomplete', incomplete_details: { reason: 'stop' } }
              : one,
          ),
      },
    ],
  },
  {
    id: 'settled',
    title: 'An answer that is returned is not in progress',
    in: JSON_ONLY,
    judge(exchange) {
      const status = field(response(exchange), '/status')
      return status === 'in_progress' || status === 'queued'
        ? createNeedFinding('/status', 'completed', status)
        : undefined
    },
    mutants: [
      {
        story: 'an adapter forgets to change the status',
        reply: (reply) =>
          'events' in reply.body
            ? reply
            : mapResponse(reply, (one) => ({ ...one, status: 'in_progress' })),
      },
    ],
  },
  {
    id: 'status-final',
    title: 'The last event says that the response is completed',
    in: STREAM,
    judge(exchange) {
      const status = field(response(exchange), '/status')
      return eventsOfTypes(exchange, 'response.completed').length === 0 || status === 'completed'
        ? undefined
        : createNeedFinding('/response/status', 'completed', status)
    },
    mutants: [
      {
        story: 'an adapter forgets to change the status',
        reply: (reply) =>
          changeResponses(reply, ['response.completed'], (response) => ({
            ...response,
            status: 'in_progress',
          })),
      },
    ],
  },
]
