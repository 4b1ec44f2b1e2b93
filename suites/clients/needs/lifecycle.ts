// The response in the events of a stream, from the first to the last.

import { mapEvents, mapResponse, without } from '../../../src/authoring/define.ts'
import { events, eventType, field, isObject, isStream } from '../../../src/authoring/read.ts'
import { changingResponse, losing } from '../../streaming/mutants.ts'
import { eventsOf, found, isText, responses, STREAM, unless, type Need } from './define-need.ts'

/** What tells of the response before its items. */
const BEGINNING: readonly string[] = ['response.created', 'response.in_progress']

export const needs: readonly Need[] = [
  {
    id: 'created-first',
    title: 'A stream begins with response.created',
    in: STREAM,
    judge(exchange) {
      const [first] = events(exchange)
      return first === undefined || eventType(first) === 'response.created'
        ? undefined
        : found('/events/0/type', 'response.created', eventType(first))
    },
    mutants: [
      {
        story: 'an adapter begins with the first item',
        reply: (reply) => losing(reply, 'response.created'),
      },
    ],
  },
  {
    id: 'created-whole',
    title: 'response.created carries the list of output, if only an empty one',
    in: STREAM,
    judge(exchange) {
      const [first] = eventsOf(exchange, 'response.created')
      if (first === undefined || Array.isArray(field(first.data, '/response/output'))) return
      const at = `/events/${first.index}/response/output`
      return found(at, 'a list', field(first.data, '/response/output'))
    },
    mutants: [
      {
        story: 'an adapter announces a response without its output',
        reply: (reply) =>
          changingResponse(reply, BEGINNING, (response) => without(response, 'output')),
      },
    ],
  },
  {
    id: 'created-model',
    title: 'response.created names the model',
    in: STREAM,
    judge: (exchange) =>
      unless(responses(exchange, 'response.created'), 'model', 'the name of the model', isText),
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
      const bad = eventsOf(exchange, 'response.created', 'response.completed').find(
        ({ data }) => !isObject(field(data, '/response')),
      )
      return (
        bad && found(`/events/${bad.index}/response`, 'the response', field(bad.data, '/response'))
      )
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
      if (!isStream(exchange) || eventsOf(exchange, 'response.completed').length > 0) return
      const last = events(exchange).at(-1)
      const end = last === undefined ? undefined : eventType(last)
      return found('/events', 'response.completed at the end', end)
    },
    mutants: [
      {
        story: 'a gateway closes the stream when the text is out',
        reply: (reply) => losing(reply, 'response.completed'),
      },
    ],
  },
  {
    id: 'completed-output',
    title: 'response.completed carries the items that were finished',
    in: STREAM,
    judge(exchange) {
      const [last] = eventsOf(exchange, 'response.completed')
      const done = eventsOf(exchange, 'response.output_item.done').length
      const output = field(last?.data, '/response/output')
      if (last === undefined || !isObject(field(last.data, '/response'))) return
      return Array.isArray(output) && output.length >= done
        ? undefined
        : found(`/events/${last.index}/response/output`, `the ${done} items`, output)
    },
    mutants: [
      {
        story: 'an adapter has forgotten the items at the end',
        reply: (reply) =>
          changingResponse(reply, ['response.completed'], (response) => ({
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
      const [last] = eventsOf(exchange, 'response.completed')
      if (last === undefined || !isObject(field(last.data, '/response'))) return
      const output = field(last.data, '/response/output')
      return Array.isArray(output)
        ? undefined
        : found(`/events/${last.index}/response/output`, 'a list', output)
    },
    mutants: [
      {
        story: 'an adapter ends with id, status and usage',
        reply: (reply) =>
          changingResponse(reply, ['response.completed'], (response) =>
            without(response, 'output'),
          ),
      },
    ],
  },
  {
    id: 'response-id',
    title: 'The response has an id in the first and in the last event',
    in: STREAM,
    judge: (exchange) =>
      unless(responses(exchange, 'response.created', 'response.completed'), 'id', 'an id', isText),
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
      const [first, ...rest] = responses(exchange, ...BEGINNING, 'response.completed')
      const bad = rest.find(({ value }) => value['id'] !== first?.value['id'])
      return bad && found(`${bad.at}/id`, String(first?.value['id']), bad.value['id'])
    },
    mutants: [
      {
        story: 'a gateway draws a new id at the end',
        reply: (reply) =>
          changingResponse(reply, ['response.completed'], (response) => ({
            ...response,
            id: 'resp_another',
          })),
      },
    ],
  },
]
