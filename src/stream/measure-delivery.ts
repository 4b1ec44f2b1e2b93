// Measures when the events of a stream arrived. It is reported and never judged: networks and proxies delay too.

import { events } from '../authoring/read.ts'
import type { Exchange } from '../types/index.ts'
import { eventTypeOf } from './timeline.ts'

interface Delivery {
  readonly events: number
  /** Milliseconds from the request to the first event, and to the first delta. */
  readonly firstEventMs: number
  readonly firstDeltaMs?: number
  readonly lastEventMs: number
  /** The longest silence between two events, and the number of the event that ended it. */
  readonly longestGapMs: number
  readonly longestGapBefore: number
  /**
   * `burst`: nearly everything came in one go at the end of a long silence, as from a buffer.
   * `unknown`: too short, or too quick, to tell.
   */
  readonly manner: 'incremental' | 'burst' | 'unknown'
  /** One sentence for a report. */
  readonly note: string
}

// Below these, a stream is too short or too quick to tell a buffer from a fast model.
const FEW = 10
const QUICK_MS = 500

/** How a stream was delivered; undefined for what is no stream or carries no times. */
export function measureDelivery(exchange: Exchange): Delivery | undefined {
  const told = events(exchange)
  const [first] = told
  const last = told.at(-1)
  if (first === undefined || last === undefined || exchange.timing === undefined) return undefined
  const delta = told.find((event) => eventTypeOf(event).endsWith('.delta'))
  let longestGapMs = 0
  let longestGapBefore = first.index
  told.slice(1).forEach((event, at) => {
    const gap = event.ms - told[at]!.ms
    if (gap <= longestGapMs) return
    longestGapMs = gap
    longestGapBefore = event.index
  })
  const spread = last.ms - (delta ?? first).ms
  const manner =
    told.length < FEW || last.ms < QUICK_MS
      ? 'unknown'
      : spread < last.ms / 20
        ? 'burst'
        : 'incremental'
  const round = Math.round
  return {
    events: told.length,
    firstEventMs: first.ms,
    ...(delta === undefined ? {} : { firstDeltaMs: delta.ms }),
    lastEventMs: last.ms,
    longestGapMs,
    longestGapBefore,
    manner,
    note:
      manner === 'burst'
        ? `All deltas and everything behind them came within ${round(spread)} ms, after ${round(last.ms - spread)} ms of silence: something buffers the stream.`
        : `${told.length} events, the first after ${round(first.ms)} ms, the last after ${round(last.ms)} ms; the longest silence was ${round(longestGapMs)} ms.`,
  }
}
