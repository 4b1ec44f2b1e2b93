// A message of a recording → an exchange, as if it had been sent here: with what the tool kept, and with a
// list of what it did not, so that nothing is judged which nobody saw.

import { isUtf8 } from 'node:buffer'
import { createHash } from 'node:crypto'
import { events, eventType, isObject, parse, TERMINAL_EVENTS } from '../authoring/read.ts'
import { field } from '../base/json.ts'
import { describeLimit, USUAL_LIMITS } from '../target/reading-limits.ts'
import { createRedactor, isSecretHeader, type Redactor } from '../target/redact.ts'
import { decodeBody, unpackBody } from '../transport/decode-body.ts'
import { describeBytes } from './traffic/recording.ts'
import type {
  Body,
  Ending,
  Exchange,
  HeaderList,
  Json,
  Unjudged,
  Operation,
  RecordedMessage,
  RequestBody,
  Unrecorded,
  WireRequest,
} from '../types/index.ts'

export interface RecordedExchange {
  /** Where it stands: the file's name, and the place in it. */
  readonly file: string
  readonly place: string
  /** Empty where no host was recorded. */
  readonly host: string
  /** Of the API: scheme, host and what stands before its paths; empty where no host was recorded. */
  readonly baseUrl: string
  readonly exchange: Exchange
  /** The body, decompressed and with its keys masked. */
  readonly bytes: Buffer
}

/** Nothing larger is read from a live endpoint either. */
const MOST_BODY_BYTES = USUAL_LIMITS['body-bytes']

/** `secrets`: what is masked beside the keys that this request itself was let in with. */
export function buildExchange(
  message: RecordedMessage,
  file: string,
  secrets: readonly string[] = [],
): RecordedExchange | Unjudged {
  const { place, status, headers = [], isReframed, isRewritten } = message
  const redactor = createRedactor([...secrets, ...listSecrets(message)])
  if (status === 101) return { place, because: 'it is a WebSocket, whose turns are not read' }
  const text = typeof message.body === 'string' ? parse(message.body) : undefined
  const address = addressOf(message, text)
  if ('because' in address) return { place, because: redactor.text(address.because) }
  if (message.body === undefined || (message.body.length === 0 && !isKnownEmpty(message))) {
    return { place, because: 'its body was not recorded' }
  }

  const raw = bytesOf(message)
  if (raw.length > MOST_BODY_BYTES) return { place, because: describeSize(raw.length) }
  const plain = unpackBody(raw, headers)
  if (plain === undefined) {
    return {
      place,
      because: `its body cannot be unpacked, or to more than ${describeBytes(MOST_BODY_BYTES)}`,
    }
  }
  if (plain.length > MOST_BODY_BYTES) return { place, because: describeSize(plain.length) }
  const bytes = redactor.bytes(plain)

  const { request, hasRequest } = requestOf(message, address, redactor)
  const kept = keptHeaders(headers, redactor)
  const withoutHeaders = kept.length === 0 ? (['headers'] as const) : []
  const body = decodeBody({
    request,
    status: status ?? 200,
    headers: kept,
    bytes,
    // Of compressed pieces nobody knows what stood where.
    chunks: plain === raw ? (message.arrivals ?? []) : [],
    // Where nobody saw the end, half a frame there is nobody's mistake.
    ending: message.ending ?? 'aborted',
    leftOpen: false,
    unrecorded: [...withoutHeaders, ...(isReframed === true ? (['framing'] as const) : [])],
  })
  if (body.kind !== 'json' && body.kind !== 'empty' && body.beyond !== undefined) {
    return { place, because: describeLimit(body.beyond, USUAL_LIMITS) }
  }
  if (isCutByRecorder(body, bytes, message)) {
    return { place, because: BROKEN_OFF }
  }
  const seen = endOf(message, body)
  const isBare = status === undefined && isSuccess(body)
  const unrecorded: Unrecorded[] = [
    ...(hasRequest ? [] : (['request'] as const)),
    ...(status === undefined ? (['status'] as const) : []),
    ...withoutHeaders,
    ...(isReframed === true && body.kind === 'events' ? (['framing'] as const) : []),
    ...(seen === undefined ? (['end'] as const) : []),
    ...(isRewritten === true ? (['nulls'] as const) : []),
  ]
  return {
    file,
    place,
    host: address.host,
    baseUrl: address.baseUrl,
    bytes,
    exchange: {
      request,
      status: status ?? (isBare ? 200 : 0),
      headers: kept,
      // Where nobody saw the end, nothing is said about it.
      ending: seen ?? 'aborted',
      body,
      ...(plain === raw ? timingOf(message) : {}),
      raw: { sha256: sha256Of(bytes), bytes: bytes.length, kept: bytes.length },
      ...(unrecorded.length === 0 ? {} : { unrecorded }),
    },
  }
}

