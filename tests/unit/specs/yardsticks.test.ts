// The yardsticks as data: they load, name their sources, and say where their sources disagree.

import { expect, test } from 'vitest'
import { loadContract } from '../../../src/contract/file/load.ts'
import { isObject } from '../../../src/base/json.ts'
import type { Exchange, Json, JsonObject } from '../../../src/types/index.ts'
import { createAnsweredExchange, createStreamedExchange } from '../../exchange.ts'

const YARDSTICKS = ['openai', 'open-responses'] as const

function documentOf(id: string): JsonObject {
  return loadContract(id).document as unknown as JsonObject
}

function valueAt(document: JsonObject, pointer: string): Json | undefined {
  let value: Json | undefined = document
  for (const step of pointer.slice(2).split('/')) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~')
    value = (value as JsonObject | undefined)?.[key]
  }
  return value
}

function schemasOf(id: string): Readonly<Record<string, JsonObject>> {
  return valueAt(documentOf(id), '#/components/schemas') as Record<string, JsonObject>
}

/** Every object of a JSON value. */
function* objectsIn(value: Json): Generator<JsonObject> {
  if (Array.isArray(value)) for (const entry of value as readonly Json[]) yield* objectsIn(entry)
  if (!isObject(value)) return
  yield value
  for (const entry of Object.values(value)) yield* objectsIn(entry)
}

function json(operation: Exchange['request']['operation'], body: Json, status = 200): Exchange {
  return createAnsweredExchange(body, status, { operation, method: 'POST', path: '/responses' })
}

const stream = (...payloads: readonly JsonObject[]): Exchange => createStreamedExchange(payloads)

test.each(YARDSTICKS)('%s: every schema names a source', (id) => {
  const known = new Set<Json | undefined>(loadContract(id).sources.map((source) => source.id))
  const schemas = Object.entries(schemasOf(id))
  expect(schemas.filter(([, schema]) => !known.has(schema['x-source']))).toEqual([])
  const named = [...objectsIn(documentOf(id))].flatMap((one) => one['x-source'] ?? [])
  expect(named.filter((source) => !known.has(source))).toEqual([])
})

test.each(YARDSTICKS)('%s: every reference leads somewhere, every schema is used', (id) => {
  const document = documentOf(id)
  const refs = new Set([...objectsIn(document)].flatMap(({ $ref }) => $ref ?? []).map(String))
  expect([...refs].filter((ref) => valueAt(document, ref) === undefined)).toEqual([])
  const names = Object.keys(schemasOf(id)).map((name) => `#/components/schemas/${name}`)
  expect(names.filter((name) => !refs.has(name))).toEqual([])
})

test.each(YARDSTICKS)('%s: what is required is described', (id) => {
  const strays = Object.entries(schemasOf(id)).flatMap(([name, { required, properties }]) =>
    ((required as readonly string[] | undefined) ?? [])
      .filter((key) => !isObject(properties) || !(key in properties))
      .map((key) => `${name}/${key}`),
  )
  expect(strays).toEqual([])
})

test.each(YARDSTICKS)('%s: a contested point is a place in the document', (id) => {
  const { contested } = loadContract(id)
  expect(contested).not.toEqual([])
  const document = documentOf(id)
  const strays = contested.filter(({ at }) => {
    // A field that nobody demands any more has no entry in `required` to point to.
    const place = /^(.*)\/required\/[^/]+$/.exec(at)?.[1] ?? at
    return valueAt(document, place) === undefined
  })
  expect(strays).toEqual([])
})

test.each(YARDSTICKS)('%s: a contested point has both readings, a reason and a source', (id) => {
  const { contested, sources } = loadContract(id)
  const known = new Set(sources.map((source) => source.id))
  const bare = contested.filter(
    ({ readings, because, source }) => readings.length < 2 || because === '' || !known.has(source),
  )
  expect(bare).toEqual([])
})

const CONVERSATIONS = [
  'create-conversation',
  'retrieve-conversation',
  'update-conversation',
  'delete-conversation',
  'create-conversation-items',
  'list-conversation-items',
  'retrieve-conversation-item',
  'delete-conversation-item',
]

test('the operations are those that the sources describe', () => {
  expect(new Set(loadContract('openai').operations)).toEqual(
    new Set([
      'create',
      'retrieve',
      'delete',
      'cancel',
      'input-items',
      'input-tokens',
      'compact',
      ...CONVERSATIONS,
      'list-models',
      'upload-file',
    ]),
  )
  expect(loadContract('open-responses').operations).toEqual(['create', 'compact'])
})

test('the reference promises what OpenAI promises, at an address that the run gives', () => {
  const { profile, followsOpenAI, kind, operations, claim, events } = loadContract('reference')
  expect(kind).toBe('reference')
  expect(followsOpenAI).toBe(true)
  expect(profile?.baseUrl).toBeUndefined()
  expect(profile?.keyEnv).toBe('RESPONSES_CONFORMANCE_REFERENCE_KEY')
  expect(profile?.models).toEqual({ text: 'reference', vision: 'reference' })
  expect(operations).toEqual(expect.arrayContaining(['create', 'retrieve', ...CONVERSATIONS]))
  expect(events).toEqual(loadContract('openai').events)
  expect(claim(['request /text/format/type = json_schema']).status).not.toBe('silent')
})

