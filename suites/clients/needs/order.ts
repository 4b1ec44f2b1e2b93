import { mapEvents, mapResponse, without } from '../../../src/define.ts'
import {
  events,
  eventType,
  field,
  isObject,
  items,
  response,
  responseAt,
  sent,
} from '../../../src/read.ts'
import type { Json, JsonObject, Reply } from '../../../src/types.ts'
import {
  BOTH,
  eventsOf,
  found,
  inOutput,
  JSON_ONLY,
  placed,
  responses,
  STREAM,
  unless,
  type Need,
} from './need.ts'

const ARGUMENTS = [
  'response.function_call_arguments.delta',
  'response.function_call_arguments.done',
]

/** Adds to an index in every event that has it. */
const shifting =
  (key: string) =>
  (reply: Reply): Reply =>
    mapEvents(reply, (event) =>
      typeof event[key] === 'number' ? { ...event, [key]: event[key] + 1 } : event,
    )

/** Changes the items that events of this type carry. */
const changing =
  (type: string, change: (item: JsonObject) => JsonObject) =>
  (reply: Reply): Reply =>
    mapEvents(reply, (event) =>
      event['type'] === type && isObject(event['item'])
        ? { ...event, item: change(event['item']) }
        : event,
    )

export const needs: readonly Need[] = [
  {
    id: 'no-sentinel-inside',
    title: 'Nothing but comments comes between the events of a stream',
    in: STREAM,
    judge({ body }) {
      if (body.kind !== 'events') return undefined
      const last = body.events.findLastIndex(({ data }) => isObject(data))
      const bad = body.events.findIndex(({ data }, index) => index < last && !isObject(data))
      return bad < 0 ? undefined : found(`/events/${bad}`, 'an event', body.events[bad]!.raw)
    },
    mutant: {
      story: 'an adapter adds the sentinel of another API after each item',
      reply: (reply) =>
        'events' in reply.body
          ? {
              ...reply,
              body: {
                events: reply.body.events.flatMap((event) =>
                  field(event as Json, '/type') === 'response.output_item.done'
                    ? [event, '[DONE]']
                    : [event],
                ),
              },
            }
          : reply,
    },
  },
  {
    id: 'items-in-order',
    title: 'Items are announced in the order of output_index, from 0',
    in: STREAM,
    judge(exchange) {
      const added = eventsOf(exchange, 'response.output_item.added')
      const bad = added.findIndex(({ data }, index) => {
        const given = field(data, '/output_index')
        return given !== undefined && given !== index
      })
      if (bad < 0) return undefined
      const { index, data } = added[bad]!
      return found(`/events/${index}/output_index`, String(bad), field(data, '/output_index'))
    },
    mutant: { story: 'an adapter counts items from 1', reply: shifting('output_index') },
  },
  {
    id: 'parts-in-order',
    title: 'The parts of an item are counted from 0',
    in: STREAM,
    judge(exchange) {
      const counts = new Map<Json | undefined, number>()
      for (const { index, data } of eventsOf(exchange, 'response.content_part.added')) {
        const item = field(data, '/output_index')
        const wanted = counts.get(item) ?? 0
        const given = field(data, '/content_index')
        if (given !== undefined && given !== wanted) {
          return found(`/events/${index}/content_index`, String(wanted), given)
        }
        counts.set(item, wanted + 1)
      }
      return undefined
    },
    mutant: { story: 'an adapter counts parts from 1', reply: shifting('content_index') },
  },
  {
    id: 'event-item-ids',
    title: 'Every event about an item names the item',
    in: STREAM,
    judge(exchange) {
      const bad = events(exchange).find((event) => {
        const type = eventType(event) ?? ''
        const about =
          type.startsWith('response.content_part.') || /(output_text|arguments)\.done$/.test(type)
        return about && typeof field(event.data, '/item_id') !== 'string'
      })
      return (
        bad &&
        found(`/events/${bad.index}/item_id`, 'the id of the item', field(bad.data, '/item_id'))
      )
    },
    mutant: {
      story: 'an adapter names the item in deltas only',
      reply: (reply) =>
        mapEvents(reply, (event) =>
          String(event['type']).endsWith('.delta') ? event : without(event, 'item_id'),
        ),
    },
  },
  {
    id: 'parts-finished-whole',
    title: 'content_part.done carries the text of its part',
    in: STREAM,
    judge(exchange) {
      const bad = eventsOf(exchange, 'response.content_part.done').find(
        ({ data }) =>
          field(data, '/part/type') === 'output_text' &&
          typeof field(data, '/part/text') !== 'string',
      )
      return (
        bad && found(`/events/${bad.index}/part/text`, 'the text', field(bad.data, '/part/text'))
      )
    },
    mutant: {
      story: 'an adapter finishes parts without their text',
      reply: (reply) =>
        mapEvents(reply, (event) =>
          event['type'] === 'response.content_part.done' && isObject(event['part'])
            ? { ...event, part: { ...event['part'], text: null } }
            : event,
        ),
    },
  },
  {
    id: 'no-text-in-calls',
    title: 'Text is said by messages, not by calls',
    in: STREAM,
    judge(exchange) {
      const messages = new Set(
        eventsOf(exchange, 'response.output_item.added')
          .filter(({ data }) => field(data, '/item/type') === 'message')
          .map(({ data }) => field(data, '/output_index')),
      )
      const bad = eventsOf(exchange, 'response.output_text.delta').find(({ data }) =>
        messages.size > 0 || inOutput(exchange, 'message').length === 0
          ? !messages.has(field(data, '/output_index'))
          : false,
      )
      return (
        bad &&
        found(`/events/${bad.index}/output_index`, 'a message', field(bad.data, '/output_index'))
      )
    },
    mutant: {
      story: 'the markup of a call leaks as text',
      reply: (reply) =>
        mapEvents(reply, (event) =>
          event['type'] === 'response.function_call_arguments.done'
            ? [
                {
                  type: 'response.output_text.delta',
                  item_id: event['item_id'] ?? '',
                  output_index: event['output_index'] ?? 0,
                  content_index: 0,
                  delta: '<tool_call>',
                  logprobs: [],
                },
                event,
              ]
            : event,
        ),
    },
  },
  {
    id: 'arguments-streamed',
    title: 'Arguments come in events of their own',
    in: STREAM,
    judge(exchange) {
      const calls = inOutput(exchange, 'function_call').length
      return calls === 0 || eventsOf(exchange, ...ARGUMENTS).length > 0
        ? undefined
        : found('/events', 'function_call_arguments.delta or .done', 'neither')
    },
    mutant: {
      story: 'an adapter sends calls as whole items only',
      reply: (reply) =>
        mapEvents(reply, (event) =>
          ARGUMENTS.includes(String(event['type'])) ? undefined : event,
        ),
    },
  },
  {
    id: 'arguments-agree',
    title: 'function_call_arguments.done has the arguments of the call',
    in: STREAM,
    judge(exchange) {
      const whole = inOutput(exchange, 'function_call').map(({ value }) => value['arguments'])
      const bad = eventsOf(exchange, ARGUMENTS[1]!).find(
        ({ data }) => whole.length > 0 && !whole.includes(field(data, '/arguments')),
      )
      return (
        bad &&
        found(`/events/${bad.index}/arguments`, whole.join(' or '), field(bad.data, '/arguments'))
      )
    },
    mutant: {
      story: 'the buffer of one call is not emptied for the next',
      reply: (reply) =>
        mapEvents(reply, (event) =>
          event['type'] === ARGUMENTS[1]
            ? { ...event, arguments: `{}${String(event['arguments'])}` }
            : event,
        ),
    },
  },
  {
    id: 'call-ids-kept',
    title: 'A call keeps its call_id',
    in: STREAM,
    judge(exchange) {
      const ids = new Map<Json | undefined, Json | undefined>()
      return unless(
        placed(exchange, 'function_call'),
        'call_id',
        'the call_id it was announced with',
        (id, { value }) => {
          if (id === undefined) return true
          const known = ids.get(value['id'])
          ids.set(value['id'], known ?? id)
          return known === undefined || known === id
        },
      )
    },
    mutant: {
      story: 'a call gets a new id when it is finished',
      reply: changing('response.output_item.done', (item) =>
        'call_id' in item ? { ...item, call_id: `${String(item['call_id'])}x` } : item,
      ),
    },
  },
  {
    id: 'call-ids-as-completed',
    title: 'response.completed has the call_id with which a call was announced',
    in: STREAM,
    judge(exchange) {
      const announced = placed(exchange, 'function_call')
        .filter(({ place }) => place === 'added')
        .map(({ value }) => value['call_id'])
      return unless(
        inOutput(exchange, 'function_call'),
        'call_id',
        'the call_id it was announced with',
        (id) => announced.length === 0 || announced.includes(id),
      )
    },
    mutant: {
      story: 'an adapter draws call ids again for the whole answer',
      reply: (reply) =>
        'events' in reply.body
          ? mapResponse(reply, (one) => ({
              ...one,
              output: Array.isArray(one['output'])
                ? (one['output'] as readonly Json[]).map((item) =>
                    isObject(item) && 'call_id' in item ? { ...item, call_id: 'call_again' } : item,
                  )
                : [],
            }))
          : reply,
    },
  },
  {
    id: 'not-failed',
    title: 'An answer is no failure',
    in: BOTH,
    judge(exchange) {
      const [error] = eventsOf(exchange, 'error', 'response.failed')
      if (error !== undefined) return found(`/events/${error.index}`, 'no error', error.data)
      return field(response(exchange), '/status') === 'failed'
        ? found('/status', 'completed', 'failed')
        : undefined
    },
    mutant: {
      story: 'a gateway reports a timeout of its upstream in the stream',
      reply(reply) {
        const error = { code: 'server_error', message: 'The upstream timed out.' }
        const failed = (one: JsonObject): JsonObject => ({ ...one, status: 'failed', error })
        if (!('events' in reply.body)) return mapResponse(reply, failed)
        return mapEvents(reply, (event) =>
          event['type'] === 'response.completed' && isObject(event['response'])
            ? [
                { type: 'error', ...error, param: null },
                { type: 'response.failed', response: failed(event['response']) },
              ]
            : event,
        )
      },
    },
  },
  {
    id: 'known-calls',
    title: 'Calls are of functions that the client has',
    in: BOTH,
    judge(exchange) {
      const tools = sent(exchange)?.['tools']
      const names = Array.isArray(tools)
        ? (tools as readonly Json[]).map((tool) => field(tool, '/name'))
        : []
      return unless(
        placed(exchange, 'function_call'),
        'name',
        'the name of a tool',
        (name) => name === undefined || names.includes(name),
      )
    },
    mutant: {
      story: 'an adapter puts a prefix before the names of functions',
      reply: renaming,
    },
  },
  {
    id: 'no-input-returned',
    title: 'The output holds no messages of the user',
    in: JSON_ONLY,
    judge: (exchange) =>
      unless(
        inOutput(exchange, 'message'),
        'role',
        'assistant',
        (role) => role !== 'user' && role !== 'developer' && role !== 'system',
      ),
    mutant: {
      story: 'a server returns the whole conversation as output',
      reply: (reply, request) => {
        const input = field(request.body, '/input')
        if (!Array.isArray(input)) return reply
        return mapResponse(reply, (one) => ({
          ...one,
          output: Array.isArray(one['output'])
            ? [...(input as readonly Json[]).map(typed), ...(one['output'] as readonly Json[])]
            : [],
        }))
      },
    },
  },
  {
    id: 'not-incomplete',
    title: 'A whole answer does not call itself incomplete',
    in: BOTH,
    judge(exchange) {
      const status = field(response(exchange), '/status')
      return status === 'incomplete' && items(exchange).length > 0
        ? found(`${responseAt(exchange)}/status`, 'completed', status)
        : undefined
    },
    mutant: {
      story: 'an adapter maps every finish reason to incomplete',
      reply: (reply) =>
        mapResponse(reply, (one) =>
          one['status'] === 'completed'
            ? { ...one, status: 'incomplete', incomplete_details: { reason: 'stop' } }
            : one,
        ),
    },
  },
  {
    id: 'settled',
    title: 'An answer that is returned is not in progress',
    in: JSON_ONLY,
    judge(exchange) {
      const status = field(response(exchange), '/status')
      return status === 'in_progress' || status === 'queued'
        ? found('/status', 'completed', status)
        : undefined
    },
    mutant: {
      story: 'an adapter forgets to change the status',
      reply: (reply) =>
        'events' in reply.body
          ? reply
          : mapResponse(reply, (one) => ({ ...one, status: 'in_progress' })),
    },
  },
  {
    id: 'known-phases',
    title: 'A phase, if there is one, is an official one',
    in: BOTH,
    judge: (exchange) =>
      unless(placed(exchange, 'message'), 'phase', 'commentary or final_answer', (phase) =>
        [undefined, null, 'commentary', 'final_answer'].includes(phase as string),
      ),
    mutant: {
      story: 'a gateway invents a phase of its own',
      reply: (reply) =>
        mapResponse(changing('response.output_item.done', phased)(reply), (one) => ({
          ...one,
          output: Array.isArray(one['output'])
            ? (one['output'] as readonly Json[]).map((item) =>
                isObject(item) ? phased(item) : item,
              )
            : [],
        })),
    },
  },
  {
    id: 'echoes-typed',
    title: 'service_tier and reasoning, where they are echoed, have their types',
    in: BOTH,
    judge: (exchange) => {
      const all = responses(exchange, 'response.created', 'response.completed')
      return (
        unless(
          all,
          'service_tier',
          'a text or null',
          (value) => value === undefined || value === null || typeof value === 'string',
        ) ??
        unless(
          all,
          'reasoning',
          'an object or null',
          (value) => value === undefined || value === null || isObject(value),
        ) ??
        unless(
          all,
          'prompt_cache_diagnostics',
          'an object or null',
          (value) => value === undefined || value === null || isObject(value),
        )
      )
    },
    mutant: {
      story: 'an adapter reports the tier as a number',
      reply: (reply) =>
        mapResponse(reply, (one) => ({ ...one, service_tier: 7, reasoning: 'none' })),
    },
  },
]

function phased(item: JsonObject): JsonObject {
  return item['type'] === 'message' ? { ...item, phase: 'thinking' } : item
}

function typed(item: Json): Json {
  return isObject(item) && item['type'] === undefined ? { type: 'message', ...item } : item
}

/** Changes the names of calls, wherever they stand. */
function renaming(reply: Reply): Reply {
  const renamed = (item: Json): Json =>
    isObject(item) && item['type'] === 'function_call'
      ? { ...item, name: `default_api.${String(item['name'])}` }
      : item
  const inItems = mapEvents(reply, (event) =>
    isObject(event['item']) ? { ...event, item: renamed(event['item']) } : event,
  )
  return mapResponse(inItems, (one) => ({
    ...one,
    output: Array.isArray(one['output']) ? (one['output'] as readonly Json[]).map(renamed) : [],
  }))
}
