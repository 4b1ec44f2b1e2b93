// Collects what is unusual in the framing of a stream. Whether it is wrong is for a check to say.

import type { Anomaly, AnomalyKind } from '../types/index.ts'

const NOTES: Readonly<Record<AnomalyKind, string>> = {
  'no-event-line': 'a frame without an `event:` line',
  'event-differs-from-type': 'the `event:` line differs from `type` in the data',
  'no-type': 'data without a string `type`',
  'empty-data': 'an empty `data:` line',
  'event-without-data': 'an `event:` line without any `data:` line; parsers drop such a frame',
  'not-json': 'a payload that is neither JSON nor `[DONE]`',
  'cr-line-ends': 'lines end in a bare CR',
  'crlf-line-ends': 'lines end in CRLF',
  'mixed-line-ends': 'more than one kind of line end',
  'byte-order-mark': 'the stream begins with a byte order mark',
  'split-utf8': 'a character is split between two chunks, which is legal',
  'invalid-utf8': 'bytes that are not UTF-8',
  'unterminated-frame': 'the last frame is not closed by a blank line',
  'after-terminal': 'data after the terminal event',
  'left-open': 'the connection stays open after the terminal event',
  'unasked-compression': 'compressed although the request did not ask for it',
  'wrong-content-type': 'a stream that is not declared as text/event-stream',
  'id-line': 'an `id:` line',
  'retry-line': 'a `retry:` line',
  comment: 'a comment line',
  'unknown-line': 'a line that is no field of an event stream',
  cut: 'longer than what is kept: the rest was only counted',
}

export interface AnomalyLog {
  note(kind: AnomalyKind, offset: number, event?: number, detail?: string): void
  list(): readonly Anomaly[]
}

/** One entry for each kind: the place of the first occurrence, and how often. */
export function createAnomalyLog(): AnomalyLog {
  const found = new Map<AnomalyKind, { -readonly [Key in keyof Anomaly]: Anomaly[Key] }>()
  return {
    note(kind, offset, event, detail) {
      const known = found.get(kind)
      if (known !== undefined) {
        known.count += 1
        return
      }
      found.set(kind, {
        kind,
        offset,
        ...(event === undefined ? {} : { event }),
        count: 1,
        note: detail === undefined ? NOTES[kind] : `${NOTES[kind]}: ${detail}`,
      })
    },
    list: () => [...found.values()].toSorted((a, b) => a.offset - b.offset),
  }
}
