// Injects faults that a seed reproduces: slowness, limits, cut and garbled answers.

import { setTimeout as pause } from 'node:timers/promises'
import type { WireAction } from '../src/types/index.ts'
import { ApiError } from './api-error.ts'

export interface FaultOptions {
  /** Milliseconds before the status line. */
  readonly latency?: number
  /** Milliseconds before the first delta of a stream. */
  readonly firstToken?: number
  /** Deltas each second. */
  readonly tokenRate?: number
  /** More requests at once than this are answered with 429. */
  readonly inFlight?: number
  /** More requests than this within so many milliseconds are answered with 429. */
  readonly rateLimit?: { readonly requests: number; readonly per: number }
  /** Probability that the connection is cut in the middle of an answer. */
  readonly drop?: number
  /** Every answer in pieces of so many bytes, so many milliseconds apart. */
  readonly trickle?: { readonly bytes: number; readonly every: number }
  /** Probability that an answer has garbage in its middle. */
  readonly garbage?: number
  readonly seed?: number
}

export interface FaultSource {
  /** Waits for the latency; throws the 429. */
  admit(): Promise<RequestFaults>
}

/** What one request is in for: drawn when it arrives, whoever is answered first. */
export interface RequestFaults {
  distort(actions: readonly WireAction[]): readonly WireAction[]
  /** To be called when the answer is out. */
  release(): void
}

const GARBAGE = Buffer.from('\u0000garbage{"type":')

export function createFaults(faults: FaultOptions, now: () => number): FaultSource {
  const seeds = randomFrom(faults.seed ?? 1)
  const arrivals: number[] = []
  let open = 0

  const limited = (seconds: number, what: string): ApiError =>
    new ApiError(429, `Rate limit reached: ${what}. Please try again in ${seconds}s.`, {
      type: 'requests',
      code: 'rate_limit_exceeded',
      headers: { 'retry-after': String(seconds) },
    })

  return {
    async admit() {
      const { inFlight, rateLimit, latency } = faults
      if (inFlight !== undefined && open >= inFlight) throw limited(1, `${inFlight} at once`)
      if (rateLimit !== undefined) {
        const since = now() - rateLimit.per
        while (arrivals[0] !== undefined && arrivals[0] <= since) arrivals.shift()
        if (arrivals.length >= rateLimit.requests) {
          const seconds = Math.max(1, Math.ceil((arrivals[0]! - since) / 1000))
          throw limited(seconds, `${rateLimit.requests} in ${rateLimit.per} ms`)
        }
        arrivals.push(now())
      }
      open += 1
      const random = randomFrom(seeds() * 2 ** 32)
      if (latency !== undefined) await pause(latency)
      return {
        distort: (actions) => distort(actions, faults, random),
        release: () => {
          open -= 1
        },
      }
    },
  }
}

function distort(
  actions: readonly WireAction[],
  faults: FaultOptions,
  random: () => number,
): readonly WireAction[] {
  const paced = pace(actions, faults)
  const garbled = chance(faults.garbage, random) ? insert(paced, { bytes: GARBAGE }, random) : paced
  const dropped = chance(faults.drop, random) ? cut(garbled, random) : garbled
  const { trickle } = faults
  return trickle === undefined ? dropped : dropped.flatMap((action) => drip(action, trickle))
}

function pace(actions: readonly WireAction[], faults: FaultOptions): readonly WireAction[] {
  const gap = faults.tokenRate === undefined ? 0 : 1000 / faults.tokenRate
  let isFirst = true
  return actions.flatMap((action): readonly WireAction[] => {
    if (!('bytes' in action) || !isDelta(action.bytes)) return [action]
    const wait = isFirst ? (faults.firstToken ?? gap) : gap
    isFirst = false
    return wait > 0 ? [{ wait }, action] : [action]
  })
}

/** Of Responses, Messages, and Chat Completions, which has no names of events. */
const DELTA =
  /^event: (?:[\w.]*\.|content_block_)delta\n|^data: .*"delta":\{"(?:content|refusal|tool_calls)"/

function isDelta(bytes: Uint8Array): boolean {
  return DELTA.test(Buffer.from(bytes.subarray(0, 400)).toString('latin1'))
}

function insert(
  actions: readonly WireAction[],
  action: WireAction,
  random: () => number,
): readonly WireAction[] {
  return actions.toSpliced(Math.floor(random() * (actions.length + 1)), 0, action)
}

/** Ends in the middle of some piece. */
function cut(actions: readonly WireAction[], random: () => number): readonly WireAction[] {
  const at = Math.floor(random() * actions.length)
  const last = actions[at]
  const half =
    last !== undefined && 'bytes' in last
      ? [{ bytes: last.bytes.subarray(0, Math.floor(last.bytes.length * random())) }]
      : []
  return [...actions.slice(0, at), ...half, { cut: true }]
}

function drip(
  action: WireAction,
  { bytes: size, every }: NonNullable<FaultOptions['trickle']>,
): readonly WireAction[] {
  if (!('bytes' in action)) return [action]
  const { bytes } = action
  const pieces = Math.ceil(bytes.length / Math.max(1, size))
  return Array.from({ length: pieces }, (_, index) => [
    { bytes: bytes.subarray(index * size, (index + 1) * size) },
    { wait: every },
  ]).flat()
}

function chance(probability: number | undefined, random: () => number): boolean {
  return probability !== undefined && random() < probability
}

/** Mulberry32: the same numbers in [0, 1) for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
