// Bytes of an event stream → its events, with the place and time of each, and everything unusual.
//
// We find the frames in the bytes, so that offsets and arrival times are exact and a frame is
// decoded only when it is whole; the library reads their fields. Whatever the bytes, this ends,
// never throws, takes linear time, and keeps no more than its limits.

import { isUtf8 } from 'node:buffer'
import { createParser } from 'eventsource-parser'
import { isObject, parse, TERMINAL_EVENTS } from '../read.ts'
import type { Anomaly, Ending, StreamEvent } from '../types.ts'
import { createAnomalyLog } from './anomaly.ts'

export interface DecodeLimits {
  /** Frames that are read, comments and empty ones included; later ones are counted. */
  readonly frames?: number
  /** Bytes of the body of which events are kept, and of any one frame. */
  readonly bytes?: number
}

export interface Decoder {
  /** The next chunk, and when it came, in milliseconds after the request was sent. */
  feed(bytes: Uint8Array, ms: number): void
  end(ending: Ending): {
    readonly events: readonly StreamEvent[]
    readonly anomalies: readonly Anomaly[]
  }
}

const LF = 10
const CR = 13
const DATA = Buffer.from('data:')
const EVENT = Buffer.from('event:')

export function createDecoder(limits: DecodeLimits = {}): Decoder {
  const maxFrames = limits.frames ?? 100_000
  const maxBytes = limits.bytes ?? 64 * 1024 * 1024
  const events: StreamEvent[] = []
  const anomalies = createAnomalyLog()
  const lineEnds = { lf: 0, crlf: 0, cr: 0, firstCrlf: 0, firstCr: 0 }

  let total = 0
  let frames = 0
  let now = 0
  // The frame that is still open: where it began, and its bytes from earlier chunks.
  let frameStart = 0
  let held = Buffer.alloc(0)
  let heldBytes = 0
  let tooLong = false
  let lineEmpty = true
  let afterCr = false
  // A plain frame has `event:` and `data:` lines alone, and is one event. Plain frames that follow
  // each other in a chunk are decoded together, which is several times as fast.
  let plain = true
  let hasData = false
  let run: number[] = []
  let terminal = false
  let done = false
  let dispatched = 0
  let tail: readonly number[] = []

  const parser = createParser({
    onEvent: ({ id, event, data }) => {
      if (run.length > 0) frameStart = run[dispatched]!
      dispatched += 1
      keep(data, event, id)
    },
    onComment: () => anomalies.note('comment', frameStart),
    onRetry: () => anomalies.note('retry-line', frameStart),
    onError: (error) =>
      anomalies.note(error.type === 'invalid-retry' ? 'retry-line' : 'unknown-line', frameStart),
  })

  function isFull(): boolean {
    if (frames < maxFrames && frameStart < maxBytes) return false
    anomalies.note('cut', frameStart, events.length)
    return true
  }

  function keep(raw: string, name: string | undefined, id: string | undefined): void {
    if (isFull()) return
    frames += 1
    const index = events.length
    const data = parse(raw)
    const type = isObject(data) ? data['type'] : undefined
    const isDone = raw === '[DONE]'
    if ((terminal && !isDone) || (isDone && done)) {
      anomalies.note('after-terminal', frameStart, index)
    }
    done ||= isDone
    if (raw === '') anomalies.note('empty-data', frameStart, index)
    else if (data === undefined && !isDone) anomalies.note('not-json', frameStart, index)
    if (data !== undefined && typeof type !== 'string') {
      anomalies.note('no-type', frameStart, index)
    }
    if (name === undefined) {
      if (!isDone) anomalies.note('no-event-line', frameStart, index)
    } else if (typeof type === 'string' && name !== type) {
      anomalies.note('event-differs-from-type', frameStart, index)
    }
    if (id !== undefined) anomalies.note('id-line', frameStart, index)
    const said = typeof type === 'string' ? type : name
    terminal ||= said !== undefined && TERMINAL_EVENTS.includes(said)
    const offset = frameStart
    const ms = now
    events.push(
      name !== undefined && data !== undefined && id === undefined
        ? { index, name, data, raw, offset, ms }
        : {
            index,
            ...(name === undefined ? {} : { name }),
            ...(data === undefined ? {} : { data }),
            raw,
            ...(id === undefined ? {} : { id }),
            offset,
            ms,
          },
    )
  }

  /** The parser always gets one whole frame with LF line ends, so that it holds nothing back. */
  function dispatch(bytes: Buffer): void {
    if (isFull()) return
    let text = bytes.toString('utf8')
    if (text.includes('\uFFFD') && !isUtf8(bytes)) {
      anomalies.note('invalid-utf8', frameStart, events.length)
    }
    if (frameStart === 0 && text.charCodeAt(0) === 0xfeff) {
      anomalies.note('byte-order-mark', 0)
      text = text.slice(1)
    }
    if (text.includes('\r')) text = text.replaceAll(/\r\n?/g, '\n')
    dispatched = 0
    parser.feed(text)
    if (dispatched > 0) return
    frames += 1
    if (/^event(?::|$)/m.test(text)) anomalies.note('event-without-data', frameStart, events.length)
    if (/^id(?::|$)/m.test(text)) anomalies.note('id-line', frameStart)
  }

  /** The run of plain frames that ends here in its chunk. */
  function dispatchRun(chunk: Buffer, base: number, end: number): void {
    const [first] = run
    if (first === undefined) return
    const text = chunk.toString('utf8', first - base, end - base)
    const resume = frameStart
    if (text.includes('\uFFFD')) {
      // Perhaps broken bytes: frame by frame, to say where.
      const starts = run
      run = []
      for (const [place, start] of starts.entries()) {
        frameStart = start
        dispatch(chunk.subarray(start - base, (starts[place + 1] ?? end) - base))
      }
    } else {
      dispatched = 0
      parser.feed(text)
      run = []
    }
    frameStart = resume
  }

  function isPlainLine(chunk: Buffer, at: number): boolean {
    if (startsWith(chunk, at, DATA)) {
      hasData = true
      return true
    }
    return startsWith(chunk, at, EVENT)
  }

  /** Keeps a copy, since the caller may use its buffer again. */
  function hold(bytes: Buffer): void {
    if (tooLong) return
    if (heldBytes + bytes.length > maxBytes) {
      anomalies.note('cut', frameStart, events.length, 'a frame without an end')
      tooLong = true
      return
    }
    if (heldBytes + bytes.length > held.length) {
      const grown = Buffer.alloc(Math.max(2 * held.length, heldBytes + bytes.length))
      held.copy(grown, 0, 0, heldBytes)
      held = grown
    }
    bytes.copy(held, heldBytes)
    heldBytes += bytes.length
  }

  function close(rest: Buffer): void {
    if (heldBytes > 0) hold(rest)
    if (!tooLong) dispatch(heldBytes > 0 ? held.subarray(0, heldBytes) : rest)
    heldBytes = 0
    tooLong = false
  }

  /**
   * A frame without its blank line is no event by the standard, and many clients drop it. We keep
   * it where its payload is whole, so that the framing gets the blame and nothing else.
   */
  function closeUnterminated(): void {
    const text = held.toString('utf8', 0, heldBytes)
    const payload = /^data:([^\r\n]*)/m.exec(text)?.[1]?.trim()
    const whole = payload === '[DONE]' || parse(payload) !== undefined
    anomalies.note(
      'unterminated-frame',
      frameStart,
      whole ? events.length : undefined,
      JSON.stringify(text.slice(-60)),
    )
    if (whole) close(Buffer.from('\n\n'))
  }

  function noteSplit(chunk: Buffer): void {
    if ((chunk[0]! & 0xc0) === 0x80 && !wholeCharacter(tail)) anomalies.note('split-utf8', total)
    tail = [...tail, ...chunk.subarray(-3)].slice(-3)
  }

  function noteLineEnds(): void {
    const { lf, crlf, cr, firstCr, firstCrlf } = lineEnds
    if (crlf > 0) anomalies.note('crlf-line-ends', firstCrlf, undefined, `${crlf} lines`)
    if (cr > 0) anomalies.note('cr-line-ends', firstCr, undefined, `${cr} lines`)
    if ([lf, crlf, cr].filter((count) => count > 0).length > 1) {
      const at = crlf > 0 ? firstCrlf : firstCr
      anomalies.note('mixed-line-ends', at, undefined, `LF ${lf}, CRLF ${crlf}, CR ${cr}`)
    }
  }

  return {
    feed(bytes, ms) {
      const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      const { length } = chunk
      if (length === 0) return
      now = ms
      noteSplit(chunk)
      const base = total
      total += length
      const simple = !chunk.includes(CR)
      let from = 0
      let at = 0
      while (at < length) {
        const byte = chunk[at]!
        if (byte !== LF && byte !== CR) {
          if (lineEmpty && plain) plain = isPlainLine(chunk, at)
          lineEmpty = false
          afterCr = false
          at = simple ? chunk.indexOf(LF, at) : nextLineEnd(chunk, at)
          if (at === -1) at = length
          continue
        }
        at += 1
        if (byte === LF && afterCr) {
          // The second half of CRLF: its line, and perhaps its frame, was closed by the CR.
          afterCr = false
          lineEnds.cr -= 1
          if (lineEnds.crlf === 0) lineEnds.firstCrlf = base + at - 2
          lineEnds.crlf += 1
          if (base + at - 1 === frameStart) {
            from = at
            frameStart += 1
          }
          continue
        }
        afterCr = byte === CR
        if (byte === LF) lineEnds.lf += 1
        else {
          plain = false
          if (lineEnds.cr === 0) lineEnds.firstCr = base + at - 1
          lineEnds.cr += 1
        }
        if (lineEmpty) {
          if (plain && hasData && heldBytes === 0 && !tooLong) run.push(frameStart)
          else {
            dispatchRun(chunk, base, frameStart)
            close(chunk.subarray(from, at))
          }
          from = at
          frameStart = base + at
          plain = true
          hasData = false
        }
        lineEmpty = true
      }
      dispatchRun(chunk, base, frameStart)
      if (from < length) hold(chunk.subarray(from))
    },

    end(ending) {
      // Whoever hangs up may miss the second half of the last line end.
      if (afterCr && lineEnds.crlf > 0) lineEnds.cr -= 1
      noteLineEnds()
      // Where we closed the connection ourselves, half a frame is our doing.
      const theirs = ending === 'complete' || ending === 'cut'
      if (theirs && /\S/.test(held.toString('latin1', 0, heldBytes))) closeUnterminated()
      return { events, anomalies: anomalies.list() }
    },
  }
}

function nextLineEnd(chunk: Buffer, from: number): number {
  let at = from
  while (at < chunk.length && chunk[at] !== LF && chunk[at] !== CR) at += 1
  return at
}

function startsWith(chunk: Buffer, at: number, word: Buffer): boolean {
  if (at + word.length > chunk.length) return false
  for (let index = 0; index < word.length; index += 1) {
    if (chunk[at + index] !== word[index]) return false
  }
  return true
}

/** Whether the last bytes of a chunk end a character. */
function wholeCharacter(last: readonly number[]): boolean {
  for (let back = 1; back <= last.length; back += 1) {
    const byte = last.at(-back)!
    if ((byte & 0xc0) === 0x80) continue
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1
    return back >= needed
  }
  return true
}
