// Which places of the suites produced a finding, and for which check.

import { AsyncLocalStorage } from 'node:async_hooks'

/** By place (`<file>:<line>:<column>`): the checks that accused there while they were recorded. */
export const accusers = new Map<string, Set<string>>()

const judging = new AsyncLocalStorage<string>()

/** Records what `work` reaches on behalf of this check. */
export function recordFor<T>(check: string, work: () => T): T {
  return judging.run(check, work)
}

/** Stands around the expression of a place and gives its value unchanged. */
export function watchPlace<T>(place: string, value: T): T {
  const check = judging.getStore()
  if (check !== undefined && accuses(value)) {
    const known = accusers.get(place)
    if (known === undefined) accusers.set(place, new Set([check]))
    else known.add(check)
  }
  return value
}

/** Whether this is a finding, a list with one, or a judgement with one. */
function accuses(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(accuses)
  if (typeof value !== 'object' || value === null) return false
  if ('findings' in value) return accuses(value.findings)
  return 'expected' in value && 'actual' in value
}
