// How much of an answer is read: what lies beyond is said to, by the name of its limit, and never held
// against a provider.

import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import { parseLimits, READING_LIMITS } from '../../../src/target/reading-limits.ts'
import {
  isSavedExchange,
  openStore,
  restoreExchange,
} from '../../../src/evidence/saved-exchanges.ts'
import { readSaved } from '../../../src/evidence/saved-exchanges.ts'
import { doubtAbout } from '../../../src/evidence/send-step.ts'
import { createRedactor } from '../../../src/target/redact.ts'
import { DEFAULT_LIMITS, type Target } from '../../../src/target/target-and-keys.ts'
import { createSender, type SendResult } from '../../../src/transport/http.ts'
import { createSockets } from '../../../src/transport/websocket.ts'
import type {
  Doubt,
  LimitName,
  ReadingLimits,
  Step,
  WireRequest,
} from '../../../src/types/index.ts'
import { createEmptyFolder } from '../../empty-folder.ts'

const closing: (() => void)[] = []
afterAll(() => closing.forEach((close) => close()))

const REQUEST: WireRequest = {
  operation: 'create',
  method: 'POST',
  path: '/responses',
  body: { json: { model: 'm', input: 'x', stream: true } },
}
const STEP = { request: () => REQUEST, expect: 'success' } as Step

function targetAt(port: number, limits: Partial<Target['limits']>): Target {
  return {
    id: 'limited',
    name: 'limited',
    baseUrl: `http://127.0.0.1:${port}/v1`,
    auth: [],
    headers: {},
    models: { text: 'm' },
    limits: { ...DEFAULT_LIMITS, ...limits },
    origin: 'live',
    yardsticks: ['openai'],
    gate: ['openai'],
    has: [],
  }
}

/** Answers every request with these bytes. */
async function answerWith(bytes: Buffer | string, isOpen = false): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.once('data', () => void (isOpen ? socket.write(bytes) : socket.end(bytes)))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  closing.push(() => server.close())
  return (server.address() as AddressInfo).port
}

async function send(port: number, limits: Partial<Target['limits']>): Promise<SendResult> {
  const sender = createSender(targetAt(port, limits), createRedactor([]))
  const result = await sender.send(REQUEST, new AbortController().signal)
  await sender.close()
  return result
}

function doubtOf(result: SendResult): Doubt | undefined {
  return 'failed' in result ? result.failed : doubtAbout(result.exchange, STEP).doubt
}

const head = (more: string): string => `HTTP/1.1 200 OK\r\n${more}\r\n\r\n`
const whole = (body: Buffer | string, more = 'content-type: application/json'): Buffer =>
  Buffer.concat([
    Buffer.from(head(`${more}\r\ncontent-length: ${Buffer.byteLength(body)}`)),
    Buffer.from(body),
  ])
const STREAM = 'content-type: text/event-stream'
const frames = (count: number, data = '{"type":"x"}'): string =>
  `event: x\ndata: ${data}\n\n`.repeat(count)

const BEYOND: readonly (readonly [string, Partial<ReadingLimits>, Buffer | string])[] = [
  ['a body', { 'body-bytes': 100 }, whole(JSON.stringify({ a: 'x'.repeat(200) }))],
  [
    'a body of gzip',
    { 'body-bytes': 100 },
    whole(gzipSync(JSON.stringify({ a: 'x'.repeat(2000) })), 'content-encoding: gzip'),
  ],
  [
    'a body in pieces',
    { chunks: 5 },
    `${head(`${STREAM}\r\ntransfer-encoding: chunked`)}${'1\r\n:\r\n'.repeat(10)}0\r\n\r\n`,
  ],
  ['a stream', { events: 3 }, whole(frames(5), STREAM)],
  ['a value', { 'json-levels': 3 }, whole('[[[[1]]]]')],
  ['a value of many', { 'json-values': 3 }, whole('[1,2,3,4,5]')],
  ['a payload', { 'json-levels': 3 }, whole(frames(2, '[[[[1]]]]'), STREAM)],
]

describe.each(BEYOND)('%s beyond %o', (_, reading, bytes) => {
  const [name] = Object.keys(reading) as LimitName[]

  test('is judged by nobody, and named', async () => {
    const doubt = doubtOf(await send(await answerWith(bytes), { reading }))
    expect(doubt).toMatchObject({ reason: 'limit' })
    expect(doubt?.note).toContain(`"${name}"`)
    expect(doubt?.note).toContain(String(reading[name!]))
  })

  test('within it is judged', async () => {
    expect(doubtOf(await send(await answerWith(bytes), {}))).toBeUndefined()
  })

  test('is the same when it is judged again', async () => {
    const result = await send(await answerWith(bytes), { reading })
    if ('failed' in result) throw new Error(result.failed.note)
    const folder = createEmptyFolder()
    const { evidence } = await openStore(folder).save(result.exchange, result.bytes)
    const again = restoreExchange(readSaved(folder, evidence!)!)
    expect(doubtAbout(again, STEP)).toEqual(doubtAbout(result.exchange, STEP))
  })
})

test('an answer that does not begin in time', async () => {
  const silent = await answerWith(head(STREAM), true)
  expect(doubtOf(await send(silent, { firstByteMs: 50 }))).toMatchObject({ reason: 'timeout' })
  const begun = await answerWith(whole(frames(1), STREAM), true)
  expect(doubtOf(await send(begun, { firstByteMs: 600_000 }))).toBeUndefined()
})

