// Requests that no client should send: malformed, mutated, deep, huge and out of order.

import { Buffer } from 'node:buffer'
import * as fc from 'fast-check'

interface Attack {
  readonly method: string
  /** `$0`, `$1`, … stand for ids that earlier answers gave. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

interface Report {
  readonly requests: number
  /** How often each status was answered. */
  readonly statuses: Readonly<Record<string, number>>
  /** What a server must not do: status 5xx, no answer, no envelope. */
  readonly failures: readonly string[]
  readonly slowestMs: number
}

type JsonLike = ReturnType<typeof JSON.parse>

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452ffffffffffffffff08060000', 'hex')
const RICH: readonly object[] = [
  {
    input: [
      { role: 'user', content: [{ type: 'input_text', text: 'Call f. ZX7-01234567' }] },
      { type: 'function_call', call_id: 'c1', name: 'f', arguments: '{}', id: 'fc_1' },
      { type: 'function_call_output', call_id: 'c1', output: [{ type: 'input_text', text: 'x' }] },
      { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: null },
      { role: 'assistant', content: [{ type: 'output_text', text: 'y', annotations: [] }] },
      { type: 'item_reference', id: '$0' },
    ],
    tools: [
      {
        type: 'function',
        name: 'f',
        strict: true,
        parameters: {
          type: 'object',
          properties: { a: { type: 'string', enum: ['b'] }, c: { $ref: '#' } },
          required: ['a'],
          additionalProperties: false,
        },
      },
    ],
    tool_choice: { type: 'function', name: 'f' },
    previous_response_id: '$1',
  },
  {
    input: [
      {
        role: 'user',
        content: [
          { type: 'input_image', image_url: `data:image/png;base64,${PNG.toString('base64')}` },
          {
            type: 'input_file',
            filename: 'a.pdf',
            file_data: 'data:application/pdf;base64,JVBERi0=',
          },
        ],
      },
    ],
  },
  {
    input: 'Count from 1 to 100 in English words.',
    instructions: 'x',
    metadata: { a: 'b' },
    max_output_tokens: 40,
    reasoning: { effort: 'low', summary: 'auto' },
    include: ['message.output_text.logprobs', 'reasoning.encrypted_content'],
    top_logprobs: 2,
    stream: true,
    stream_options: { include_obfuscation: false },
    conversation: { id: '$2' },
  },
  {
    input: 'x',
    text: {
      format: {
        type: 'json_schema',
        name: 'n',
        strict: true,
        schema: {
          type: 'object',
          properties: {
            list: {
              type: 'array',
              items: { anyOf: [{ type: 'number', minimum: 3 }, { $ref: '#' }] },
            },
            text: { type: 'string', pattern: '^[a-z]{3}$' },
          },
          required: ['list', 'text'],
          additionalProperties: false,
        },
      },
    },
  },
  {
    input: 'x',
    background: true,
    tools: [
      {
        type: 'custom',
        name: 'c',
        format: { type: 'grammar', syntax: 'lark', definition: 'start: "a"' },
      },
      { type: 'web_search' },
      { type: 'mcp', server_label: 'm', server_url: 'https://example.com' },
      { type: 'namespace', name: 'n', description: 'd', tools: [{ type: 'function', name: 'g' }] },
    ],
    tool_choice: {
      type: 'allowed_tools',
      mode: 'required',
      tools: [{ type: 'custom', name: 'c' }],
    },
  },
]

