// What a row is to a format of test cases: red, green, or neither.

import type { TargetRecord, Verdict } from '../../src/types/index.ts'
import { REASON_WORDS, YARDSTICK_NAMES } from './labels.ts'

/** A red case is one that decides the exit code: gated, and not expected by the baseline. */
export function isDecidingFailure(target: TargetRecord, row: Verdict): boolean {
  return row.outcome === 'fail' && target.gate.includes(row.yardstick) && row.expected === undefined
}

/** Why a case is neither red nor green. */
export function describeSkip(target: TargetRecord, row: Verdict): string | undefined {
  if (row.expected !== undefined && row.outcome === 'fail')
    return `expected until ${row.expected.expires}: ${row.expected.reason}`
  if (row.outcome === 'fail' && !target.gate.includes(row.yardstick))
    return `fails by ${YARDSTICK_NAMES[row.yardstick]}, which does not gate this target`
  if (row.outcome === 'inconclusive' || row.outcome === 'not-applicable')
    return [
      row.outcome === 'inconclusive' ? 'inconclusive' : 'not applicable',
      row.reason === undefined ? '' : REASON_WORDS[row.reason],
      row.note ?? '',
    ]
      .filter(Boolean)
      .join(': ')
  return undefined
}
