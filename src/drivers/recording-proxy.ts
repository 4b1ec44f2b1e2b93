// A loopback proxy between a real client and a target: it records what passes, and adds the key, so that
// the client never has it.

import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pipeline } from 'node:stream/promises'
import { request as undiciRequest } from 'undici'
import { headersOf, type Target } from '../target/target-and-keys.ts'
import type { WireRequest } from '../types/index.ts'
import { createDispatcher, credentialsOf } from '../transport/http.ts'

/** One request of the client. */
export interface PassedExchange {
  readonly request: string
  readonly sentBytes: number
  /** 502: the target could not be reached. */
  readonly status: number
  readonly receivedBytes: number
  /** Of question and answer, by the target's own account; 0 where it gives none. */
  readonly tokens: number
  readonly ms: number
}

interface Proxy {
  readonly url: string
  readonly passed: readonly PassedExchange[]
  /** Settles when the client has asked this often. */
  asked(times: number): Promise<void>
  close(): Promise<void>
}

/** Headers that belong to one connection, or that the proxy sets itself. */
const OWN: readonly string[] = [
  'authorization',
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
]

/** The key of the target, as its own requests carry it. */
const FIRST: WireRequest = { operation: 'create', method: 'POST', path: '/responses' }

export async function startProxy(target: Target): Promise<Proxy> {
  const dispatcher = createDispatcher(target)
  const passed: PassedExchange[] = []
  const waiting: { readonly times: number; readonly tell: () => void }[] = []
  let heard = 0

  async function pass(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const started = Date.now()
    heard++
    for (const { times, tell } of waiting) if (heard >= times) tell()
    const body = await bytesOf(message)
    const path = (message.url ?? '/').replace(/^\/v1/, '')
    let tail = ''
    const tell = (status: number, receivedBytes: number): void => {
      passed.push({
        tokens: countTokens(tail),
        request: `${message.method ?? ''} ${path.split('?')[0]!}`,
        sentBytes: body.length,
        status,
        receivedBytes,
        ms: Date.now() - started,
      })
    }
    let received = 0
    try {
      const reply = await undiciRequest(`${target.baseUrl}${path}`, {
        method: (message.method ?? 'GET') as 'GET',
        headers: {
          ...forwarded(message.headers),
          ...headersOf(target),
          ...credentialsOf(target, FIRST),
        },
        ...(body.length === 0 ? {} : { body }),
        dispatcher,
      })
      response.writeHead(reply.statusCode, forwarded(reply.headers))
      reply.body.on('data', (chunk: Buffer) => {
        received += chunk.length
        tail = `${tail}${chunk.toString('latin1')}`.slice(-TAIL)
      })
      await pipeline(reply.body, response)
      tell(reply.statusCode, received)
    } catch (error) {
      tell(response.headersSent ? response.statusCode : 502, received)
      if (response.headersSent) response.destroy()
      else response.writeHead(502).end(error instanceof Error ? error.message : 'unreachable')
    }
  }

  const server = createServer((message, response) => void pass(message, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/v1`,
    passed,
    asked: (times) => new Promise((tell) => void waiting.push({ times, tell })),
    async close() {
      server.closeAllConnections()
      server.close()
      await dispatcher.destroy()
    },
  }
}

/** Usage stands at the end of an answer, or nearly. */
const TAIL = 64 * 1024
/** No answer costs more: what is claimed beyond is no number. */
const MOST_TOKENS = 1e9

function countTokens(tail: string): number {
  const last = [...tail.matchAll(/"total_tokens"\s*:\s*(\d{1,12})/g)].at(-1)?.[1]
  return Math.min(Number(last ?? 0), MOST_TOKENS)
}

function forwarded(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || OWN.includes(name.toLowerCase())
        ? []
        : [[name, typeof value === 'string' ? value : [...value]] as const],
    ),
  )
}

async function bytesOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of message as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks)
}
