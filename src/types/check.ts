import type { Contract, Yardstick } from './contract.ts'
import type { Exchanges } from './exchange.ts'
import type { Judgement } from './judgement.ts'
import type { Mutant } from './mutant.ts'
import type { RequirementId } from './requirement.ts'
import type { Scenario, Step } from './scenario.ts'
import type { CheckId } from './ids.ts'

/**
 * Who could be at fault: `wire` judges bytes whatever the model says, `forced` leaves the model
 * no choice (schemas, tool_choice), `behavioural` needs its cooperation.
 */
export type CheckKind = 'wire' | 'forced' | 'behavioural'

export interface Check<Names extends string = string> {
  readonly id: CheckId
  /** A sentence that is true when the check passes. */
  readonly title: string
  readonly kind: CheckKind
  /** `every`: judged on each exchange of each scenario of the run. */
  readonly scenario: Scenario<Names> | 'every'
  /** Requirement ids; their levels are the check's levels. */
  readonly covers: readonly RequirementId[]
  /** Yardsticks to which it is confined; all that its requirements name when absent. */
  readonly only?: readonly Yardstick[]
  /** Whether it may be asked of documented samples too. Only checks of `every` exchange. */
  readonly documents?: boolean
  /**
   * Judged even where a success step got no usable answer. All other checks of that scenario are
   * then inconclusive, with this one as their prerequisite: one cause, one red line.
   */
  readonly acceptanceCheck?: boolean
  /**
   * Judges the documented shape of a reply and nothing else: what is wrong by the provider's own
   * page and right by OpenAI at the same pointer is `documents-wrong`, never red.
   */
  readonly shape?: boolean
  /** Pure and total: any reply whatsoever gets a judgement, none an exception. */
  judge(exchanges: Exchanges<Names>, context: JudgeContext): Judgement
  /** The smallest wrong provider that this check exists to catch. */
  readonly mutant: Mutant
}

/** What a check of `every` exchange gets: one exchange at a time, under this name. */
export type EveryExchange = Exchanges<'exchange'>

/** What a check may know besides the exchanges. */
export interface JudgeContext {
  /** The contract in the role of the current yardstick. */
  readonly contract: Contract
  readonly yardstick: Yardstick
  /** The code word of the evidence. */
  readonly nonce: string
  /** What was asked: for checks of `every` exchange, which cannot know it otherwise. */
  readonly scenario: Scenario
  /** What the step expected, for checks of `every` exchange. */
  readonly expect: Step['expect']
}

/** Checks that a contract generates: `parameters/*`, `fields/*`, `events/*`. */
export interface Family {
  /** `<feature>/<name>`; each case is `<feature>/<name>/<case>`. */
  readonly id: string
  readonly title: string
  readonly covers: readonly RequirementId[]
  /** Pure: the same contract gives the same cases. */
  cases(contract: Contract): readonly Check[]
}
