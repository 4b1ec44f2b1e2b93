import { mapBody, mapObjects, without } from '../../../src/define.ts'
import { field, isObject, parse } from '../../../src/read.ts'
import type { Json, JsonObject, ReferenceRequest, Reply } from '../../../src/types.ts'
import { BOTH, inOutput, isText, JSON_ONLY, partsOf, placed, unless, type Need } from './need.ts'

/** Changes every object in what is sent, stream or not. */
const everywhere =
  (change: (object: JsonObject) => JsonObject) =>
  (reply: Reply): Reply => {
    const { body } = reply
    if ('json' in body && isObject(body.json)) {
      return { ...reply, body: { json: mapObjects(body.json, change) } }
    }
    if (!('events' in body)) return reply
    return {
      ...reply,
      body: {
        events: body.events.map((event) =>
          typeof event === 'string' ? event : mapObjects(change(event), change),
        ),
      },
    }
  }

/** Changes items of these types, wherever they stand in an answer. */
const items = (types: readonly string[], change: (item: JsonObject) => JsonObject) =>
  everywhere((object) => (types.includes(String(object['type'])) ? change(object) : object))

/** A server that writes an item in its own way takes it back in the same way. */
const tolerating =
  (repair: (item: JsonObject) => readonly JsonObject[]) =>
  (request: ReferenceRequest): ReferenceRequest =>
    mapBody(request, (body) =>
      Array.isArray(body['input'])
        ? { ...body, input: (body['input'] as readonly Json[]).filter(isObject).flatMap(repair) }
        : body,
    )

/** Messages of the assistant come back without a role. */
const assistant = (item: JsonObject): boolean =>
  item['role'] === 'assistant' || (item['type'] === 'message' && item['role'] === undefined)

const ANY: readonly string[] = ['message', 'function_call', 'reasoning']

