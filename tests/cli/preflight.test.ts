// What keeps a run from judging anything is one sentence with what to do, and exit code 3; a wrong answer of
// the API itself is judged.

import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startReference, type Reference } from '../../reference/main.ts'
import { readRunResult } from '../../src/result/run-json.ts'
import type { RunResult } from '../../src/types/index.ts'
import { createEmptyFolder } from '../empty-folder.ts'
import { runCommandLine, type FinishedCommand } from './command.ts'

/** A certificate of this machine, with its key; its own authority. */
const PEM = fileURLToPath(new URL('loopback.pem', import.meta.url))
const SECURE = { key: readFileSync(PEM), cert: readFileSync(PEM) }

const KEY = 'a-key-of-a-test-of-preflights'

let reference: Reference
beforeAll(async () => {
  reference = await startReference({ keys: [KEY] })
})
afterAll(() => reference.close())

interface Asked extends FinishedCommand {
  readonly result: RunResult
}

async function ask(baseUrl: string, more: readonly string[] = []): Promise<Asked> {
  const out = join(createEmptyFolder(), 'out')
  const target = ['--base-url', baseUrl, '--api-key-env', 'K', '--out', out]
  const model = more.includes('--model') ? [] : ['--model', 'reference']
  const args = ['run', ...target, ...model, '--check', 'basic/object-type', ...more]
  const finished = await runCommandLine(args, { env: { K: KEY } })
  const file = join(out, 'run.json')
  return { ...finished, result: readRunResult(readFileSync(file, 'utf8'), file) }
}

/** A server while it is asked; `origin` is its address without a path. */
async function askServer(
  server: Server,
  path = '/v1',
  { scheme = 'http', more = [] }: { scheme?: string; more?: readonly string[] } = {},
): Promise<Asked> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const asked = await ask(`${scheme}://127.0.0.1:${port}${path}`, more)
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  return asked
}

/** Nothing was judged, and every report says why. */
function expectUnjudged({ code, stdout, stderr, result }: Asked, says: RegExp): void {
  expect(stderr).toMatch(says)
  expect(stderr).not.toMatch(/^\s+at /m)
  expect(stderr + stdout).not.toContain(KEY)
  expect([code, result.run.complete]).toEqual([3, false])
  expect(result.run.incomplete).toMatch(says)
  expect(result.verdicts.filter(({ outcome }) => /pass|fail|warn/.test(outcome))).toEqual([])
}

const json = (status: number, value: unknown, headers = {}): RequestListener => {
  const body = JSON.stringify(value)
  return (_, reply) =>
    void reply.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body)
}
const page = (status: number, text: string): RequestListener => {
  return (_, reply) => void reply.writeHead(status, { 'content-type': 'text/html' }).end(text)
}
const error = (message: string, more = {}) => ({ error: { message, type: 'x', ...more } })

/** Passes what is asked below a path on to the reference, as if it stood there. */
function mountedAt(prefix: string, otherwise: RequestListener): Server {
  return createServer((request, reply) => {
    if (!request.url!.startsWith(`${prefix}/`)) return otherwise(request, reply)
    void forward(request, reference.url + request.url!.slice(prefix.length)).then(
      async (answer) => {
        const type = answer.headers.get('content-type') ?? 'application/json'
        reply.writeHead(answer.status, { 'content-type': type }).end(await answer.text())
      },
    )
  })
}

async function forward(request: IncomingMessage, url: string): Promise<Response> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const { authorization = '' } = request.headers
  return fetch(url, {
    method: request.method!,
    headers: { authorization, 'content-type': 'application/json' },
    ...(chunks.length === 0 ? {} : { body: Buffer.concat(chunks) }),
  })
}

