// The proxy between a real client and a target holds the key and says what passed.

import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { startReference } from '../../../reference/main.ts'
import { createBuiltInTarget } from '../../../src/run/built-in-provider.ts'
import { startProxy } from '../../../src/drivers/recording-proxy.ts'

const KEY = 'reference-key-behind-the-proxy'

async function ask(url: string, body: object, path = '/responses'): Promise<Response> {
  return fetch(`${url}${path}`, {
    method: 'POST',
    headers: { authorization: 'Bearer not-the-key', 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

test('passes requests on with the key of the target, streams included', async () => {
  const reference = await startReference({ keys: [KEY] })
  process.env['RESPONSES_CONFORMANCE_PROXY_KEY'] = KEY
  const target = {
    ...createBuiltInTarget('openai', reference.url),
    keyEnv: 'RESPONSES_CONFORMANCE_PROXY_KEY',
  }
  const proxy = await startProxy(target)
  try {
    const question = { model: 'reference', input: 'Reply with exactly: hello' }
    const answer = (await (await ask(proxy.url, question)).json()) as { status: string }
    expect(answer.status).toBe('completed')
    const stream = await ask(proxy.url, { ...question, stream: true })
    expect(stream.headers.get('content-type')).toMatch(/^text\/event-stream/)
    expect(await stream.text()).toContain('response.completed')
    expect((await ask(proxy.url, { ...question, input: 7 })).status).toBe(400)
    expect(proxy.passed).toMatchObject([
      { request: 'POST /responses', status: 200 },
      { request: 'POST /responses', status: 200 },
      { request: 'POST /responses', status: 400 },
    ])
    expect(JSON.stringify(proxy.passed)).not.toContain(KEY)
  } finally {
    await proxy.close()
    await reference.close()
  }
})

test('tells when a client has asked too often', async () => {
  const proxy = await startProxy(createBuiltInTarget('openai', 'http://127.0.0.1:9/v1'))
  try {
    const second = proxy.asked(2).then(() => proxy.passed.length)
    await ask(proxy.url, {})
    await ask(proxy.url, {})
    expect(await second).toBeLessThan(3)
  } finally {
    await proxy.close()
  }
})

test('says that a target cannot be reached', async () => {
  const proxy = await startProxy(createBuiltInTarget('openai', 'http://127.0.0.1:9/v1'))
  try {
    expect((await ask(proxy.url, {})).status).toBe(502)
    expect(proxy.passed).toMatchObject([{ status: 502, receivedBytes: 0 }])
  } finally {
    await proxy.close()
  }
})

test('what is too long is refused, and whoever hangs up ends nothing', async () => {
  const proxy = await startProxy(createBuiltInTarget('openai', 'http://127.0.0.1:9/v1'))
  const { port } = new URL(proxy.url)
  const head = 'POST /v1/responses HTTP/1.1\r\nhost: x\r\ncontent-length: 99000000\r\n\r\n'
  const said = await new Promise<string>((resolve) => {
    const socket = connect(Number(port), '127.0.0.1', () => {
      socket.write(head)
      const chunk = Buffer.alloc(1024 * 1024)
      const pour = (left: number): void => {
        if (left > 0 && !socket.destroyed) socket.write(chunk, () => pour(left - 1))
      }
      pour(70)
    })
    let text = ''
    socket.on('error', () => undefined).on('close', () => resolve(text))
    socket.on('data', (part) => (text += part.toString()))
  })
  expect(said).toMatch(/^HTTP\/1\.1 413 /)
  const gone = connect(Number(port), '127.0.0.1', () => gone.write(head, () => gone.destroy()))
  await new Promise((resolve) => gone.on('close', resolve))
  const next = await fetch(`${proxy.url}/models`)
  expect(next.status).toBe(502)
  await proxy.close()
})

test.each([
  '/v1/../admin',
  '/../admin',
  '/v1/%2e%2e/admin',
  '/v1/responses/../../admin',
  '\\..\\admin',
  'http://127.0.0.1:9/',
])('leads the key nowhere but to the API: %s', async (path) => {
  const proxy = await startProxy(createBuiltInTarget('openai', 'http://127.0.0.1:9/v1'))
  try {
    const { port, hostname } = new URL(proxy.url)
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(Number(port), hostname, () => {
        socket.write(`GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`)
      })
      let text = ''
      socket.on('data', (chunk) => (text += chunk.toString('utf8')))
      socket.on('close', () => resolve(text))
    })
    expect(answer).toMatch(/^HTTP\/1\.1 400 /)
    expect(proxy.passed).toEqual([])
  } finally {
    await proxy.close()
  }
})