export const needs: readonly Need[] = [
  {
    id: 'item-type',
    title: 'Each item says what it is',
    in: BOTH,
    judge: (exchange) => unless(placed(exchange), 'type', 'message, function_call, …', isText),
    mutant: {
      story: 'an adapter writes messages without a type',
      reply: items(['message'], (item) => without(item, 'type')),
    },
  },
  {
    id: 'item-id',
    title: 'Each item has an id',
    in: BOTH,
    judge: (exchange) => unless(placed(exchange), 'id', 'an id', isText),
    mutant: {
      story: 'an adapter has no ids for items',
      reply: items(ANY, (item) => without(item, 'id')),
    },
  },
  {
    id: 'item-status',
    title: 'Each item that is finished has the status completed',
    in: BOTH,
    judge: (exchange) =>
      unless(
        placed(exchange).filter(
          ({ value, place }) =>
            place !== 'added' && (value['type'] === 'message' || value['type'] === 'function_call'),
        ),
        'status',
        'completed',
        (value) => value === 'completed' || value === 'incomplete',
      ),
    mutant: {
      story: 'an adapter leaves out the status of items',
      reply: items(['message', 'function_call'], (item) => without(item, 'status')),
    },
  },
  {
    id: 'role',
    title: 'Each message has the role assistant',
    in: BOTH,
    judge: (exchange) =>
      unless(placed(exchange, 'message'), 'role', 'assistant', (role) => role === 'assistant'),
    mutant: {
      story: 'an adapter leaves out the role',
      request: tolerating((item) => [assistant(item) ? { ...item, role: 'assistant' } : item]),
      reply: items(['message'], (item) => without(item, 'role')),
    },
  },
  {
    id: 'content-list',
    title: 'The content of a message is a list of parts',
    in: BOTH,
    judge: (exchange) =>
      unless(
        placed(exchange, 'message').filter(({ place }) => place !== 'added'),
        'content',
        'a list of parts',
        Array.isArray,
      ),
    mutant: {
      story: 'an adapter writes content as one string',
      request: tolerating((item) => (assistant(item) ? [] : [item])),
      reply: items(['message'], (item) => ({ ...item, content: textOf(item['content']) })),
    },
  },
  {
    id: 'text-parts',
    title: 'Text stands in parts of the type output_text',
    in: BOTH,
    judge: (exchange) =>
      unless(
        partsOf(placed(exchange, 'message')),
        'type',
        'output_text',
        (type) => type === 'output_text' || type === 'refusal',
      ),
    mutant: {
      story: 'an adapter calls its parts text',
      request: tolerating((item) => (assistant(item) ? [] : [item])),
      reply: items(['output_text'], (part) => ({ ...part, type: 'text' })),
    },
  },
  {
    id: 'annotations',
    title: 'Text has a list of annotations, if only an empty one',
    in: BOTH,
    judge: (exchange) =>
      unless(
        partsOf(placed(exchange, 'message')).filter(({ value }) => value['type'] !== 'refusal'),
        'annotations',
        'a list',
        Array.isArray,
      ),
    mutant: {
      story: 'an adapter leaves out annotations',
      reply: items(['output_text'], (part) => without(part, 'annotations')),
    },
  },
  {
    id: 'call-id',
    title: 'Each call has a call_id',
    in: BOTH,
    judge: (exchange) => unless(placed(exchange, 'function_call'), 'call_id', 'an id', isText),
    mutant: {
      story: 'an adapter knows one id for a call, not two',
      reply: items(['function_call'], (item) => without(item, 'call_id')),
    },
  },
  {
    id: 'call-ids-differ',
    title: 'Parallel calls have different call ids',
    in: BOTH,
    judge(exchange) {
      const taken = new Set<Json | undefined>()
      return unless(inOutput(exchange, 'function_call'), 'call_id', 'an id of its own', (id) => {
        const isNew = id === undefined || !taken.has(id)
        taken.add(id)
        return isNew
      })
    },
    mutant: {
      story: 'an adapter gives all calls of a turn the same id',
      reply: items(['function_call'], (item) => ({ ...item, call_id: 'call_same' })),
    },
  },
  {
    id: 'arguments-text',
    title: 'Arguments are a string of JSON',
    in: BOTH,
    judge: (exchange) =>
      unless(
        placed(exchange, 'function_call').filter(({ place }) => place !== 'added'),
        'arguments',
        'a string of JSON',
        (value) => parse(value) !== undefined || value === '',
      ),
    mutant: {
      story: 'an adapter writes arguments as an object',
      reply: items(['function_call'], (item) => ({
        ...item,
        arguments: parse(item['arguments']) ?? {},
      })),
    },
  },
  {
    id: 'call-name',
    title: 'Each call names its function',
    in: BOTH,
    judge: (exchange) => unless(placed(exchange, 'function_call'), 'name', 'a name', isText),
    mutant: {
      story: 'an adapter nests the name of a call, as Chat Completions does',
      reply: items(['function_call'], (item) => ({
        ...without(item, 'name'),
        function: { name: item['name'] ?? null },
      })),
    },
  },
  {
    id: 'reasoning-summary',
    title: 'Reasoning has a list of summaries, if only an empty one',
    in: BOTH,
    judge: (exchange) => unless(placed(exchange, 'reasoning'), 'summary', 'a list', Array.isArray),
    mutant: {
      story: 'a server shows reasoning without a summary',
      request: tolerating((item) => (item['type'] === 'reasoning' ? [] : [item])),
      reply: withItem({ type: 'reasoning', id: 'rs_1' }),
    },
  },
  {
    id: 'known-items',
    title: 'Items are of official types only',
    in: JSON_ONLY,
    judge: (exchange, { contract }) =>
      unless(inOutput(exchange), 'type', 'an official type', (type) =>
        contract.document.components?.schemas === undefined || !isText(type)
          ? true
          : OFFICIAL.test(String(type)),
      ),
    mutant: {
      story: 'a gateway reports its routing as an item',
      request: tolerating((item) => (item['id'] === 'gw_1' ? [] : [item])),
      reply: withItem({ type: 'gateway_route', id: 'gw_1', status: 'completed' }),
    },
  },
]

const OFFICIAL =
  /^(message|reasoning|compaction|image_generation_call|program|program_output|additional_tools|\w+_call|\w+_call_output|mcp_\w+|tool_search_\w+)$/

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
