// Audits the documents of one or more providers, without a request.

import { auditContract } from './audit.ts'
import { loadContract, loadContracts } from '../contract/file/load.ts'
import type { Suite } from '../plan/load-suites-and-reporters.ts'
import { levelOfAll } from '../plan/requirement-catalogue.ts'
import type { Contract, DocumentRow, Scenario } from '../types/index.ts'

/** Rows of these contracts, in their order. */
export function auditDocuments(
  contracts: readonly Contract[],
  suites: readonly Suite[],
): readonly DocumentRow[] {
  const checks = suites.flatMap((suite) => suite.checks)
  const scenarios = new Map<string, Scenario>()
  for (const { scenario } of checks) if (scenario !== 'every') scenarios.set(scenario.id, scenario)
  const yardsticks = {
    openai: loadContract('openai'),
    'open-responses': loadContract('open-responses'),
  }
  return contracts.flatMap((contract) =>
    auditContract(contract, yardsticks, {
      scenarios: [...scenarios.values()],
      checks,
      level: (check, yardstick) => levelOfAll(check.covers, yardstick),
    }),
  )
}

/** The vendors whose documents are part of every main job. */
export function listShippedVendors(): readonly Contract[] {
  return loadContracts().filter(({ kind }) => kind === 'vendor')
}
