// Providers that differ from the reference and break no rule.

import { gzipSync } from 'node:zlib'
import {
  mapBody,
  mapEvents,
  mapJson,
  mapObjects,
  mapResponse,
  without,
} from '../../../src/authoring/define.ts'
import { field, isObject } from '../../../src/base/json.ts'
import type { Json, JsonObject, Mutation, WireAction } from '../../../src/types/index.ts'
import { mapItems } from '../../../suites/common/mutants.ts'
import {
  changeEvents,
  dropFields,
  changeFrames,
  renumberEvents,
} from '../../../suites/streaming/mutants.ts'
import { isCreate, isTold, typeOfEvent } from './story.ts'

interface Variation extends Mutation {
  readonly story: string
}

export const legal: Readonly<Record<string, Variation>> = {
  keepalive: {
    story: 'keepalive events after response.created',
    reply: (reply, request) =>
      isTold(request)
        ? renumberEvents(
            changeEvents(reply, 'response.in_progress', (event) => [event, { type: 'keepalive' }]),
          )
        : reply,
  },
  interleaved: {
    story: 'the deltas of parallel calls alternate',
    reply: (reply) => reordered(reply, (events) => interleave(events)),
  },
  'done-out-of-order': {
    story: 'parallel calls finish in reverse order',
    reply: (reply) => reordered(reply, (events) => finishLastFirst(events)),
  },
  'empty-deltas': {
    story: 'deltas without a character between the others',
    reply: (reply, request) =>
      isTold(request)
        ? renumberEvents(
            mapEvents(reply, (event) =>
              typeof event['delta'] === 'string'
                ? [
                    event,
                    {
                      ...event,
                      delta: '',
                      ...(event['logprobs'] === undefined ? {} : { logprobs: [] }),
                    },
                  ]
                : event,
            ),
          )
        : reply,
  },
  queued: {
    story: 'response.queued between created and in_progress',
    reply: (reply, request) =>
      isTold(request)
        ? renumberEvents(
            changeEvents(reply, 'response.in_progress', (event) => [
              {
                ...event,
                type: 'response.queued',
                response: { ...(event['response'] as JsonObject), status: 'queued' },
              },
              event,
            ]),
          )
        : reply,
  },
  'model-alias': {
    story: 'the answer names the dated version of the model that was asked for',
    reply: (reply) =>
      mapResponse(reply, (response) =>
        typeof response['model'] === 'string'
          ? { ...response, model: `${response['model']}-2026-08-01` }
          : response,
      ),
  },
  'no-obfuscation': {
    story: 'deltas are not padded',
    reply: (reply) => dropFields(reply, 'obfuscation'),
  },
  'always-thinks': {
    story: 'a reasoning item without a summary comes first, asked for or not',
    request: (request) =>
      mapBody(request, (body) =>
        isCreate(request) && body['model'] === 'reference' && body['reasoning'] === undefined
          ? { ...body, model: 'reference-reasoning' }
          : body,
      ),
    reply: (reply) =>
      mapResponse(reply, (response) =>
        response['model'] === 'reference-reasoning'
          ? { ...response, model: 'reference' }
          : response,
      ),
  },
  comments: {
    story: 'a comment keeps the connection alive before each frame',
    wire: (actions, { body }) =>
      'events' in body
        ? changeFrames(actions, (frame) =>
            frame.startsWith('event:') ? `: keep-alive\n\n${frame}` : frame,
          )
        : actions,
  },
  'carriage-returns': {
    story: 'lines end with CRLF',
    wire: (actions, { body }) =>
      'events' in body ? changeFrames(actions, (frame) => frame.replaceAll('\n', '\r\n')) : actions,
  },
  compressed: {
    story: 'streams are compressed with gzip, which each request offers',
    reply: (reply) =>
      'events' in reply.body
        ? { ...reply, headers: { ...reply.headers, 'content-encoding': 'gzip' } }
        : reply,
    wire: (actions, { body }) =>
      'events' in body ? [{ bytes: gzipSync(joined(actions)) }] : actions,
  },
  'late-first-byte': {
    story: 'the first byte of a stream comes late',
    wire: (actions, { body }) => ('events' in body ? [{ wait: 20 }, ...actions] : actions),
  },
  'data-over-lines': {
    story: 'pretty-printed payloads over several data lines',
    wire: (actions, { body }) =>
      'events' in body
        ? changeFrames(actions, (frame) =>
            frame.replace(/^data: (\{.*\})$/m, (_, json: string) =>
              JSON.stringify(JSON.parse(json), null, 1)
                .split('\n')
                .map((line) => `data: ${line}`)
                .join('\n'),
            ),
          )
        : actions,
  },
  'no-space': {
    story: 'no space behind the colon of a field',
    wire: (actions, { body }) =>
      'events' in body
        ? changeFrames(actions, (frame) => frame.replaceAll(/^(event|data): /gm, '$1:'))
        : actions,
  },
  'byte-order-mark': {
    story: 'the stream begins with a byte order mark',
    wire: (actions, { body }) =>
      'events' in body ? [{ bytes: Buffer.from('\uFEFF') }, ...actions] : actions,
  },
  'retry-lines': {
    story: 'a proxy tells how long to wait before connecting again',
    wire: (actions, { body }) =>
      'events' in body ? [{ bytes: Buffer.from('retry: 3000\n\n') }, ...actions] : actions,
  },
  'small-chunks': {
    story: 'seven bytes at a time, so that characters are split',
    wire: (actions, { body }) => ('events' in body ? inPieces(actions, 7) : actions),
  },
  'one-chunk': {
    story: 'the stream arrives in one piece',
    wire: (actions, { body }) => ('events' in body ? [{ bytes: joined(actions) }] : actions),
  },
  'extra-fields': {
    story: 'fields of its own in the response, its items and its parts',
    request: (request) =>
      mapBody(request, (body) => mapObjects(body, (object) => without(object, 'x_vendor'))),
    reply(reply) {
      const own = (value: JsonObject): JsonObject =>
        mapObjects(value, (object) =>
          ['message', 'function_call', 'output_text'].includes(String(object['type']))
            ? { ...object, x_vendor: { trace: 'a1' } }
            : object,
        )
      return mapJson(mapEvents(reply, own), own)
    },
  },
  'output-text-at-the-top': {
    story: 'the convenience field of the SDKs is sent as well',
    reply: (reply) =>
      mapResponse(reply, (response) =>
        response['output'] === undefined
          ? response
          : { ...response, output_text: textOf(response) },
      ),
  },
  'call-id-is-item-id': {
    story: 'a call has one id for both purposes',
    ...callIdIsItemId(),
  },
}

