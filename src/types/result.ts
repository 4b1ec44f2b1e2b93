import type { AskedCounts, CapabilityMatrix, TargetSetup } from './capability.ts'
import type { CheckKind } from './check.ts'
import type { ClientImpact, Readiness } from './client-answer.ts'
import type { CheckId } from './check-id.ts'
import type { Source } from './documented-claim.ts'
import type { Yardstick } from './contract.ts'
import type { DocumentRow } from './document-row.ts'
import type { Origin } from './evidence.ts'
import type { Ending } from './exchange.ts'
import type { AuthScheme } from './provider.ts'
import type { Level, Requirement, RequirementId } from './requirement.ts'
import type { Feature, ScenarioId } from './scenario.ts'
import type { Verdict } from './verdict.ts'

export interface RunResult {
  readonly format: 'responses-conformance/run/1'
  readonly suite: { readonly name: string; readonly version: string; readonly commit?: string }
  readonly run: {
    readonly id: string
    readonly startedAt: string
    readonly finishedAt: string
    readonly complete: boolean
    /** Why it is not complete. */
    readonly incomplete?: string
    /** What the command ended with, and its word: both of one function. Absent in older results. */
    readonly exitCode?: number
    readonly conclusion?: string
    readonly shard?: readonly [number, number]
    readonly runner: { readonly node: string; readonly platform: string }
  }
  readonly targets: readonly TargetRecord[]
  /** By id: those of the targets, the user's own among them, the yardsticks, and all that was read. */
  readonly contracts: Readonly<Record<string, ContractRecord>>
  readonly requirements: Readonly<Record<RequirementId, Requirement>>
  readonly scenarios: Readonly<Record<ScenarioId, ScenarioRecord>>
  readonly checks: Readonly<Record<CheckId, CheckRecord>>
  readonly verdicts: readonly Verdict[]
  readonly documents: readonly DocumentRow[]
  readonly causes: readonly Cause[]
  /** Which clients work with which target; absent in results of earlier versions. */
  readonly readiness?: readonly Readiness[]
  readonly evidence: Readonly<Record<string, EvidenceRecord>>
  /** What can be relied on, promised and kept; absent in results of earlier versions. */
  readonly matrix?: CapabilityMatrix
  /** What decides beside the verdicts; absent where nothing does. */
  readonly troubles?: readonly RunTrouble[]
}

/** `harness`: an error of this project; `budget`: a cap was reached; `baseline`: an entry holds no more. */
export interface RunTrouble {
  readonly kind: 'harness' | 'budget' | 'baseline'
  readonly target: string
  readonly note: string
}

export interface ContractRecord {
  readonly title: string
  readonly edition: string
  readonly sources: readonly Source[]
  /** What its documents name; for commands to copy, which say what differs from it. */
  readonly endpoint?: string
  readonly keyEnv?: string
}

export interface ScenarioRecord {
  readonly title: string
  readonly feature: Feature
  /** Steps, and the check of what each takes for granted. */
  readonly rests?: Readonly<Record<string, CheckId>>
  /** The request field of what each of these steps takes for granted, as a JSON pointer. */
  readonly restsOn?: Readonly<Record<string, string>>
  /** Its one request is not valid, and has to be refused. */
  readonly isRefusal?: true
  /** Steps that have to be refused. */
  readonly refusals?: readonly string[]
  /** The provider has to fetch something that the run offers by URL. */
  readonly fetches?: true
}

export interface TargetRecord {
  readonly id: string
  readonly name: string
  /** Contract id; absent when no contract describes the endpoint. */
  readonly contract?: string
  readonly edition?: string
  /** The file of a contract of the user's own, as seen from the folder of the run. */
  readonly contractFile?: string
  /** Scheme, host and path, without credentials and query. */
  readonly endpoint: string
  /** Sent with every request, in the address. */
  readonly query?: Readonly<Record<string, string>>
  readonly models: { readonly text: string; readonly vision?: string }
  /** How the key is sent and the name of the variable that holds it, for commands to copy. */
  readonly credential?: AuthScheme & { readonly keyEnv: string }
  /** Sent with every request; `${NAME}` stands for an environment variable. */
  readonly headers?: Readonly<Record<string, string>>
  /** The model name that the endpoint reported. */
  readonly echoedModels: readonly string[]
  readonly origin: Origin
  readonly yardsticks: readonly Yardstick[]
  /** Yardsticks whose failures decide the exit code. */
  readonly gate: readonly Yardstick[]
  /** What stands behind it, as far as whoever started it says so. */
  readonly setup?: TargetSetup
  /** Of recorded traffic: how often each capability was asked for. */
  readonly asked?: Readonly<Record<string, AskedCounts>>
  /**
   * What was asked, where that is less than by default: "conforms" then speaks of that alone. One
   * part for each run that was joined; absent where everything was asked, and in older results.
   */
  readonly selection?: readonly Scope[]
  readonly usage: {
    readonly requests: number
    readonly retries: number
    readonly inputTokens: number
    readonly outputTokens: number
    /** Milliseconds spent waiting for rate limits. */
    readonly waitedMs: number
    readonly wallMs: number
  }
  /** Milliseconds; information, never part of a score. */
  readonly latency?: {
    readonly firstEventMs?: { readonly median: number; readonly max: number; readonly n: number }
    readonly totalMs?: { readonly median: number; readonly max: number; readonly n: number }
  }
}

/** What left something out, in the words of the options; never empty. */
export interface Scope {
  readonly suites?: readonly Feature[]
  /** Globs over check ids. */
  readonly checks?: readonly string[]
  /** Globs over scenario ids. */
  readonly scenarios?: readonly string[]
  readonly clients?: readonly string[]
  readonly levels?: readonly Level[]
  readonly smoke?: true
  readonly endurance?: true
  /** A shard that was not merged with the others. */
  readonly shard?: readonly [part: number, of: number]
  /** Recorded traffic, judged by what holds for every exchange. */
  readonly traffic?: true
}

export interface CheckRecord {
  readonly title: string
  readonly feature: Feature
  readonly kind: CheckKind
  readonly requirements: readonly RequirementId[]
  /** Clients that did not work in the fault of the check's mutant. Absent: not measured. */
  readonly breaks?: readonly ClientImpact[]
}

export interface Cause {
  /** The same in every run and on every target, whatever was asked and said. */
  readonly id: string
  readonly title: string
  readonly target: string
  readonly checks: readonly CheckId[]
  /** Rows (check and scenario) that are undecided because of it; absent where it hides none. */
  readonly hides?: number
}

export interface EvidenceRecord {
  readonly target: string
  /** `POST /responses` */
  readonly request: string
  /** The body that was sent, within one line; absent where there was none. */
  readonly sent?: string
  readonly status: number
  /** Of a refusal: the provider's words, at most 200 characters of them. */
  readonly said?: string
  readonly ending: Ending
  readonly bytes: number
  /** File relative to the result's folder. */
  readonly file: string
}
