// `watch` between a client and an endpoint: it passes everything, judges it as it comes, and writes what `judge` writes.

import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import OpenAI from 'openai'
import { expect, test } from 'vitest'
import { startReference } from '../../reference/main.ts'
import type { RunResult } from '../../src/types/index.ts'
import { createEmptyFolder } from '../empty-folder.ts'
import { runCommandLine, type FinishedCommand } from './command.ts'

const KEY = 'sk-watched-Zk3Vq8Lw2Np7Xt5B'

interface Watched extends FinishedCommand {
  readonly out: string
}

/** Starts `watch`, lets a client use it, and stops it as Ctrl-C would. */
async function watchClient(
  to: string,
  use: (url: string) => Promise<void>,
  more: readonly string[] = [],
): Promise<Watched> {
  const stop = new AbortController()
  const cwd = createEmptyFolder()
  let used: Promise<void> | undefined
  const finished = await runCommandLine(['watch', '--to', to, '--out', 'out', ...more], {
    cwd,
    stop: stop.signal,
    onPrint(text) {
      used ??= use(text.split('\n')[0]!).finally(() => stop.abort())
    },
  })
  await used
  return { ...finished, out: join(cwd, 'out') }
}

function textsIn(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n')
}

test('a real client, its own key, streams, and a result of all of it', async () => {
  const reference = await startReference({ keys: [KEY] })
  const { code, stdout, out } = await watchClient(reference.url, async (url) => {
    const client = new OpenAI({ baseURL: url, apiKey: KEY, maxRetries: 0 })
    const question = { model: 'reference', input: 'Reply with exactly: hello' }
    expect((await client.responses.create(question)).output_text).toBe('hello')
    const types: string[] = []
    for await (const event of await client.responses.create({ ...question, stream: true })) {
      types.push(event.type)
    }
    expect(types.at(-1)).toBe('response.completed')
    await expect(client.responses.create({ ...question, model: 'other' })).rejects.toThrow('400')
  })
  await reference.close()
  expect(code).toBe(0)
  expect(stdout).toMatch(
    /✓ POST \/responses 200, \d+ ms: nothing wrong\n✓ POST \/responses 200, a stream, /,
  )
  expect(stdout).toContain('conforms in what was asked: what holds for every exchange')
  const result = JSON.parse(readFileSync(join(out, 'run.json'), 'utf8')) as RunResult
  expect(Object.values(result.evidence).map(({ request, status }) => [request, status])).toEqual(
    expect.arrayContaining([
      ['POST /responses', 200],
      ['POST /responses', 400],
    ]),
  )
  expect(textsIn(out)).not.toContain(KEY)
  expect(textsIn(out)).toContain('hello')
})

test('what is wrong is said when it comes, once, and with masked texts', async () => {
  const reference = await startReference({
    keys: [KEY],
    mutant: {
      reply: (reply) =>
        'json' in reply.body
          ? {
              ...reply,
              body: { json: { ...(reply.body.json as object), created_at: 1796008459000 } },
            }
          : reply,
    },
  })
  const { code, stdout, out } = await watchClient(
    reference.url,
    async (url) => {
      for (const input of ['Rumpelstilzchen one', 'Rumpelstilzchen two']) {
        await fetch(`${url}/responses`, {
          method: 'POST',
          headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
          body: JSON.stringify({ model: 'reference', input }),
        })
      }
    },
    ['--mask-text'],
  )
  await reference.close()
  expect(code).toBe(1)
  expect(stdout.match(/ {4}✗ basic\/created-at-is-seconds/g)).toHaveLength(1)
  expect(stdout).toContain('told before)')
  expect(textsIn(out)).not.toMatch(/Rumpelstilzchen|has nothing to add/)
})

test('a client that goes away, an endpoint that breaks off, and one that is not there', async () => {
  const server = createServer((request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(
      'event: response.created\ndata: {"type":"response.created","sequence_number":0}\n\n',
    )
    // What was written has to leave before the connection breaks.
    if (request.url?.includes('breaks')) response.socket!.end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const body = JSON.stringify({ model: 'm', input: 'x', stream: true })
  const { stdout, out } = await watchClient(`http://127.0.0.1:${port}/v1`, async (url) => {
    const left = new AbortController()
    const first = await fetch(`${url}/responses`, { method: 'POST', body, signal: left.signal })
    await first.body!.getReader().read()
    left.abort()
    const second = await fetch(`${url}/responses?breaks=1`, { method: 'POST', body })
    await expect(second.text()).rejects.toThrow('terminated')
  })
  server.closeAllConnections()
  server.close()
  const result = JSON.parse(readFileSync(join(out, 'run.json'), 'utf8')) as RunResult
  expect(
    Object.values(result.evidence)
      .map(({ ending }) => ending)
      .toSorted(),
  ).toEqual(['aborted', 'cut'])
  expect(stdout).toContain('streaming/ends-once')
})

test('an endpoint that is not there, and nothing to judge', async () => {
  const stop = new AbortController()
  let asked: Promise<unknown> | undefined
  const { code, stderr } = await runCommandLine(['watch', '--to', 'http://127.0.0.1:9/v1'], {
    stop: stop.signal,
    onPrint(text) {
      asked ??= fetch(`${text.trim()}/responses`, { method: 'POST', body: '{}' })
        .then(({ status }) => expect(status).toBe(502))
        .finally(() => stop.abort())
    },
  })
  await asked
  expect(code).toBe(3)
  expect(stderr).toMatch(/request 1 is not judged: no answer came/)
  expect(stderr).toContain('Nothing of this API passed')
})

test.each([
  [['watch'], "required option '--to <url>'"],
  [['watch', '--to', 'ftp://x'], 'ftp://x'],
  [['watch', '--to', 'http://127.0.0.1:9/v1', '--port', '99999'], 'at most 65535'],
])('%j', async (args, said) => {
  const { code, stderr } = await runCommandLine(args)
  expect([code, stderr]).toEqual([2, expect.stringContaining(said)])
})