function textOf(response: JsonObject): string {
  const items = Array.isArray(response['output']) ? (response['output'] as readonly Json[]) : []
  const parts = items.flatMap((item) => {
    const content = field(item, '/content')
    return Array.isArray(content) ? (content as readonly Json[]) : []
  })
  return parts
    .map((part) => (field(part, '/type') === 'output_text' ? String(field(part, '/text')) : ''))
    .join('')
}

/** Reorders the events of streams with several function calls. */
function reordered(
  reply: Parameters<NonNullable<Mutation['reply']>>[0],
  order: (events: readonly JsonObject[]) => readonly JsonObject[],
): typeof reply {
  if (!('events' in reply.body)) return reply
  const events = reply.body.events.filter((event) => typeof event !== 'string')
  const calls = events.filter(
    (event) =>
      typeOfEvent(event) === 'response.output_item.added' &&
      field(event, '/item/type') === 'function_call',
  )
  if (calls.length < 2) return reply
  return renumberEvents({ ...reply, body: { events: order(events) } })
}

function isOfItem(event: JsonObject): boolean {
  return typeof event['output_index'] === 'number'
}

/** One event of each item in turn, from the first to the last of them. */
function interleave(events: readonly JsonObject[]): readonly JsonObject[] {
  const first = events.findIndex(isOfItem)
  const lanes = new Map<Json, JsonObject[]>()
  for (const event of events.filter(isOfItem)) {
    const index = event['output_index']!
    lanes.set(index, [...(lanes.get(index) ?? []), event])
  }
  const mixed: JsonObject[] = []
  for (let turn = 0; mixed.length < events.filter(isOfItem).length; turn++) {
    for (const lane of lanes.values()) mixed.push(...lane.slice(turn, turn + 1))
  }
  return [...events.slice(0, first), ...mixed, ...events.slice(first + mixed.length)]
}

/** Holds each item's last event back until all have said everything, then the last item's first. */
function finishLastFirst(events: readonly JsonObject[]): readonly JsonObject[] {
  const isDone = (event: JsonObject): boolean => typeOfEvent(event) === 'response.output_item.done'
  const done = events.filter(isDone)
  const others = events.filter((event) => !isDone(event))
  const end = others.findLastIndex(isOfItem) + 1
  return [...others.slice(0, end), ...done.toReversed(), ...others.slice(end)]
}

function joined(actions: readonly WireAction[]): Uint8Array {
  return Buffer.concat(actions.map((action) => ('bytes' in action ? action.bytes : Buffer.of())))
}

function inPieces(actions: readonly WireAction[], size: number): readonly WireAction[] {
  const all = joined(actions)
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) => ({
    bytes: all.subarray(index * size, (index + 1) * size),
  }))
}

/** Says item ids for call ids, and understands them where they come back. */
function callIdIsItemId(): Pick<Mutation, 'request' | 'reply'> {
  const known = new Map<Json, Json>()
  return {
    request: (request) =>
      mapBody(request, (body) =>
        mapObjects(body, (object) => {
          const own = known.get(object['call_id'] ?? null)
          return own === undefined ? object : { ...object, call_id: own }
        }),
      ),
    reply(reply) {
      const learn = (item: JsonObject): JsonObject => {
        if (typeof item['call_id'] !== 'string' || !String(item['id']).startsWith('fc_'))
          return item
        known.set(item['id']!, item['call_id'])
        return { ...item, call_id: item['id']! }
      }
      return mapEvents(mapItems(reply, 'function_call', learn), (event) =>
        isObject(event['item']) && event['item']['type'] === 'function_call'
          ? { ...event, item: learn(event['item']) }
          : event,
      )
    },
  }
}
