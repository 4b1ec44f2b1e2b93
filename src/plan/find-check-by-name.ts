// The checks and families that there are, each with the name under which it is asked for.

import { loadContract, loadContracts } from '../contract/file/load.ts'
import type { Check, Family, RequirementId } from '../types/index.ts'
import type { Suite } from './load-suites-and-reporters.ts'
import { currentIdOf } from './renamed-checks.ts'
import { casesOf, acceptanceCheckIdOf } from './plan.ts'

/** A check; or a family, which one of its cases stands for. */
export interface CatalogueEntry {
  /** `<suite>/<name>` */
  readonly id: string
  readonly title: string
  readonly covers: readonly RequirementId[]
  readonly check: Check
  /** Ids of a family's cases. */
  readonly cases?: readonly string[]
}

/**
 * The check, family or case of this name: `tool/choice`, `parameters/echoed`, `parameters/echoed/user`,
 * and `image/accepted` for the check that decides whether a suite's questions are answered.
 */
export function findInCatalogue(
  name: string,
  suites: readonly Suite[],
): CatalogueEntry | undefined {
  const id = currentIdOf(name)
  const gate = findGate(suites)
  for (const { feature, checks, families } of suites) {
    if (gate !== undefined && id === acceptanceCheckIdOf(gate.id, feature))
      return { ...checkEntry(gate), id }
    const check =
      checks.find((each) => each.id === id) ??
      families.flatMap(casesAnywhere).find((each) => each.id === id)
    if (check !== undefined) return checkEntry(check)
    const family = families.find((each) => each.id === id.replace(/\/\*?$/, ''))
    if (family !== undefined) return familyEntry(family)
  }
  return undefined
}

/** All names that `findInCatalogue` knows. */
export function listNames(suites: readonly Suite[]): readonly string[] {
  const gate = findGate(suites)
  return suites.flatMap(({ feature, checks, families }) => [
    ...(gate === undefined ? [] : [acceptanceCheckIdOf(gate.id, feature)]),
    ...checks.map(({ id }) => id),
    ...families.flatMap((family) => [family.id, ...casesAnywhere(family).map(({ id }) => id)]),
  ])
}

/** The check that tells whether questions were answered at all, once for each suite. */
function findGate(suites: readonly Suite[]): Check | undefined {
  return suites
    .flatMap(({ checks }) => checks)
    .find((check) => check.acceptanceCheck === true && check.scenario === 'every')
}

function checkEntry(check: Check): CatalogueEntry {
  const { id, title, covers } = check
  return { id, title, covers, check }
}

/** Undefined for a family without cases. */
function familyEntry(family: Family): CatalogueEntry | undefined {
  const cases = casesAnywhere(family)
  const [check] = cases
  if (check === undefined) return undefined
  const { id, title, covers } = family
  return { id, title, covers, check, cases: [...new Set(cases.map((each) => each.id))] }
}

/** Cases by the yardsticks; some families have cases for certain vendors only. */
function casesAnywhere(family: Family): readonly Check[] {
  const yardsticks = ['openai', 'open-responses', 'reference'].map(loadContract)
  const some = yardsticks.flatMap((contract) => casesOf(family, contract))
  return some.length > 0 ? some : loadContracts().flatMap((contract) => casesOf(family, contract))
}
