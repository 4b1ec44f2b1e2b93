// Answers and events of another shape than clients were promised.

import { mapEvents, mapResponse, without } from '../../../src/authoring/define.ts'
import { field, isObject } from '../../../src/base/json.ts'
import type { Json, JsonObject, WireAction } from '../../../src/types/index.ts'
import { mapItems, mapParts, mapUsage } from '../../../suites/common/mutants.ts'
import {
  changeEvents,
  changeFrames,
  changeResponses,
  dropEvents,
  failStream,
  renumberEvents,
} from '../../../suites/streaming/mutants.ts'
import {
  declined,
  isCreate,
  isStreamReply,
  isTold,
  listIn,
  typeOfEvent,
  type Stories,
} from './story.ts'

export const shapes: Stories = {
  'bare-progress': {
    story: 'response.in_progress lacks output, background and error; items lack their status',
    source: ['diegosouzapw/OmniRoute#13964'],
    reply: (reply) =>
      changeResponses(
        mapEvents(reply, (event) =>
          isObject(event['item']) ? { ...event, item: without(event['item'], 'status') } : event,
        ),
        ['response.in_progress'],
        (response) => without(response, 'output', 'background', 'error'),
      ),
  },
  'items-without-deltas-are-not-told': {
    story: 'an item that is finished before its first delta is in the last event alone',
    source: ['vllm-project/vllm#48274'],
    reply(reply, request) {
      if (!('events' in reply.body) || !isTold(request)) return reply
      const deltas = new Map<Json, number>()
      for (const event of reply.body.events) {
        const place = field(event, '/output_index')
        if (place === undefined) continue
        const isDelta = String(field(event, '/type')).endsWith('.delta')
        deltas.set(place, (deltas.get(place) ?? 0) + (isDelta ? 1 : 0))
      }
      return renumberEvents(
        mapEvents(reply, (event) =>
          event['output_index'] !== undefined && deltas.get(event['output_index'])! < 2
            ? undefined
            : event,
        ),
      )
    },
  },
  'calls-and-texts-collide': {
    story: 'calls are counted for themselves and a message is always the first item',
    source: ['teabranch/open-responses-server#63'],
    reply(reply) {
      const places = new Map<Json, number>()
      let calls = 0
      return mapEvents(reply, (event) => {
        const { item, output_index: place } = event
        if (place === undefined) return event
        if (event['type'] === 'response.output_item.added') {
          places.set(place, field(item, '/type') === 'function_call' ? calls++ : 0)
        }
        return { ...event, output_index: places.get(place) ?? 0 }
      })
    },
  },
  'done-after-the-first-delta': {
    story: 'text, part and item are closed after the first delta, and the rest comes behind them',
    source: ['diegosouzapw/OmniRoute#13693'],
    reply(reply, request) {
      if (!('events' in reply.body) || !isTold(request)) return reply
      const CLOSING = ['response.output_text.done', 'response.content_part.done']
      const isClosing = (event: JsonObject): boolean =>
        CLOSING.includes(typeOfEvent(event)) ||
        (event['type'] === 'response.output_item.done' && field(event, '/item/type') === 'message')
      const all = reply.body.events.filter((event) => typeof event !== 'string')
      const closing = all.filter(isClosing)
      let first = true
      return renumberEvents(
        mapEvents(reply, (event) => {
          if (isClosing(event)) return undefined
          if (event['type'] !== 'response.output_text.delta' || !first) return event
          first = false
          const text = event['delta'] ?? ''
          return [
            event,
            ...closing.map((one) => ({
              ...one,
              ...(one['text'] === undefined ? {} : { text }),
              ...(isObject(one['part']) ? { part: { ...one['part'], text } } : {}),
            })),
          ]
        }),
      )
    },
  },
  'calls-are-never-done': {
    story: 'response.output_item.done is not sent for calls',
    source: ['theopenco/llmgateway#1807'],
    reply: (reply, request) =>
      isTold(request)
        ? renumberEvents(
            changeEvents(reply, 'response.output_item.done', (event) =>
              field(event, '/item/type') === 'function_call' ? [] : event,
            ),
          )
        : reply,
  },
  'failures-are-envelopes': {
    story: 'a stream that fails ends with the gateway’s own envelope under the name of an event',
    source: ['maximhq/bifrost#6783', 'maximhq/bifrost#6944'],
    reply: (reply, request) =>
      isTold(request)
        ? changeEvents(dropEvents(failStream(reply, {}), 'error'), 'response.failed', () => ({
            type: 'response.failed',
            is_bifrost_error: false,
            error: { code: 'server_error', message: 'simulated failure' },
            extra_fields: {},
          }))
        : reply,
  },
  'cut-items-are-completed': {
    story: 'the item that was cut is completed in a response that is incomplete',
    source: ['vllm-project/vllm#57998'],
    reply: (reply) => {
      const whole = (item: JsonObject): JsonObject =>
        item['status'] === 'incomplete' ? { ...item, status: 'completed' } : item
      return mapItems(
        mapEvents(reply, (event) =>
          isObject(event['item']) ? { ...event, item: whole(event['item']) } : event,
        ),
        undefined,
        whole,
      )
    },
  },
  'cut-streams-end-as-completed': {
    story: 'the stream of an incomplete response ends with response.completed',
    source: ['vllm-project/agentic-api#273'],
    reply: (reply) =>
      mapEvents(reply, (event) =>
        event['type'] === 'response.incomplete' ? { ...event, type: 'response.completed' } : event,
      ),
  },
  'truncation-is-completed-in-streams': {
    story: 'an answer that ran out of tokens is called completed where it is streamed',
    source: ['router-for-me/CLIProxyAPI#5439'],
    reply: (reply) =>
      mapEvents(reply, (event) =>
        event['type'] === 'response.incomplete' && isObject(event['response'])
          ? {
              ...event,
              type: 'response.completed',
              response: {
                ...event['response'],
                status: 'completed',
                incomplete_details: null,
                completed_at: event['response']['created_at'] ?? null,
                output: listIn(event['response'], '/output').map((item) => ({
                  ...(item as JsonObject),
                  status: 'completed',
                })),
              },
            }
          : isObject(event['item']) && event['item']['status'] === 'incomplete'
            ? { ...event, item: { ...event['item'], status: 'completed' } }
            : event,
      ),
  },
  'usage-without-details': {
    story: 'usage has three sums and no details',
    source: ['caigee-cmd/cli2api#221', 'exo-explore/exo#1885', 'jundot/omlx#1008'],
    reply: (reply) =>
      mapUsage(reply, (usage) => without(usage, 'input_tokens_details', 'output_tokens_details')),
  },
  'usage-details-are-null': {
    story: 'the details of usage are null, and an SDK reads reasoning_tokens in them',
    source: ['ogx-ai/ogx#4690', 'pydantic/pydantic-ai#2598'],
    reply: (reply) =>
      mapUsage(reply, (usage) => ({
        ...usage,
        input_tokens_details: null,
        output_tokens_details: null,
      })),
  },
  'characters-are-cut': {
    story: 'a relay decodes each chunk by itself, and a character on the edge becomes two marks',
    source: ['Supercompress/Supercompress#129', 'musistudio/claude-code-router#1672'],
    wire: (actions, { body }) => ('events' in body ? cutCharacters(actions) : actions),
  },
  'events-and-data-apart': {
    story: 'the event line is a frame of its own, and its data follows in the next',
    source: ['automazeio/vibeproxy#315'],
    wire: (actions) =>
      changeFrames(actions, (frame) => frame.replace(/^(event: .*\n)(?=data:)/, '$1\n')),
  },
  'comments-become-data': {
    story: 'the comment that keeps a connection alive is handed on as data',
    source: ['mnfst/llm-gateway#2053'],
    wire: (actions, { body }) =>
      'events' in body
        ? changeFrames(actions, (frame, index) =>
            index === 1 ? `data: : OPENROUTER PROCESSING\n\n${frame}` : frame,
          )
        : actions,
  },
  'no-tools-in-answers': {
    story: 'responses have no parallel_tool_calls, tool_choice and tools',
    source: ['FMXExpress/PasClaw#61'],
    reply: (reply) =>
      mapResponse(reply, (response) =>
        without(response, 'parallel_tool_calls', 'tool_choice', 'tools'),
      ),
  },
  'created-for-created-at': {
    story: 'created stands for created_at, and status, ids of messages and annotations are missing',
    source: ['TiaraBasori/OpenCode2API#11'],
    reply: (reply) =>
      mapResponse(
        mapItems(
          mapParts(reply, (part) => without(part, 'annotations')),
          'message',
          (item) => without(item, 'id'),
        ),
        (response) => ({
          ...without(response, 'created_at', 'status'),
          created: response['created_at'] ?? 0,
        }),
      ),
  },
  'errors-repeat-the-input': {
    story: 'an error lists every branch of a union, each with the whole input in it',
    source: ['vllm-project/vllm#49239'],
    reply(reply, request) {
      if (!isCreate(request) || reply.status !== 400) return reply
      const input = JSON.stringify(field(request.body, '/input') ?? null)
      const errors = Array.from(
        { length: 30 },
        (_, index) => `{'type': 'missing', 'loc': ('body', 'input', ${index}), 'input': ${input}}`,
      )
      return declined(400, `30 validation errors:\n  ${errors.join('\n  ')}`)
    },
  },
  'compaction-looks-like-a-response': {
    story: 'a compaction is called a response and has no usage',
    source: ['praxis-proxy/ai#726'],
    reply: (reply, { path }) =>
      path === '/responses/compact' && 'json' in reply.body && isObject(reply.body.json)
        ? { ...reply, body: { json: { ...without(reply.body.json, 'usage'), object: 'response' } } }
        : reply,
  },
  'streams-break-in-their-text': {
    story: 'a stream breaks off after two deltas of its text: the index of a list is out of range',
    source: ['vllm-project/vllm#25728'],
    reply(reply, request) {
      if (!('events' in reply.body) || !isStreamReply(request) || !isTold(request)) return reply
      let deltas = 0
      return mapEvents(reply, (event) => {
        if (event['type'] === 'response.output_text.delta') deltas++
        return deltas > 2 ? undefined : event
      })
    },
  },
}

/** Each delta of a text in two chunks with an edge within its first character beyond ASCII, each decoded by itself. */
function cutCharacters(actions: readonly WireAction[]): readonly WireAction[] {
  return actions.flatMap((action): readonly WireAction[] => {
    if (!('bytes' in action)) return [action]
    const bytes = Buffer.from(action.bytes)
    const edge = bytes.findIndex((byte) => byte > 0x7f) + 1
    if (edge === 0 || !bytes.includes('response.output_text.delta')) return [action]
    const halves = [bytes.subarray(0, edge), bytes.subarray(edge)]
    return halves.map((half) => ({ bytes: Buffer.from(half.toString('utf8')) }))
  })
}
