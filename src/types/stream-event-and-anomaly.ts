import type { Json } from './json.ts'

export interface StreamEvent {
  /** 0-based, in order of arrival. */
  readonly index: number
  /** The `event:` line. */
  readonly name?: string
  /** The parsed payload; undefined when it is not JSON (`[DONE]`). */
  readonly data?: Json
  /** The payload as it came, lines joined by LF. */
  readonly raw: string
  readonly id?: string
  /** Byte offset of the frame in the body. */
  readonly offset: number
  /** Arrival of the frame's last byte in milliseconds after the request was sent. */
  readonly ms: number
}

/** Something unusual in the framing; whether it is wrong is for a check to say. */
export interface Anomaly {
  readonly kind: AnomalyKind
  /** Byte offset of its first occurrence. */
  readonly offset: number
  readonly event?: number
  /** How often it occurred. */
  readonly count: number
  readonly note: string
}

export type AnomalyKind =
  | 'no-event-line'
  | 'event-differs-from-type'
  | 'no-type'
  | 'empty-data'
  | 'event-without-data'
  | 'not-json'
  | 'cr-line-ends'
  | 'crlf-line-ends'
  | 'mixed-line-ends'
  | 'byte-order-mark'
  | 'split-utf8'
  | 'invalid-utf8'
  | 'unterminated-frame'
  | 'after-terminal'
  | 'left-open'
  | 'unasked-compression'
  | 'wrong-content-type'
  | 'id-line'
  | 'retry-line'
  | 'comment'
  | 'unknown-line'
  | 'cut'
