// Decides whether a request is sent again, and after how long.

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
