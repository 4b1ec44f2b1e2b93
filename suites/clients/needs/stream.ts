import { mapEvents, without } from '../../../src/define.ts'
import { events, eventType, field, isObject, isStream, response, text } from '../../../src/read.ts'
import type { Json, JsonObject, Reply } from '../../../src/types.ts'
import {
  eventsOf,
  found,
  inOutput,
  isText,
  partsOf,
  placed,
  responses,
  STREAM,
  unless,
  type Need,
  type Placed,
} from './need.ts'

const TEXT_DELTA = 'response.output_text.delta'
const ARGUMENTS_DELTA = 'response.function_call_arguments.delta'
const DELTAS: readonly string[] = [TEXT_DELTA, ARGUMENTS_DELTA]
const ABOUT_ITEMS = /^response\.(output_text|content_part|function_call_arguments|reasoning\w*)\./

const isType = (event: JsonObject, ...types: readonly string[]): boolean =>
  types.includes(String(event['type']))

/** Drops the events of these types. */
const dropping =
  (...types: readonly string[]) =>
  (reply: Reply): Reply =>
    mapEvents(reply, (event) => (isType(event, ...types) ? undefined : event))

/** Changes the items that events of this type carry. */
const changing =
  (type: string, change: (item: JsonObject) => JsonObject) =>
  (reply: Reply): Reply =>
    mapEvents(reply, (event) =>
      isType(event, type) && isObject(event['item'])
        ? { ...event, item: change(event['item']) }
        : event,
    )

/** Deltas of one kind, joined by output index. */
function joined(exchange: Parameters<typeof events>[0], type: string): ReadonlyMap<Json, string> {
  const sums = new Map<Json, string>()
  for (const { data } of eventsOf(exchange, type)) {
    const index = field(data, '/output_index') ?? 0
    const delta = field(data, '/delta')
    sums.set(index, (sums.get(index) ?? '') + (typeof delta === 'string' ? delta : ''))
  }
  return sums
}

