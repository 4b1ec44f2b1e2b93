// A provider that is reached over TLS, with an authority of the user's own, through an HTTP proxy.

import { readFileSync } from 'node:fs'
import { createServer as createProxy } from 'node:http'
import { createServer as createTls } from 'node:https'
import { connect } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import type { Target } from '../../../src/target/target-and-keys.ts'
import type { WireRequest } from '../../../src/types/index.ts'
import { createRedactor } from '../../../src/target/redact.ts'
import { createSender, type SendResult } from '../../../src/transport/http.ts'
import { createAnswer, createStreamReply } from '../../field/hostile/answers.ts'
import { hostileTarget } from '../../field/hostile/battery.ts'
import { listen } from '../../field/hostile/serve.ts'

/** Signed for `localhost` by the authority beside it, which nobody trusts, until the year 2126. */
const PEM = readFileSync(new URL('localhost.pem', import.meta.url), 'utf8')
const CA = fileURLToPath(new URL('own-ca.pem', import.meta.url))

const provider = await listen(
  createTls({ key: PEM, cert: PEM }, (request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      const streamed = body.includes('"stream":true')
      const type = streamed ? 'text/event-stream' : 'application/json'
      response.writeHead(200, { 'content-type': type })
      response.end(streamed ? createStreamReply('fi', 'ne') : JSON.stringify(createAnswer('fine')))
    })
  }),
  'https',
)

/** What the proxy was asked for: tunnels only, so that it sees no key. */
const asked: string[] = []
const tunnels = createProxy((_, response) => response.writeHead(405).end())
tunnels.on('connect', (request, socket, head) => {
  const { 'proxy-authorization': credentials = 'nobody' } = request.headers
  asked.push(`${request.method} ${request.url} as ${credentials}`)
  if (credentials !== `Basic ${Buffer.from('user:a pass').toString('base64')}`) {
    socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n')
    return
  }
  const { port } = new URL(`http://${request.url}`)
  const upstream = connect(Number(port), '127.0.0.1', () => {
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
    upstream.write(head)
    upstream.pipe(socket).pipe(upstream)
  })
  for (const end of [socket, upstream]) end.on('error', () => upstream.destroy())
})
const proxy = await listen(tunnels)

afterAll(() => Promise.all([provider.close(), proxy.close()]))

const { port } = new URL(provider.url)
const through = `http://user:a%20pass@${new URL(proxy.url).host}`

async function send(more: Partial<Target>, streamed = false): Promise<SendResult> {
  const target = { ...hostileTarget('far', `https://localhost:${port}/v1`, 20_000), ...more }
  const sender = createSender(target, createRedactor([]))
  const request: WireRequest = {
    operation: 'create',
    method: 'POST',
    path: '/responses',
    body: { json: { model: 'm', input: 'hello', ...(streamed ? { stream: true } : {}) } },
  }
  try {
    return await sender.send(request, new AbortController().signal)
  } finally {
    await sender.close()
  }
}

test('an answer and a stream come through the tunnel', async () => {
  const whole = await send({ proxy: through, ca: CA })
  expect(whole).toMatchObject({ exchange: { status: 200, body: { kind: 'json' } } })
  const streamed = await send({ proxy: through, ca: CA }, true)
  expect(streamed).toMatchObject({ exchange: { status: 200, body: { kind: 'events' } } })
  const credentials = Buffer.from('user:a pass').toString('base64')
  expect(new Set(asked)).toEqual(new Set([`CONNECT localhost:${port} as Basic ${credentials}`]))
})

test('without the authority nothing is trusted, neither directly nor through the proxy', async () => {
  for (const more of [{}, { proxy: through }]) {
    const result = await send(more)
    expect(result).toMatchObject({
      failed: { reason: 'unreachable', note: expect.stringMatching(/certificate/i) as string },
    })
  }
  expect(await send({ ca: CA })).toMatchObject({ exchange: { status: 200 } })
})

test('a proxy that wants another password is named as what is in the way', async () => {
  const result = await send({ proxy: proxy.url.replace('/v1', ''), ca: CA })
  expect(result).toMatchObject({
    failed: { reason: 'unreachable', note: expect.stringMatching(/proxy|407/i) as string },
  })
})
