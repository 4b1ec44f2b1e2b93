// Reads the body of an answer within the limits, and decodes its bytes. Saved evidence is decoded here again, so
// that old bytes meet today's decoder.

import { isUtf8 } from 'node:buffer'
import {
  brotliCompressSync,
  brotliDecompressSync,
  constants,
  deflateSync,
  gunzipSync,
  gzipSync,
  inflateSync,
} from 'node:zlib'
import type { Dispatcher } from 'undici'
import { field, findJsonLimit, parse } from '../base/json.ts'
import { completeLimits, USUAL_LIMITS } from '../target/reading-limits.ts'
import type {
  Anomaly,
  Body,
  Ending,
  Exchange,
  LimitName,
  ReadingLimits,
  StreamEvent,
  WireRequest,
} from '../types/index.ts'
import { decodeEvents } from './sse.ts'

export interface RawBody {
  readonly request: WireRequest
  readonly status: number
  readonly headers: readonly (readonly [string, string])[]
  readonly bytes: Buffer
  readonly chunks: readonly (readonly [number, number])[]
  readonly ending: Ending
  readonly leftOpen: boolean
  /** Of a foreign recording: what its tool did not keep. */
  readonly unrecorded?: Exchange['unrecorded']
  /** What is read of it, where that is not the usual. */
  readonly limits?: Exchange['limits']
}

/** The compressions that each request offers, as HTTP clients do; another one is unasked for. */
export const OFFERED_ENCODINGS: readonly string[] = ['gzip', 'deflate']

