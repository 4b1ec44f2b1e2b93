// What both ways of judging share: the context of the run, and the row that they create.

import type { Conclusion } from './conclude-outcome.ts'
import type { EvidenceSource } from '../evidence/live.ts'
import type { Case, PlannedJudgement, Yardsticks } from '../plan/plan.ts'
import type { Target } from '../target/target-and-keys.ts'
import type { Evidence, Scenario, Verdict } from '../types/index.ts'

export interface RunContext {
  readonly target: Target
  readonly yardsticks: Yardsticks
  readonly source: EvidenceSource
  /** Every scenario of the run, for checks of every exchange. */
  readonly scenarios: readonly Scenario[]
  /** How often a forced or behavioural check may ask. */
  readonly attempts: number
}

export function evidenceIdsOf(evidence: Evidence): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(evidence.exchanges).flatMap(([step, exchange]) =>
      exchange?.evidence === undefined ? [] : [[step, exchange.evidence]],
    ),
  )
}

/** The target, with the origin of what was seen of it. */
export function originOf(
  { target }: RunContext,
  { origin }: Pick<Evidence, 'origin'>,
): { readonly id: string; readonly origin: Verdict['origin'] } {
  return { id: target.id, origin }
}

export function createRow(
  planned: Case,
  plannedJudgement: PlannedJudgement,
  scenario: string,
  on: { readonly id: string; readonly origin: Verdict['origin'] },
  conclusion: Conclusion,
): Verdict {
  const { by: _, of: ___, findings, ...shown } = conclusion
  return {
    target: on.id,
    scenario,
    check: planned.check,
    yardstick: plannedJudgement.yardstick,
    origin: on.origin,
    level: plannedJudgement.level,
    ...(plannedJudgement.basis === undefined ? {} : { basis: plannedJudgement.basis }),
    requirements: plannedJudgement.requirements,
    ...(plannedJudgement.claim === undefined ? {} : { claim: plannedJudgement.claim }),
    attempts: { made: 1, passed: conclusion.outcome === 'pass' ? 1 : 0 },
    evidence: {},
    ...shown,
    findings: findings.map(({ by: __, ...finding }) => finding),
  }
}
