// JSON Lines or a list of records, the form that needs no tool: `{host, request: {method, path, headers, body} |
// null, response: {status, headers, body, ending}}`, or the same flat, as loggers of one's own write it. `url` may
// stand for host and path, `chunks: [[ms, text or base64]]` for the body.

import { field, isObject } from '../../base/json.ts'
import type { Ending, Json, RecordedMessage } from '../../types/index.ts'
import {
  listAt,
  readHeaders,
  readSent,
  statusAt,
  stringAt,
  withoutAbsent,
  type Importer,
} from '../importer.ts'

export default {
  name: 'records',
  readRow(value, place) {
    const response = field(value, '/response')
    // A response object without anything around it is no record.
    if (isObject(response) && ANSWER_KEYS.some((key) => key in response)) {
      if (response['object'] !== undefined) return undefined
      const request = field(value, '/request')
      const url = stringAt(request, '/url') ?? stringAt(value, '/url') ?? addressOf(value, request)
      return [read(place, url, request, response, value)]
    }
    if (!isObject(value) || !('status' in value || 'status_code' in value)) return undefined
    const path = stringAt(value, '/url') ?? stringAt(value, '/path')
    if (path === undefined || stringAt(value, '/method') === undefined) return undefined
    const request = {
      method: value['method']!,
      headers: firstOf(value, ['reqHeaders', 'requestHeaders', 'request_headers']) ?? null,
      body: firstOf(value, ['req', 'request', 'requestBody', 'request_body']) ?? null,
    }
    const body = firstOf(value, ['body', 'responseBody', 'response_body', 'response', 'res'])
    const answer = {
      status: firstOf(value, ['status', 'status_code'])!,
      ...withoutAbsent({
        headers: firstOf(value, ['headers', 'responseHeaders', 'response_headers']),
        ending: value['end'] ?? value['ending'],
        chunks: value['chunks'],
        body,
      }),
    }
    return [read(place, addressOf(value, { path }) ?? path, request, answer, value)]
  },
} satisfies Importer

const ANSWER_KEYS: readonly string[] = ['status', 'status_code', 'headers', 'body']

function read(
  place: string,
  url: string | undefined,
  request: Json | undefined,
  response: Json,
  value: Json,
): RecordedMessage {
  const body = field(response, '/body')
  const note = stringAt(value, '/note') ?? ''
  return {
    place,
    ...withoutAbsent({
      url,
      method: stringAt(request, '/method') ?? stringAt(value, '/method'),
      sentHeaders: readHeaders(field(request, '/headers')),
      status: statusAt(response, '/status') ?? statusAt(response, '/status_code'),
      headers: readHeaders(field(response, '/headers')),
      body: typeof body === 'string' || body === undefined ? body : JSON.stringify(body),
      ending: endingAt(response),
    }),
    ...readChunks(listAt(response, '/chunks')),
    ...readSent(field(request, '/body')),
    ...(/framing/.test(note) ? { isReframed: true as const } : {}),
  }
}

function firstOf(value: Json, keys: readonly string[]): Json | undefined {
  return keys.map((key) => field(value, `/${key}`)).find((found) => found !== undefined)
}

function addressOf(value: Json, request: Json | undefined): string | undefined {
  const host = stringAt(value, '/host')
  const path = stringAt(request, '/path')
  if (host === undefined || host === '') return path
  return `https://${host}${path ?? '/v1/responses'}`
}

const ENDINGS: Readonly<Record<string, Ending>> = {
  complete: 'complete',
  end: 'complete',
  cut: 'cut',
  timeout: 'timeout',
  aborted: 'aborted',
}

function endingAt(response: Json): Ending | undefined {
  return ENDINGS[stringAt(response, '/ending') ?? '']
}

/** The pieces of a body with the milliseconds at which they came, joined. */
function readChunks(chunks: readonly Json[] | undefined): Partial<RecordedMessage> {
  if (chunks === undefined) return {}
  const pieces: Buffer[] = []
  const arrivals: (readonly [number, number])[] = []
  let offset = 0
  for (const chunk of chunks) {
    const [ms, content] = Array.isArray(chunk) ? (chunk as readonly Json[]) : []
    if (typeof ms !== 'number' || typeof content !== 'string') return {}
    const piece = Buffer.from(content, isBase64(content) ? 'base64' : 'utf8')
    pieces.push(piece)
    arrivals.push([offset, ms])
    offset += piece.length
  }
  return { body: Buffer.concat(pieces), arrivals }
}

/** No text of JSON or of an event stream is made of these characters alone. */
function isBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(text)
}
