// Decodes the bytes of an event stream to its events, with the place and time of each, and every anomaly.
//
// The body is read as a byte string, one character for each byte, so that every place in it is
// exact; payloads are decoded as UTF-8. Whatever the bytes, this ends, never throws, takes linear
// time, and keeps no more than its limit.

import { isAscii, isUtf8 } from 'node:buffer'
import { createParser } from 'eventsource-parser'
import { TERMINAL_EVENTS } from '../authoring/read.ts'
import { findJsonLimit, isObject, parse } from '../base/json.ts'
import { USUAL_LIMITS } from '../target/reading-limits.ts'
import type { Anomaly, Ending, Json, LimitName, StreamEvent } from '../types/index.ts'
import { createAnomalyLog, type AnomalyLog } from './anomaly-log.ts'

interface EventBytes {
  readonly bytes: Buffer
  /** Where each chunk began, and when it came, in milliseconds after the request was sent. */
  readonly chunks: readonly (readonly [number, number])[]
  readonly ending: Ending
}

interface DecodedEvents {
  readonly events: readonly StreamEvent[]
  readonly anomalies: readonly Anomaly[]
  readonly beyond?: LimitName
}

const LF = 10

/** `limits.events`: as many frames are read, comments and empty ones included; later ones are counted. */
export function decodeEvents(
  { bytes, chunks, ending }: EventBytes,
  limits = USUAL_LIMITS,
): DecodedEvents {
  const text = bytes.toString('latin1')
  const isPlain = isAscii(bytes)
  const isWhole = isPlain || isUtf8(bytes)
  const lines = linesOf(text)
  const onlyLf = !text.includes('\r')
  const arrival = clock(chunks)
  const events: StreamEvent[] = []
  const anomalies = createAnomalyLog()

  // The frame that is read: where it begins, and when its last byte came.
  let start = 0
  let ms = 0
  let frames = 0
  let latest = ''
  let ended = false
  let done = false
  let beyond: LimitName | undefined

  const parser = createParser({
    onEvent: ({ id, event, data }) => keep(data, event, id),
    onComment: () => anomalies.note('comment', start),
    onRetry: () => anomalies.note('retry-line', start),
    onError: (error) =>
      anomalies.note(error.type === 'invalid-retry' ? 'retry-line' : 'unknown-line', start),
  })

  function decode(from: number, to: number): string {
    if (isPlain) return text.slice(from, to)
    const decoded = bytes.toString('utf8', from, to)
    if (!isWhole && decoded.includes('\uFFFD') && !isUtf8(bytes.subarray(from, to))) {
      anomalies.note('invalid-utf8', start, events.length)
    }
    return decoded
  }

  /**
   * The usual frame, an `event:` line and a `data:` line, in one step: most streams have no other.
   * Gives its end, or undefined for any other frame.
   */
  function readUsual(): number | undefined {
    if (!onlyLf || !text.startsWith('event: ', start)) return undefined
    const nameEnd = text.indexOf('\n', start)
    if (nameEnd === -1 || !text.startsWith('data: ', nameEnd + 1)) return undefined
    const dataEnd = text.indexOf('\n', nameEnd + 1)
    if (dataEnd === -1 || text.charCodeAt(dataEnd + 1) !== LF) return undefined
    const end = dataEnd + 2
    ms = arrival(end)
    if (isFull()) return end
    const name = decode(start + 'event: '.length, nameEnd)
    keep(decode(nameEnd + 1 + 'data: '.length, dataEnd), name === '' ? undefined : name, undefined)
    return end
  }

  /** Any frame, by the library. `source` ends in a blank line. */
  function readAny(source: string): void {
    if (isFull()) return
    let frame = source
    if (start === 0 && frame.startsWith('\uFEFF')) {
      anomalies.note('byte-order-mark', 0)
      frame = frame.slice(1)
    }
    if (!onlyLf) frame = frame.replaceAll(/\r\n?/g, '\n')
    const before = events.length
    parser.feed(frame)
    if (events.length > before) return
    if (/^event(?::|$)/m.test(frame)) anomalies.note('event-without-data', start)
    if (/^id(?::|$)/m.test(frame)) anomalies.note('id-line', start)
  }

  function isFull(): boolean {
    frames += 1
    if (frames <= limits.events) return false
    beyond ??= 'events'
    anomalies.note('cut', start, events.length)
    return true
  }

  function keep(raw: string, name: string | undefined, id: string | undefined): void {
    const index = events.length
    const data = parse(raw, limits)
    const type = isObject(data) ? data['type'] : undefined
    if (name === undefined || name !== type || id !== undefined || ended) {
      noteUnusual(raw, name, id, data, type)
    }
    const said = typeof type === 'string' ? type : name
    if (said !== undefined && said !== latest) {
      latest = said
      ended ||= TERMINAL_EVENTS.includes(said)
    }
    if (name === latest && data !== undefined && id === undefined) {
      // One string names all events of a type.
      events.push({ index, name: latest, data, raw, offset: start, ms })
    } else {
      events.push({
        index,
        ...(name === undefined ? {} : { name }),
        ...(data === undefined ? {} : { data }),
        raw,
        ...(id === undefined ? {} : { id }),
        offset: start,
        ms,
      })
    }
  }

  function noteUnusual(
    raw: string,
    name: string | undefined,
    id: string | undefined,
    data: Json | undefined,
    type: Json | undefined,
  ): void {
    const index = events.length
    const isDone = raw === '[DONE]'
    if ((ended && !isDone) || (isDone && done)) anomalies.note('after-terminal', start, index)
    done ||= isDone
    if (raw === '') anomalies.note('empty-data', start, index)
    else if (data === undefined && !isDone) {
      const limit = findJsonLimit(raw, limits)
      if (limit === undefined) anomalies.note('not-json', start, index)
      else beyond ??= limit
    }
    if (data !== undefined && typeof type !== 'string') anomalies.note('no-type', start, index)
    if (name === undefined) {
      if (!isDone) anomalies.note('no-event-line', start, index)
    } else if (typeof type === 'string' && name !== type) {
      anomalies.note('event-differs-from-type', start, index)
    }
    if (id !== undefined) anomalies.note('id-line', start, index)
  }

  /**
   * A frame without its blank line is no event by the standard, and many clients drop it. We keep
   * it where its payload is whole, so that the framing gets the blame and nothing else.
   */
  function readUnterminated(): void {
    const rest = decode(start, bytes.length)
    const payload = /^data:([^\r\n]*)/m.exec(rest)?.[1]?.trim()
    const whole = payload === '[DONE]' || parse(payload) !== undefined
    const told = JSON.stringify(rest.slice(-60))
    anomalies.note('unterminated-frame', start, whole ? events.length : undefined, told)
    if (whole) readAny(`${rest}\n\n`)
  }

  if (!isPlain) noteSplits(bytes, chunks, anomalies)
  while (start < text.length) {
    let end = readUsual()
    if (end === undefined) {
      end = lines.frameEnd(start)
      ms = arrival(end ?? text.length)
      if (end === undefined) break
      readAny(decode(start, end))
    }
    start = end
  }
  // Where this client closed the connection, half a frame is no mistake of the provider.
  const isTheirs = ending === 'complete' || ending === 'cut'
  if (isTheirs && /\S/.test(text.slice(start))) readUnterminated()
  lines.noteLineEnds(anomalies)
  return { events, anomalies: anomalies.list(), ...(beyond === undefined ? {} : { beyond }) }
}

