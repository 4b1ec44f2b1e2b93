// The shape of what the page carries for its script; types only.

import type { Mark, Standing } from '../../src/result/rows-marks-and-standing.ts'
import type {
  CheckKind,
  ClaimStatus,
  ClientImpact,
  Finding,
  Level,
  Outcome,
  Reason,
  TargetRecord,
  Yardstick,
} from '../../src/types/index.ts'

export interface PageTarget {
  readonly id: string
  readonly name: string
  readonly model: string
  readonly origin: string
  readonly endpoint: string
  readonly credential?: NonNullable<TargetRecord['credential']>
  readonly headers?: NonNullable<TargetRecord['headers']>
  readonly standing: Standing
  /** The standing in words, with what was asked where that is not everything. */
  readonly verdict: string
  readonly isPart: boolean
  /** Checks that fail by a yardstick that gates, and how many of them have each of these marks. */
  readonly failing: number
  readonly breaking: number
  readonly unmeasured: number
  /** The yardsticks that decide on it. */
  readonly gate: string
  /** How old the result is, where it is too old to say much. */
  readonly stale?: string
  /** The command that asks again, to be followed by the id of a check. */
  readonly repeat: string
}

interface PageCheck {
  readonly id: string
  readonly title: string
  readonly feature: string
  readonly kind: CheckKind
  /** The mark of a failure. */
  readonly mark: Mark
  /** Absent where the impact was not measured. */
  readonly breaks?: readonly ClientImpact[]
}

interface PageRequirement {
  readonly id: string
  readonly statement: string
  readonly level: Readonly<Partial<Record<Yardstick | 'clients', Level>>>
  readonly sources: readonly { readonly title: string; readonly url: string }[]
  readonly contested?: string
}

export interface PageClaim {
  readonly status: ClaimStatus
  readonly words?: string
  readonly source?: { readonly title: string; readonly url: string }
}

/** A provider's answer to a cell. */
export interface PageReply {
  readonly target: number
  readonly check: number
  readonly date: string
  readonly state: string
  readonly by: string
  readonly words: string
  readonly url?: string
}

/** An index into one of the tables counts from 1; 0 is none. Trailing noughts are left out. */
export type PackedRow = readonly [
  target: number,
  check: number,
  scenario: number,
  /** Sum of 1 own, 2 OpenAI, 4 Open Responses. */
  yardsticks: number,
  outcome: number,
  level: number,
  evidence?: number,
  claim?: number,
  reason?: number,
  note?: number,
  findings?: number,
  cause?: number,
  expected?: number,
  made?: number,
  passed?: number,
]

export interface PageData {
  readonly lens: Yardstick
  readonly targets: readonly PageTarget[]
  readonly checks: readonly PageCheck[]
  readonly scenarios: readonly { readonly id: string; readonly title: string }[]
  /** By check: its requirements. */
  readonly requires: readonly (readonly number[])[]
  readonly requirements: readonly PageRequirement[]
  readonly evidence: readonly (readonly (readonly [step: string, id: string])[])[]
  readonly claims: readonly PageClaim[]
  readonly notes: readonly string[]
  readonly findings: readonly (readonly Finding[])[]
  readonly causes: readonly { readonly id: string; readonly title: string }[]
  readonly expected: readonly { readonly reason: string; readonly expires: string }[]
  readonly rows: readonly PackedRow[]
  readonly replies: readonly PageReply[]
  readonly outcomes: readonly Outcome[]
  readonly levels: readonly Level[]
  readonly reasons: readonly Reason[]
  readonly yardsticks: readonly Yardstick[]
}
