import type { Exchange } from './exchange.ts'
import type { Doubt } from './outcome-and-reason.ts'

/**
 * Where an observation comes from. `live` and `recorded` speak about a provider, `emulated`
 * (the reference provider in a vendor's documented shape) about this project only.
 * What documents say is never an observation: see `DocumentRow`.
 */
export type Origin = 'live' | 'recorded' | 'emulated'

/** The exchanges of one scenario. Gathering stops at the first step that cannot be completed. */
export interface Evidence<Names extends string = string> {
  readonly origin: Origin
  readonly exchanges: Readonly<Partial<Record<Names, Exchange>>>
  readonly stopped?: { readonly step: string; readonly doubt: Doubt }
  readonly nonce: string
}
