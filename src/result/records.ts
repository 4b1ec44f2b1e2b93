// Targets and contracts as a result tells of them: what a reader may know, and no key.

import { relative } from 'node:path'
import { loadContract } from '../contract/file/load.ts'
import type { Target } from '../target/target.ts'
import type { Contract, RunResult, TargetRecord } from '../types/index.ts'

export function recordOf(target: Target): TargetRecord {
  return {
    id: target.id,
    name: target.name,
    ...describedBy(target.contract),
    endpoint: endpointOf(target.baseUrl),
    models: {
      text: target.models.text,
      ...(target.models.vision === undefined ? {} : { vision: target.models.vision }),
    },
    ...(target.auth[0] === undefined || target.keyEnv === undefined
      ? {}
      : { credential: { ...target.auth[0], keyEnv: target.keyEnv } }),
    ...(Object.keys(target.headers).length === 0 ? {} : { headers: target.headers }),
    echoedModels: [],
    origin: target.origin,
    yardsticks: target.yardsticks,
    gate: target.gate,
    usage: { requests: 0, retries: 0, inputTokens: 0, outputTokens: 0, waitedMs: 0, wallMs: 0 },
  }
}

function describedBy(
  contract: string | undefined,
): Pick<TargetRecord, 'contract' | 'edition' | 'contractFile'> {
  if (contract === undefined) return {}
  const { id, edition } = loadContract(contract)
  const file = id === contract ? {} : { contractFile: relative('', contract) }
  return { contract: id, edition, ...file }
}

/** The contracts that only the user has, as a result tells of them. */
export function ownContracts(targets: readonly Target[]): RunResult['contracts'] {
  const named = targets.flatMap(({ contract }) =>
    contract === undefined ? [] : [{ contract, ...loadContract(contract) }],
  )
  return contractRecords(named.filter(({ id, contract }) => id !== contract))
}

/** By id, as a result tells of them. */
export function contractRecords(contracts: readonly Contract[]): RunResult['contracts'] {
  return Object.fromEntries(
    contracts.map(({ id, title, edition, sources, profile }) => [
      id,
      {
        title,
        edition,
        sources,
        ...(profile?.baseUrl === undefined ? {} : { endpoint: endpointOf(profile.baseUrl) }),
        ...(profile === undefined ? {} : { keyEnv: profile.keyEnv }),
      },
    ]),
  )
}

/** Scheme, host and path: a URL may carry credentials and queries that belong in no report. */
function endpointOf(baseUrl: string): string {
  const { protocol, host, pathname } = new URL(baseUrl)
  return `${protocol}//${host}${pathname}`
}
