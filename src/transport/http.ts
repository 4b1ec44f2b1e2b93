// Sends one request over HTTP and returns one exchange: what came, and when. Nothing here judges.

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Agent, FormData, ProxyAgent, request as undiciRequest, type Dispatcher } from 'undici'
import { completeLimits } from '../target/reading-limits.ts'
import { readVersion } from '../base/package-root.ts'
import { withoutCredentials } from '../base/find-pasted-key.ts'
import type {
  AuthScheme,
  Doubt,
  Ending,
  Exchange,
  LimitName,
  ReadingLimits,
  WireRequest,
} from '../types/index.ts'
import { headersOf, keyOf, type Target } from '../target/target-and-keys.ts'
import { changeBody, decodeBody, isPackedTooLarge, OFFERED_ENCODINGS } from './decode-body.ts'
import { fetchPrintedKey } from '../target/key-command.ts'
import { isSecretHeader, type Redactor } from '../target/redact.ts'

/** How long a stream may stay open after its terminal event before it counts as left open. */
const CLOSING_GRACE_MS = 3_000

/** Bytes that are kept of a body beyond the cap: enough to see what it was. */
const KEPT_OF_TOO_MUCH = 64 * 1024

/** Room for most answers. */
const FIRST_BYTES = 16 * 1024

/** Beyond so many chunks their times are no longer written down one by one. */
const KEPT_CHUNKS = 20_000

export interface SentExchange {
  readonly exchange: Exchange
  /** The body as it came, secrets masked, up to the cap. */
  readonly bytes: Buffer
}

export type SendResult = SentExchange | { readonly failed: Doubt }

export interface Sender {
  send(request: WireRequest, signal: AbortSignal): Promise<SendResult>
  close(): Promise<void>
}

export function createSender(target: Target, redactor: Redactor): Sender {
  const dispatcher = createDispatcher(target)
  const { firstByteMs, reading } = target.limits
  const limits = completeLimits(reading)

  async function send(request: WireRequest, signal: AbortSignal): Promise<SendResult> {
    const result = await sendOnce(request, signal)
    return isExpired(result, request, target) && renewKey(target.keyCommand!)
      ? sendOnce(request, signal)
      : result
  }

  async function sendOnce(request: WireRequest, signal: AbortSignal): Promise<SendResult> {
    const started = Date.now()
    const startedAt = new Date(started).toISOString()
    const deadline = new AbortController()
    // Whatever came while this thread was busy with another provider is read before time is up.
    const timer = setTimeout(() => setImmediate(() => deadline.abort()), target.limits.deadlineMs)
    let isLate = false
    const firstByte = startFirstByteTimer(firstByteMs, () => {
      isLate = true
      deadline.abort()
    })
    const { headers, body } = encode(request, target)
    const halt = AbortSignal.any([signal, deadline.signal])
    try {
      const reply = await orHalted(
        undiciRequest(addressOf(target, request), {
          method: request.method,
          headers,
          ...(body === undefined ? {} : { body }),
          dispatcher,
          responseHeaders: 'raw',
          signal: halt,
        }),
        halt,
      )
      const headersMs = Date.now() - started
      const read = await readBody(reply.body, started, limits, {
        stopAfter: request.abortAfter,
        timedOut: () => deadline.signal.aborted,
        onFirst: () => clearTimeout(firstByte),
      })
      if (signal.aborted) return { failed: { reason: 'interrupted', note: 'the run was stopped' } }
      const replyHeaders = readHeaders(reply.headers as unknown as readonly string[], redactor)
      const bytes = changeBody(read.bytes, replyHeaders, redactor.bytes, limits['body-bytes'])
      const isLeftOut = bytes.length === 0 && read.bytes.length > 0
      const beyond =
        isLeftOut && isPackedTooLarge(read.bytes, replyHeaders, limits['body-bytes'])
          ? 'body-bytes'
          : read.beyond
      const exchange: Exchange = {
        request,
        status: reply.statusCode,
        headers: replyHeaders,
        body: decodeBody({
          ...read,
          request,
          status: reply.statusCode,
          headers: replyHeaders,
          bytes,
          limits,
        }),
        ending: beyond === undefined ? read.ending : 'size-cap',
        ...(beyond === undefined ? {} : { beyond }),
        ...(reading === undefined ? {} : { limits: reading }),
        timing: {
          startedAt,
          headersMs,
          ...(read.chunks[0] === undefined ? {} : { firstByteMs: read.chunks[0][1] }),
          endMs: Date.now() - started,
          chunks: read.chunks,
        },
        raw: {
          sha256: createHash('sha256').update(bytes).digest('hex'),
          bytes: read.total,
          kept: bytes.length,
        },
      }
      return { exchange, bytes }
    } catch (error) {
      if (signal.aborted) return { failed: { reason: 'interrupted', note: 'the run was stopped' } }
      if (deadline.signal.aborted) {
        const seconds = (isLate ? firstByteMs! : target.limits.deadlineMs) / 1000
        return { failed: { reason: 'timeout', note: `no answer within ${seconds} s` } }
      }
      const note = redactor.text(withoutCredentials(explain(error)))
      const httpFault = httpFaultOf(error)
      return {
        failed: { reason: 'unreachable', note, ...(httpFault === undefined ? {} : { httpFault }) },
      }
    } finally {
      clearTimeout(timer)
      clearTimeout(firstByte)
    }
  }

  return { send, close: () => dispatcher.destroy() }
}

