// Lists what the documents promise: one row for each capability, and one for each declared claim about what
// is no capability. A promise belongs to the capability whose API path it names, never to who uses it.

import type {
  ApiPath,
  Claim,
  ClaimStatus,
  Contract,
  DocumentRow,
  Scenario,
} from '../types/index.ts'
import { findContradictionAt } from '../contract/api-path.ts'
import { loadCapabilities, type Capability } from '../plan/requirements/capabilities.ts'
import { featureOfApiPath } from './feature-of.ts'
import { sourceOf } from './cited-source.ts'

/** What a promise row needs of a scenario. */
export type Interest = Pick<Scenario, 'id' | 'apiPaths'>

const SAYS: Readonly<Record<ClaimStatus, string>> = {
  documented: 'is documented.',
  conditional: 'is documented under a condition.',
  inherited: 'is taken over with the whole format, and not named.',
  denied: 'is said not to be supported.',
  silent: 'is not mentioned.',
}

export function promisesOf(
  contract: Contract,
  interests: readonly Interest[],
): readonly DocumentRow[] {
  const capabilities = loadCapabilities().filter(({ at }) => at.length > 0)
  const cells = capabilities.map((capability): DocumentRow => {
    const at = tellingPathOf(contract, capability)
    return {
      ...rowOf(contract, capability.feature, at, contract.claim([at])),
      capability: capability.id,
      ...scenariosAt(capability.at, interests),
    }
  })
  const named = new Set(capabilities.flatMap(({ at }) => at))
  const more = contract.claims.flatMap((claim) =>
    claim.hinge === undefined || named.has(claim.hinge)
      ? []
      : [
          {
            ...rowOf(contract, featureOfApiPath(claim.hinge), claim.hinge, claim),
            ...scenariosAt([claim.hinge], interests),
          },
        ],
  )
  return [...cells, ...more]
}

/** What was seen of a running server, beside what the documents say. */
export function observationsOf(contract: Contract): readonly DocumentRow[] {
  return contract.observed.map(({ at, says, of, seen, against }) => ({
    provider: contract.id,
    kind: 'observation',
    feature: featureOfApiPath(at),
    at,
    says: against === undefined ? says : `Against what is said of \`${against}\`: ${says}`,
    source: {
      title: `Seen: ${of}`,
      url: (contract.sources.find(({ kind }) => kind === 'code') ?? contract.sources[0])?.url ?? '',
      ...(seen === undefined ? {} : { retrieved: seen }),
    },
  }))
}

/** The first path of which the contract says something of its own; else one that is taken over; else the first. */
function tellingPathOf(contract: Contract, { at }: Capability): ApiPath {
  const statusOf = (apiPath: ApiPath): ClaimStatus => contract.claim([apiPath]).status
  return (
    at.find((apiPath) => !['silent', 'inherited'].includes(statusOf(apiPath))) ??
    at.find((apiPath) => statusOf(apiPath) === 'inherited') ??
    at[0]!
  )
}

function scenariosAt(
  apiPaths: readonly ApiPath[],
  interests: readonly Interest[],
): Pick<DocumentRow, 'scenarios'> {
  const using = interests.filter((one) =>
    one.apiPaths.some((apiPath) => apiPaths.includes(apiPath)),
  )
  return using.length === 0 ? {} : { scenarios: [...new Set(using.map(({ id }) => id))] }
}

function rowOf(contract: Contract, feature: string, apiPath: ApiPath, claim: Claim): DocumentRow {
  const { status, says, words, source, when } = claim
  const contested = status === 'silent' ? undefined : findContradictionAt(contract, apiPath)
  return {
    provider: contract.id,
    kind: 'promise',
    feature,
    status,
    at: apiPath,
    says: says ?? `\`${apiPath}\` ${SAYS[status]}`,
    ...(words === undefined ? {} : { quote: words }),
    ...(when === undefined ? {} : { when }),
    ...(contested === undefined ? {} : { contested }),
    source: sourceOf(contract, source),
  }
}