/** Times, where the tool kept that of each piece. */
function timingOf({ arrivals = [], startedAt }: RecordedMessage): Pick<Exchange, 'timing'> {
  const [first, last] = [arrivals[0], arrivals.at(-1)]
  const started = new Date(startedAt ?? Number.NaN)
  if (first === undefined || last === undefined || Number.isNaN(started.getTime())) return {}
  const [headersMs, endMs] = [first[1], last[1]]
  return {
    timing: {
      startedAt: started.toISOString(),
      headersMs,
      firstByteMs: headersMs,
      endMs,
      chunks: arrivals,
    },
  }
}

/** Nothing where a body belongs: it is what came only where the answer, or a tool that saw its end, says so. */
function isKnownEmpty({ status, headers = [], ending }: RecordedMessage): boolean {
  const isAnnounced = headers.some(
    ([name, value]) => name.toLowerCase() === 'content-length' && value.trim() === '0',
  )
  return isAnnounced || ending !== undefined || status === 204 || status === 304
}

function sha256Of(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function bytesOf({ body = '' }: RecordedMessage): Buffer {
  return typeof body === 'string' ? Buffer.from(body) : Buffer.from(body)
}

function describeSize(bytes: number): string {
  return `its body has ${describeBytes(bytes)}; at most ${describeBytes(MOST_BODY_BYTES)} are judged`
}

/** What the request was let in with: it may stand anywhere in the answer. */
export function listSecrets({ sentHeaders = [], url = '' }: RecordedMessage): readonly string[] {
  const query = url.includes('?') ? [...new URLSearchParams(url.slice(url.indexOf('?')))] : []
  return [...sentHeaders, ...query]
    .filter(([name]) => isSecretHeader(name))
    .flatMap(([, value]) => value.split(/[ ;]+/).map((word) => word.replace(/^[\w-]+=/, '')))
    .filter((word) => word !== '')
}

const BROKEN_OFF =
  'its body breaks off, and nobody can tell whether the server or the recorder did it'

interface Address {
  readonly host: string
  readonly baseUrl: string
  readonly method: WireRequest['method']
  readonly path: string
  readonly query: NonNullable<WireRequest['query']>
  readonly operation: Operation
}

function addressOf(message: RecordedMessage, body: Json | undefined): Address | Unjudged {
  const { place, url } = message
  const method = (message.method ?? (url === undefined ? '' : 'POST')).toUpperCase()
  if (url === undefined) {
    const guess = operationOfBody(message, body)
    const because =
      message.body === undefined
        ? 'its body was not recorded'
        : typeof message.body === 'string' && /^\s*[[{]/.test(message.body) && body === undefined
          ? BROKEN_OFF
          : 'nothing says what was asked'
    return guess === undefined ? { place, because } : { host: '', baseUrl: '', query: [], ...guess }
  }
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  const [path = '', search = ''] =
    parsed === undefined ? url.split('?') : [parsed.pathname, parsed.search]
  const route = routeOf(method, path)
  if (route === undefined)
    return { place, because: `${method} ${path}: not an endpoint of this API` }
  const host = parsed?.host ?? ''
  return {
    host,
    baseUrl: host === '' ? '' : `${parsed!.protocol}//${host}${route.base}`,
    method: method as WireRequest['method'],
    path: route.path,
    query: [...new URLSearchParams(search)].filter(([name]) => !isSecretHeader(name)),
    operation: route.operation,
  }
}

const ROUTES: readonly (readonly [string, RegExp, Operation])[] = [
  ['POST', /^\/responses\/?$/, 'create'],
  ['POST', /^\/responses\/input_tokens$/, 'input-tokens'],
  ['POST', /^\/responses\/compact$/, 'compact'],
  ['POST', /^\/responses\/[^/]+\/cancel$/, 'cancel'],
  ['GET', /^\/responses\/[^/]+\/input_items$/, 'input-items'],
  ['GET', /^\/responses\/[^/]+$/, 'retrieve'],
  ['DELETE', /^\/responses\/[^/]+$/, 'delete'],
  ['POST', /^\/conversations\/?$/, 'create-conversation'],
  ['GET', /^\/conversations\/[^/]+$/, 'retrieve-conversation'],
  ['POST', /^\/conversations\/[^/]+$/, 'update-conversation'],
  ['DELETE', /^\/conversations\/[^/]+$/, 'delete-conversation'],
  ['POST', /^\/conversations\/[^/]+\/items$/, 'create-conversation-items'],
  ['GET', /^\/conversations\/[^/]+\/items$/, 'list-conversation-items'],
  ['GET', /^\/conversations\/[^/]+\/items\/[^/]+$/, 'retrieve-conversation-item'],
  ['DELETE', /^\/conversations\/[^/]+\/items\/[^/]+$/, 'delete-conversation-item'],
  ['GET', /^\/models\/?$/, 'list-models'],
  ['POST', /^\/files\/?$/, 'upload-file'],
]

/** Which documented operation a path is, and whatever base path stands before it. */
export function routeOf(
  method: string,
  path: string,
): { readonly base: string; readonly path: string; readonly operation: Operation } | undefined {
  for (let at = path.indexOf('/'); at !== -1; at = path.indexOf('/', at + 1)) {
    const tail = path.slice(at)
    const route = ROUTES.find(([verb, pattern]) => verb === method && pattern.test(tail))
    if (route !== undefined) return { base: path.slice(0, at), path: tail, operation: route[2] }
  }
  return undefined
}

type Guess = Pick<Address, 'method' | 'path' | 'operation'> & Partial<Pick<Address, 'query'>>

const CREATE: Guess = { method: 'POST', path: '/responses', operation: 'create' }

/** What a body alone shows of the request. */
function operationOfBody({ body }: RecordedMessage, json: Json | undefined): Guess | undefined {
  if (!isObject(json)) {
    if (typeof body !== 'string' || !/^\s*(?:event|data|id|retry)?:/.test(body)) return undefined
    const first = /^data:[ \t]*(\{.*\})\s*$/m.exec(body)?.[1]
    const event = parse(first)
    const type = field(event, '/type')
    const number = field(event, '/sequence_number')
    if (
      type === 'response.created' ||
      type === 'error' ||
      !(typeof number === 'number' && number > 0)
    )
      return CREATE
    // What begins in the middle was taken up again, or its beginning was not kept: nothing is said of it.
    const cursor: readonly [string, string] = ['starting_after', String(Number(number) - 1)]
    return {
      method: 'GET',
      path: '/responses/…',
      operation: 'retrieve',
      query: [['stream', 'true'], cursor],
    }
  }
  switch (json['object']) {
    case 'response.deleted':
      return { method: 'DELETE', path: '/responses/…', operation: 'delete' }
    case 'response.compaction':
      return { method: 'POST', path: '/responses/compact', operation: 'compact' }
    case 'response.input_tokens':
      return { method: 'POST', path: '/responses/input_tokens', operation: 'input-tokens' }
    case 'conversation':
      return { method: 'GET', path: '/conversations/…', operation: 'retrieve-conversation' }
    case 'conversation.deleted':
      return { method: 'DELETE', path: '/conversations/…', operation: 'delete-conversation' }
    default:
      return json['object'] === 'response' || 'output' in json || 'error' in json
        ? CREATE
        : undefined
  }
}

function requestOf(
  { sent }: RecordedMessage,
  { operation, method, path, query }: Address,
  redactor: Redactor,
): { readonly request: WireRequest; readonly hasRequest: boolean } {
  const body = bodyOfRequest(sent, redactor)
  return {
    request: {
      operation,
      method,
      path: redactor.text(path),
      ...(query.length === 0 ? {} : { query }),
      ...(body === undefined ? {} : { body }),
    },
    hasRequest: body !== undefined || method !== 'POST' || operation === 'cancel',
  }
}

/** Of a request that is not JSON: a file that was sent along is nobody's evidence. */
const MOST_RAW_CHARACTERS = 64 * 1024

function bodyOfRequest(sent: Json | undefined, redactor: Redactor): RequestBody | undefined {
  if (sent === undefined) return undefined
  if (typeof sent === 'string') {
    return sent.length > MOST_RAW_CHARACTERS
      ? undefined
      : { raw: redactor.text(sent), contentType: '' }
  }
  const masked = parse(redactor.text(JSON.stringify(sent)))
  return isObject(masked) ? { json: masked } : undefined
}

/** Recorders keep `content-encoding` and store the decoded body, which is what is judged here. */
function keptHeaders(headers: HeaderList, redactor: Redactor): HeaderList {
  return headers
    .filter(([name]) => name.toLowerCase() !== 'content-encoding')
    .map(([name, value]) => [
      redactor.text(name),
      isSecretHeader(name) ? '*' : redactor.text(value),
    ])
}

/** Half a document may be the recorder's doing as well as the server's: only a tool that saw the end can tell. */
function isCutByRecorder(body: Body, bytes: Buffer, { ending }: RecordedMessage): boolean {
  return (
    body.kind === 'text' && ending !== 'complete' && isUtf8(bytes) && /^\s*[[{]/.test(body.text)
  )
}

/** How the answer ended; undefined where nobody saw it. */
function endOf({ ending }: RecordedMessage, body: Body): Ending | undefined {
  if (ending !== undefined) return ending
  if (body.kind !== 'events') return 'complete'
  const isOver = events({ body } as Exchange).some((event) =>
    [...TERMINAL_EVENTS, 'error'].includes(eventType(event) ?? ''),
  )
  return isOver ? 'complete' : undefined
}

/** A response object or its stream is an answer, whatever its status was. */
function isSuccess(body: Body): boolean {
  if (body.kind !== 'json' || !isObject(body.value)) return body.kind === 'events'
  return body.value['object'] === 'response' || !isObject(body.value['error'])
}