function startFirstByteTimer(
  ms: number | undefined,
  giveUp: () => void,
): NodeJS.Timeout | undefined {
  return ms === undefined ? undefined : setTimeout(() => setImmediate(giveUp), ms)
}

/** Whether there is another key; what the command says when it fails was said when the run began. */
function renewKey(command: string): boolean {
  try {
    return fetchPrintedKey(command)
  } catch {
    return false
  }
}

/** Whether a printed key was refused that was meant to work: it may have expired. */
function isExpired(
  result: SendResult,
  { credential }: WireRequest,
  { keyCommand }: Target,
): boolean {
  const isMeant = credential === undefined || credential === 'first'
  return (
    keyCommand !== undefined && isMeant && !('failed' in result) && result.exchange.status === 401
  )
}

/** The library looks at its signal when a connection stands: nobody has to wait for that. */
function orHalted<T>(reply: Promise<T>, halt: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const give = (): void => reject(halt.reason as Error)
    halt.addEventListener('abort', give, { once: true })
    reply.then(resolve, reject).finally(() => halt.removeEventListener('abort', give))
  })
}

export function createDispatcher(target: Target): Dispatcher {
  const ca = target.ca === undefined ? undefined : readFileSync(target.ca, 'utf8')
  const tls = ca === undefined ? {} : { ca }
  // Our own deadline ends requests; undici's coarse timers are a backstop behind it.
  const backstop = target.limits.deadlineMs + 30_000
  const options = {
    headersTimeout: backstop,
    bodyTimeout: backstop,
    connections: target.limits.concurrency * 2,
    maxHeaderSize: 64 * 1024,
  }
  return target.proxy === undefined
    ? new Agent({
        ...options,
        connect: { ...tls, timeout: Math.min(20_000, target.limits.deadlineMs) },
      })
    : new ProxyAgent({ ...options, uri: target.proxy, requestTls: tls })
}

export function addressOf(target: Target, request: WireRequest): string {
  const url = new URL(target.baseUrl + request.path)
  for (const [name, value] of Object.entries(target.query ?? {})) url.searchParams.set(name, value)
  for (const [name, value] of request.query ?? []) url.searchParams.append(name, value)
  const credential = credentialOf(target, request)
  if (credential?.scheme.form === 'query') {
    url.searchParams.set(credential.scheme.header, credential.key)
  }
  return url.href
}

/** The headers that carry the credential a request asks for; none where the endpoint takes no key. */
export function credentialsOf(
  target: Target,
  request: WireRequest,
): Readonly<Record<string, string>> {
  const { scheme, key } = credentialOf(target, request) ?? {}
  if (scheme === undefined || key === undefined || scheme.form === 'query') return {}
  const value = scheme.form === 'basic' ? Buffer.from(key).toString('base64') : key
  return { [scheme.header]: scheme.prefix + value }
}

/** The key that a request asks for, and how it is sent. */
function credentialOf(
  target: Target,
  request: WireRequest,
): { readonly scheme: AuthScheme; readonly key: string } | undefined {
  const wanted = request.keyHeader?.toLowerCase()
  const scheme = target.auth.find(({ header }) => header.toLowerCase() === wanted) ?? target.auth[0]
  if (scheme === undefined || request.credential === 'none') return undefined
  const key =
    request.credential === 'wrong'
      ? 'sk-wrong-0123456789abcdef0123456789abcdef'
      : keyOf(request.credential === 'second' ? target.secondKeyEnv : target.keyEnv)
  return key === undefined ? undefined : { scheme, key }
}

/** What every client sends: some gateways refuse who does not. A target's own headers win. */
const USUAL_HEADERS = {
  'user-agent': `responses-conformance/${readVersion()}`,
  accept: 'application/json, text/event-stream',
  'accept-encoding': OFFERED_ENCODINGS.join(', '),
}

function encode(
  request: WireRequest,
  target: Target,
): { headers: Record<string, string>; body?: string | FormData } {
  const given = { ...headersOf(target), ...credentialsOf(target, request) }
  const names = new Set(Object.keys(given).map((name) => name.toLowerCase()))
  const usual = Object.entries(USUAL_HEADERS)
    .filter(([name]) => !names.has(name))
    // Whoever counts the frames of a stream has to see them.
    .filter(([name]) => name !== 'accept-encoding' || request.abortAfter === undefined)
  const headers = { ...Object.fromEntries(usual), ...given }
  const own = request.headers ?? {}
  if (request.body === undefined) return { headers: { ...headers, ...own } }
  if ('json' in request.body) {
    return {
      headers: { ...headers, 'content-type': 'application/json', ...own },
      body: JSON.stringify(request.body.json),
    }
  }
  if ('raw' in request.body) {
    const { raw, contentType } = request.body
    return { headers: { ...headers, 'content-type': contentType, ...own }, body: raw }
  }
  const form = new FormData()
  for (const { name, value, filename, contentType } of request.body.multipart) {
    if (filename === undefined) form.append(name, value)
    else form.append(name, new Blob([value], { type: contentType ?? '' }), filename)
  }
  return { headers: { ...headers, ...own }, body: form }
}

