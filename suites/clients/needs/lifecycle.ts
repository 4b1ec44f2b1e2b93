// The response in the events of a stream, from the first to the last.

import { mapEvents, mapResponse, without } from '../../../src/authoring/define.ts'
import { events, eventType, field, isObject, isStream } from '../../../src/authoring/read.ts'
import { changeResponses, dropEvents } from '../../streaming/mutants.ts'
import {
  eventsOfTypes,
  createNeedFinding,
  isText,
  readResponses,
  STREAM,
  findFirstWrong,
  findWrongEvent,
  type ClientNeed,
} from './define-need.ts'

/** What tells of the response before its items. */
const BEGINNING: readonly string[] = ['response.created', 'response.in_progress']

export const lifecycleNeeds: readonly ClientNeed[] = [
  {
    id: 'created-first',
    title: 'A stream begins with response.created',
    in: STREAM,
    judge(exchange) {
      const [first] = events(exchange)
      return first === undefined || eventType(first) === 'response.created'
        ? undefined
        : createNeedFinding('/events/0/type', 'response.created', eventType(first))
    },
    mutants: [
      {
        story: 'an adapter begins with the first item',
        reply: (reply) => dropEvents(reply, 'response.created'),
      },
    ],
  },
  {
    id: 'created-whole',
    title: 'response.created carries the list of output, if only an empty one',
    in: STREAM,
    judge(exchange) {
      const [first] = eventsOfTypes(exchange, 'response.created')
      if (first === undefined || Array.isArray(field(first.data, '/response/output'))) return
      const at = `/events/${first.index}/response/output`
      return createNeedFinding(at, 'a list', field(first.data, '/response/output'))
    },
    mutants: [
      {
        story: 'an adapter announces a response without its output',
        reply: (reply) =>
          changeResponses(reply, BEGINNING, (response) => without(response, 'output')),
      },
    ],
  },
  {
    id: 'created-model',
    title: 'response.created names the model',
    in: STREAM,
    judge: (exchange) =>
      findFirstWrong(
        readResponses(exchange, 'response.created'),
        'model',
        'the name of the model',
        isText,
      ),
    mutants: [
      {
        story: 'an adapter leaves out the model',
        reply: (reply) => mapResponse(reply, (response) => without(response, 'model')),
      },
    ],
  },
  {
    id: 'nested-response',
    title: 'Lifecycle events carry the response under response',
    in: STREAM,
    judge(exchange) {
      const bad = eventsOfTypes(exchange, 'response.created', 'response.completed').find(
        ({ data }) => !isObject(field(data, '/response')),
      )
      return findWrongEvent(bad, 'response', 'the response')
    },
    mutants: [
      {
        story: 'an adapter writes the response flat into the event',
        reply: (reply) =>
          mapEvents(reply, (event) =>
            isObject(event['response'])
              ? { ...event['response'], ...without(event, 'response') }
              : event,
          ),
      },
    ],
  },
  {
    id: 'completed',
    title: 'A stream ends with response.completed',
    in: STREAM,
    judge(exchange) {
      if (!isStream(exchange) || eventsOfTypes(exchange, 'response.completed').length > 0) return
      const last = events(exchange).at(-1)
      const end = last === undefined ? undefined : eventType(last)
      return createNeedFinding('/events', 'response.completed at the end', end)
    },
    mutants: [
      {
        story: 'a gateway closes the stream when the text is out',
        reply: (reply) => dropEvents(reply, 'response.completed'),
      },
    ],
  },
  {
    id: 'completed-output',
    title: 'response.completed carries the items that were finished',
    in: STREAM,
    judge(exchange) {
      const [last] = eventsOfTypes(exchange, 'response.completed')
      const done = eventsOfTypes(exchange, 'response.output_item.done').length
      const output = field(last?.data, '/response/output')
      if (last === undefined || !isObject(field(last.data, '/response'))) return
      return Array.isArray(output) && output.length >= done
        ? undefined
        : createNeedFinding(`/events/${last.index}/response/output`, `the ${done} items`, output)
    },
    mutants: [
      {
        story: 'an adapter has forgotten the items at the end',
        reply: (reply) =>
          changeResponses(reply, ['response.completed'], (response) => ({
            ...response,
            output: [],
          })),
      },
    ],
  },
  {
    id: 'completed-output-present',
    title: 'response.completed has a list of output',
    in: STREAM,
    judge(exchange) {
      const [last] = eventsOfTypes(exchange, 'response.completed')
      if (last === undefined || !isObject(field(last.data, '/response'))) return
      const output = field(last.data, '/response/output')
      return Array.isArray(output)
        ? undefined
        : createNeedFinding(`/events/${last.index}/response/output`, 'a list', output)
    },
    mutants: [
      {
        story: 'an adapter ends with id, status and usage',
        reply: (reply) =>
          changeResponses(reply, ['response.completed'], (response) => without(response, 'output')),
      },
    ],
  },
  {
    id: 'response-id',
    title: 'The response has an id in the first and in the last event',
    in: STREAM,
    judge: (exchange) =>
      findFirstWrong(
        readResponses(exchange, 'response.created', 'response.completed'),
        'id',
        'an id',
        isText,
      ),
    mutants: [
      {
        story: 'an adapter has no ids of its own',
        reply: (reply) => mapResponse(reply, (response) => without(response, 'id')),
      },
    ],
  },
  {
    id: 'response-id-constant',
    title: 'The response keeps its id',
    in: STREAM,
    judge(exchange) {
      const [first, ...rest] = readResponses(exchange, ...BEGINNING, 'response.completed')
      const bad = rest.find(({ value }) => value['id'] !== first?.value['id'])
      return bad && createNeedFinding(`${bad.at}/id`, String(first?.value['id']), bad.value['id'])
    },
    mutants: [
      {
        story: 'a gateway draws a new id at the end',
        reply: (reply) =>
          changeResponses(reply, ['response.completed'], (response) => ({
            ...response,
            id: 'resp_another',
          })),
      },
    ],
  },
]
