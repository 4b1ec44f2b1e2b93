import type { CheckId } from './check-id.ts'
import type { Claim } from './documented-claim.ts'
import type { Yardstick } from './contract.ts'
import type { Origin } from './evidence.ts'
import type { Finding } from './judgement.ts'
import type { Blocker, Outcome, Reason } from './outcome-and-reason.ts'
import type { Level, RequirementId } from './requirement.ts'
import type { ScenarioId } from './scenario.ts'

/** One flat row: what one check says about one target by one yardstick. */
export interface Verdict {
  readonly target: string
  readonly scenario: ScenarioId
  readonly check: CheckId
  readonly yardstick: Yardstick
  readonly origin: Origin
  readonly outcome: Outcome
  readonly reason?: Reason
  /** Why, for a person, when there are no findings: the doubt, the prerequisite, the missing claim. */
  readonly note?: string
  readonly level: Level
  /** Set where no document says it, and client programs break without it. */
  readonly basis?: 'clients'
  readonly requirements: readonly RequirementId[]
  /** The claim that decided on the `own` yardstick. */
  readonly claim?: Claim
  readonly attempts: { readonly made: number; readonly passed: number }
  readonly findings: readonly Finding[]
  /** Evidence file names without extension, by step. */
  readonly evidence: Readonly<Record<string, string>>
  /** Of a rule over every exchange: in how many it held, and in how many it did not. */
  readonly exchanges?: { readonly held: number; readonly failed: number }
  /** Rows with the same cause share this id: see `RunResult.causes`. */
  readonly cause?: string
  /** Further causes of this row. */
  readonly also?: readonly string[]
  /** What keeps it undecided. */
  readonly blockedBy?: Blocker
  /** The cause behind which an undecided row hides. */
  readonly hiddenBy?: string
  /** The baseline entry that expects this failure. */
  readonly expected?: {
    readonly reason: string
    /** The last day on which it is, YYYY-MM-DD; of a check that is new, what ends it. */
    readonly expires: string
    /** The check is later than the baseline. */
    readonly isNew?: true
  }
}