export const needs: readonly Need[] = [
  {
    id: 'streams',
    title: 'stream: true is answered with an event stream',
    in: STREAM,
    judge: (exchange) =>
      isStream(exchange) ? undefined : found('', 'an event stream', exchange.body.kind),
    mutant: {
      story: 'an adapter ignores stream',
      reply: (reply) => {
        if (!('events' in reply.body)) return reply
        const last = reply.body.events.findLast((event) => typeof event !== 'string') as JsonObject
        return { ...reply, body: { json: last['response'] ?? null } }
      },
    },
  },
  {
    id: 'typed-events',
    title: 'The data of each event names its type',
    in: STREAM,
    judge(exchange) {
      const bad = events(exchange).find(({ data }) => typeof field(data, '/type') !== 'string')
      return (
        bad && found(`/events/${bad.index}/type`, 'the type of the event', field(bad.data, '/type'))
      )
    },
    mutant: {
      story: 'a gateway names events by their event line only',
      reply: (reply) => reply,
      wire: (actions) =>
        actions.map((action) =>
          'bytes' in action
            ? {
                bytes: Buffer.from(
                  Buffer.from(action.bytes)
                    .toString()
                    .replaceAll(/^data: \{"type":"response\.[\w.]+",/gm, 'data: {'),
                ),
              }
            : action,
        ),
    },
  },
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
    mutant: { story: 'an adapter begins with the first item', reply: dropping('response.created') },
  },
  {
    id: 'known-events',
    title: 'A stream has official events only',
    in: STREAM,
    judge(exchange, { contract }) {
      const known = new Set(contract.events.map(({ type }) => type))
      const bad = events(exchange).find((event) => {
        const type = eventType(event)
        return type !== undefined && type !== 'error' && type !== 'keepalive' && !known.has(type)
      })
      return bad && found(`/events/${bad.index}/type`, 'an official event', eventType(bad))
    },
    mutant: {
      story: 'a gateway keeps the connection alive with ping events',
      reply: (reply) =>
        mapEvents(reply, (event, index) => (index === 2 ? [{ type: 'ping' }, event] : event)),
    },
  },
  {
    id: 'created-whole',
    title: 'response.created carries the response with its list of output',
    in: STREAM,
    judge(exchange) {
      const [first] = eventsOf(exchange, 'response.created')
      if (first === undefined || Array.isArray(field(first.data, '/response/output'))) return
      const at = `/events/${first.index}/response/output`
      return found(at, 'a list', field(first.data, '/response/output'))
    },
    mutant: {
      story: 'an adapter announces a response with its id only',
      reply: (reply) =>
        mapEvents(reply, (event) =>
          isType(event, 'response.created', 'response.in_progress') && isObject(event['response'])
            ? { ...event, response: { id: event['response']['id'] ?? null, status: 'in_progress' } }
            : event,
        ),
    },
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
    mutant: {
      story: 'an adapter writes the response flat into the event',
      reply: (reply) =>
        mapEvents(reply, (event) =>
          isObject(event['response'])
            ? { ...event['response'], ...without(event, 'response') }
            : event,
        ),
    },
  },
  {
    id: 'items-announced',
    title: 'output_item.added comes before what an item says',
    in: STREAM,
    judge(exchange) {
      const announced = new Set<Json>()
      for (const event of events(exchange)) {
        const type = eventType(event) ?? ''
        const index = field(event.data, '/output_index') ?? 0
        if (type === 'response.output_item.added') {
          if (isObject(field(event.data, '/item'))) announced.add(index)
        } else if (ABOUT_ITEMS.test(type) && announced.size === 0) {
          return found(`/events/${event.index}`, 'response.output_item.added before', type)
        }
      }
      const items = inOutput(exchange).length
      return announced.size === 0 && items > 0
        ? found('/events', 'response.output_item.added for each item', 'none')
        : undefined
    },
    mutant: {
      story: 'an adapter sends deltas alone',
      reply: dropping('response.output_item.added'),
    },
  },
  {
    id: 'items-announced-in-time',
    title: 'output_item.added does not come after the deltas',
    in: STREAM,
    judge(exchange) {
      const seen = new Set<Json>()
      for (const event of events(exchange)) {
        const type = eventType(event) ?? ''
        const index = field(event.data, '/output_index') ?? 0
        if (DELTAS.includes(type)) seen.add(index)
        if (type === 'response.output_item.added' && seen.has(index)) {
          return found(`/events/${event.index}`, 'the item announced before its deltas', type)
        }
      }
      return undefined
    },
    mutant: {
      story: 'an adapter announces an item when it is finished',
      reply(reply) {
        if (!('events' in reply.body)) return reply
        const held = new Map<Json | undefined, JsonObject>()
        return mapEvents(reply, (event) => {
          if (isType(event, 'response.output_item.added')) {
            held.set(event['output_index'], event)
            return undefined
          }
          const late = held.get(event['output_index'])
          return isType(event, 'response.output_item.done') && late !== undefined
            ? [late, event]
            : event
        })
      },
    },
  },
  {
    id: 'parts-announced',
    title: 'content_part.added comes before the text of a part',
    in: STREAM,
    judge(exchange) {
      const announced = new Set<string>()
      const key = (data: Json | undefined): string =>
        `${String(field(data, '/output_index'))} ${String(field(data, '/content_index'))}`
      for (const event of events(exchange)) {
        const type = eventType(event)
        if (type === 'response.content_part.added') announced.add(key(event.data))
        if (type === TEXT_DELTA && !announced.has(key(event.data))) {
          return found(`/events/${event.index}`, 'response.content_part.added before', type)
        }
      }
      return undefined
    },
    mutant: {
      story: 'an adapter knows items and deltas, no parts',
      reply: dropping('response.content_part.added'),
    },
  },
  {
    id: 'text-deltas',
    title: 'Text comes in deltas that are strings and add up to it',
    in: STREAM,
    judge(exchange) {
      const bad = eventsOf(exchange, TEXT_DELTA).find(
        ({ data }) => typeof field(data, '/delta') !== 'string',
      )
      if (bad) return found(`/events/${bad.index}/delta`, 'a string', field(bad.data, '/delta'))
      const said = [...joined(exchange, TEXT_DELTA).values()].join('')
      const whole = text(exchange)
      return whole === '' || said === whole
        ? undefined
        : found('/events', `deltas of ${JSON.stringify(whole)}`, said)
    },
    mutant: { story: 'an adapter sends the text when it is finished', reply: dropping(TEXT_DELTA) },
  },
  {
    id: 'argument-deltas',
    title: 'Arguments come in deltas that add up to them, call by call',
    in: STREAM,
    judge(exchange) {
      const sums = joined(exchange, ARGUMENTS_DELTA)
      const at = new Map(
        eventsOf(exchange, 'response.output_item.added').map(({ data }) => [
          field(data, '/item/call_id'),
          field(data, '/output_index') ?? 0,
        ]),
      )
      for (const { value } of inOutput(exchange, 'function_call')) {
        const index = at.get(value['call_id'])
        const said = index === undefined ? [...sums.values()].join('') : (sums.get(index) ?? '')
        const whole = value['arguments']
        if (typeof whole === 'string' && !said.includes(whole)) {
          return found('/events', `deltas of ${whole}`, said)
        }
      }
      return undefined
    },
    mutant: {
      story: 'an adapter sends arguments when they are finished',
      reply: dropping(ARGUMENTS_DELTA),
    },
  },
  {
    id: 'items-finished',
    title: 'output_item.done finishes each item',
    in: STREAM,
    judge(exchange) {
      const done = eventsOf(exchange, 'response.output_item.done').length
      const items = Math.max(
        inOutput(exchange).length,
        eventsOf(exchange, 'response.output_item.added').length,
      )
      return done >= items ? undefined : found('/events', `${items} output_item.done`, done)
    },
    mutant: {
      story: 'an adapter never finishes items',
      reply: dropping('response.output_item.done'),
    },
  },
  {
    id: 'items-finished-whole',
    title: 'output_item.done carries the content and arguments of its item',
    in: STREAM,
    judge(exchange) {
      const done = placed(exchange).filter(({ place }) => place === 'done')
      const of = (type: string): readonly Placed[] =>
        done.filter(({ value }) => value['type'] === type)
      return (
        unless(
          of('message'),
          'content',
          'the parts',
          (content) => Array.isArray(content) && content.length > 0 && content.every(isObject),
        ) ??
        unless(
          partsOf(of('message')).filter(({ value }) => value['type'] === 'output_text'),
          'text',
          'the text',
          (value) => typeof value === 'string',
        ) ??
        unless(
          of('function_call'),
          'arguments',
          'the arguments',
          (value) => value !== '' && value !== undefined,
        )
      )
    },
    mutant: {
      story: 'an adapter repeats the announced item when it is finished',
      reply: changing('response.output_item.done', (item) => ({
        ...item,
        ...('content' in item ? { content: [] } : {}),
        ...('arguments' in item ? { arguments: '' } : {}),
      })),
    },
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
    mutant: {
      story: 'a gateway closes the stream when the text is out',
      reply: dropping('response.completed'),
    },
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
    mutant: {
      story: 'an adapter has forgotten the items at the end',
      reply: (reply) =>
        mapEvents(reply, (event) =>
          isType(event, 'response.completed') && isObject(event['response'])
            ? { ...event, response: { ...event['response'], output: [] } }
            : event,
        ),
    },
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
    mutant: {
      story: 'an adapter ends with id, status and usage',
      reply: (reply) =>
        mapEvents(reply, (event) =>
          isType(event, 'response.completed') && isObject(event['response'])
            ? { ...event, response: without(event['response'], 'output') }
            : event,
        ),
    },
  },
  {
    id: 'item-ids-agree',
    title: 'An item keeps its id from output_item.added to response.completed',
    in: STREAM,
    judge(exchange) {
      const ids = new Map<Json | undefined, Json | undefined>()
      for (const event of events(exchange)) {
        const index = field(event.data, '/output_index')
        const item = field(event.data, '/item')
        const id = isObject(item) ? item['id'] : undefined
        if (id === undefined || index === undefined) continue
        if (ids.has(index) && ids.get(index) !== id) {
          return found(`/events/${event.index}/item/id`, String(ids.get(index)), id)
        }
        ids.set(index, id)
      }
      const bad = inOutput(exchange).find(
        ({ value }, index) => ids.has(index) && value['id'] !== ids.get(index),
      )
      return bad && found(`${bad.at}/id`, 'the id under which it was announced', bad.value['id'])
    },
    mutant: {
      story: 'an adapter draws a new id whenever it writes an item',
      reply(reply) {
        let count = 0
        return changing('response.output_item.done', (item) => ({
          ...item,
          id: `item_${++count}`,
        }))(reply)
      },
    },
  },
  {
    id: 'delta-item-ids',
    title: 'Deltas name the item that was announced',
    in: STREAM,
    judge(exchange) {
      const ids = new Set(
        placed(exchange)
          .filter(({ place }) => place === 'added')
          .map(({ value }) => value['id']),
      )
      const bad = eventsOf(exchange, ...DELTAS).find(
        ({ data }) => !ids.has(field(data, '/item_id')),
      )
      return (
        bad &&
        found(
          `/events/${bad.index}/item_id`,
          'the id of an announced item',
          field(bad.data, '/item_id'),
        )
      )
    },
    mutant: {
      story: 'an adapter leaves out item_id',
      reply: (reply) =>
        mapEvents(reply, (event) =>
          ABOUT_ITEMS.test(String(event['type'])) ? without(event, 'item_id') : event,
        ),
    },
  },
  {
    id: 'output-index',
    title: 'Events about an item carry its output_index',
    in: STREAM,
    judge(exchange) {
      const bad = events(exchange).find((event) => {
        const type = eventType(event) ?? ''
        const about = ABOUT_ITEMS.test(type) || type.startsWith('response.output_item.')
        return about && typeof field(event.data, '/output_index') !== 'number'
      })
      return (
        bad &&
        found(`/events/${bad.index}/output_index`, 'a number', field(bad.data, '/output_index'))
      )
    },
    mutant: {
      story: 'an adapter does not number items',
      reply: (reply) => mapEvents(reply, (event) => without(event, 'output_index')),
    },
  },
  {
    id: 'output-indexes-differ',
    title: 'Each item has an output_index of its own',
    in: STREAM,
    judge(exchange) {
      const taken = new Set<Json | undefined>()
      for (const event of eventsOf(exchange, 'response.output_item.added')) {
        const index = field(event.data, '/output_index')
        if (index !== undefined && taken.has(index)) {
          return found(`/events/${event.index}/output_index`, 'a number of its own', index)
        }
        taken.add(index)
      }
      return undefined
    },
    mutant: {
      story: 'an adapter writes 0 everywhere',
      reply: (reply) =>
        mapEvents(reply, (event) =>
          'output_index' in event ? { ...event, output_index: 0 } : event,
        ),
    },
  },
  {
    id: 'content-index',
    title: 'Events about a part carry its content_index',
    in: STREAM,
    judge(exchange) {
      const bad = eventsOf(exchange, TEXT_DELTA, 'response.content_part.added').find(
        ({ data }) => typeof field(data, '/content_index') !== 'number',
      )
      return (
        bad &&
        found(`/events/${bad.index}/content_index`, 'a number', field(bad.data, '/content_index'))
      )
    },
    mutant: {
      story: 'an adapter does not number parts',
      reply: (reply) => mapEvents(reply, (event) => without(event, 'content_index')),
    },
  },
  {
    id: 'response-id-constant',
    title: 'The response keeps its id',
    in: STREAM,
    judge(exchange) {
      const [first, ...rest] = responses(exchange, 'response.created', 'response.completed')
      const bad = rest.find(({ value }) => value['id'] !== first?.value['id'])
      return bad && found(`${bad.at}/id`, String(first?.value['id']), bad.value['id'])
    },
    mutant: {
      story: 'a gateway draws a new id at the end',
      reply: (reply) =>
        mapEvents(reply, (event) =>
          isType(event, 'response.completed') && isObject(event['response'])
            ? { ...event, response: { ...event['response'], id: 'resp_another' } }
            : event,
        ),
    },
  },
  {
    id: 'calls-announced-with-arguments',
    title: 'A call is announced with arguments, if only empty ones',
    in: STREAM,
    judge: (exchange) =>
      unless(
        placed(exchange, 'function_call').filter(({ place }) => place === 'added'),
        'arguments',
        'a string, empty as yet',
        (value) => typeof value === 'string',
      ),
    mutant: {
      story: 'an adapter announces calls without arguments',
      reply: changing('response.output_item.added', (item) => without(item, 'arguments')),
    },
  },
  {
    id: 'arguments-once',
    title: 'A call is announced without the arguments that its deltas bring',
    in: STREAM,
    judge(exchange) {
      const deltas = eventsOf(exchange, ARGUMENTS_DELTA).length
      return unless(
        placed(exchange, 'function_call').filter(({ place }) => place === 'added' && deltas > 0),
        'arguments',
        'an empty string',
        (value) => typeof value !== 'string' || value === '',
      )
    },
    mutant: {
      story: 'an adapter announces whole calls and then streams them',
      reply(reply) {
        if (!('events' in reply.body)) return reply
        const whole = new Map<Json | undefined, Json | undefined>()
        for (const event of reply.body.events) {
          if (typeof event === 'string' || !isType(event, 'response.output_item.done')) continue
          if (isObject(event['item'])) whole.set(event['item']['id'], event['item']['arguments'])
        }
        return changing('response.output_item.added', (item) =>
          item['type'] === 'function_call'
            ? { ...item, arguments: whole.get(item['id']) ?? '' }
            : item,
        )(reply)
      },
    },
  },
  {
    id: 'messages-announced-with-content',
    title: 'A message is announced with a list of content',
    in: STREAM,
    judge: (exchange) =>
      unless(
        placed(exchange, 'message').filter(({ place }) => place === 'added'),
        'content',
        'a list, empty as yet',
        Array.isArray,
      ),
    mutant: {
      story: 'an adapter announces messages without content',
      reply: changing('response.output_item.added', (item) => without(item, 'content')),
    },
  },
  {
    id: 'calls-not-interleaved',
    title: 'The deltas of one item end before those of the next begin',
    in: STREAM,
    judge(exchange) {
      const left = new Set<Json | undefined>()
      let current: Json | undefined
      for (const event of eventsOf(exchange, ...DELTAS)) {
        const index = field(event.data, '/output_index')
        if (index === current) continue
        if (left.has(index)) {
          return found(
            `/events/${event.index}/output_index`,
            `no more deltas of item ${String(index)}`,
            index,
          )
        }
        if (current !== undefined) left.add(current)
        current = index
      }
      return undefined
    },
    mutant: {
      story: 'a server streams parallel calls in turns',
      reply(reply) {
        if (!('events' in reply.body)) return reply
        const list = reply.body.events
        const typed = (event: JsonObject | string, type: string): boolean =>
          typeof event !== 'string' && isType(event, type)
        const deltas = list.filter((event) => typed(event, ARGUMENTS_DELTA)) as JsonObject[]
        const byItem = [...new Set(deltas.map((event) => event['output_index']))].map((index) =>
          deltas.filter((event) => event['output_index'] === index),
        )
        if (byItem.length < 2) return reply
        const added = list.filter((event) => typed(event, 'response.output_item.added'))
        const turns = Array.from(
          { length: Math.max(...byItem.map(({ length }) => length)) },
          (_, n) => byItem.flatMap((own) => (own[n] === undefined ? [] : [own[n]])),
        ).flat()
        const rest = list.filter(
          (event) => !typed(event, ARGUMENTS_DELTA) && !typed(event, 'response.output_item.added'),
        )
        const start = rest.findIndex(
          (event) =>
            typed(event, 'response.function_call_arguments.done') ||
            typed(event, 'response.output_item.done'),
        )
        return { ...reply, body: { events: rest.toSpliced(start, 0, ...added, ...turns) } }
      },
    },
  },
  {
    id: 'response-id',
    title: 'The response has an id in the first and in the last event',
    in: STREAM,
    judge: (exchange) =>
      unless(responses(exchange, 'response.created', 'response.completed'), 'id', 'an id', isText),
    mutant: {
      story: 'an adapter has no ids of its own',
      reply: (reply) =>
        mapEvents(reply, (event) =>
          isObject(event['response'])
            ? { ...event, response: without(event['response'], 'id') }
            : event,
        ),
    },
  },
  {
    id: 'created-model',
    title: 'response.created names the model',
    in: STREAM,
    judge: (exchange) =>
      unless(responses(exchange, 'response.created'), 'model', 'the name of the model', isText),
    mutant: {
      story: 'an adapter leaves out the model',
      reply: (reply) =>
        mapEvents(reply, (event) =>
          isObject(event['response'])
            ? { ...event, response: without(event['response'], 'model') }
            : event,
        ),
    },
  },
  {
    id: 'status-final',
    title: 'The last event says that the response is completed',
    in: STREAM,
    judge(exchange) {
      const status = field(response(exchange), '/status')
      return eventsOf(exchange, 'response.completed').length === 0 || status === 'completed'
        ? undefined
        : found('/response/status', 'completed', status)
    },
    mutant: {
      story: 'an adapter forgets to change the status',
      reply: (reply) =>
        mapEvents(reply, (event) =>
          isType(event, 'response.completed') && isObject(event['response'])
            ? { ...event, response: { ...event['response'], status: 'in_progress' } }
            : event,
        ),
    },
  },
]
