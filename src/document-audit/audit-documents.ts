// Audits the documents of one or more providers, without a request.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { auditContract } from './audit.ts'
import { codeRoot } from '../base/package-root.ts'
import { loadContract, loadContracts } from '../contract/file/load.ts'
import { loadSuites, type Suite } from '../plan/load-suites-and-reporters.ts'
import { levelOfAll } from '../plan/requirements/requirement-catalogue.ts'
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

/** What the build writes: the rows of each shipped contract, by its id, as the shipped suites give them. */
export const AUDITS_FILE: string = join(codeRoot, 'audits.json.gz')

let saved: ReadonlyMap<string, readonly DocumentRow[]> | undefined

/**
 * As `auditDocuments` with the shipped suites, which load where a contract is not shipped: of the
 * others the answer is the same at every start, and was worked out by the build.
 */
export async function auditByShippedSuites(
  contracts: readonly Contract[],
): Promise<readonly DocumentRow[]> {
  const known = loadAudits()
  const isKnown = contracts.every(({ id }) => known.has(id))
  const suites = isKnown ? [] : await loadSuites()
  return contracts.flatMap(
    (contract) => known.get(contract.id) ?? auditDocuments([contract], suites),
  )
}

/** None where the code runs as it was written, without a build. */
function loadAudits(): ReadonlyMap<string, readonly DocumentRow[]> {
  saved ??= new Map(
    existsSync(AUDITS_FILE)
      ? Object.entries(JSON.parse(gunzipSync(readFileSync(AUDITS_FILE)).toString('utf8')) as object)
      : [],
  )
  return saved
}

/** The vendors whose documents are part of every main job. */
export function listShippedVendors(): readonly Contract[] {
  return loadContracts().filter(({ kind }) => kind === 'vendor')
}
