import type { Json } from './json.ts'
import type { WireRequest } from './request.ts'
import type { Anomaly, StreamEvent } from './stream.ts'

/** One request and what came back, secrets removed. */
export interface Exchange {
  readonly request: WireRequest
  readonly status: number
  /** As they came: order, case and duplicates kept. */
  readonly headers: readonly (readonly [string, string])[]
  readonly body: Body
  readonly ending: Ending
  /** Absent for documented samples and foreign recordings. */
  readonly timing?: {
    readonly startedAt: string
    readonly headersMs: number
    readonly firstByteMs?: number
    readonly endMs: number
    /** Byte offset and arrival of each chunk, up to a cap. */
    readonly chunks: readonly (readonly [number, number])[]
  }
  /** Size in bytes and SHA-256 of the body as it came. */
  readonly raw?: { readonly sha256: string; readonly bytes: number; readonly kept: number }
  /** Requests that it took, retries after 429 or 5xx included. */
  readonly tries?: number
  /** The evidence file's name without extension. */
  readonly evidence?: string
}

export type Exchanges<Names extends string = string> = Readonly<Record<Names, Exchange>>

export type Body =
  | { readonly kind: 'json'; readonly value: Json; readonly text: string }
  | {
      readonly kind: 'events'
      readonly events: readonly StreamEvent[]
      readonly anomalies: readonly Anomaly[]
    }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'empty' }

/** How the connection ended. */
export type Ending = 'complete' | 'cut' | 'timeout' | 'size-cap' | 'aborted'
