// Everything that the reference can say has the shape that the yardstick of its dialect describes,
// and its streams keep every rule.

import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Reference } from '../../../reference/main.ts'
import { startReference } from '../../../reference/main.ts'
import { loadContract } from '../../../src/contract/file/load.ts'
import { judgeStream } from '../../../src/stream/rules/judge-stream.ts'
import type { Dialect, Exchange, JsonObject } from '../../../src/types/index.ts'
import { decodeBody } from '../../../src/transport/decode-body.ts'

const dialects = ['openai', 'open-responses'] as const
const references = new Map<Dialect, Reference>()

beforeAll(async () => {
  for (const dialect of dialects) references.set(dialect, await startReference({ dialect }))
})
afterAll(async () => {
  await Promise.all([...references.values()].map((one) => one.close()))
})

async function exchange(dialect: Dialect, body: JsonObject): Promise<Exchange> {
  const request = {
    operation: 'create',
    method: 'POST',
    path: '/responses',
    body: { json: { model: 'reference', ...body } },
  } as const
  const response = await fetch(`${references.get(dialect)!.url}/responses`, {
    method: 'POST',
    headers: { authorization: 'Bearer test', 'content-type': 'application/json' },
    body: JSON.stringify(request.body.json),
  })
  const bytes = Buffer.from(await response.arrayBuffer())
  const headers = [...response.headers]
  const { status } = response
  const raw = { request, status, headers, bytes, ending: 'complete', leftOpen: false } as const
  const decoded = decodeBody({ ...raw, chunks: [[0, 0]] })
  return { request, status, headers, ending: 'complete', body: decoded }
}

const schema = {
  type: 'object',
  properties: { city: { type: 'string' }, unit: { type: 'string', enum: ['c', 'f'] } },
  required: ['city', 'unit'],
  additionalProperties: false,
}
const weather = { type: 'function', name: 'weather', parameters: schema, strict: true }
const message = (text: string): JsonObject => ({ type: 'message', role: 'user', content: text })

const common: Readonly<Record<string, JsonObject>> = {
  text: { input: 'Reply with exactly: 日本語 👩‍👩‍👧 é' },
  'typed message': { input: [message('Hi')] },
  refusal: { input: 'Please refuse this request.' },
  failure: { input: 'Please fail while answering.' },
  cut: { input: 'Count from 1 to 500 in English words.', max_output_tokens: 16 },
  functions: { input: 'Call weather once for each of: Paris, Oslo.', tools: [weather] },
  'cut function': {
    input: `Call weather once for each of: ${'Paris '.repeat(40)}`,
    tools: [weather],
    max_output_tokens: 16,
  },
  format: {
    input: 'Hi',
    text: { format: { type: 'json_schema', name: 'x', schema, strict: true } },
  },
  reasoning: { input: 'Hi', reasoning: { effort: 'low', summary: 'auto' } },
  'encrypted reasoning': {
    input: 'Hi',
    reasoning: { effort: 'high' },
    include: ['reasoning.encrypted_content'],
  },
  'cut reasoning': { input: 'Hi', reasoning: { effort: 'xhigh' }, max_output_tokens: 16 },
  logprobs: { input: 'Hi', include: ['message.output_text.logprobs'], top_logprobs: 3 },
  background: { input: 'Hi', background: true },
}
const hosted = (tool: JsonObject, more: JsonObject = {}): JsonObject => ({
  input: 'Search the web for tea.',
  tools: [tool],
  tool_choice: 'required',
  ...more,
})
const openai: Readonly<Record<string, JsonObject>> = {
  ...common,
  compaction: {
    input: 'word '.repeat(1200),
    context_management: [{ type: 'compaction', compact_threshold: 1000 }],
  },
  custom: hosted({ type: 'custom', name: 'write' }),
  'web search': hosted({ type: 'web_search' }, { include: ['web_search_call.action.sources'] }),
  'file search': hosted(
    { type: 'file_search', vector_store_ids: ['vs_1'] },
    { include: ['file_search_call.results'] },
  ),
  'code interpreter': hosted(
    { type: 'code_interpreter', container: { type: 'auto' } },
    { include: ['code_interpreter_call.outputs'] },
  ),
  'image generation': hosted({ type: 'image_generation', partial_images: 1 }),
  mcp: hosted({
    type: 'mcp',
    server_label: 'notes',
    server_url: 'https://example.com/mcp',
    require_approval: 'never',
  }),
  'mcp approval': hosted({
    type: 'mcp',
    server_label: 'notes',
    server_url: 'https://example.com/mcp',
  }),
  'local shell': hosted({ type: 'local_shell' }),
  shell: hosted({ type: 'shell' }),
  'apply patch': hosted({ type: 'apply_patch' }),
  computer: hosted({ type: 'computer' }),
  'tool search': hosted({ type: 'tool_search' }),
}

const cases = [
  ...Object.entries(openai).map(([name, body]) => ['openai', name, body] as const),
  ...Object.entries(common).map(([name, body]) => ['open-responses', name, body] as const),
]

test.each(cases)('%s: %s', async (dialect, _, body) => {
  const contract = loadContract(dialect)
  const told = (heard: Exchange): unknown[] => [
    ...(contract.flaws(heard) ?? ['no schema']),
    ...contract.unknownFields(heard),
    ...judgeStream(heard, dialect),
  ]
  const whole = await exchange(dialect, body)
  expect(whole.status, JSON.stringify(whole.body)).toBe(200)
  expect(told(whole).map(short)).toEqual([])
  const streamed = await exchange(dialect, { ...body, stream: true })
  expect(streamed.body.kind).toBe('events')
  expect(told(streamed).map(short)).toEqual([])
})

function short(finding: unknown): unknown {
  const { at, expected, actual, rule, contested } = finding as Record<string, string>
  return `${rule ?? ''} ${at}: expected ${expected}, got ${actual} ${contested ?? ''}`
}