/** When the byte before a place came. Places have to be asked for in order. */
function clock(chunks: EventBytes['chunks']): (end: number) => number {
  let current = 0
  return (end) => {
    while (current + 1 < chunks.length && chunks[current + 1]![0] < end) current += 1
    return chunks[current]?.[1] ?? 0
  }
}

/** Chunks that begin within a character. */
function noteSplits(
  bytes: Buffer,
  chunks: EventBytes['chunks'],
  anomalies: ReturnType<typeof createAnomalyLog>,
): void {
  for (const [offset] of chunks) {
    if (isContinuation(bytes[offset]) && !endsCharacter(bytes, offset)) {
      anomalies.note('split-utf8', offset)
    }
  }
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80
}

/** Whether the bytes before this place end a character. */
function endsCharacter(bytes: Buffer, end: number): boolean {
  for (let back = 1; back <= Math.min(3, end); back += 1) {
    const byte = bytes[end - back]!
    if (isContinuation(byte)) continue
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1
    return back >= needed
  }
  return true
}

// ── lines and the ends of frames ─────────────────────────────────────────────

interface SplitLines {
  /** Behind the blank line that ends the frame that begins here; undefined where it has no end. */
  frameEnd(from: number): number | undefined
  noteLineEnds(anomalies: AnomalyLog): void
}

/** LF, CRLF and CR all end a line. Every frame has to be asked for, in order, to count the line ends. */
function linesOf(text: string): SplitLines {
  const count = { lf: 0, crlf: 0, cr: 0 }
  const first = { crlf: 0, cr: 0 }
  const lf = finder(text, '\n')
  const cr = finder(text, '\r')

  /** Behind the line that begins here. */
  function lineEnd(from: number): number | undefined {
    const nextLf = lf(from)
    const nextCr = cr(from)
    if (nextLf < nextCr) {
      count.lf += 1
      return nextLf + 1
    }
    if (nextCr === Infinity) return undefined
    const kind = nextLf === nextCr + 1 ? 'crlf' : 'cr'
    if (count[kind] === 0) first[kind] = nextCr
    count[kind] += 1
    return kind === 'crlf' ? nextLf + 1 : nextCr + 1
  }

  return {
    frameEnd(from) {
      let at = from
      for (;;) {
        const end = lineEnd(at)
        if (end === undefined) return undefined
        const isBlank = end - at === 1 || (end - at === 2 && text[at] === '\r')
        if (isBlank) return end
        at = end
      }
    },

    noteLineEnds(anomalies) {
      // Whoever hangs up may miss the second half of the last line end.
      if (text.endsWith('\r') && count.crlf > 0) count.cr -= 1
      const { crlf, cr } = count
      if (crlf > 0) anomalies.note('crlf-line-ends', first.crlf, undefined, `${crlf} lines`)
      if (cr > 0) anomalies.note('cr-line-ends', first.cr, undefined, `${cr} lines`)
      if (Object.values(count).filter((lines) => lines > 0).length > 1) {
        const note = `LF ${count.lf}, CRLF ${crlf}, CR ${cr}`
        anomalies.note('mixed-line-ends', crlf > 0 ? first.crlf : first.cr, undefined, note)
      }
    },
  }
}

/** The next place of a character. What was found is kept: a search to the end happens once. */
function finder(text: string, character: string): (from: number) => number {
  let found = -1
  return (from) => {
    if (found < from) {
      const next = text.indexOf(character, from)
      found = next === -1 ? Infinity : next
    }
    return found
  }
}
