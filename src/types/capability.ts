import type { CheckId } from './check-id.ts'
import type { ApiPath, ClaimCondition } from './documented-claim.ts'
import type { DocumentRow } from './document-row.ts'
import type { Yardstick } from './contract.ts'
import type { Outcome } from './outcome-and-reason.ts'
import type { Feature, ScenarioId } from './scenario.ts'

/**
 * What a server did. `partly`: works, but not all of it; `unclear`: asked, and the run cannot tell;
 * `seen`: of a recording, asked for and answered, whether it was heard is unknown; `not asked`: no
 * check, not selected, or meaningless without another capability that is not there.
 */
export type KeptState = 'yes' | 'partly' | 'no' | 'unclear' | 'seen' | 'not asked'

/**
 * What its documents say. `if`: under a condition; `yes & no`: promised in one place and taken back in
 * another; `in general`: only as part of a whole format ("compatible with OpenAI").
 */
export type PromisedState = 'yes' | 'if' | 'no' | 'yes & no' | 'in general' | 'silent'

/** The capabilities as a table: computed from the rows of the same result, so that no reader needs to. */
export interface CapabilityMatrix {
  readonly features: readonly FeatureRecord[]
  readonly capabilities: readonly CapabilityRecord[]
  readonly columns: readonly MatrixColumn[]
}

export interface FeatureRecord {
  readonly id: Feature
  readonly name: string
  readonly question: string
  /** The capabilities that decide its own line. */
  readonly restsOn: readonly string[]
}

export interface CapabilityRecord {
  readonly id: string
  readonly feature: Feature
  /** At most five words. */
  readonly name: string
  readonly question: string
}

/** A target, or a provider of which only the documents were read. */
export interface MatrixColumn {
  /** Target id; absent where no request was sent. */
  readonly target?: string
  /** Contract id; absent where no documents are known. */
  readonly provider?: string
  /** By which the target was judged. */
  readonly yardstick?: Yardstick
  /** Why the rows of this target measure nothing. */
  readonly unmeasured?: string
  /** One for each feature. */
  readonly features: readonly FeatureCell[]
  /** One for each capability. */
  readonly cells: readonly CapabilityCell[]
}

export interface FeatureCell {
  readonly feature: Feature
  readonly kept?: KeptState
  readonly promised?: PromisedState
  /** How many of its capabilities are not there. */
  readonly lost: number
  /** Whether a promise of one of those on which it rests is broken. */
  readonly isBroken?: true
}

export interface CapabilityCell {
  readonly capability: string
  readonly kept?: KeptHalf
  readonly promised?: PromisedHalf
  /** Promised without a condition, and not there. */
  readonly isBroken?: true
}

export interface KeptHalf {
  readonly state: KeptState
  /** One clause for a person: what is missing, what keeps it unclear. */
  readonly why?: string
  /** The rule over several capabilities that decided, and what the rows alone would say. */
  readonly rule?: ColumnRule
  readonly was?: KeptState
  /** The capability that is told first of the same fault. */
  readonly as?: string
  /** Rows that count here. */
  readonly counts: {
    readonly passed: number
    /** Musts that fail. */
    readonly failed: number
    /** Shoulds that fail, and warnings. */
    readonly remarks: number
    readonly undecided: number
  }
  /** Rows that say so, the telling ones first; at most six. */
  readonly rows: readonly CellRow[]
  /** Of a recording: requests for it that were answered, and that were refused. */
  readonly traffic?: AskedCounts
}

/**
 * `needs`: means nothing without another capability; `plain`: the plain question fails in the same
 * way; `together`: one refusal over several features; `behind`: lacks in this set-up;
 * `relay`: what stands behind fails as well; `key`: nothing says that a key is demanded here.
 */
export type ColumnRule = 'needs' | 'plain' | 'together' | 'behind' | 'relay' | 'key'

export interface CellRow {
  readonly check: CheckId
  readonly scenario: ScenarioId
  readonly outcome: Outcome
  /** Evidence id. */
  readonly evidence?: string
}

export interface PromisedHalf {
  readonly state: PromisedState
  /** The API path that decides. */
  readonly at?: ApiPath
  /** The document's words. */
  readonly quote?: string
  readonly says?: string
  readonly when?: ClaimCondition
  /** What the documents say against it. */
  readonly contested?: string
  readonly source?: Pick<DocumentRow['source'], 'title' | 'url' | 'edition' | 'retrieved'>
}

/** Of one capability, in recorded traffic. */
export interface AskedCounts {
  readonly answered: number
  readonly refused: number
}

/**
 * What stands behind an endpoint, in the words of whoever started it. What it lacks is not asked, and cells
 * are read by it: what a server cannot show is not held against it.
 */
export interface TargetSetup {
  /** Of the server. */
  readonly version?: string
  /** How it is set up, where one server has several ways: `chat upstream`. */
  readonly mode?: string
  /** What answers in the end: `the reference provider as a chat server`. */
  readonly upstream?: string
  /** Whether the server was started so that it demands a key. */
  readonly key?: 'demanded' | 'none'
  /** Features and capabilities that this set-up lacks, and `model` for canned answers: they are not asked. */
  readonly lacks?: readonly string[]
  /** The target that stands behind, where the same run asked it as well. */
  readonly relays?: string
}
