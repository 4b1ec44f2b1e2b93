// Decides whether a request is sent again, and after how long; and notices a provider that answers every one with a
// server error, before hundreds are sent to it.

import { header } from '../authoring/read.ts'
import type { Exchange, Step } from '../types/index.ts'
import type { SendResult } from '../transport/http.ts'

const FIRST_DELAY_MS = 500
const LONGEST_DELAY_MS = 30_000

/**
 * Milliseconds to wait before the next try; undefined when the result stands. `slowDown` means
 * that the provider as a whole is asking for less, not only this request.
 */
export function retryDelayOf(
  result: SendResult,
  step: Step,
  tries: number,
  deadlineMs: number,
): { readonly ms: number; readonly slowDown: boolean } | undefined {
  if (step.once === true && !('failed' in result)) return undefined
  const backoff = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (tries - 1))
  if ('failed' in result) {
    // What is no HTTP twice is none the third time.
    if (result.failed.httpFault !== undefined && tries > 1) return undefined
    return result.failed.reason === 'unreachable' ? { ms: backoff, slowDown: false } : undefined
  }
  const { exchange } = result
  const asked = retryAfterOf(exchange)
  // No retry where the provider asks for a longer pause than the deadline of an answer.
  if (asked !== undefined && asked > deadlineMs) return undefined
  if (exchange.status === 429) return { ms: asked ?? backoff * 2, slowDown: true }
  // A refusal step may provoke a 500: that is an answer to judge, unless it was a bad moment.
  const isJudged =
    (exchange.status === 500 && step.expect === 'refusal' && tries > 2) ||
    (step.twice === true && tries > 1)
  // 501 is an answer as well, and asking again will not change it.
  if (exchange.status >= 500 && exchange.status !== 501 && !isJudged) {
    return { ms: asked ?? backoff, slowDown: exchange.status === 503 }
  }
  // A broken connection may be the network's fault once, not twice.
  if (exchange.ending === 'cut' && tries === 1) return { ms: backoff, slowDown: false }
  return undefined
}

/** `retry-after-ms`, or `Retry-After` in seconds or as a date; in milliseconds. */
function retryAfterOf(exchange: Exchange): number | undefined {
  const ms = Number(header(exchange, 'retry-after-ms') ?? NaN)
  if (Number.isFinite(ms) && ms >= 0) return ms
  const value = header(exchange, 'retry-after')
  if (value === undefined) return undefined
  const seconds = Number(value)
  const wait = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(value) - Date.now()
  return Number.isFinite(wait) ? Math.max(wait, 0) : undefined
}

/**
 * A key that should work did not. A request without or with a wrong key is refused rightly, and so
 * may be one that asks for what belongs to another, or that sends the key in another header.
 */
export function isCredentialRefusal({ status, request }: Exchange, step: Step): boolean {
  const { credential = 'first', keyHeader } = request
  if (step.expect === 'success') {
    return ['first', 'second'].includes(credential) && [401, 402, 403].includes(status)
  }
  return credential === 'first' && keyHeader === undefined && [401, 402].includes(status)
}

/**
 * Requests after which nothing more is sent while each was answered with 5xx. One that serves is known by its first
 * other answer, and never held up again.
 */
const MOST_REQUESTS = 11

/** `hold`: not now, ask again when `changed` settles. */
type Admission = 'go' | 'hold' | 'gone'

export interface OutageWatch {
  /** Whether a request may be sent; one that goes is counted as under way. */
  admit(isRetry: boolean): Admission
  /**
   * What came of one that went: its HTTP status, undefined where none came, and whether it will be sent again.
   * Whatever is no server error ends the watch.
   */
  settle(status: number | undefined, isSentAgain: boolean): void
  /** One that is not sent after all. */
  leave(isRetry: boolean): void
  /** Settles with the next answer, when one is given up, and at the abort; to be called where `hold` is returned. */
  changed(signal: AbortSignal): Promise<void>
  /** What is known of the outage. */
  describe(): string
}

/** `sent`: requests that were sent before, whose answers do not count; `serves`: it is known to answer. */
export function createOutageWatch(sent: number, serves = false): OutageWatch {
  let requests = sent
  let underWay = 0
  let pausing = 0
  let errors = 0
  let lastStatus = 0
  let waiting: (() => void)[] = []

  function wake(): void {
    const woken = waiting
    waiting = []
    for (const go of woken) go()
  }

  return {
    admit(isRetry) {
      if (serves) return 'go'
      if (isRetry) pausing--
      const isFull = requests >= MOST_REQUESTS && errors > 0
      if (isFull && underWay === 0) return 'gone'
      // While an error may still turn out a bad moment, nobody else has to meet it.
      const isFirst = errors === 0 || (underWay === 0 && pausing === 0)
      if (isFull || !(isRetry || isFirst)) {
        if (isRetry) pausing++
        return 'hold'
      }
      requests++
      underWay++
      return 'go'
    },
    settle(status, isSentAgain) {
      if (serves) return
      underWay--
      if (isSentAgain) pausing++
      // Silence is told apart elsewhere; nobody waits for it behind an error.
      if (status === undefined || !isOutage(status)) serves = true
      else {
        errors++
        lastStatus = status
      }
      wake()
    },
    leave(isRetry) {
      if (isRetry) pausing--
      wake()
    },
    changed: (signal) =>
      new Promise<void>((resolve) => {
        const go = (): void => {
          signal.removeEventListener('abort', go)
          resolve()
        }
        waiting.push(go)
        signal.addEventListener('abort', go)
      }),
    describe: () => `HTTP ${lastStatus}, as to each of ${errors} requests before`,
  }
}

/** 501 is an answer: this one thing is not there; and 999 is no error of a server that HTTP knows. */
function isOutage(status: number): boolean {
  return status >= 500 && status <= 599 && status !== 501
}
