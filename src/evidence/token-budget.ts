// Keeps the tokens of a run within a cap: near it requests go one by one, so that no more than the last
// of them can pass it.

import { tokensOf } from './is-answered.ts'
import type { Exchange, WireRequest } from '../types/index.ts'

export interface TokenBudget {
  /** Waits until a request may be sent; false once the cap is reached. */
  admit(request: WireRequest, signal: AbortSignal): Promise<boolean>
  /** What came of an admitted request; undefined where nobody says what it cost. */
  settle(request: WireRequest, exchange: Exchange | undefined): void
  /** Gives back what was admitted and not sent. */
  release(request: WireRequest): void
}

/** `spent`: tokens that count already. Without a cap everything is admitted. */
export function createTokenBudget(cap: number | undefined, spent: number): TokenBudget {
  const reserved = new Map<WireRequest, number>()
  let used = spent
  let largest = 0
  let waiting: (() => void)[] = []

  /** More than a request has cost so far, or than it may; what has no bound goes alone. */
  function reserve(request: WireRequest): number {
    const { input, output } = sizeOf(request)
    return Math.max(input + (output ?? Infinity), 2 * largest)
  }

  function release(request: WireRequest): void {
    reserved.delete(request)
    const woken = waiting
    waiting = []
    for (const go of woken) go()
  }

  return {
    async admit(request, signal) {
      if (cap === undefined) return true
      for (;;) {
        if (used >= cap) return false
        const cost = reserve(request)
        const held = [...reserved.values()].reduce((sum, each) => sum + each, 0)
        if (reserved.size === 0 || used + held + cost <= cap) {
          reserved.set(request, cost)
          return true
        }
        await new Promise<void>((resolve) => {
          const go = (): void => {
            signal.removeEventListener('abort', go)
            resolve()
          }
          waiting.push(go)
          signal.addEventListener('abort', go)
        })
        signal.throwIfAborted()
      }
    },
    release,
    settle(request, exchange) {
      if (cap === undefined) return
      const said = exchange === undefined ? [0, 0] : tokensOf(exchange)
      const cost = said[0]! + said[1]! || guessCost(request, exchange)
      largest = Math.max(largest, cost)
      used += cost
      release(request)
    },
  }
}

/** A provider's own count of a token differs; four characters of English are a fair middle. */
const CHARACTERS_PER_TOKEN = 4

/** Input by its size, and the most that may come out where the request says so. */
function sizeOf({ body, operation }: WireRequest): { input: number; output: number | undefined } {
  if (operation !== 'create' || body === undefined || !('json' in body)) {
    return { input: 0, output: 0 }
  }
  const cap = body.json['max_output_tokens']
  const input = Math.ceil(JSON.stringify(body.json).length / CHARACTERS_PER_TOKEN)
  return { input, output: typeof cap === 'number' && cap > 0 ? cap : undefined }
}

/** What was not counted was paid all the same, unless it was refused. */
function guessCost(request: WireRequest, exchange: Exchange | undefined): number {
  if (exchange !== undefined && exchange.status >= 400) return 0
  const { input, output = 0 } = sizeOf(request)
  return input + (exchange === undefined ? output : 0)
}
