// Providers that are right in other ways than ours: what the API leaves open, and the least that
// every client can work with.

import { mapEvents, mapResponse, without } from '../../../src/authoring/define.ts'
import { isObject } from '../../../src/base/json.ts'
import type { Json, JsonObject, Reply, Mutation, WireAction } from '../../../src/types/index.ts'

type Event = JsonObject

/** The events of a stream in another order or number, counted anew. */
function restaged(reply: Reply, stage: (events: readonly Event[]) => readonly Event[]): Reply {
  if (!('events' in reply.body)) return reply
  const told = reply.body.events
  const events = stage(told.filter(isObject))
  const counted = events.map((event, index) =>
    'sequence_number' in event ? { ...event, sequence_number: index } : event,
  )
  return {
    ...reply,
    body: { events: [...counted, ...told.filter((event) => typeof event === 'string')] },
  }
}

const typeOf = (event: Event): string => String(event['type'])

/** Before the items, the events of each item, and after them. */
function scenes(events: readonly Event[]): {
  readonly before: readonly Event[]
  readonly items: readonly (readonly Event[])[]
  readonly after: readonly Event[]
} {
  const items = new Map<Json, Event[]>()
  for (const event of events) {
    const place = event['output_index']
    if (place === undefined) continue
    items.set(place, [...(items.get(place) ?? []), event])
  }
  const first = events.findIndex((event) => 'output_index' in event)
  const last = events.findLastIndex((event) => 'output_index' in event)
  return {
    before: first === -1 ? events : events.slice(0, first),
    items: [...items.values()],
    after: first === -1 ? [] : events.slice(last + 1),
  }
}

/** One of each in turn, as long as there are any. */
function inTurn(lists: readonly (readonly Event[])[]): readonly Event[] {
  const longest = Math.max(0, ...lists.map(({ length }) => length))
  return Array.from({ length: longest }, (_, index) =>
    lists.flatMap((list) => list.slice(index, index + 1)),
  ).flat()
}

function bytes(change: (text: string) => string): NonNullable<Mutation['wire']> {
  return (actions, reply) =>
    'events' in reply.body
      ? actions.map((action): WireAction =>
          'bytes' in action
            ? { bytes: Buffer.from(change(Buffer.from(action.bytes).toString('utf8'))) }
            : action,
        )
      : actions
}

export const LEGAL: Readonly<Record<string, Mutation>> = {
  'keepalive events after the first': {
    reply: (reply) =>
      restaged(reply, ([first, ...rest]) =>
        first === undefined
          ? []
          : [first, ...rest.flatMap((event) => [{ type: 'keepalive', sequence_number: 0 }, event])],
      ),
  },
  'items interleaved': {
    reply: (reply) =>
      restaged(reply, (events) => {
        const { before, items, after } = scenes(events)
        return [...before, ...inTurn(items), ...after]
      }),
  },
  'items finished in reverse': {
    reply: (reply) =>
      restaged(reply, (events) => {
        const { before, items, after } = scenes(events)
        const done = (event: Event): boolean => typeOf(event) === 'response.output_item.done'
        return [
          ...before,
          ...items.flatMap((item) => item.filter((event) => !done(event))),
          ...items.toReversed().flatMap((item) => item.filter(done)),
          ...after,
        ]
      }),
  },
  'empty deltas': {
    reply: (reply) =>
      restaged(reply, (events) =>
        events.flatMap((event) =>
          typeOf(event) === 'response.output_text.delta' ||
          typeOf(event) === 'response.function_call_arguments.delta'
            ? [event, { ...event, delta: '', ...('logprobs' in event ? { logprobs: [] } : {}) }]
            : [event],
        ),
      ),
  },
  'response.queued after response.created': {
    reply: (reply) =>
      restaged(reply, (events) =>
        events.flatMap((event) =>
          typeOf(event) === 'response.created' && isObject(event['response'])
            ? [
                event,
                {
                  ...event,
                  type: 'response.queued',
                  response: { ...event['response'], status: 'queued' },
                },
              ]
            : [event],
        ),
      ),
  },
  'the model that an alias stands for': {
    reply: (reply) =>
      mapResponse(reply, (response) => ({
        ...response,
        model: `${String(response['model'])}-2026-11-20`,
      })),
  },
  'no obfuscation': {
    reply: (reply) => mapEvents(reply, (event) => without(event, 'obfuscation')),
  },
  'comments between events': { wire: bytes((text) => `: keep-alive\n\n${text}`) },
  'lines that end with CRLF': { wire: bytes((text) => text.replaceAll('\n', '\r\n')) },
  'no space after the colon': {
    wire: bytes((text) => text.replaceAll(/^(data|event): /gm, '$1:')),
  },
  'retry and id lines': {
    wire: bytes((text) => text.replaceAll(/^event: /gm, 'id: 7\nretry: 3000\nevent: ')),
  },
  'pieces of seven bytes': {
    wire: (actions) =>
      actions.flatMap((action): readonly WireAction[] =>
        'bytes' in action
          ? Array.from({ length: Math.ceil(action.bytes.length / 7) }, (_, index) => ({
              bytes: action.bytes.subarray(index * 7, index * 7 + 7),
            }))
          : [action],
      ),
  },
  '[DONE] at the end': {
    reply: (reply) =>
      'events' in reply.body
        ? { ...reply, body: { events: [...reply.body.events, '[DONE]'] } }
        : reply,
  },
}

const LEAN_EVENTS = [
  'response.created',
  'response.output_item.added',
  'response.content_part.added',
  'response.function_call_arguments.done',
  'response.output_item.done',
  'response.completed',
  'response.incomplete',
  'response.failed',
  'error',
]

const pick = (value: JsonObject, ...keys: readonly string[]): JsonObject =>
  Object.fromEntries(keys.flatMap((key) => (key in value ? [[key, value[key]!]] : [])))

function leanPart(part: Json): Json {
  return isObject(part) ? without(part, 'logprobs') : part
}

function leanItem(item: JsonObject): JsonObject {
  const { content } = item
  return {
    ...pick(item, 'id', 'type', 'status', 'role', 'call_id', 'name', 'arguments'),
    ...(Array.isArray(content) ? { content: (content as readonly Json[]).map(leanPart) } : {}),
  }
}

function leanResponse(response: JsonObject): JsonObject {
  const { output, usage } = response
  return {
    ...pick(response, 'id', 'object', 'created_at', 'status', 'model'),
    output: Array.isArray(output)
      ? (output as readonly Json[]).map((item) => (isObject(item) ? leanItem(item) : item))
      : [],
    usage: isObject(usage) ? pick(usage, 'input_tokens', 'output_tokens', 'total_tokens') : null,
  }
}

/** The least that all measured clients work with. */
export const LEAN: Mutation = {
  reply: (reply) =>
    mapResponse(
      mapEvents(reply, (event) => {
        const type = typeOf(event)
        if (!type.endsWith('.delta') && !LEAN_EVENTS.includes(type)) return undefined
        return {
          ...without(event, 'sequence_number', 'obfuscation', 'logprobs'),
          ...(isObject(event['item']) ? { item: leanItem(event['item']) } : {}),
          ...(event['part'] === undefined ? {} : { part: leanPart(event['part']) }),
        }
      }),
      leanResponse,
    ),
}
