// What the items of an answer are made of.

import { mapResponse, without } from '../../../src/authoring/define.ts'
import { field, isObject } from '../../../src/authoring/read.ts'
import type { Json, JsonObject, Reply } from '../../../src/types/index.ts'
import { changeInput } from '../../common/mutants.ts'
import { changeEverywhere } from './everywhere.ts'
import {
  BOTH,
  readItemsInOutput,
  isText,
  JSON_ONLY,
  contentPartsOf,
  readPlacedItems,
  findFirstWrong,
  type ClientNeed,
} from './define-need.ts'

/** Messages of the assistant come back without a role. */
const assistant = (item: JsonObject): boolean =>
  item['role'] === 'assistant' || (item['type'] === 'message' && item['role'] === undefined)

const ANY: readonly string[] = ['message', 'function_call', 'reasoning']

export const itemNeeds: readonly ClientNeed[] = [
  {
    id: 'item-type',
    title: 'Each item says what it is',
    in: BOTH,
    judge: (exchange, _, { reads }) =>
      findFirstWrong(
        readPlacedItems(exchange, undefined, reads),
        'type',
        'message, function_call, …',
        isText,
      ),
    mutants: [
      {
        story: 'an adapter writes messages without a type',
        reply: changeEverywhere(['message'], (item) => without(item, 'type')),
      },
    ],
  },
  {
    id: 'item-id',
    title: 'Each item has an id',
    in: BOTH,
    judge: (exchange, _, { reads }) =>
      findFirstWrong(readPlacedItems(exchange, undefined, reads), 'id', 'an id', isText),
    mutants: [
      {
        story: 'an adapter has no ids for items',
        reply: changeEverywhere(ANY, (item) => without(item, 'id')),
      },
    ],
  },
  {
    id: 'item-status',
    title: 'Each item that is finished has the status completed',
    in: BOTH,
    judge: (exchange, _, { reads }) =>
      findFirstWrong(
        readPlacedItems(exchange, undefined, reads).filter(
          ({ value, place }) =>
            place !== 'added' && (value['type'] === 'message' || value['type'] === 'function_call'),
        ),
        'status',
        'completed',
        (value) => value === 'completed' || value === 'incomplete',
      ),
    mutants: [
      {
        story: 'an adapter leaves out the status of items',
        reply: changeEverywhere(['message', 'function_call'], (item) => without(item, 'status')),
      },
    ],
  },
  {
    id: 'known-items',
    title: 'Items are of official types only',
    in: JSON_ONLY,
    judge: (exchange, { contract }) =>
      findFirstWrong(readItemsInOutput(exchange), 'type', 'an official type', (type) =>
        contract.document.components?.schemas === undefined || !isText(type)
          ? true
          : OFFICIAL.test(String(type)),
      ),
    mutants: [
      {
        story: 'a gateway reports its routing as an item',
        request: (request) =>
          changeInput(request, (input) =>
            input.flatMap((item) => (item['id'] === 'gw_1' ? [] : [item])),
          ),
        reply: withItem({ type: 'gateway_route', id: 'gw_1', status: 'completed' }),
      },
    ],
  },
  {
    id: 'no-input-returned',
    title: 'The output holds no messages of the user',
    in: JSON_ONLY,
    judge: (exchange) =>
      findFirstWrong(
        readItemsInOutput(exchange, 'message'),
        'role',
        'assistant',
        (role) => role !== 'user' && role !== 'developer' && role !== 'system',
      ),
    mutants: [
      {
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
    ],
  },
  {
    id: 'role',
    title: 'Each message has the role assistant',
    in: BOTH,
    judge: (exchange, _, { reads }) =>
      findFirstWrong(
        readPlacedItems(exchange, 'message', reads),
        'role',
        'assistant',
        (role) => role === 'assistant',
      ),
    mutants: [
      {
        story: 'an adapter leaves out the role',
        request: (request) =>
          changeInput(request, (input) =>
            input.flatMap((item) => [assistant(item) ? { ...item, role: 'assistant' } : item]),
          ),
        reply: changeEverywhere(['message'], (item) => without(item, 'role')),
      },
    ],
  },
  {
    id: 'content-list',
    title: 'The content of a message is a list of parts',
    in: BOTH,
    judge: (exchange, _, { reads }) =>
      findFirstWrong(
        readPlacedItems(exchange, 'message', reads).filter(({ place }) => place !== 'added'),
        'content',
        'a list of parts',
        Array.isArray,
      ),
    mutants: [
      {
        story: 'an adapter writes content as one string',
        request: (request) =>
          changeInput(request, (input) => input.flatMap((item) => (assistant(item) ? [] : [item]))),
        reply: changeEverywhere(['message'], (item) => ({
          ...item,
          content: textOf(item['content']),
        })),
      },
    ],
  },
  {
    id: 'text-parts',
    title: 'Text stands in parts of the type output_text',
    in: BOTH,
    judge: (exchange, _, { reads }) =>
      findFirstWrong(
        contentPartsOf(readPlacedItems(exchange, 'message', reads)),
        'type',
        'output_text',
        (type) => type === 'output_text' || type === 'refusal',
      ),
    mutants: [
      {
        story: 'an adapter calls its parts text',
        request: (request) =>
          changeInput(request, (input) => input.flatMap((item) => (assistant(item) ? [] : [item]))),
        reply: changeEverywhere(['output_text'], (part) => ({ ...part, type: 'text' })),
      },
    ],
  },
  {
    id: 'annotations',
    title: 'Text has a list of annotations, if only an empty one',
    in: BOTH,
    judge: (exchange, _, { reads }) =>
      findFirstWrong(
        contentPartsOf(readPlacedItems(exchange, 'message', reads)).filter(
          ({ value }) => value['type'] !== 'refusal',
        ),
        'annotations',
        'a list',
        Array.isArray,
      ),
    mutants: [
      {
        story: 'an adapter leaves out annotations',
        reply: changeEverywhere(['output_text'], (part) => without(part, 'annotations')),
      },
    ],
  },
  {
    id: 'known-phases',
    title: 'A phase, if there is one, is an official one',
    in: BOTH,
    judge: (exchange, _, { reads }) =>
      findFirstWrong(
        readPlacedItems(exchange, 'message', reads),
        'phase',
        'commentary or final_answer',
        (phase) => [undefined, null, 'commentary', 'final_answer'].includes(phase as string),
      ),
    mutants: [
      {
        story: 'a gateway invents a phase of its own',
        reply: changeEverywhere(['message'], (item) => ({ ...item, phase: 'thinking' })),
      },
    ],
  },
  {
    id: 'reasoning-summary',
    title: 'Reasoning has a list of summaries, if only an empty one',
    in: BOTH,
    judge: (exchange, _, { reads }) =>
      findFirstWrong(
        readPlacedItems(exchange, 'reasoning', reads),
        'summary',
        'a list',
        Array.isArray,
      ),
    mutants: [
      {
        story: 'a server shows reasoning without a summary',
        request: (request) =>
          changeInput(request, (input) =>
            input.flatMap((item) => (item['type'] === 'reasoning' ? [] : [item])),
          ),
        reply: withItem({ type: 'reasoning', id: 'rs_1' }),
      },
    ],
  },
]

const OFFICIAL =
  /^(message|reasoning|compaction|image_generation_call|program|program_output|additional_tools|\w+_call|\w+_call_output|mcp_\w+|tool_search_\w+)$/

/** A message that leaves out its type, as input may. */
function typed(item: Json): Json {
  return isObject(item) && item['type'] === undefined ? { type: 'message', ...item } : item
}

function textOf(content: Json | undefined): string {
  if (!Array.isArray(content)) return ''
  return (content as readonly Json[]).map((part) => String(field(part, '/text') ?? '')).join('')
}

/** Puts one more item before all others, in the whole answer and in a stream. */
function withItem(item: JsonObject): (reply: Reply) => Reply {
  const first = (response: JsonObject): JsonObject =>
    Array.isArray(response['output']) && response['output'].length > 0
      ? { ...response, output: [item, ...(response['output'] as readonly Json[])] }
      : response
  return (reply) => {
    const { body } = reply
    if ('json' in body && isObject(body.json) && body.json['object'] === 'response') {
      return { ...reply, body: { json: first(body.json) } }
    }
    if (!('events' in body)) return reply
    const shifted = body.events.map((event) => {
      if (typeof event === 'string') return event
      const index = event['output_index']
      const moved = typeof index === 'number' ? { ...event, output_index: index + 1 } : event
      return isObject(moved['response']) ? { ...moved, response: first(moved['response']) } : moved
    })
    const begin = shifted.findIndex(
      (event) => field(event, '/type') === 'response.output_item.added',
    )
    const about = { output_index: 0, item }
    const own = [
      { type: 'response.output_item.added', ...about },
      { type: 'response.output_item.done', ...about },
    ]
    return { ...reply, body: { events: shifted.toSpliced(begin, 0, ...(begin < 0 ? [] : own)) } }
  }
}
