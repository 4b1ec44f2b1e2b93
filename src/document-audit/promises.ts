// Lists what the documents promise, feature by feature: one row for each API path of a scenario, and one
// for each declared claim that no scenario uses.

import type {
  Claim,
  ClaimStatus,
  Contract,
  DocumentRow,
  ApiPath,
  Scenario,
} from '../types/index.ts'
import { featureOfApiPath } from './feature-of.ts'
import { sourceOf } from './source.ts'

/** What a promise row needs of a scenario. */
export type Interest = Pick<Scenario, 'id' | 'apiPaths'>

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
  const wanted = new Map<string, { feature: string; hinge: ApiPath; scenarios: string[] }>()
  for (const { id, apiPaths } of interests) {
    const feature = id.split('/')[0]!
    for (const apiPath of apiPaths) {
      const key = `${feature} ${apiPath}`
      const entry = wanted.get(key) ?? { feature, hinge: apiPath, scenarios: [] }
      entry.scenarios.push(id)
      wanted.set(key, entry)
    }
  }
  const asked = [...wanted.values()].map(({ feature, hinge: apiPath, scenarios }) => ({
    ...rowOf(contract, feature, apiPath, contract.claim([apiPath])),
    scenarios: [...new Set(scenarios)],
  }))
  const apiPaths = new Set([...wanted.values()].map(({ hinge: apiPath }) => apiPath))
  const more = contract.claims.flatMap((claim) =>
    claim.hinge === undefined || apiPaths.has(claim.hinge)
      ? []
      : [rowOf(contract, featureOfApiPath(claim.hinge), claim.hinge, claim)],
  )
  return [...asked, ...more]
}

function rowOf(contract: Contract, feature: string, apiPath: ApiPath, claim: Claim): DocumentRow {
  return {
    provider: contract.id,
    kind: 'promise',
    feature,
    status: claim.status,
    at: apiPath,
    says: claim.says ?? `\`${apiPath}\` ${SAYS[claim.status]}`,
    ...(claim.words === undefined ? {} : { quote: claim.words }),
    source: sourceOf(contract, claim.source),
  }
}
