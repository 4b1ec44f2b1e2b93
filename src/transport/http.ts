// Sends one request over HTTP and returns one exchange: what came, and when. Nothing here judges.

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import {
  Agent,
  errors,
  FormData,
  ProxyAgent,
  request as undiciRequest,
  type Dispatcher,
} from 'undici'
import { completeLimits, describeLimit } from '../target/reading-limits.ts'
import { readVersion } from '../base/package-root.ts'
import { withoutCredentials } from '../base/find-pasted-key.ts'
import type { AuthScheme, Doubt, Exchange, WireRequest } from '../types/index.ts'
import { headersOf, keyOf, type Target } from '../target/target-and-keys.ts'
import {
  changeBody,
  decodeBody,
  isPackedTooLarge,
  OFFERED_ENCODINGS,
  readBody,
} from './decode-body.ts'
import { fetchPrintedKey } from '../target/key-command.ts'
import { isSecretHeader, type Redactor } from '../target/redact.ts'

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
    const halt = AbortSignal.any([signal, deadline.signal])
    try {
      let address = addressOf(target, request)
      let reply = await ask(address, request, halt)
      let redirects = 0
      for (; redirects < limits.redirects; redirects++) {
        const next = followingAddress(reply, address, request)
        if (next === undefined) break
        await reply.body.dump()
        address = next
        reply = await ask(address, request, halt)
      }
      const isLed = limits.redirects > 0 && redirects === limits.redirects
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
          : isLed && followingAddress(reply, address, request) !== undefined
            ? 'redirects'
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
        ending: beyond === undefined || beyond === 'redirects' ? read.ending : 'size-cap',
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
      if (error instanceof errors.HeadersOverflowError) {
        return { failed: { reason: 'limit', note: describeLimit('head-bytes', limits) } }
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

  function ask(
    address: string,
    request: WireRequest,
    signal: AbortSignal,
  ): Promise<Dispatcher.ResponseData> {
    const { headers, body } = encode(request, target)
    const sent = undiciRequest(address, {
      method: request.method,
      headers,
      ...(body === undefined ? {} : { body }),
      dispatcher,
      responseHeaders: 'raw',
      signal,
    })
    return orHalted(sent, signal)
  }

  return { send, close: () => dispatcher.destroy() }
}

/**
 * Where a redirect leads that asks for the same request again, as SDKs follow it: undefined for every other
 * answer, and for another host, which is sent no key.
 */
function followingAddress(
  { statusCode, headers }: Dispatcher.ResponseData,
  address: string,
  { method }: WireRequest,
): string | undefined {
  const isSame = [307, 308].includes(statusCode) || (method === 'GET' && statusCode / 100 === 3)
  const raw = headers as unknown as readonly unknown[]
  const at = raw.findIndex((name, index) => index % 2 === 0 && /^location$/i.test(String(name)))
  const location = at < 0 ? undefined : String(raw[at + 1])
  if (!isSame || location === undefined || !URL.canParse(location, address)) return undefined
  const next = new URL(location, address)
  return next.origin === new URL(address).origin ? next.href : undefined
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
    maxHeaderSize: completeLimits(target.limits.reading)['head-bytes'],
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
