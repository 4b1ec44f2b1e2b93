// Checks before sending that a request is what its step intends: valid, or wrong in one place. So no
// provider is accused because of an invalid request of this project.

import { memoize2 } from '../base/memoize.ts'
import type { Contract, Exchange, Finding, Step, WireRequest } from '../types/index.ts'

/** What is wrong with a request by a contract. The model's name is the user's choice. */
const flawsOf = memoize2((contract: Contract, request: WireRequest): readonly Finding[] =>
  contract.requestFlaws(request).filter(({ at }) => at !== '/model'),
)

/** Why a request is not valid by a contract; undefined when it is. */
export function findUndocumentedForm(
  contract: Contract,
  { request }: Exchange,
): string | undefined {
  const [flaw] = flawsOf(contract, request)
  return flaw === undefined ? undefined : `${flaw.at} ${flaw.expected}`
}

/**
 * How a request departs from what its step says of it by every one of the contracts; undefined
 * when one of them finds it as meant. A request that only a provider's own documents know is
 * valid by those.
 */
export function findDeparture(
  { expect, invalidAt }: Step,
  request: WireRequest,
  contracts: readonly Contract[],
): string | undefined {
  // No schema can find what is wrong by meaning: an unknown id, a body of garbage.
  if (expect === 'either' || (expect === 'refusal' && invalidAt === undefined)) return undefined
  let first: string | undefined
  for (const contract of contracts) {
    const astray = flawsOf(contract, request).find(
      ({ at }) => invalidAt === undefined || !at.startsWith(invalidAt),
    )
    if (astray === undefined) return undefined
    first ??= `${astray.at} by ${contract.title}: expected ${astray.expected}, got ${astray.actual}`
  }
  return first
}
