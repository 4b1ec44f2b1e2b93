// How much of one answer is read. What lies beyond is never held against a provider: it is not judged.

import type { LimitName, ReadingLimits } from '../types/index.ts'
import { JSON_LIMITS } from '../base/json.ts'
import { UsageError } from '../base/errors.ts'

interface ReadingLimit {
  readonly usual: number
  /** What may be asked for: above it, a body could not be kept and judged again. */
  readonly most: number
  readonly what: string
}

const MIB = 1024 * 1024

export const READING_LIMITS = {
  'body-bytes': { usual: 8 * MIB, most: 32 * MIB, what: 'bytes of a body, decompressed too' },
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
} satisfies Readonly<Record<LimitName, ReadingLimit>>

const NAMES = Object.keys(READING_LIMITS) as LimitName[]

export const USUAL_LIMITS = Object.fromEntries(
  NAMES.map((name) => [name, READING_LIMITS[name].usual]),
) as ReadingLimits

/** The usual limits but for those that were chosen. */
export function completeLimits(chosen: Partial<ReadingLimits> = {}): ReadingLimits {
  return { ...USUAL_LIMITS, ...chosen }
}

/** Whether a value from a file chooses limits, each within what may be asked for. */
export function isChoiceOfLimits(value: unknown): value is Partial<ReadingLimits> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  return Object.entries(value).every(([name, number]) => findMistake(name, number) === undefined)
}

/** `body-bytes=100000,events=500` → the chosen limits. Throws a `UsageError` that says what is wrong. */
export function parseLimits(text: string): Partial<ReadingLimits> {
  const parts = text.split(',').map((part) => {
    const [, name = '', digits] = /^\s*([^=]*?)\s*=\s*(\d{1,15})\s*$/.exec(part) ?? []
    if (digits === undefined) {
      throw new UsageError(`--limit "${part}" is not of the form NAME=NUMBER; ${listNames()}`)
    }
    const mistake = findMistake(name, Number(digits))
    if (mistake !== undefined) throw new UsageError(`--limit "${part}": ${mistake}`)
    return [name, Number(digits)] as const
  })
  return Object.fromEntries(parts)
}

function findMistake(name: string, number: unknown): string | undefined {
  if (!Object.hasOwn(READING_LIMITS, name)) return `there is no limit "${name}"; ${listNames()}`
  const { most } = READING_LIMITS[name as LimitName]
  const isRight = Number.isInteger(number) && Number(number) >= 1 && Number(number) <= most
  return isRight ? undefined : `${name} is a whole number from 1 to ${most}`
}

function listNames(): string {
  return `there are ${NAMES.join(', ')}`
}

/** Why nothing is judged by an answer that went beyond a limit. */
export function describeLimit(name: LimitName, limits: ReadingLimits): string {
  return `the answer has more than ${limits[name]} ${READING_LIMITS[name].what}, which is the limit "${name}"`
}
