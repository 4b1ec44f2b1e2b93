import type { ClaimCondition, ClaimStatus } from './documented-claim.ts'
import type { Contradiction, Yardstick } from './contract.ts'
import type { Level } from './requirement.ts'
import type { Feature, ScenarioId } from './scenario.ts'

/**
 * What documents say, without any request. It carries no pass or fail.
 *
 * - `promise`: what is documented, conditional, denied or not mentioned, feature by feature
 * - `contradiction`: the documents against themselves
 * - `difference`: the documented shape against a yardstick
 * - `silence`: what a yardstick asks and the documents leave open
 * - `observation`: what a running server was seen to do, and the documents do not say
 */
export interface DocumentRow {
  readonly provider: string
  readonly kind: 'promise' | 'contradiction' | 'difference' | 'silence' | 'observation'
  readonly feature: Feature
  /** The yardstick for `difference` and `silence`. */
  readonly yardstick?: Exclude<Yardstick, 'own'>
  readonly status?: ClaimStatus
  /** Where: an API path, `sample <name> <request or response> <pointer>`, or `table <pointer into the contract>`. */
  readonly at: string
  /** One plain sentence. */
  readonly says: string
  readonly expected?: string
  readonly actual?: string
  /** The document's words. */
  readonly quote?: string
  readonly source: {
    readonly title: string
    readonly url: string
    readonly edition?: string
    readonly retrieved?: string
    /** Stands on another page than the one that the contract is made of, or in source code. */
    readonly kind?: 'page' | 'code'
  }
  /** For promises: the id of the capability whose API path it names (`specs/capabilities.yaml`). */
  readonly capability?: string
  /** For conditional promises: what has to have it. */
  readonly when?: ClaimCondition
  /** For contradictions: whether somebody who keeps one half breaks the other. */
  readonly weight?: Contradiction['weight']
  readonly level?: Level
  readonly contested?: string
  /** The scenarios of the suite that turn on it, for promises. */
  readonly scenarios?: readonly ScenarioId[]
}
