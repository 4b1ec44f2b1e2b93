// Traces requirements to checks: which checks cover a requirement, and which requirements none can.

import type { Suite } from './load-suites-and-reporters.ts'
import { casesOf } from './plan.ts'
import type { CheckId, Contract, Requirement, RequirementId } from '../types/index.ts'

interface Trace {
  readonly requirement: Requirement
  readonly checks: readonly CheckId[]
  /** Why no check shows it. */
  readonly excuse?: string
}

export function traceRequirements(
  suites: readonly Suite[],
  contracts: readonly Contract[],
  requirements: ReadonlyMap<RequirementId, Requirement>,
): readonly Trace[] {
  const coverage = new Map<RequirementId, Set<CheckId>>()
  const cover = (id: CheckId, covers: readonly RequirementId[]): void => {
    for (const requirement of covers) {
      coverage.set(requirement, (coverage.get(requirement) ?? new Set()).add(id))
    }
  }
  for (const { checks, families } of suites) {
    for (const { id, covers } of checks) cover(id, covers)
    for (const family of families) {
      const covered = contracts
        .flatMap((contract) => casesOf(family, contract))
        .flatMap(({ covers }) => covers)
      cover(`${family.id}/*`, [...new Set(covered)])
    }
  }
  return [...requirements.values()].map((requirement) => ({
    requirement,
    checks: [...(coverage.get(requirement.id) ?? [])].toSorted(),
    ...(requirement.untestable === undefined ? {} : { excuse: requirement.untestable }),
  }))
}