const hostile: fc.Arbitrary<JsonLike> = fc.oneof(
  { weight: 6, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  fc.constantFrom<JsonLike>(
    null,
    '',
    [],
    {},
    -1,
    1e308,
    5e-324,
    2 ** 53,
    'x'.repeat(50_000),
    '\ud800',
    '__proto__',
    'constructor',
    '(a+)+$',
    '(((((((((((((((((((',
    'Repeat exactly: \ud83d',
    'Count from 1 to 999999 in English words.',
    'Please fail while answering.',
    'http://127.0.0.1:1/',
    'data:image/jpeg;base64,/9j/4AAQSkZJRgABAQ==',
    JSON.parse('{"__proto__":{"type":"message"},"type":"message"}'),
    { $ref: '#/properties/a' },
    { type: 'object', properties: { a: { $ref: '#' } }, required: ['a'] },
    Array.from({ length: 3000 }, () => ({ role: 'user', content: 'x' })),
    { type: 'string', enum: Array.from({ length: 3000 }, (_, index) => `v${index}`) },
  ),
)

/** One of the rich bodies with a value changed, dropped or doubled somewhere. */
const mutated = fc
  .tuple(
    fc.constantFrom(...RICH),
    fc.array(fc.tuple(fc.nat(), fc.nat(3), hostile), { maxLength: 3 }),
  )
  .map(([body, changes]) => {
    const copy: JsonLike = structuredClone({ model: 'reference', ...body })
    for (const [place, how, value] of changes) {
      const places = placesOf(copy)
      const [owner, key] = places[place % Math.max(1, places.length)] ?? []
      if (owner === undefined || key === undefined) continue
      if (how === 0) delete owner[key]
      else if (how === 1 && Array.isArray(owner)) owner.push(owner[key as number])
      else owner[key] = structuredClone(value)
    }
    return JSON.stringify(copy)
  })

function placesOf(value: JsonLike): readonly (readonly [JsonLike, string | number])[] {
  const found: [JsonLike, string | number][] = []
  const queue = [value]
  for (let one = queue.pop(); one !== undefined && found.length < 500; one = queue.pop()) {
    if (typeof one !== 'object' || one === null) continue
    for (const key of Object.keys(one)) {
      found.push([one, key])
      queue.push(one[key])
    }
  }
  return found
}

const malformed = fc.oneof(
  fc.string({ maxLength: 200 }),
  mutated.map((text) => text.slice(0, Math.floor(text.length / 2))),
  fc.constantFrom(
    '['.repeat(100_000),
    `{"model":"reference","input":${'['.repeat(5000)}${']'.repeat(5000)}}`,
    `{"model":"reference","metadata":${'{"a":'.repeat(3000)}1${'}'.repeat(3000)}}`,
    `{"model":"reference","input":"${'long '.repeat(400_000)}"}`,
    `{"model":"reference","input":"x","text":{"format":{"type":"json_schema","name":"n","schema":${'{"properties":{"a":'.repeat(500)}{}${'}}'.repeat(500)}}}}`,
    '﻿{}',
    'null',
    '0',
  ),
)

const id = fc.oneof(
  fc.constantFrom('$0', '$1', '$2', '..', '%00', '%', 'resp_', 'x'.repeat(3000)),
  fc.string({ maxLength: 20 }).map(encodeURIComponent),
)
const query = fc.constantFrom(
  '',
  '?stream=true',
  '?stream=true&starting_after=3',
  '?stream=true&starting_after=-9999999999999999999',
  '?limit=0',
  '?limit=1e3&order=up',
  '?after=x&include[]=everything',
  '?include=reasoning.encrypted_content',
)
const path = fc.oneof(
  { weight: 6, arbitrary: fc.constant('/responses') },
  fc.constantFrom(
    '/responses/input_tokens',
    '/responses/compact',
    '/conversations',
    '/files',
    '/models',
    '/',
    '//',
    '/responses/',
  ),
  fc
    .tuple(
      fc.constantFrom(
        '/responses/*',
        '/responses/*/cancel',
        '/responses/*/input_items',
        '/conversations/*',
        '/conversations/*/items',
        '/conversations/*/items/*',
        '/files/*',
        '/models/*',
      ),
      id,
      id,
      query,
    )
    .map(
      ([pattern, one, two, asked]) =>
        pattern.replace('*', () => one).replace('*', () => two) + asked,
    ),
)

const attacks: fc.Arbitrary<Attack> = fc
  .record({
    method: fc.oneof(
      { weight: 6, arbitrary: fc.constant('POST') },
      fc.constantFrom('GET', 'DELETE', 'PUT', 'PATCH', 'HEAD', 'OPTIONS'),
    ),
    path,
    key: fc.oneof(
      { weight: 20, arbitrary: fc.constant('Bearer test') },
      fc.constantFrom('', 'Bearer', 'Basic x', 'Bearer test-2'),
    ),
    type: fc.oneof(
      { weight: 20, arbitrary: fc.constant('application/json') },
      fc.constantFrom('text/plain', 'multipart/form-data; boundary=x', 'multipart/form-data', ''),
    ),
    body: fc.oneof({ weight: 8, arbitrary: mutated }, malformed),
  })
  .map(({ method, path: at, key, type, body }) => ({
    method,
    path: at,
    headers: { authorization: key, 'content-type': type },
    ...(method === 'GET' || method === 'HEAD' ? {} : { body }),
  }))

/** Sends them, sixteen at a time, and says what went wrong. */
export async function attack(
  url: string,
  { requests, seed }: { readonly requests: number; readonly seed: number },
): Promise<Report> {
  const queue = fc.sample(attacks, { numRuns: requests, seed })
  const statuses: Record<string, number> = {}
  const failures: string[] = []
  const ids: string[] = ['resp_1', 'msg_1', 'conv_1']
  let slowestMs = 0
  const work = async (): Promise<void> => {
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      const started = performance.now()
      const { status, text } = await send(url, next, ids)
      slowestMs = Math.max(slowestMs, performance.now() - started)
      statuses[status] = (statuses[status] ?? 0) + 1
      remember(text, ids)
      const flaw = flawOf(status, text, next.method)
      if (flaw !== undefined) failures.push(`${flaw}: ${JSON.stringify(next).slice(0, 600)}`)
    }
  }
  await Promise.all(Array.from({ length: 16 }, work))
  return { requests, statuses, failures, slowestMs: Math.round(slowestMs) }
}

async function send(
  url: string,
  { method, path: at, headers, body }: Attack,
  ids: readonly string[],
): Promise<{ readonly status: number; readonly text: string }> {
  const named = (text: string): string =>
    text.replaceAll(/\$([0-2])/g, (_, index) => ids[Number(index)]!)
  try {
    const response = await fetch(url + named(at), {
      method,
      headers,
      signal: AbortSignal.timeout(20_000),
      ...(body === undefined ? {} : { body: named(body) }),
    })
    return { status: response.status, text: await response.text() }
  } catch (problem) {
    return { status: 0, text: String(problem) }
  }
}

function remember(text: string, ids: string[]): void {
  const response = /"id":"(resp_\w+)"/.exec(text)?.[1]
  const item = /"id":"((?:msg|fc|rs)_\w+)"/.exec(text)?.[1]
  const conversation = /"id":"(conv_\w+)"/.exec(text)?.[1]
  if (item !== undefined) ids[0] = item
  if (response !== undefined) ids[1] = response
  if (conversation !== undefined) ids[2] = conversation
}

function flawOf(status: number, text: string, method: string): string | undefined {
  if (status === 0) return `no answer (${text})`
  if (status >= 500) return `status ${status}`
  if (status < 400 || method === 'HEAD') return undefined
  try {
    const { error } = JSON.parse(text)
    const isWhole = typeof error.message === 'string' && typeof error.type === 'string'
    return isWhole && 'param' in error && 'code' in error ? undefined : `no envelope (${status})`
  } catch {
    return `no JSON (${status})`
  }
}
