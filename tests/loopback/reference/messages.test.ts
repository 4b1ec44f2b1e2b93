// Anthropic's Messages in front of the reference model, asked without a client.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createFaults } from '../../../reference/delivery-faults.ts'
import type { Reference, ReferenceOptions } from '../../../reference/main.ts'
import { startReference } from '../../../reference/main.ts'
import { drawWord } from '../../../src/request/draw-image.ts'
import { writePdf } from '../../../src/request/write-pdf.ts'
import type { Any } from './client.ts'

let reference: Reference

beforeAll(async () => {
  reference = await startReference({ speak: ['chat', 'messages'] })
})
afterAll(() => reference.close())

const HEADERS = {
  'content-type': 'application/json',
  'x-api-key': 'test',
  'anthropic-version': '2023-06-01',
}

function post(
  body: object | string,
  { path = '/messages', headers = HEADERS as Record<string, string>, at = reference } = {},
): Promise<Response> {
  const text = typeof body === 'string' ? body : JSON.stringify({ ...NEEDED, ...body })
  return fetch(at.url + path, { method: 'POST', headers, body: text })
}

const NEEDED = { model: 'reference', max_tokens: 500 }
const say = (content: unknown): object => ({ messages: [{ role: 'user', content }] })

async function create(body: object): Promise<Any> {
  const response = await post(body)
  expect(response.status).toBe(200)
  return response.json()
}

/** The events, after a look at their grammar: the name of each is its type. */
async function eventsOf(body: object): Promise<Any[]> {
  const response = await post({ ...body, stream: true })
  expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/)
  const frames = (await response.text()).split('\n\n').slice(0, -1)
  return frames.map((frame) => {
    const [, name, data] = /^event: (\w+)\ndata: (.*)$/.exec(frame)!
    const event = JSON.parse(data!)
    expect(event.type).toBe(name)
    return event
  })
}

/** The message that the events of a stream add up to. */
function assemble(events: readonly Any[]): Any {
  const [start, ...rest] = events
  expect(start.type).toBe('message_start')
  expect(events.at(-1).type).toBe('message_stop')
  const message = structuredClone(start.message)
  expect(message).toMatchObject({ content: [], stop_reason: null })
  let open: Any
  let input = ''
  for (const event of rest) {
    if (event.index !== undefined) expect(event.index).toBe(message.content.length)
    if (event.type === 'content_block_start') {
      expect(open).toBeUndefined()
      open = event.content_block
      input = ''
    } else if (event.type === 'content_block_delta') {
      const { delta } = event
      if (delta.type === 'text_delta') open.text += delta.text
      else if (delta.type === 'thinking_delta') open.thinking += delta.thinking
      else if (delta.type === 'signature_delta') open.signature += delta.signature
      else if (delta.type === 'input_json_delta') input += delta.partial_json
      else expect.unreachable(delta.type)
    } else if (event.type === 'content_block_stop') {
      if (open.type === 'tool_use') open.input = JSON.parse(input)
      message.content.push(open)
      open = undefined
    } else if (event.type === 'message_delta') {
      expect(open).toBeUndefined()
      Object.assign(message, event.delta, { usage: event.usage })
    } else expect(['ping', 'message_stop']).toContain(event.type)
  }
  return message
}

const textOf = (message: Any): string =>
  message.content.find(({ type }: Any) => type === 'text').text

const lookUp = {
  name: 'look_up',
  input_schema: {
    type: 'object',
    properties: { city: { type: 'string', enum: ['Oslo', 'Lima', 'unknown'] } },
    required: ['city'],
    additionalProperties: false,
  },
}
const called = { ...say('The city is Lima. Call look_up.'), tools: [lookUp] }

test('text, and the tokens that it took', async () => {
  const message = await create(say('Reply with exactly: seven seas'))
  expect(message).toMatchObject({
    id: expect.stringMatching(/^msg_/),
    type: 'message',
    role: 'assistant',
    model: 'reference',
    content: [{ type: 'text', text: 'seven seas' }],
    stop_reason: 'end_turn',
    stop_sequence: null,
    usage: { output_tokens: 2, cache_read_input_tokens: 0 },
  })
  const longer = await create(say(`Reply with exactly: seven seas\n${'filler '.repeat(400)}`))
  expect(longer.usage.input_tokens - message.usage.input_tokens).toBe(700)
  const counted = await post(
    { model: 'reference', max_tokens: undefined, ...say('Reply with exactly: seven seas') },
    { path: '/messages/count_tokens' },
  )
  expect(await counted.json()).toEqual({ input_tokens: message.usage.input_tokens })
})

