// What the documents promise, feature by feature: one row for each hinge on which a scenario turns,
// and one for each declared claim on which none does.

import type { Claim, ClaimStatus, Contract, DocumentRow, Hinge, Scenario } from '../types/index.ts'
import { featureOf } from './feature-of.ts'
import { originOf } from './source.ts'

/** What a promise row needs of a scenario. */
export type Interest = Pick<Scenario, 'id' | 'hinges'>

const SAYS: Readonly<Record<ClaimStatus, string>> = {
  documented: 'is documented.',
  conditional: 'is documented under a condition.',
  denied: 'is said not to be supported.',
  silent: 'is not mentioned.',
}

export function promisesOf(
  contract: Contract,
  interests: readonly Interest[],
): readonly DocumentRow[] {
  const wanted = new Map<string, { feature: string; hinge: Hinge; scenarios: string[] }>()
  for (const { id, hinges } of interests) {
    const feature = id.split('/')[0]!
    for (const hinge of hinges) {
      const key = `${feature} ${hinge}`
      const entry = wanted.get(key) ?? { feature, hinge, scenarios: [] }
      entry.scenarios.push(id)
      wanted.set(key, entry)
    }
  }
  const asked = [...wanted.values()].map(({ feature, hinge, scenarios }) => ({
    ...rowOf(contract, feature, hinge, contract.claim([hinge])),
    scenarios: [...new Set(scenarios)],
  }))
  const hinges = new Set([...wanted.values()].map(({ hinge }) => hinge))
  const more = contract.claims.flatMap((claim) =>
    claim.hinge === undefined || hinges.has(claim.hinge)
      ? []
      : [rowOf(contract, featureOf(claim.hinge), claim.hinge, claim)],
  )
  return [...asked, ...more]
}

function rowOf(contract: Contract, feature: string, hinge: Hinge, claim: Claim): DocumentRow {
  return {
    provider: contract.id,
    kind: 'promise',
    feature,
    status: claim.status,
    at: hinge,
    says: claim.says ?? `\`${hinge}\` ${SAYS[claim.status]}`,
    ...(claim.words === undefined ? {} : { quote: claim.words }),
    source: originOf(contract, claim.source),
  }
}
