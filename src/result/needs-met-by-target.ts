// Compares targets of one result in the needed features.

import { cellKeyOf, cellsOf, featureOf, type OutcomeTally } from './rows-marks-and-standing.ts'
import type { Feature, RunResult, TargetRecord, Verdict, Yardstick } from '../types/index.ts'

/** `refused`: declined cleanly, which is no failure of the endpoint, and still no answer to a need. */
export type NeedAnswer = 'yes' | 'weakly' | 'no' | 'refused' | 'unknown'

export interface NeedCell {
  readonly met: NeedAnswer
  /** Musts that passed, of those that could be judged. */
  readonly passed: number
  readonly of: number
}

export type Fault = 'ours' | 'upstream' | 'unknown'

/** The rows that matter: those of the needed features by one yardstick. */
export function narrowRun(
  run: RunResult,
  needs: readonly Feature[],
  yardstick: Yardstick,
): RunResult {
  const verdicts = run.verdicts.filter(
    (row) => row.yardstick === yardstick && [...needs, 'common'].includes(featureOf(run, row)),
  )
  return { ...run, verdicts }
}

/** Need by target; `run` is narrowed. */
export function needCellOf(
  run: RunResult,
  target: TargetRecord,
  need: Feature,
  yardstick: Yardstick,
): NeedCell {
  const tally = cellsOf(run, [target]).get(cellKeyOf(target.id, need, yardstick))
  if (tally === undefined) return { met: 'unknown', passed: 0, of: 0 }
  return { met: metBy(tally), passed: tally.must.passed, of: tally.must.applicable }
}

function metBy({ outcomes, reasons, must }: OutcomeTally): NeedAnswer {
  if (outcomes.fail > 0) return 'no'
  if ((reasons.refused ?? 0) > 0) return 'refused'
  if (must.passed === 0 && outcomes.pass + outcomes.warn === 0) return 'unknown'
  if (outcomes.inconclusive > (reasons['model-declined'] ?? 0)) return 'unknown'
  return outcomes.warn > 0 ? 'weakly' : 'yes'
}

/** Whose fault a failure is, by the same check asked of what stands behind the endpoint. */
export function faultOf(run: RunResult, failed: Verdict, control: TargetRecord): Fault {
  const there = run.verdicts.filter(
    (row) =>
      row.target === control.id &&
      row.check === failed.check &&
      row.yardstick === failed.yardstick &&
      row.scenario === failed.scenario,
  )
  if (there.some(({ outcome }) => outcome === 'fail')) return 'upstream'
  return there.some(({ outcome }) => outcome === 'pass' || outcome === 'warn') ? 'ours' : 'unknown'
}
