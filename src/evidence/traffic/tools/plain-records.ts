// JSON Lines or a list of records, the form that needs no tool: `{host, request: {method, path, headers, body} |
// null, response: {status, headers, body, ending}}`, or the same flat, as loggers of one's own write it. `url` may
// stand for host and path, `chunks: [[ms, text or base64]]` for the body.

import { field, isObject, spell } from '../../../base/json.ts'
import type { Ending, Json, RecordedMessage } from '../../../types/index.ts'
import {
  readList,
  readHeaders,
  readSent,
  readStatus,
  readString,
  withoutAbsent,
  type ImportedMessage,
  type Importer,
} from '../importer.ts'

export default {
  name: 'records',
  readRow(value, place) {
    if (readString(value, '/format')?.startsWith('responses-conformance/') === true) {
      const because = 'it is of this project: give the folder of its run to "rejudge"'
      return [{ place, because }]
    }
    const response = field(value, '/response')
    // A response object without anything around it is no record.
    if (isObject(response) && ANSWER_KEYS.some((key) => key in response)) {
      if (response['object'] !== undefined) return undefined
      const request = field(value, '/request')
      const url =
        readString(request, '/url') ?? readString(value, '/url') ?? addressOf(value, request)
      return [readRecord(place, url, request, response, value)]
    }
    if (!isObject(value) || !('status' in value || 'status_code' in value)) return undefined
    const path = readString(value, '/url') ?? readString(value, '/path')
    if (path === undefined || readString(value, '/method') === undefined) return undefined
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
    return [readRecord(place, addressOf(value, { path }) ?? path, request, answer, value)]
  },
} satisfies Importer

const ANSWER_KEYS: readonly string[] = ['status', 'status_code', 'headers', 'body']

function readRecord(
  place: string,
  url: string | undefined,
  request: Json | undefined,
  response: Json,
  value: Json,
): ImportedMessage {
  // Loggers write status 0 where no answer came.
  if (Number(spell(field(response, '/status') ?? Number.NaN)) === 0) {
    const why = readString(response, '/ending') ?? readString(value, '/error')
    return { place, because: `no answer was recorded${why === undefined ? '' : ` (${why})`}` }
  }
  const body = field(response, '/body')
  const note = readString(value, '/note') ?? ''
  return {
    place,
    ...withoutAbsent({
      startedAt: timeAt(value),
      url,
      method: readString(request, '/method') ?? readString(value, '/method'),
      sentHeaders: readHeaders(field(request, '/headers')),
      status: readStatus(response, '/status') ?? readStatus(response, '/status_code'),
      headers: readHeaders(field(response, '/headers')),
      body: typeof body === 'string' || body === undefined ? body : JSON.stringify(body),
      ending: endingAt(response),
    }),
    ...readChunks(readList(response, '/chunks')),
    ...readSent(field(request, '/body')),
    ...(/framing/.test(note) ? { isReframed: true as const } : {}),
  }
}

function timeAt(value: Json): string | number | undefined {
  const at = firstOf(value, ['startedAt', 'at', 'timestamp'])
  return typeof at === 'string' || typeof at === 'number' ? at : undefined
}

function firstOf(value: Json, keys: readonly string[]): Json | undefined {
  return keys.map((key) => field(value, `/${key}`)).find((found) => found !== undefined)
}

function addressOf(value: Json, request: Json | undefined): string | undefined {
  const host = readString(value, '/host')
  const path = readString(request, '/path')
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
  return ENDINGS[readString(response, '/ending') ?? '']
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