test('a head beyond "head-bytes"', async () => {
  const port = await answerWith(
    whole('{}', `content-type: application/json\r\nx: ${'x'.repeat(2000)}`),
  )
  const doubt = doubtOf(await send(port, { reading: { 'head-bytes': 1000 } }))
  expect(doubt).toMatchObject({ reason: 'limit' })
  expect(doubt?.note).toContain('the limit "head-bytes"')
  expect(doubtOf(await send(port, {}))).toBeUndefined()
})

describe('redirects', () => {
  const to = (location: string): string =>
    `HTTP/1.1 307 Temporary Redirect\r\nlocation: ${location}\r\ncontent-length: 0\r\n\r\n`

  /** Redirects so many requests to itself, and answers the next; counts them. */
  async function redirecting(
    count: number,
    location: (n: number, port: number) => string,
  ): Promise<{ readonly port: number; readonly asked: string[] }> {
    const asked: string[] = []
    const server = createServer((socket) => {
      socket.on('error', () => undefined)
      socket.on('data', (bytes) => {
        const line = /^POST \S+/.exec(bytes.toString('latin1'))?.[0]
        if (line === undefined) return
        asked.push(line)
        const { port } = server.address() as AddressInfo
        socket.write(asked.length <= count ? to(location(asked.length, port)) : whole('{"a":1}'))
      })
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    closing.push(() => server.close())
    return { port: (server.address() as AddressInfo).port, asked }
  }

  test('are not followed, and the answer is the redirect', async () => {
    const { port, asked } = await redirecting(1, () => '/elsewhere')
    const result = await send(port, {})
    expect('exchange' in result && result.exchange.status).toBe(307)
    expect(asked.length).toBe(1)
  })

  test('to the same host are followed as often as is chosen', async () => {
    const { port, asked } = await redirecting(2, (n) => `/v1/again/${n}`)
    const result = await send(port, { reading: { redirects: 2 } })
    expect(doubtOf(result)).toBeUndefined()
    expect('exchange' in result && result.exchange.status).toBe(200)
    expect(asked).toEqual(['POST /v1/responses', 'POST /v1/again/1', 'POST /v1/again/2'])
  })

  test('beyond the limit are judged by nobody, and named', async () => {
    const { port, asked } = await redirecting(99, (n) => `/v1/again/${n}`)
    const doubt = doubtOf(await send(port, { reading: { redirects: 3 } }))
    expect(doubt).toMatchObject({ reason: 'limit' })
    expect(doubt?.note).toContain('the limit "redirects"')
    expect(asked.length).toBe(4)
  })

  test.each([
    ['another host', () => 'http://localhost:1/v1'],
    ['another port', (_: number, port: number) => `http://127.0.0.1:${port + 1}/v1`],
    ['another scheme', (_: number, port: number) => `https://127.0.0.1:${port}/v1`],
    ['a user', (_: number, port: number) => `http://u:p@localhost:${port}/v1`],
    ['no address', () => 'http://['],
  ])('to %s are not followed: it is sent no key', async (_, location) => {
    const { port, asked } = await redirecting(99, location)
    const result = await send(port, { reading: { redirects: 3 } })
    expect('exchange' in result && result.exchange.status).toBe(307)
    expect(asked.length).toBe(1)
  })
})

test.each([
  ['one frame', [JSON.stringify({ type: 'x', pad: 'x'.repeat(5000) })]],
  ['many frames', Array.from({ length: 10 }, () => '{"type":"x"}')],
])('%s of a WebSocket beyond "body-bytes"', async (_, sent) => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  closing.push(() => server.close())
  server.on('connection', (socket) => {
    socket.on('error', () => undefined)
    socket.on('message', () => sent.forEach((frame) => socket.send(frame)))
  })
  await once(server, 'listening')
  const target = targetAt((server.address() as AddressInfo).port, {
    reading: { 'body-bytes': 4000 },
  })
  const sockets = createSockets(target, createRedactor([]))
  const request = { ...REQUEST, transport: 'websocket' } as const
  const result = await sockets.turn(request, new AbortController().signal)
  sockets.close()
  expect(doubtOf(result)).toMatchObject({ reason: 'limit' })
})

test.each([
  ['body-bytes=0', /from 1 to 33554432/],
  ['body-bytes=99999999999', /from 1 to 33554432/],
  ['bytes=5', /no limit "bytes"/],
  ['redirects=11', /from 0 to 10/],
  ['schema-steps=0', /from 1 to 400/],
  ['__proto__=5', /no limit/],
  ['events', /NAME=NUMBER/],
  ['events=1e9', /NAME=NUMBER/],
])('--limit %s is refused', (text, why) => {
  expect(() => parseLimits(text)).toThrow(why)
})

test('a limit that a file of evidence names is within bounds', () => {
  const saved = {
    request: REQUEST,
    status: 200,
    headers: [],
    ending: 'complete',
    raw: { sha256: '', bytes: 0, kept: 0 },
  }
  const isTaken = (more: object): boolean => isSavedExchange({ ...saved, ...more })
  expect(isTaken({ limits: { events: READING_LIMITS.events.most }, beyond: 'events' })).toBe(true)
  expect(isTaken({ limits: { events: READING_LIMITS.events.most + 1 } })).toBe(false)
  expect(isTaken({ limits: { 'json-levels': 1e9 } })).toBe(false)
  expect(isTaken({ beyond: 'toString' })).toBe(false)
})