describe('nothing can be judged', () => {
  test('a closed port, and a host that there is not', async () => {
    expectUnjudged(await ask('http://127.0.0.1:9/v1'), /ECONNREFUSED.*is the server running/)
    expectUnjudged(await ask('http://nowhere.invalid/v1'), /nowhere\.invalid.*; .*--proxy URL/)
  })

  test.each<readonly [string, RequestListener, RegExp]>([
    ['wrong key', json(401, error('Incorrect key')), /refused \(HTTP 401\): Incorrect.* key in K/],
    ['no right', json(403, error('No access')), /the key was refused \(HTTP 403\): No access/],
    [
      'a firewall',
      page(403, '<!doctype html><title>Attention Required!</title>'),
      /HTTP 403 with a web page: a firewall.*--header/,
    ],
    ['a challenge', page(503, '<html>Just a moment…'), /HTTP 503 with a web page/],
    ['no credit', json(402, error('Pay')), /HTTP 402: Pay; .*no credit/],
    [
      'a used quota',
      json(429, error('You exceeded your quota', { code: 'insufficient_quota' })),
      /HTTP 429: You exceeded your quota; .*no credit/,
    ],
    [
      'a limit of hours',
      json(429, error('slow down'), { 'retry-after': '3600' }),
      /HTTP 429: slow down \(Retry-After: 3600\); wait, or give --rate/,
    ],
    [
      'a limit that stays',
      json(429, error('slow down'), { 'retry-after-ms': '1' }),
      /HTTP 429: slow down; .*--rate/,
    ],
    ['a web page', page(200, '<!doctype html><title>Hello</title>'), /answers with a web page/],
    [
      'a page without a label',
      (_, reply) => void reply.writeHead(200).end('<html>Hello</html>'),
      /answers with a web page/,
    ],
    [
      'nothing there',
      json(404, { detail: 'Not Found' }),
      /not there \(HTTP 404: Not Found\); .*\/v1/,
    ],
    [
      'somewhere else',
      json(308, {}, { location: '/api/v1/responses' }),
      /sends elsewhere .*--base-url http:.*\/api\/v1$/m,
    ],
    ['an outage', json(500, error('no worker'), { 'retry-after-ms': '1' }), /HTTP 500 to the plai/],
    [
      'an outage of what is behind',
      json(502, error('bad gateway'), { 'retry-after-ms': '1' }),
      /HTTP 502 to the plainest request.*down or overloaded/,
    ],
    ['a proxy', json(407, {}), /HTTP 407; the proxy wants a name/],
  ])('%s', async (_, listener, says) => {
    expectUnjudged(await askServer(createServer(listener)), says)
  })

  test.each([
    ['/v1', ''],
    ['/v1', '/api'],
    ['/api/v1', '/v1'],
    ['/openai/v1', '/v1'],
    ['/v1', '/v1/chat/completions'],
    ['/gate/way/v1', '/gate/way'],
    ['/api', '/api/v1'],
  ])('the API is at %s and %s was given', async (right, given) => {
    for (const otherwise of [json(404, error('No route')), page(200, '<!doctype html>Shop')]) {
      const asked = await askServer(mountedAt(right, otherwise), given)
      expectUnjudged(asked, new RegExp(`--base-url http://127\\.0\\.0\\.1:\\d+${right}$`, 'm'))
    }
  })

  test('an API of Chat Completions alone', async () => {
    const server = createServer((request, reply) =>
      request.url === '/v1/chat/completions'
        ? json(400, error('messages is missing'))(request, reply)
        : json(404, error('No route'))(request, reply),
    )
    expectUnjudged(await askServer(server, '/api'), /Chat Completions are offered at .*\/v1, and/)
  })

  test('TLS where plain HTTP was meant, and plain HTTP where TLS was', async () => {
    const secure = createTlsServer(SECURE, json(200, {}))
    expectUnjudged(await askServer(secure), /speaks TLS, .*--base-url https:\/\/127/)
    const plain = createServer(json(200, {}))
    expectUnjudged(await askServer(plain, '/v1', { scheme: 'https' }), /try http:\/\//)
    const told = createServer(page(400, 'The plain HTTP request was sent to HTTPS port'))
    // Here nobody speaks TLS: what is told is judged as what it is.
    expect((await askServer(told)).code).toBe(3)
  })

  test('a certificate that nobody knows, until its authority is given', async () => {
    const server = (): Server => createTlsServer(SECURE, json(401, error('who?')))
    const unknown = await askServer(server(), '/v1', { scheme: 'https' })
    expectUnjudged(unknown, /--ca FILE/)
    const more = ['--ca', PEM]
    expectUnjudged(await askServer(server(), '/v1', { scheme: 'https', more }), /HTTP 401/)
  })

  test.each([
    ['refrence', /no model refrence .*; perhaps --model reference/],
    ['openai/reference', /no model openai\/reference .*; perhaps --model reference/],
    ['gpt-9', /no model gpt-9 .*; give one of its own with --model; there (is|are)/],
  ])('the model %s', async (model, says) => {
    expectUnjudged(await ask(reference.url, ['--model', model]), says)
  })

  test('a model that is unknown in the words of other servers', async () => {
    for (const [status, body] of [
      [404, error("model 'reference' not found, try pulling it first")],
      [400, { detail: 'Unknown model: reference' }],
      [404, error('not found')],
    ] as const) {
      const server = createServer((request, reply) =>
        request.url === '/v1/models'
          ? json(200, { object: 'list', data: [{ id: 'reference-7b' }] })(request, reply)
          : json(status, body)(request, reply),
      )
      expectUnjudged(await askServer(server), /no model reference .*perhaps --model reference-7b/)
    }
  })

  test('a model that a gateway lists, and that its upstream does not have', async () => {
    const words = 'litellm.NotFoundError: OpenAIException - The model `reference` does not exist.'
    const server = createServer((request, reply) =>
      request.url === '/v1/models'
        ? json(200, { object: 'list', data: [{ id: 'reference' }] })(request, reply)
        : json(404, error(words))(request, reply),
    )
    expectUnjudged(await askServer(server), /model reference is listed, and refused .*behind it/)
  })
})

describe('a wrong answer of the API is a verdict, and not the end', () => {
  const stream = 'event: response.created\ndata: {"type":"response.created"}\n\n'

  test.each<readonly [string, RequestListener]>([
    ['null', json(200, null)],
    ['a completion', json(200, { object: 'chat.completion', choices: [] })],
    ['text', (_, reply) => void reply.writeHead(200, { 'content-type': 'text/plain' }).end('hi')],
    [
      'a stream that nobody asked for',
      (_, reply) => void reply.writeHead(200, { 'content-type': 'text/event-stream' }).end(stream),
    ],
    ['nothing', (_, reply) => void reply.writeHead(200).end()],
  ])('%s', async (_, listener) => {
    const more = ['--check', 'basic/*']
    const { stderr, result } = await askServer(createServer(listener), '/v1', { more })
    expect(stderr).not.toContain('was judged')
    // The run came to its end, and asked more than the one question before it.
    expect(result.run.complete).toBe(true)
    expect(result.targets[0]!.usage.requests).toBeGreaterThan(1)
  })

  test('a form that is refused or breaks the server, where another is answered', async () => {
    for (const [status, words] of [
      [400, 'Input should be a valid list of parts'],
      [400, 'this model takes parts only'],
      [500, 'string indices must be integers'],
    ] as const) {
      const server = createServer((request, reply) => {
        const chunks: Buffer[] = []
        request.on('data', (chunk: Buffer) => chunks.push(chunk))
        request.on('end', () => {
          const takes = Buffer.concat(chunks).includes('input_text')
          if (takes) reply.writeHead(200, { 'content-type': 'text/event-stream' }).end(stream)
          else json(status, error(words), { 'retry-after-ms': '1' })(request, reply)
        })
      })
      const { stderr, result } = await askServer(server)
      expect(stderr).not.toContain('was judged')
      expect(result.run.complete).toBe(true)
    }
  })
})

test('one target that cannot be asked keeps no other from being judged', async () => {
  const out = join(createEmptyFolder(), 'out')
  const of = (name: string, url: string): readonly string[] => [
    '--target',
    `${name}=${url},model=reference,api-key-env=K`,
  ]
  const { code, stderr } = await runCommandLine(
    [
      'run',
      ...of('here', reference.url),
      ...of('gone', 'http://127.0.0.1:9/v1'),
      '--check',
      'basic/object-type',
      '--out',
      out,
    ],
    { env: { K: KEY } },
  )
  expect([code, stderr]).toEqual([3, expect.stringContaining('nothing of gone was judged')])
  const file = join(out, 'run.json')
  const { verdicts } = readRunResult(readFileSync(file, 'utf8'), file)
  expect(verdicts.some(({ target, outcome }) => target === 'here' && outcome === 'pass')).toBe(true)
})

test('what was sent before counts, and a continued run asks what could not be asked', async () => {
  const cwd = createEmptyFolder()
  let open = false
  const server = createServer((request, reply) =>
    open ? void pass(request, reply) : json(401, error('not yet'))(request, reply),
  )
  async function pass(...[request, reply]: Parameters<RequestListener>): Promise<void> {
    const answer = await forward(request, reference.url + request.url!.slice(3))
    reply
      .writeHead(answer.status, { 'content-type': answer.headers.get('content-type')! })
      .end(await answer.text())
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
  const args = ['run', '--base-url', url, '--model', 'reference', '--api-key-env', 'K']
  const given = [...args, '--check', 'basic/object-type', '--out', 'out']
  expect(await runCommandLine(given, { cwd, env: { K: KEY } })).toMatchObject({ code: 3 })
  open = true
  expect(await runCommandLine([...given, '--resume'], { cwd, env: { K: KEY } })).toMatchObject({
    code: 0,
  })
  server.closeAllConnections()
  server.close()
  const file = join(cwd, 'out', 'run.json')
  const [target] = readRunResult(readFileSync(file, 'utf8'), file).targets
  expect(target!.usage.requests).toBe(3)
})

test('a provider that offers POST /responses alone conforms by Open Responses, which asks no more', async () => {
  const small = await startReference({ keys: [KEY], dialect: 'open-responses' })
  const server = createServer((request, reply) => {
    if (request.method !== 'POST' || request.url !== '/v1/responses') {
      return json(404, error('Not found', { code: 'not_found' }))(request, reply)
    }
    void forward(request, `${small.url}/responses`).then(async (answer) =>
      reply
        .writeHead(answer.status, { 'content-type': answer.headers.get('content-type')! })
        .end(await answer.text()),
    )
  })
  const more = ['--check', 'lifecycle/*', 'stateful/*', '--gate', 'open-responses']
  const { code, result } = await askServer(server, '/v1', { more })
  await small.close()
  const open = result.verdicts.filter(
    ({ yardstick, outcome, level }) =>
      yardstick === 'open-responses' && level === 'must' && /fail|inconclusive/.test(outcome),
  )
  expect([code, open.map(({ check }) => check)]).toEqual([0, []])
})