test('the two event unions differ where the specifications do', () => {
  const [openai, open] = YARDSTICKS.map((id) => loadContract(id).events.map(({ type }) => type))
  expect(new Set(openai).size).toBe(openai!.length)
  expect(open!.filter((type) => !openai!.includes(type))).toEqual([
    'response.reasoning.delta',
    'response.reasoning.done',
  ])
})

// What follows is OpenAI's own behaviour, which its published schemas do not allow.

const CREATED: JsonObject = {
  id: 'resp_1',
  object: 'response',
  created_at: 1760537022,
  status: 'in_progress',
  background: false,
  error: null,
  incomplete_details: null,
  instructions: null,
  max_output_tokens: null,
  metadata: {},
  model: 'gpt-5',
  output: [],
  parallel_tool_calls: true,
  temperature: 1,
  tool_choice: 'auto',
  tools: [],
  top_p: 1,
  usage: null,
  user: null,
  store: true,
  frequency_penalty: 0,
  presence_penalty: 0,
  billing: { payer: 'developer' },
}

test('OpenAI may do what it does', () => {
  const { flaws, unknownFields } = loadContract('openai')
  const own = stream(
    { type: 'response.created', sequence_number: 0, response: CREATED },
    { type: 'keepalive', sequence_number: 1 },
    {
      type: 'response.output_item.added',
      sequence_number: 2,
      output_index: 0,
      item: { type: 'web_search_call', id: 'ws_1', status: 'in_progress' },
    },
    {
      type: 'response.function_call_arguments.done',
      sequence_number: 3,
      item_id: 'fc_1',
      output_index: 1,
      arguments: '{}',
    },
    {
      type: 'error',
      sequence_number: 4,
      error: {
        type: 'insufficient_quota',
        code: 'insufficient_quota',
        message: 'No.',
        param: null,
      },
    },
    { type: 'error', sequence_number: 5, code: 'server_error', message: 'No.', param: null },
  )
  expect(flaws(own)).toEqual([])
  expect(unknownFields(own)).toEqual([])
})

test('OpenAI may echo null, cite a feed and keep what the user said', () => {
  const { flaws, unknownFields } = loadContract('openai')
  const item = {
    type: 'web_search_call',
    id: 'ws_1',
    status: 'completed',
    action: { type: 'search', query: 'weather', sources: [{ type: 'api', name: 'oai-weather' }] },
  }
  const tools = [
    { type: 'mcp', server_label: 'calendar', server_url: null, server_description: null },
    { type: 'function', name: 'look', description: null, parameters: {}, strict: true },
  ]
  const format = { type: 'json_schema', name: 'answer', description: null, schema: {} }
  const answer = json('create', { ...CREATED, output: [item], tools, text: { format } })
  expect([flaws(answer), unknownFields(answer)]).toEqual([[], []])

  const kept = { type: 'message', id: 'msg_1', role: 'user', status: 'completed' }
  const compacted = json('compact', {
    id: 'resp_1',
    object: 'response.compaction',
    created_at: 1775105412,
    output: [{ ...kept, content: [{ type: 'input_text', text: 'And 3+3?' }] }],
    usage: {
      input_tokens: 2,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens: 1,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: 3,
    },
  })
  expect([flaws(compacted), unknownFields(compacted)]).toEqual([[], []])
})

test('one wrong field is one finding, and says where', () => {
  const { flaws } = loadContract('openai')
  const { created_at: _, ...rest } = CREATED
  expect(flaws(json('create', { ...rest, created: 1 }))).toMatchObject([{ at: '/created_at' }])
  expect(
    flaws(stream({ type: 'error', sequence_number: 0, message: 'No.', param: null })),
  ).toMatchObject([{ at: '/events/0/code' }])
  expect(
    flaws(
      json('create', {
        ...CREATED,
        output: [{ type: 'message', id: 'msg_1', role: 'assistant', content: [] }],
      }),
    ),
  ).toMatchObject([{ at: '/output/0/status' }])
})

test('a code that only OpenAI sends is disputed, a missing one is not', () => {
  const error = (body: JsonObject) =>
    loadContract('openai').flaws(json('create', { error: body }, 400)) ?? []
  expect(error({ type: 'invalid_request_error', message: 'No.', param: null, code: null })).toEqual(
    [],
  )
  const [finding] = error({ type: 'invalid_request_error', message: 'No.', param: null })
  expect(finding?.at).toBe('/error/code')
  expect(finding?.contested).toBeUndefined()
})

test('Open Responses: every key is there, and extensions carry a slug', () => {
  const { flaws } = loadContract('open-responses')
  const missing = (flaws(json('create', CREATED)) ?? []).map(({ at }) => at)
  expect(missing).toEqual(
    expect.arrayContaining(['/completed_at', '/text', '/truncation', '/service_tier']),
  )
  const added = (type: string) =>
    flaws(
      stream({
        type: 'response.output_item.added',
        sequence_number: 0,
        output_index: 0,
        item: { type, id: 'x_1', status: 'completed' },
      }),
    )
  expect(added('acme:search_result')).toEqual([])
  expect(added('search_result')).toMatchObject([{ at: '/events/0/item/type' }])
})
