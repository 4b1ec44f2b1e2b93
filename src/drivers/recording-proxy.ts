// A loopback proxy between a real client and a target: it records what passes, and adds the key, so that
// the client never has it, or passes the client's own. Streams go through piece by piece.

import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pipeline } from 'node:stream/promises'
import { request as undiciRequest } from 'undici'
import { parse } from '../base/json.ts'
import { headersOf, type Target } from '../target/target-and-keys.ts'
import type { Ending, HeaderList, Unjudged, RecordedMessage, WireRequest } from '../types/index.ts'
import { createDispatcher, credentialsOf } from '../transport/http.ts'

/** One request of the client. */
export interface PassedExchange {
  readonly request: string
  readonly sentBytes: number
  readonly status: number
  /** The target gave no answer: the status is ours. */
  readonly unreached?: true
  readonly receivedBytes: number
  /** Of question and answer, by the target's own account; 0 where it gives none. */
  readonly tokens: number
  readonly ms: number
}

export interface Proxy {
  readonly url: string
  readonly passed: readonly PassedExchange[]
  /** Settles when the client has asked this often. */
  asked(times: number): Promise<void>
  close(): Promise<void>
}

export interface ProxyOptions {
  /** Any free one unless given. */
  readonly port?: number
  /** The client has a key of its own, which is passed on. */
  readonly passesKey?: boolean
  /** Called with each exchange when it is over. */
  readonly onMessage?: (message: RecordedMessage | Unjudged) => void
}

/** Of a request; more than any model takes. */
const MOST_SENT_BYTES = 64 * 1024 * 1024

/** Of an answer, for the record: one more than is judged, so that a longer one is known for it. All of it is passed on. */
const MOST_KEPT_BYTES = 8 * 1024 * 1024 + 1

/** Pieces whose time is kept. */
const MOST_ARRIVALS = 200_000

/** Headers that belong to one connection, or that the proxy sets itself. */
const OWN: readonly string[] = [
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

export async function startProxy(
  target: Target,
  { port: wanted = 0, passesKey = false, onMessage }: ProxyOptions = {},
): Promise<Proxy> {
  const dispatcher = createDispatcher(target)
  const passed: PassedExchange[] = []
  const waiting: { readonly times: number; readonly tell: () => void }[] = []
  const open = new Set<Promise<void>>()
  let heard = 0
  let isClosing = false

  async function pass(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const started = Date.now()
    heard++
    const number = heard
    for (const { times, tell } of waiting) if (heard >= times) tell()
    const body = await bytesOf(message).catch(() => 'broken off' as const)
    if (body === 'broken off') return
    if (body === undefined) {
      const most = MOST_SENT_BYTES / 1024 / 1024
      response
        .writeHead(413, { connection: 'close' })
        .end(`This proxy passes requests of at most ${most} MiB`)
      return
    }
    const path = (message.url ?? '').replace(/^\/v1(?=\/)/, '')
    const method = message.method ?? 'GET'
    const url = `${target.baseUrl}${path}`
    // Neither an address in place of a path nor `..` leads the key away from the API that it is for.
    if (!path.startsWith('/') || !isBelow(url, target.baseUrl)) {
      response.writeHead(400, { connection: 'close' }).end('This proxy passes paths of the API')
      return
    }
    const record = createRecord(started)
    const left = new AbortController()
    let ending: Ending = 'complete'
    response.once('close', () => {
      // What came whole is whole, whether or not the client stayed for the last of it.
      if (response.writableEnded) return
      if (ending === 'complete') ending = 'aborted'
      left.abort(new Error('the client went away'))
    })
    let tail = ''
    const tell = (status: number, unreached?: true): void => {
      passed.push({
        ...(unreached === undefined ? {} : { unreached }),
        tokens: countTokens(tail),
        request: `${method} ${path.split('?')[0]!}`,
        sentBytes: body.length,
        status,
        receivedBytes: record.bytes,
        ms: Date.now() - started,
      })
    }
    try {
      const reply = await undiciRequest(url, {
        method: method as 'GET',
        headers: {
          ...forwarded(message.headers, passesKey ? OWN : [...OWN, 'authorization']),
          ...headersOf(target),
          ...(passesKey ? {} : credentialsOf(target, FIRST)),
        },
        ...(body.length === 0 ? {} : { body }),
        signal: left.signal,
        dispatcher,
      })
      response.writeHead(reply.statusCode, forwarded(reply.headers, OWN))
      // Whoever streams waits for the head before the first event comes.
      response.flushHeaders()
      reply.body.once('error', () => {
        if (ending === 'complete') ending = isClosing ? 'aborted' : 'cut'
      })
      reply.body.on('data', record.add)
      reply.body.on('data', (chunk: Buffer) => {
        tail = `${tail}${chunk.toString('latin1')}`.slice(-TAIL)
      })
      // Either side may break off: what came until then is the record.
      const isWhole = await pipeline(reply.body, response).then(
        () => true,
        () => false,
      )
      tell(reply.statusCode)
      if (!isWhole) response.destroy()
      onMessage?.({
        place: `request ${number}`,
        startedAt: started,
        url,
        method,
        sentHeaders: pairsOf(message.headers),
        ...(body.length === 0
          ? {}
          : { sent: parse(body.toString('utf8')) ?? body.toString('utf8') }),
        status: reply.statusCode,
        headers: pairsOf(reply.headers),
        ...record.read(),
        ending,
      })
    } catch (error) {
      tell(502, true)
      const why = error instanceof Error ? error.message : 'unreachable'
      onMessage?.({ place: `request ${number}`, because: `no answer came: ${why}` })
      response.writeHead(502, { 'content-type': 'text/plain' }).end(why)
    }
  }

  const server = createServer((message, response) => {
    const passing = pass(message, response).finally(() => open.delete(passing))
    open.add(passing)
  })
  // A client that thinks for long must not find its connection closed.
  server.keepAliveTimeout = 0
  server.listen(wanted, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/v1`,
    passed,
    asked: (times) => new Promise((tell) => void waiting.push({ times, tell })),
    async close() {
      isClosing = true
      server.closeAllConnections()
      server.close()
      await dispatcher.destroy()
      await Promise.allSettled(open)
    },
  }
}

function isBelow(url: string, base: string): boolean {
  return (
    URL.canParse(url) && new URL(url).href.startsWith(`${new URL(base).href.replace(/\/$/, '')}/`)
  )
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
  without: readonly string[],
): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || without.includes(name.toLowerCase())
        ? []
        : [[name, typeof value === 'string' ? value : [...value]] as const],
    ),
  )
}

function pairsOf(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): HeaderList {
  return Object.entries(headers).flatMap(([name, value]) =>
    [value ?? []].flat().map((each) => [name, each] as const),
  )
}

/** Undefined where it is larger than is passed on. */
async function bytesOf(message: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of message.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > MOST_SENT_BYTES) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** Keeps what comes, up to the bounds, with the time of each piece. */
function createRecord(started: number) {
  const pieces: Buffer[] = []
  const arrivals: (readonly [number, number])[] = []
  let kept = 0
  const record = {
    bytes: 0,
    add(piece: Buffer): void {
      if (arrivals.length < MOST_ARRIVALS) arrivals.push([record.bytes, Date.now() - started])
      record.bytes += piece.length
      if (kept >= MOST_KEPT_BYTES) return
      pieces.push(piece.subarray(0, MOST_KEPT_BYTES - kept))
      kept += pieces.at(-1)!.length
    },
    read: (): Pick<RecordedMessage, 'body' | 'arrivals'> => ({
      body: Buffer.concat(pieces),
      arrivals,
    }),
  }
  return record
}
