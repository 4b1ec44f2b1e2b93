// The orders in which rows, levels and keys are written: the same on every machine.

import type { Json, Level, Yardstick } from '../types/index.ts'

export const YARDSTICK_LABELS: readonly Yardstick[] = ['own', 'openai', 'open-responses']

/** The strongest first. */
export const LEVELS: readonly Level[] = ['must', 'should', 'may']

/** Position in a list; what is not in it comes last. */
export function rankOf<T>(list: readonly T[], value: T): number {
  const index = list.indexOf(value)
  return index < 0 ? list.length : index
}

/** By code unit. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** A copy whose objects have their keys in alphabetical order, without those that are undefined. */
export function sortKeys(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(sortKeys)
  if (typeof value !== 'object' || value === null) return value
  const given = value as Readonly<Record<string, Json | undefined>>
  const sorted: Record<string, Json> = {}
  for (const key of Object.keys(given).toSorted(compareText)) {
    const inner = given[key]
    if (inner === undefined) continue
    // As an assignment this one key would set the prototype.
    if (key === '__proto__') Object.defineProperty(sorted, key, { ...OWN, value: sortKeys(inner) })
    else sorted[key] = sortKeys(inner)
  }
  return sorted
}

const OWN = { configurable: true, enumerable: true, writable: true } as const
