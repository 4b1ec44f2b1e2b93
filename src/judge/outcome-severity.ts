// The order of outcomes when many become one row.

import type { Outcome } from '../types/index.ts'

/** Which outcome a row about many exchanges gets: a violation anywhere, else a pass anywhere. */
export const WORST_FIRST: readonly Outcome[] = [
  'fail',
  'warn',
  'pass',
  'inconclusive',
  'not-applicable',
]

/** 0 for the worst. */
export function severityOf(outcome: Outcome): number {
  return WORST_FIRST.indexOf(outcome)
}