test.each([
  ['text', say('Count from 1 to 9 in English words.')],
  ['an input', called],
  ['several calls', { ...say('Call look_up once for each of: Oslo, Lima.'), tools: [lookUp] }],
  ['a refusal', say('Please refuse this request.')],
  [
    'a thought',
    {
      ...say('Reply with exactly: x'),
      max_tokens: 2000,
      thinking: { type: 'enabled', budget_tokens: 1024 },
    },
  ],
  ['what was cut', { ...say('Count from 1 to 9 in English words.'), max_tokens: 3 }],
])('a stream adds up to the message: %s', async (_, body) => {
  const [whole, streamed] = [await create(body), assemble(await eventsOf(body))]
  const ids = JSON.stringify([whole, streamed]).match(/"(?:msg|toolu)_\w+"/g)!
  expect(new Set(ids).size).toBe(ids.length)
  const plain = (message: Any): Any =>
    JSON.parse(JSON.stringify(message).replaceAll(/"(msg|toolu)_\w+"/g, '"$1"'))
  expect(plain(streamed)).toEqual(plain(whole))
})

test('says why it stopped', async () => {
  const count = say('Count from 1 to 9 in English words.')
  const reasons = await Promise.all(
    [
      { ...count, max_tokens: 3 },
      { ...count, stop_sequences: ['five', ' three'] },
      called,
      say('Please refuse this request.'),
    ].map(create),
  )
  expect(reasons.map(({ stop_reason: why }) => why)).toEqual([
    'max_tokens',
    'stop_sequence',
    'tool_use',
    'refusal',
  ])
  expect(textOf(reasons[0])).toBe('one, two')
  expect(textOf(reasons[1])).toBe('one, two,')
  expect(reasons[1].stop_sequence).toBe(' three')
})

describe('tools', () => {
  test('a call, and an answer from its result', async () => {
    const { content } = await create(called)
    expect(content).toEqual([
      {
        type: 'tool_use',
        id: expect.stringMatching(/^toolu_/),
        name: 'look_up',
        input: { city: 'Lima' },
      },
    ])
    const result = {
      type: 'tool_result',
      tool_use_id: content[0].id,
      content: [{ type: 'text', text: 'Rain.' }],
    }
    const turns = [
      { role: 'user', content: 'Which weather is it?' },
      { role: 'assistant', content },
      { role: 'user', content: [result] },
    ]
    expect(textOf(await create({ messages: turns, tools: [lookUp] }))).toContain('Rain.')
  })

  test.each([
    [{ type: 'any' }, 1],
    [{ type: 'tool', name: 'look_up' }, 1],
    [{ type: 'none' }, 0],
    [{ type: 'auto' }, 0],
  ])('a choice is followed: %j', async (choice, calls) => {
    const { content } = await create({ ...say('Hi'), tools: [lookUp], tool_choice: choice })
    expect(content.filter(({ type }: Any) => type === 'tool_use')).toHaveLength(calls)
  })

  test('one by one', async () => {
    const { content } = await create({
      ...say('Call look_up once for each of: Oslo, Lima.'),
      tools: [lookUp],
      tool_choice: { type: 'auto', disable_parallel_tool_use: true },
    })
    expect(content).toHaveLength(1)
  })
})

