import { createServer, type RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:tls'
import type { AddressInfo } from 'node:net'
import { describe, expect, test, vi } from 'vitest'
import { startReference, type ReferenceOptions } from '../../reference/main.ts'
import type { Mutation, WireAction } from '../../src/types/index.ts'
import { runCommandLine } from './command.ts'

const FRONT_KEY = 'a-key-of-a-doctor-test'

async function examineReference(
  options: ReferenceOptions = {},
  {
    args = [],
    env = { K: FRONT_KEY },
  }: {
    readonly args?: readonly string[]
    readonly env?: Readonly<Record<string, string>>
  } = {},
) {
  const server = await startReference({ keys: [FRONT_KEY], ...options })
  const told = await doctor(server.url, args, env)
  await server.close()
  return told
}

function doctor(
  url: string,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
) {
  const what = ['--base-url', url, '--model', 'reference', '--api-key-env', 'K', ...args]
  return runCommandLine(['doctor', ...what], { env })
}

async function examineServer(listener: RequestListener) {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const told = await doctor(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, [], {
    K: FRONT_KEY,
  })
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  return told
}

/** The events one by one, with a pause in the middle; or all together behind one. */
const wire = (change: (actions: readonly WireAction[]) => readonly WireAction[]): Mutation => ({
  wire: (actions, reply) => ('events' in reply.body ? change(actions) : actions),
})
/** Time goes by for the clock alone: however busy the machine is, the second half comes 700 ms later. */
const slowly = wire((actions) => {
  const middle = Math.floor(actions.length / 2)
  // Every wait is a turn of the loop in which what was sent before is read.
  const turns = Array.from({ length: 5 }, (): WireAction => ({ wait: 1 }))
  const later: WireAction = {
    get bytes() {
      vi.setSystemTime(Date.now() + 700)
      return Buffer.alloc(0)
    },
  }
  return [...actions.slice(0, middle), ...turns, later, ...actions.slice(middle)]
})
const heldBack = wire((actions) => [
  { wait: 900 },
  { bytes: Buffer.concat(actions.flatMap((action) => ('bytes' in action ? [action.bytes] : []))) },
])

describe('doctor', () => {
  test('a provider in good health', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const { code, stdout, stderr } = await examineReference({ mutant: slowly })
    vi.useRealTimers()
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    for (const said of [
      '✓ name',
      '✓ connection',
      '✓ key        the key in K is accepted',
      '✓ models     reference is one of',
      '✓ answer     a response object after',
      'as they are made',
      '✓ clock',
      'Ready for a run.',
    ])
      expect(stdout).toContain(said)
  })

  test('a proxy that holds streams back', async () => {
    const { code, stdout } = await examineReference({ mutant: heldBack })
    expect(code).toBe(1)
    expect(stdout).toContain('all at once')
    expect(stdout).toContain('→ a proxy holds streams back')
  })

  test('a wrong key, and none at all', async () => {
    const wrong = await examineReference({}, { env: { K: 'a-key-of-somebody-else' } })
    expect(wrong.code).toBe(2)
    expect(wrong.stdout).toContain('✗ key        the key was refused (HTTP 401)')
    const none = await examineReference({}, { env: {} })
    expect(none.code).toBe(2)
    expect(none.stdout).toContain('→ set the environment variable K')
  })

  test('a mistyped model', async () => {
    const { code, stdout } = await examineReference({}, { args: ['--model', 'refrence'] })
    expect(code).toBe(1)
    expect(stdout).toContain('→ perhaps --model reference')
    expect(stdout).toMatch(/✗ answer {5}HTTP 40/)
  })

  test('a base URL that ends too early', async () => {
    const { code, stdout } = await examineServer((request, reply) => {
      const found = request.url === '/v1/v1/responses'
      reply.writeHead(found ? 200 : 404, { 'content-type': 'application/json' })
      reply.end(JSON.stringify({ object: 'response' }))
    })
    expect(code).toBe(2)
    expect(stdout).toMatch(/→ the API is one level down: --base-url http.*\/v1\/v1\n/)
  })

  test('a clock that is wrong', async () => {
    const date = new Date(Date.now() - 3_600_000).toUTCString()
    const mutation: Mutation = {
      reply: (reply) => ({ ...reply, headers: { ...reply.headers, date } }),
    }
    const { code, stdout } = await examineReference({ mutant: mutation })
    expect(code).toBe(2)
    expect(stdout).toMatch(/differ by 3[56]\d\d s/)
  })

  test('nobody there', async () => {
    const { code, stdout } = await doctor('http://127.0.0.1:9/v1')
    expect(code).toBe(3)
    expect(stdout).toContain('is the server running')
  })

  test('plain HTTP where TLS was meant', async () => {
    const server = createServer(() => {})
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { code, stdout } = await doctor(
      `https://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    )
    server.close()
    expect(code).toBe(2)
    expect(stdout).toContain('try http://')
  })

  test('a TLS server that hangs up', async () => {
    const server = createTlsServer({}, () => {})
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { code, stdout } = await doctor(
      `https://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    )
    server.close()
    expect(code).toBe(2)
    expect(stdout).toContain('✗ tls')
  })

  test('Chat Completions instead of Responses, and a web page', async () => {
    const chat = await examineServer((_, reply) => {
      reply.writeHead(200, { 'content-type': 'application/json' })
      reply.end(JSON.stringify({ object: 'chat.completion', choices: [] }))
    })
    expect(chat.code).toBe(1)
    expect(chat.stdout).toContain('in the format of Chat Completions')
    const page = await examineServer((_, reply) => {
      reply.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome\u001b[31m</h1>')
    })
    expect(page.code).toBe(1)
    expect(page.stdout).toContain('not of a web page')
  })

  test('rate limits and outages are nobody’s failure', async () => {
    const limited = await examineServer((_, reply) => {
      const error = { message: 'slow down \u001b[31m', type: 'rate_limit', code: null }
      reply.writeHead(429, { 'content-type': 'application/json' }).end(JSON.stringify({ error }))
    })
    expect(limited.code).toBe(3)
    expect(limited.stdout).not.toContain('\u001b')
    expect(limited.stdout).toContain('--rate')
  })

  test('without a target', async () => {
    const { code, stderr } = await runCommandLine(['doctor'])
    expect(code).toBe(2)
    expect(stderr).toContain('Name a target')
  })
})
