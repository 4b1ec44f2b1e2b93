// Reads the body of an answer within the limits: its bytes, when each piece came, and how it ended.

import type { Dispatcher } from 'undici'
import type { Ending, LimitName, ReadingLimits } from '../types/index.ts'

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