test('hears the system prompt, whole or in blocks, and the turns before', async () => {
  const format = {
    type: 'json_schema',
    schema: {
      type: 'object',
      properties: { word: { type: 'string', enum: ['ZX7-1111BBBB', 'ZX7-0000AAAA', 'unknown'] } },
      required: ['word'],
      additionalProperties: false,
    },
  }
  const word = 'The word is ZX7-0000AAAA.'
  const asked = [
    { system: word, ...say('Which word?') },
    { system: [{ type: 'text', text: word }], ...say('Which word?') },
    {
      messages: [
        { role: 'user', content: 'Hi' },
        { role: 'assistant', content: word },
        { role: 'user', content: 'Which word?' },
      ],
    },
  ]
  for (const body of asked) {
    const answer = await create({ ...body, output_config: { format } })
    expect(JSON.parse(textOf(answer))).toEqual({ word: 'ZX7-0000AAAA' })
  }
  const unheard = await create({ ...say('Which word?'), output_format: format })
  expect(JSON.parse(textOf(unheard))).toEqual({ word: 'unknown' })
})

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
const WORD = 'ZX7-4F9A21C1'

test.each([
  [
    'image',
    {
      type: 'base64',
      media_type: 'image/png',
      data: base64(drawWord(WORD, { format: 'png', colour: 'red' })),
    },
  ],
  ['document', { type: 'base64', media_type: 'application/pdf', data: base64(writePdf(WORD)) }],
  ['document', { type: 'text', media_type: 'text/plain', data: WORD }],
  ['document', { type: 'content', content: [{ type: 'text', text: WORD }] }],
])('looks at: %s', async (type, source) => {
  const seen = await create(
    say([
      { type, source },
      { type: 'text', text: 'Which word?' },
    ]),
  )
  expect(textOf(seen)).toContain(WORD)
})

async function refusal(response: Response): Promise<Any> {
  const body: Any = await response.json()
  expect(body).toEqual({
    type: 'error',
    error: { type: expect.any(String), message: expect.any(String) },
    request_id: response.headers.get('request-id'),
  })
  return [response.status, body.error.type, body.error.message]
}

test.each([
  [{ model: 'claude-0' }, 404, 'not_found_error', /claude-0/],
  [{ max_tokens: undefined }, 400, 'invalid_request_error', 'max_tokens: Field required'],
  [{ messages: [] }, 400, 'invalid_request_error', /^messages: /],
  [
    { messages: [{ role: 'robot', content: '' }] },
    400,
    'invalid_request_error',
    /^messages\.0\.role: /,
  ],
  [{ temperature: 1.1 }, 400, 'invalid_request_error', /^temperature: /],
  [{ n: 1 }, 400, 'invalid_request_error', 'n: Extra inputs are not permitted'],
  [{ mcp_servers: [{}] }, 400, 'invalid_request_error', /^mcp_servers: /],
  [
    { thinking: { type: 'enabled', budget_tokens: 1024 } },
    400,
    'invalid_request_error',
    /^thinking\.budget_tokens: /,
  ],
  [
    say([{ type: 'tool_result', tool_use_id: 'toolu_nowhere', content: 'Rain.' }]),
    400,
    'invalid_request_error',
    /toolu_nowhere/,
  ],
  [say('Please fail while answering.'), 500, 'api_error', /failed/],
])('refuses %j', async (body, status, type, message) => {
  const refused = await refusal(await post({ ...say('Hi'), ...body }))
  expect(refused).toEqual([status, type, expect.stringMatching(message)])
})

test('a failure in a stream is its last event', async () => {
  const types = (await eventsOf(say('Please fail while answering.'))).map(({ type }) => type)
  expect(types).toEqual(['message_start', 'error'])
})

test('errors outside the body have the same shape', async () => {
  const { 'x-api-key': _, ...keyless } = HEADERS
  const { 'anthropic-version': __, ...versionless } = HEADERS
  const answers = [
    await post(say('Hi'), { headers: keyless }),
    await post(say('Hi'), { headers: { ...HEADERS, 'x-api-key': 'nobody' } }),
    await post(say('Hi'), { headers: versionless }),
    await post(say('Hi'), { headers: { ...HEADERS, 'content-type': 'text/plain' } }),
    await post('{'),
    await post(''),
    await fetch(`${reference.url}/messages`, { headers: HEADERS }),
  ]
  expect((await Promise.all(answers.map(refusal))).map(([status, type]) => [status, type])).toEqual(
    [
      [401, 'authentication_error'],
      [401, 'authentication_error'],
      [400, 'invalid_request_error'],
      [415, 'invalid_request_error'],
      [400, 'invalid_request_error'],
      [400, 'invalid_request_error'],
      [405, 'invalid_request_error'],
    ],
  )
  const bearer = { ...keyless, authorization: 'Bearer test' }
  expect((await post(say('Hi'), { headers: bearer })).status).toBe(200)
})