export function decodeBody(raw: RawBody): Body {
  const limits = completeLimits(raw.limits)
  if (raw.request.transport === 'websocket' && raw.status === 200) {
    return { kind: 'events', events: decodeFrames(raw), anomalies: [] }
  }
  const encoding = encodingOf(raw.headers)
  const compressed = encoding !== undefined
  const bytes = compressed ? decompress(raw.bytes, encoding, limits['body-bytes']) : raw.bytes
  if (bytes === 'too-large') {
    return { kind: 'text', text: `(${encoding} of too many bytes)`, beyond: 'body-bytes' }
  }
  if (bytes === undefined) return { kind: 'text', text: `(${encoding} that cannot be decoded)` }
  if (bytes.length === 0) return { kind: 'empty' }

  const type = headerOf(raw, 'content-type').split(';')[0]!.trim().toLowerCase()
  const isUnlabelled = raw.unrecorded?.includes('headers') === true
  const declared = type === 'text/event-stream' || (isUnlabelled && looksLikeEvents(bytes))
  if ((declared && !isJson(bytes)) || (asksForStream(raw.request) && looksLikeEvents(bytes))) {
    const chunks = compressed ? chunksInside(raw, encoding) : raw.chunks
    const decoded = decodeEvents({ bytes, chunks, ending: raw.ending }, limits)
    if (raw.unrecorded?.includes('framing') === true) return withoutFraming(decoded.events)
    const anomalies: Anomaly[] = [...decoded.anomalies]
    const note = (kind: Anomaly['kind'], text: string): void => {
      anomalies.push({ kind, offset: 0, count: 1, note: text })
    }
    if (!declared) note('wrong-content-type', type === '' ? 'no content type' : type)
    if (compressed && !OFFERED_ENCODINGS.includes(encoding.replace(/^x-/, ''))) {
      note('unasked-compression', encoding)
    }
    if (raw.leftOpen) note('left-open', 'the connection stayed open after the terminal event')
    const { events, beyond } = decoded
    return { kind: 'events', events, anomalies, ...(beyond === undefined ? {} : { beyond }) }
  }
  const text = bytes.toString('utf8')
  const value = parse(text, limits)
  if (value !== undefined) return { kind: 'json', value, text }
  const beyond = /^\s*[[{]/.test(text) ? findJsonLimit(text, limits) : undefined
  return { kind: 'text', text, ...(beyond === undefined ? {} : { beyond }) }
}

/** Bytes that are decompressed again and again to tell when each came. */
const MOST_REPEATED = 64 * 1024 * 1024

/** Where in the plain text each chunk of a compressed one begins. */
function chunksInside({ bytes, chunks, limits }: RawBody, encoding: string): RawBody['chunks'] {
  const most = completeLimits(limits)['body-bytes']
  const work = chunks.reduce((sum, [offset]) => sum + offset, 0)
  if (work > MOST_REPEATED) return [[0, chunks.at(-1)?.[1] ?? 0]]
  return chunks.map(([offset, ms]) => [
    decompress(bytes.subarray(0, offset), encoding, most)?.length ?? 0,
    ms,
  ])
}

function headerOf({ headers }: Pick<RawBody, 'headers'>, name: string): string {
  return headers.find(([key]) => key.toLowerCase() === name)?.[1] ?? ''
}

/** Where a recorder kept payloads only, nothing may be concluded from event lines and line ends. */
function withoutFraming(events: readonly StreamEvent[]): Body {
  const named = events.map((event) => {
    const type = field(event.data, '/type')
    return typeof type === 'string' ? { ...event, name: type } : event
  })
  return { kind: 'events', events: named, anomalies: [] }
}

/** How a body was compressed; undefined when it was not. */
function encodingOf(headers: RawBody['headers']): string | undefined {
  const encoding = headerOf({ headers }, 'content-encoding').trim().toLowerCase()
  return encoding === '' || encoding === 'identity' ? undefined : encoding
}

/** Compressed bodies inside of each other are opened so often. */
const MOST_LAYERS = 4

const USUAL_BYTES = USUAL_LIMITS['body-bytes']

/**
 * Changes what a body says, under its compression, declared or not. What cannot be decompressed
 * cannot be searched either, and is left out unless it is plain text after all.
 */
export function changeBody(
  bytes: Buffer,
  headers: RawBody['headers'],
  change: (plain: Buffer) => Buffer,
  most = USUAL_BYTES,
  layers = MOST_LAYERS,
): Buffer {
  const encoding = encodingOf(headers) ?? compressionOf(bytes)
  if (encoding === undefined) return change(bytes)
  const plain = layers === 0 ? undefined : decompress(bytes, encoding, most)
  if (!(plain instanceof Buffer)) return isUtf8(bytes) ? change(bytes) : Buffer.alloc(0)
  const changed = changeBody(plain, [], change, most, layers - 1)
  if (changed === plain) return bytes
  if (encoding === 'br') return brotliCompressSync(changed)
  return encoding === 'deflate' ? deflateSync(changed) : gzipSync(changed)
}

/** Whether a body would unpack to more than `most` bytes. */
export function isPackedTooLarge(
  bytes: Buffer,
  headers: RawBody['headers'],
  most = USUAL_BYTES,
): boolean {
  const encoding = encodingOf(headers) ?? compressionOf(bytes)
  return encoding !== undefined && decompress(bytes, encoding, most) === 'too-large'
}

/**
 * The body that a recorder kept as it came, or decompressed while it kept the header that says
 * otherwise; undefined where it cannot be decompressed within the cap.
 */
export function unpackBody(bytes: Buffer, headers: RawBody['headers']): Buffer | undefined {
  const found = compressionOf(bytes)
  if (found !== undefined) return unpack(bytes, found)
  const declared = encodingOf(headers)
  if (declared === undefined || isUtf8(bytes)) return bytes
  return unpack(bytes, declared)
}

function unpack(bytes: Buffer, encoding: string): Buffer | undefined {
  const plain = decompress(bytes, encoding, USUAL_BYTES)
  return plain === 'too-large' ? undefined : plain
}

/** By the first bytes, where no header tells. */
function compressionOf(bytes: Buffer): string | undefined {
  if (bytes.length < 4) return undefined
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return 'gzip'
  if (bytes.readUInt32BE() === 0x28b52ffd) return 'zstd'
  // Half of all pairs of such bytes are no header of zlib; the rest is no JSON and no event stream.
  return bytes[0] === 0x78 && bytes.readUInt16BE() % 31 === 0 && !isUtf8(bytes)
    ? 'deflate'
    : undefined
}

function asksForStream(request: WireRequest): boolean {
  const query =
    request.query?.some(([name, value]) => name === 'stream' && value === 'true') ?? false
  const body = request.body
  return query || (body !== undefined && 'json' in body && body.json['stream'] === true)
}

function looksLikeEvents(bytes: Buffer): boolean {
  return /^\uFEFF?(event|data|id|retry|):/.test(bytes.subarray(0, 16).toString('utf8'))
}

/** One JSON document, whatever its label: that the label is wrong is one fault, and a check's. */
function isJson(bytes: Buffer): boolean {
  return (
    /^\s*[[{]/.test(bytes.subarray(0, 64).toString('utf8')) &&
    parse(bytes.toString('utf8')) !== undefined
  )
}

function decompress(
  bytes: Buffer,
  encoding: string,
  maxOutputLength: number,
): Buffer | 'too-large' | undefined {
  const options = {
    maxOutputLength,
    // Keeps what a cut stream had.
    finishFlush: constants.Z_SYNC_FLUSH,
  }
  if (bytes.length === 0) return undefined
  try {
    if (encoding === 'gzip' || encoding === 'x-gzip') return gunzipSync(bytes, options)
    if (encoding === 'deflate') return inflateSync(bytes, options)
    if (encoding === 'br') {
      return brotliDecompressSync(bytes, {
        maxOutputLength,
        finishFlush: constants.BROTLI_OPERATION_FLUSH,
      })
    }
    return undefined
  } catch (error) {
    const isTooLarge =
      error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
    return isTooLarge ? 'too-large' : undefined
  }
}

/** WebSocket frames, kept as one JSON string per line, since a frame may hold line ends. */
function decodeFrames({ bytes, chunks }: RawBody): readonly StreamEvent[] {
  const lines = bytes.toString('utf8').split('\n')
  return lines
    .filter((line) => line !== '')
    .map((line, index): StreamEvent => {
      const frame = parse(line)
      const raw = typeof frame === 'string' ? frame : line
      const data = parse(raw)
      const [offset = 0, ms = 0] = chunks[index] ?? []
      return { index, raw, offset, ms, ...(data === undefined ? {} : { data }) }
    })
}

/** How long a stream may stay open after its terminal event before it counts as left open. */
const CLOSING_GRACE_MS = 3_000

/** Bytes that are kept of a body beyond the cap: enough to see what it was. */
const KEPT_OF_TOO_MUCH = 64 * 1024

/** Room for most answers. */
const FIRST_BYTES = 16 * 1024

/** Beyond so many chunks their times are no longer written down one by one. */
const KEPT_CHUNKS = 20_000

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
export async function readBody(
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
