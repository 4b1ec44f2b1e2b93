// How much is read, of one answer and of a document. What lies beyond is never held against a provider: it is not judged.

import type { LimitName, ReadingLimits } from '../types/index.ts'
import { JSON_LIMITS } from '../base/json.ts'
import {
  DOCUMENT_LIMITS,
  findLimitMistake,
  parseLimitList,
  type LimitTable,
} from '../schema/document-limits.ts'

const MIB = 1024 * 1024

/** Above what may be asked for, a body could not be kept and judged again. */
export const READING_LIMITS = {
  'body-bytes': { usual: 8 * MIB, most: 32 * MIB, what: 'bytes of a body, decompressed too' },
  'head-bytes': { usual: 64 * 1024, most: MIB, what: 'bytes of a head' },
  redirects: { usual: 0, most: 10, least: 0, what: 'redirects to the same host' },
  chunks: { usual: 2_000_000, most: 20_000_000, what: 'pieces in which a body comes' },
  events: { usual: 100_000, most: 1_000_000, what: 'frames of an event stream' },
  'json-levels': {
    usual: JSON_LIMITS['json-levels'],
    most: 256,
    what: 'levels of nesting in JSON',
  },
  'json-values': {
    usual: JSON_LIMITS['json-values'],
    most: 4_000_000,
    what: 'values in one JSON text',
  },
  ...DOCUMENT_LIMITS,
} as const satisfies LimitTable<LimitName>

const TABLE: LimitTable<LimitName> = READING_LIMITS

export const USUAL_LIMITS = Object.fromEntries(
  Object.entries(TABLE).map(([name, { usual }]) => [name, usual]),
) as ReadingLimits

/** The usual limits but for those that were chosen. */
export function completeLimits(chosen: Partial<ReadingLimits> = {}): ReadingLimits {
  return { ...USUAL_LIMITS, ...chosen }
}

/** Whether a value from a file chooses limits, each within what may be asked for. */
export function isChoiceOfLimits(value: unknown): value is Partial<ReadingLimits> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  return Object.entries(value).every(
    ([name, number]) => findLimitMistake(name, number, TABLE) === undefined,
  )
}

/** `body-bytes=100000,events=500` → the chosen limits. Throws a `UsageError` that says what is wrong. */
export function parseLimits(text: string): Partial<ReadingLimits> {
  return parseLimitList(text, TABLE, '--limit')
}

/** Why nothing is judged by an answer that went beyond a limit. */
export function describeLimit(name: LimitName, limits: ReadingLimits): string {
  return `the answer has more than ${limits[name]} ${TABLE[name].what}, which is the limit "${name}"`
}
