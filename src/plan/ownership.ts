// Which check judges which place of a response: one wrong field is to be one red line.

import { verdictOf } from '../authoring/define.ts'
import { memoize2 } from '../base/memoize.ts'
import type { Check, Contract, Family, Judgement, Yardstick } from '../types/index.ts'
import { levelOfAll } from './requirements/requirement-catalogue.ts'

interface Suite {
  readonly checks: readonly Check[]
  readonly families: readonly Family[]
}

const PUBLISHED: readonly Yardstick[] = ['openai', 'open-responses']

/**
 * The suites, in which general checks leave alone what others own: a check that `yields` leaves every
 * owned place, a family its cases about places that a plain check owns by the same published yardstick.
 * By its own page a provider may name and type a field as it likes, so there all cases stay.
 */
export function yieldToOwners<S extends Suite>(suites: readonly S[]): readonly S[] {
  const checks = suites.flatMap((suite) => suite.checks)
  const families = suites.flatMap((suite) => suite.families)
  const casesOf = memoize2((family: Family, contract: Contract): readonly Check[] => {
    const cases = family.cases(contract)
    const yardstick = PUBLISHED.find((each) => each === contract.id)
    if (yardstick === undefined || contract.kind !== 'yardstick') return cases
    const isOwned = placesOf(checks.filter((check) => judgesBy(check, yardstick)))
    return cases.filter(({ owns = [] }) => owns.length === 0 || !owns.every(isOwned))
  })
  const owners = memoize2((contract: Contract, list: readonly Family[]) =>
    Object.fromEntries(
      (['own', ...PUBLISHED] as const).map((yardstick) => [
        yardstick,
        placesOf([
          ...checks.filter((check) => judgesBy(check, yardstick)),
          ...list.flatMap((family) => casesOf(family, contract)),
        ]),
      ]),
    ),
  )
  const yielding = (check: Check): Check => ({
    ...check,
    judge: (exchanges, context): Judgement => {
      const judgement = check.judge(exchanges, context)
      const creates = Object.values(exchanges).every(
        (exchange) => exchange?.request.operation === 'create',
      )
      if (judgement.kind !== 'violated' || !creates) return judgement
      const isOwned = owners(context.contract, families)[context.yardstick]!
      return verdictOf(judgement.findings.filter(({ at }) => !isOwned(at)))
    },
  })
  return suites.map((suite) => ({
    ...suite,
    checks: suite.checks.map((check) => (check.yields === true ? yielding(check) : check)),
    families: suite.families.map((family) => ({
      ...family,
      cases: (contract: Contract) => casesOf(family, contract),
    })),
  }))
}

function judgesBy({ only, covers }: Check, yardstick: Yardstick): boolean {
  return only?.includes(yardstick) !== false && levelOfAll(covers, yardstick) !== undefined
}

/** Whether one of these checks owns a place, given as a JSON pointer. */
function placesOf(owners: readonly Check[]): (at: string) => boolean {
  const exact = new Set(owners.flatMap(({ owns = [] }) => owns))
  return (at) => {
    const place = at.replaceAll(/\/\d+(?=\/|$)/g, '/*')
    if (exact.has(place)) return true
    // `/usage/**` is the place itself and everything below it.
    for (let above = place; above !== ''; above = above.slice(0, above.lastIndexOf('/')))
      if (exact.has(`${above}/**`)) return true
    return false
  }
}
