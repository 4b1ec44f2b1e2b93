import type { Json } from './json.ts'
import type { Operation, WireRequest } from './request.ts'
import type { Anomaly, StreamEvent } from './stream-event-and-anomaly.ts'

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
  /** Fields that were refused by name, and without which the request was sent again. */
  readonly leftOut?: readonly LeftOut[]
  /** Of a turn on a WebSocket: the connection of the turn before was gone. */
  readonly reconnected?: true
  /** Where reading ended because there was more than is read. */
  readonly beyond?: LimitName
  /** How much of the answer was read, where that was not the usual. */
  readonly limits?: Partial<ReadingLimits>
  /** The evidence file's name without extension. */
  readonly evidence?: string
  /** Of a foreign recording: what its tool did not keep. Nothing is judged by it. */
  readonly unrecorded?: readonly Unrecorded[]
}

/** What of an answer is counted, and how much of it is read; see `src/target/reading-limits.ts`. */
export type LimitName =
  | 'body-bytes'
  | 'head-bytes'
  | 'redirects'
  | 'chunks'
  | 'events'
  | 'json-levels'
  | 'json-values'
  | DocumentLimitName

/** What of a contract or of a published document is counted; see `src/schema/document-limits.ts`. */
export type DocumentLimitName =
  | 'document-levels'
  | 'schema-values'
  | 'schema-fields'
  | 'schema-steps'
  | 'patterns'
  | 'pattern-characters'

export type ReadingLimits = Readonly<Record<LimitName, number>>

/** What was not recorded of an exchange, and so is not judged. */
export type Unrecorded =
  | 'request'
  | 'status'
  | 'headers'
  | 'framing'
  | 'end'
  /** Whether a `null` was sent, or stands for what was absent. */
  | 'nulls'

export interface LeftOut {
  /** The name of a field of the request's body. */
  readonly field: string
  /** The refusal, for a finding. */
  readonly said: string
  /** Whether its code calls the field unsupported. */
  readonly isUnsupported: boolean
  /** Whether it means nothing without another field, which is the one that was refused. */
  readonly isDependent: boolean
}

export type Exchanges<Names extends string = string> = Readonly<Record<Names, Exchange>>

export type Body =
  | { readonly kind: 'json'; readonly value: Json; readonly text: string }
  | {
      readonly kind: 'events'
      readonly events: readonly StreamEvent[]
      readonly anomalies: readonly Anomaly[]
      /** There is more than is read. */
      readonly beyond?: LimitName
    }
  /** `beyond`: JSON or packed bytes in which there is more than is read. */
  | { readonly kind: 'text'; readonly text: string; readonly beyond?: LimitName }
  | { readonly kind: 'empty' }

/** How the connection ended. */
export type Ending = 'complete' | 'cut' | 'timeout' | 'size-cap' | 'aborted'

/** What an answer was, without what differs from one request to the next. */
export interface AnswerFacts {
  readonly operation: Operation
  readonly status: number
  /** Without parameters, in lower case; empty where there is none. */
  readonly mediaType: string
  readonly body: 'object' | 'list' | 'scalar' | 'null' | 'text' | 'empty' | 'events'
  /** What was said instead of an answer: at most 60 characters, without ids, code words, times and paths. */
  readonly message?: string
  /** Of a refusal: `object` for an error object, `text`, `nothing`, or the first key of another object. */
  readonly errorForm?: string
  /** Whether it names an id that the request had. */
  readonly repeatsId?: true
}
