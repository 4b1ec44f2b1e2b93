// Imports traffic that another tool recorded (JSON Lines or HAR) as scenarios with their evidence.

import { isAnswered } from './is-answered.ts'
import { UsageError } from '../base/errors.ts'
import { field, isObject, parse } from '../base/json.ts'
import type {
  Body,
  Evidence,
  Exchange,
  Json,
  JsonObject,
  Operation,
  Scenario,
  WireRequest,
} from '../types/index.ts'
import { decodeBody } from '../transport/decode-body.ts'

/** One exchange of the file, as a scenario of its own. */
export interface RecordedExchange {
  readonly host: string
  readonly scenario: Scenario
  readonly evidence: Evidence
}

export interface Traffic {
  readonly exchanges: readonly RecordedExchange[]
  /** What was left out, and why. */
  readonly skipped: readonly string[]
}

/**
 * Reads `{host, request: {method, path, body} | null, response: {status, headers, body}}` lines,
 * or a HAR file. Throws a `UsageError` that names the line where the file is neither.
 */
export function readTraffic(text: string, file: string): Traffic {
  const har = parse(text)
  const entries = field(har, '/log/entries')
  const rows = Array.isArray(entries)
    ? entries.map(fromHar)
    : text.split('\n').map((line) => fromLine(line, file))
  const exchanges: RecordedExchange[] = []
  const skipped: string[] = []
  for (const [index, row] of rows.entries()) {
    if (row === undefined) continue
    const place = `${file}:${index + 1}`
    if (row.operation === 'unknown')
      skipped.push(`${place} ${row.method} ${row.path}: not an endpoint of this API`)
    else exchanges.push(recorded(row, index))
  }
  return { exchanges, skipped }
}

interface Row {
  readonly host: string
  readonly method: WireRequest['method']
  readonly path: string
  readonly operation: Operation
  readonly sent: Json | undefined
  readonly status: number
  readonly headers: readonly (readonly [string, string])[]
  readonly body: string
  /** The recorder changed the framing: nothing may be concluded from it. */
  readonly note: string
}

function fromLine(line: string, file: string): Row | undefined {
  if (line.trim() === '') return undefined
  const value = parse(line)
  const response = field(value, '/response')
  if (!isObject(value) || !isObject(response)) {
    throw new UsageError(
      `${file} is neither HAR nor JSON Lines of {host, request, response}: this line is not: ${line.slice(0, 80)}`,
    )
  }
  const method = text(field(value, '/request/method')) || 'POST'
  const path = text(field(value, '/request/path')) || '/v1/responses'
  return rowOf({
    host: text(field(value, '/host')),
    method,
    path,
    sent: bodyOf(field(value, '/request/body')),
    status: Number(field(response, '/status') ?? 0),
    headers: headersOf(field(response, '/headers')),
    body: text(field(response, '/body')),
    note: text(field(value, '/note')),
  })
}

function fromHar(entry: Json): Row | undefined {
  const url = text(field(entry, '/request/url'))
  if (!URL.canParse(url)) return undefined
  const { host, pathname, search } = new URL(url)
  const content = field(entry, '/response/content')
  const raw = text(field(content, '/text'))
  const encoded = field(content, '/encoding') === 'base64'
  return rowOf({
    host,
    method: text(field(entry, '/request/method')) || 'POST',
    path: pathname + search,
    sent: bodyOf(field(entry, '/request/postData/text')),
    status: Number(field(entry, '/response/status') ?? 0),
    headers: pairsOf(field(entry, '/response/headers')),
    body: encoded ? Buffer.from(raw, 'base64').toString('utf8') : raw,
    note: '',
  })
}

function rowOf(row: Omit<Row, 'operation' | 'method'> & { readonly method: string }): Row {
  const method = row.method as WireRequest['method']
  return { ...row, method, operation: operationOf(method, row.path) }
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

/** Which documented operation a path is, whatever base path stands before it. */
export function operationOf(method: string, path: string): Operation {
  const tail = path
    .split('?')[0]!
    .replace(/^.*?\/(?=(responses|conversations|models|files)\b)/, '/')
  return ROUTES.find(([verb, pattern]) => verb === method && pattern.test(tail))?.[2] ?? 'unknown'
}

function recorded(row: Row, index: number): RecordedExchange {
  const request: WireRequest = {
    operation: row.operation,
    method: row.method,
    path: row.path.split('?')[0]!,
    ...(isObject(row.sent) ? { body: { json: row.sent } } : {}),
  }
  const bytes = Buffer.from(row.body)
  const exchange: Exchange = {
    request,
    status: row.status,
    headers: row.headers,
    ending: 'complete',
    body: withoutFraming(
      row.note,
      decodeBody({
        request,
        status: row.status,
        headers: withoutEncoding(row),
        bytes,
        chunks: [],
        ending: 'complete',
        leftOpen: false,
      }),
    ),
    evidence: `line-${index + 1}`,
  }
  const scenario: Scenario = {
    id: `recorded/${index + 1}`,
    title: `Line ${index + 1}: ${row.method} ${row.path}`,
    apiPaths: [],
    tier: 'core',
    steps: {
      exchange: { request: () => request, expect: isAnswered(exchange) ? 'success' : 'either' },
    },
  }
  return {
    host: row.host === '' ? 'unknown host' : row.host,
    scenario,
    evidence: { origin: 'recorded', exchanges: { exchange }, nonce: '' },
  }
}

/** Where the recorder kept payloads only, nothing may be concluded from event lines and line ends. */
function withoutFraming(note: string, body: Body): Body {
  if (body.kind !== 'events' || !/framing/.test(note)) return body
  const events = body.events.map((event) => {
    const type = field(event.data, '/type')
    return typeof type === 'string' ? { ...event, name: type } : event
  })
  return { kind: 'events', events, anomalies: [] }
}

/** Recorders keep the header and store the decoded body. */
function withoutEncoding({ headers }: Row): Row['headers'] {
  return headers.filter(([name]) => name.toLowerCase() !== 'content-encoding')
}

function headersOf(value: Json | undefined): Row['headers'] {
  if (!isObject(value)) return pairsOf(value)
  return Object.entries(value as JsonObject).flatMap(([name, held]) =>
    Array.isArray(held)
      ? held.map((each): readonly [string, string] => [name, text(each)])
      : [[name, text(held)] as const],
  )
}

function pairsOf(value: Json | undefined): Row['headers'] {
  if (!Array.isArray(value)) return []
  return value.map((pair: Json) =>
    Array.isArray(pair)
      ? ([text(pair[0]), text(pair[1])] as const)
      : ([text(field(pair, '/name')), text(field(pair, '/value'))] as const),
  )
}

function bodyOf(value: Json | undefined): Json | undefined {
  return typeof value === 'string' ? parse(value) : value
}

function text(value: Json | undefined): string {
  return typeof value === 'string'
    ? value
    : value === undefined || value === null
      ? ''
      : JSON.stringify(value)
}
