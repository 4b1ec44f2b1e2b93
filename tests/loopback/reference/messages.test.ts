// Anthropic's Messages in front of the reference model, asked without a client.

import { afterAll, describe, expect, test } from 'vitest'
import { startReference } from '../../../reference/main.ts'
import { drawWord } from '../../../src/request/draw-image.ts'
import { writePdf } from '../../../src/request/write-pdf.ts'
import type { Any } from './client.ts'
import {
  MESSAGES_HEADERS,
  messageTextIn,
  postMessage,
  readRefusedMessage,
  sayAsUser,
} from './messages-client.ts'

const reference = await startReference({ speak: ['messages'] })
afterAll(() => reference.close())

const post = (
  body: object | string,
  options?: { path?: string; headers?: Record<string, string> },
): Promise<Response> => postMessage(reference, body, options)

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

const lookUp = {
  name: 'look_up',
  input_schema: {
    type: 'object',
    properties: { city: { type: 'string', enum: ['Oslo', 'Lima', 'unknown'] } },
    required: ['city'],
    additionalProperties: false,
  },
}
const called = { ...sayAsUser('The city is Lima. Call look_up.'), tools: [lookUp] }

test('text, and the tokens that it took', async () => {
  const message = await create(sayAsUser('Reply with exactly: seven seas'))
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
  const longer = await create(sayAsUser(`Reply with exactly: seven seas\n${'filler '.repeat(400)}`))
  expect(longer.usage.input_tokens - message.usage.input_tokens).toBe(700)
  const counted = await post(
    { model: 'reference', max_tokens: undefined, ...sayAsUser('Reply with exactly: seven seas') },
    { path: '/messages/count_tokens' },
  )
  expect(await counted.json()).toEqual({ input_tokens: message.usage.input_tokens })
})

test.each([
  ['text', sayAsUser('Count from 1 to 9 in English words.')],
  ['an input', called],
  [
    'several calls',
    { ...sayAsUser('Call look_up once for each of: Oslo, Lima.'), tools: [lookUp] },
  ],
  ['a refusal', sayAsUser('Please refuse this request.')],
  [
    'a thought',
    {
      ...sayAsUser('Reply with exactly: x'),
      max_tokens: 2000,
      thinking: { type: 'enabled', budget_tokens: 1024 },
    },
  ],
  ['what was cut', { ...sayAsUser('Count from 1 to 9 in English words.'), max_tokens: 3 }],
])('a stream adds up to the message: %s', async (_, body) => {
  const [whole, streamed] = [await create(body), assemble(await eventsOf(body))]
  const ids = JSON.stringify([whole, streamed]).match(/"(?:msg|toolu)_\w+"/g)!
  expect(new Set(ids).size).toBe(ids.length)
  const plain = (message: Any): Any =>
    JSON.parse(JSON.stringify(message).replaceAll(/"(msg|toolu)_\w+"/g, '"$1"'))
  expect(plain(streamed)).toEqual(plain(whole))
})

test('says why it stopped', async () => {
  const count = sayAsUser('Count from 1 to 9 in English words.')
  const reasons = await Promise.all(
    [
      { ...count, max_tokens: 3 },
      { ...count, stop_sequences: ['five', ' three'] },
      called,
      sayAsUser('Please refuse this request.'),
    ].map(create),
  )
  expect(reasons.map(({ stop_reason: why }) => why)).toEqual([
    'max_tokens',
    'stop_sequence',
    'tool_use',
    'refusal',
  ])
  expect(messageTextIn(reasons[0])).toBe('one, two')
  expect(messageTextIn(reasons[1])).toBe('one, two,')
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
    expect(messageTextIn(await create({ messages: turns, tools: [lookUp] }))).toContain('Rain.')
  })

  test.each([
    [{ type: 'any' }, 1],
    [{ type: 'tool', name: 'look_up' }, 1],
    [{ type: 'none' }, 0],
    [{ type: 'auto' }, 0],
  ])('a choice is followed: %j', async (choice, calls) => {
    const { content } = await create({ ...sayAsUser('Hi'), tools: [lookUp], tool_choice: choice })
    expect(content.filter(({ type }: Any) => type === 'tool_use')).toHaveLength(calls)
  })

  test('one by one', async () => {
    const { content } = await create({
      ...sayAsUser('Call look_up once for each of: Oslo, Lima.'),
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
    { system: word, ...sayAsUser('Which word?') },
    { system: [{ type: 'text', text: word }], ...sayAsUser('Which word?') },
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
    expect(JSON.parse(messageTextIn(answer))).toEqual({ word: 'ZX7-0000AAAA' })
  }
  const unheard = await create({ ...sayAsUser('Which word?'), output_format: format })
  expect(JSON.parse(messageTextIn(unheard))).toEqual({ word: 'unknown' })
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
    sayAsUser([
      { type, source },
      { type: 'text', text: 'Which word?' },
    ]),
  )
  expect(messageTextIn(seen)).toContain(WORD)
})

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
    sayAsUser([{ type: 'tool_result', tool_use_id: 'toolu_nowhere', content: 'Rain.' }]),
    400,
    'invalid_request_error',
    /toolu_nowhere/,
  ],
  [sayAsUser('Please fail while answering.'), 500, 'api_error', /failed/],
])('refuses %j', async (body, status, type, message) => {
  const refused = await readRefusedMessage(await post({ ...sayAsUser('Hi'), ...body }))
  expect(refused).toEqual([status, type, expect.stringMatching(message)])
})

test('a failure in a stream is its last event', async () => {
  const types = (await eventsOf(sayAsUser('Please fail while answering.'))).map(({ type }) => type)
  expect(types).toEqual(['message_start', 'error'])
})

test('errors outside the body have the same shape', async () => {
  const { 'x-api-key': _, ...keyless } = MESSAGES_HEADERS
  const { 'anthropic-version': __, ...versionless } = MESSAGES_HEADERS
  const answers = [
    await post(sayAsUser('Hi'), { headers: keyless }),
    await post(sayAsUser('Hi'), { headers: { ...MESSAGES_HEADERS, 'x-api-key': 'nobody' } }),
    await post(sayAsUser('Hi'), { headers: versionless }),
    await post(sayAsUser('Hi'), { headers: { ...MESSAGES_HEADERS, 'content-type': 'text/plain' } }),
    await post('{'),
    await post(''),
    await fetch(`${reference.url}/messages`, { headers: MESSAGES_HEADERS }),
  ]
  expect(
    (await Promise.all(answers.map(readRefusedMessage))).map(([status, type]) => [status, type]),
  ).toEqual([
    [401, 'authentication_error'],
    [401, 'authentication_error'],
    [400, 'invalid_request_error'],
    [415, 'invalid_request_error'],
    [400, 'invalid_request_error'],
    [400, 'invalid_request_error'],
    [405, 'invalid_request_error'],
  ])
  const bearer = { ...keyless, authorization: 'Bearer test' }
  expect((await post(sayAsUser('Hi'), { headers: bearer })).status).toBe(200)
})