function readHeaders(
  raw: readonly string[],
  redactor: Redactor,
): readonly (readonly [string, string])[] {
  const pairs: (readonly [string, string])[] = []
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = String(raw[at])
    const value = String(raw[at + 1])
    pairs.push([redactor.text(name), isSecretHeader(name) ? '*' : redactor.text(value)])
  }
  return pairs
}

interface ReadBody {
  readonly bytes: Buffer
  readonly total: number
  readonly chunks: readonly (readonly [number, number])[]
  readonly ending: Ending
  readonly leftOpen: boolean
  readonly beyond?: LimitName
}

/**
 * Collects a body until it ends, fails, passes the cap, or stays open after its terminal event.
 * Chunk times need the `data` event: iteration glues chunks together.
 */
async function readBody(
  stream: Dispatcher.ResponseData['body'],
  started: number,
  limits: ReadingLimits,
  {
    stopAfter,
    timedOut,
    onFirst,
  }: { stopAfter: number | undefined; timedOut: () => boolean; onFirst: () => void },
): Promise<ReadBody> {
  const cap = limits['body-bytes']
  const kept = createByteStore(cap)
  stream.once('data', onFirst)
  const chunks: [number, number][] = []
  let total = 0
  let pieces = 0
  let frames = 0
  let tail = ''
  let stopped: Ending | undefined
  let leftOpen = false
  let beyond: LimitName | undefined
  let grace: NodeJS.Timeout | undefined

  function stop(ending: Ending): void {
    stopped ??= ending
    stream.destroy()
  }

  function watch(chunk: Buffer): void {
    // Only the last bytes can complete a marker that was split between chunks.
    const text = tail + chunk.toString('latin1')
    if (stopAfter !== undefined) {
      frames += text.split(/\r?\n\r?\n/).length - tail.split(/\r?\n\r?\n/).length
      if (frames >= stopAfter) stop('aborted')
    }
    tail = text.slice(-64)
    if (grace === undefined && /response\.(completed|incomplete|failed)\b/.test(text)) {
      grace = setTimeout(() => {
        leftOpen = true
        stop('complete')
      }, CLOSING_GRACE_MS)
    } else grace?.refresh()
  }

  stream.on('data', (chunk: Buffer) => {
    if (chunks.length < KEPT_CHUNKS) chunks.push([total, Date.now() - started])
    pieces += 1
    total += chunk.length
    kept.add(chunk)
    if (total > cap) beyond = 'body-bytes'
    else if (pieces > limits.chunks) beyond = 'chunks'
    if (beyond === undefined) watch(chunk)
    else stop('size-cap')
  })
  const ending = await new Promise<Ending>((resolve) => {
    stream.on('end', () => resolve('complete'))
    stream.on('error', () => resolve(stopped ?? (timedOut() ? 'timeout' : 'cut')))
    stream.on('close', () => resolve(stopped ?? (timedOut() ? 'timeout' : 'cut')))
  })
  clearTimeout(grace)
  const length = Math.min(total, stopped === 'size-cap' ? KEPT_OF_TOO_MUCH : cap)
  return {
    bytes: kept.take(length),
    total,
    chunks,
    ending: stopped ?? ending,
    leftOpen,
    ...(beyond === undefined ? {} : { beyond }),
  }
}

interface ByteStore {
  add(chunk: Buffer): void
  take(length: number): Buffer
}

/**
 * Bytes up to a cap, one after the other in one buffer that doubles: a body costs twice its size,
 * in however many pieces it comes.
 */
export function createByteStore(cap: number): ByteStore {
  let buffer = Buffer.alloc(Math.min(cap, FIRST_BYTES))
  let size = 0
  return {
    add(chunk) {
      const end = Math.min(cap, size + chunk.length)
      if (end > buffer.length) {
        const larger = Buffer.alloc(Math.min(cap, Math.max(end, buffer.length * 2)))
        buffer.copy(larger, 0, 0, size)
        buffer = larger
      }
      size += chunk.copy(buffer, size, 0, end - size)
    },
    take: (length) => buffer.subarray(0, Math.min(length, size)),
  }
}

/** What the parser says of bytes that are no HTTP message; undefined for every other error. */
function httpFaultOf(error: unknown): string | undefined {
  const isFault =
    error instanceof Error &&
    ['HTTPParserError', 'ResponseContentLengthMismatchError'].includes(error.name)
  if (!isFault) return undefined
  return /\((.+)\)$/.exec(error.message)?.[1] ?? error.message
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : ''
  const said = [code, error.message + cause].filter((part) => part !== '').join(' ')
  return said.replaceAll(/\s+/g, ' ').trim()
}