async function withReference(
  options: ReferenceOptions,
  ask: (at: Reference) => Promise<void>,
): Promise<void> {
  const at = await startReference({ speak: ['responses', 'chat', 'messages'], ...options })
  try {
    await ask(at)
  } finally {
    await at.close()
  }
}

const CHAT = {
  path: '/chat/completions',
  headers: { 'content-type': 'application/json', authorization: 'Bearer test' },
}

test('neither is there unless asked for', async () => {
  await withReference({ speak: ['responses'] }, async (at) => {
    expect((await post(say('Hi'), { at, headers: CHAT.headers })).status).toBe(404)
    expect((await post(say('Hi'), { at, ...CHAT })).status).toBe(404)
    expect((await post(say('Hi'), { at })).status).toBe(401)
  })
})

test('Responses is not there unless asked for as well', async () => {
  const input = JSON.stringify({ model: 'reference', input: 'Hi' })
  expect((await post(input, { ...CHAT, path: '/responses' })).status).toBe(404)
})

test('a weak model is as weak there', async () => {
  await withReference({ weak: 'unknown' }, async (at) => {
    const texts = [
      textOf(await (await post(say('Reply with exactly: x'), { at })).json()),
      ((await (await post(say('Reply with exactly: x'), { at, ...CHAT })).json()) as Any).choices[0]
        .message.content,
    ]
    expect(texts).toEqual(['unknown', 'unknown'])
  })
})

test('a mutant of Responses leaves them alone', async () => {
  const reply = (): Any => ({ status: 500, headers: {}, body: { none: true } })
  await withReference({ mutant: { reply } }, async (at) => {
    expect((await post(say('Hi'), { at })).status).toBe(200)
    const input = { model: 'reference', input: 'Hi' }
    expect((await post(JSON.stringify(input), { at, ...CHAT, path: '/responses' })).status).toBe(
      500,
    )
  })
})

test('the dialect of Responses does not change how they end', async () => {
  await withReference({ dialect: 'open-responses' }, async (at) => {
    const streams = [
      await post({ ...say('Hi'), stream: true }, { at }),
      await post({ ...say('Hi'), stream: true }, { at, ...CHAT }),
    ]
    const [messages, chat] = await Promise.all(streams.map((one) => one.text()))
    expect(messages).not.toContain('[DONE]')
    expect(chat!.match(/\[DONE\]/g)).toHaveLength(1)
  })
})

test('limits meet them, in their own shape', async () => {
  await withReference({ faults: { rateLimit: { requests: 1, per: 60_000 } } }, async (at) => {
    expect((await post(say('Hi'), { at })).status).toBe(200)
    const limited = await post(say('Hi'), { at })
    expect((await refusal(limited)).slice(0, 2)).toEqual([429, 'rate_limit_error'])
    expect(limited.headers.get('retry-after')).not.toBeNull()
    const chat: Any = await (await post(say('Hi'), { at, ...CHAT })).json()
    expect(chat.error.code).toBe('rate_limit_exceeded')
  })
})

test.each([
  ['/messages', HEADERS, /^event: content_block_delta/],
  [CHAT.path, CHAT.headers, /"delta":\{"content"/],
])('a wait before each delta of %s', async (path, headers, delta) => {
  const text = await (await post({ ...say('Hi'), stream: true }, { path, headers })).text()
  const frames = text.split(/(?<=\n\n)/)
  const actions = frames.map((frame) => ({ bytes: Buffer.from(frame) }))
  const admitted = await createFaults({ firstToken: 800, tokenRate: 40 }, Date.now).admit()
  const paced = admitted.distort(actions)
  const awaited = paced.flatMap((action, index) => {
    const next = paced[index + 1]
    return 'wait' in action && next !== undefined && 'bytes' in next
      ? [[action.wait, String(next.bytes)]]
      : []
  })
  const deltas = frames.filter((frame) => delta.test(frame))
  expect(deltas.length).toBeGreaterThan(5)
  expect(awaited).toEqual(deltas.map((frame, index) => [index === 0 ? 800 : 25, frame]))
})
