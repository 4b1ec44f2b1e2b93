import type { ApiPath } from './documented-claim.ts'
import type { Contract, Yardstick } from './contract.ts'
import type { Exchanges } from './exchange.ts'
import type { Judgement } from './judgement.ts'
import type { Mutants } from './mutant.ts'
import type { Operation } from './request.ts'
import type { RequirementId } from './requirement.ts'
import type { Scenario, Step } from './scenario.ts'
import type { CheckId } from './check-id.ts'

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
  /**
   * Where a provider's documents may say in a sentence what this check asks: one of these, claimed without
   * a condition, makes it a must by them.
   */
  readonly promises?: readonly ApiPath[]
  /** Yardsticks to which it is confined; all that its requirements name when absent. */
  readonly only?: readonly Yardstick[]
  /** Whether it may be asked of documented samples too. Only checks of `every` exchange. */
  readonly documents?: boolean
  /**
   * Judged even where a success step got no usable answer. All other checks of that scenario are
   * then inconclusive, with this one as their prerequisite: one cause, one red line.
   */
  readonly acceptanceCheck?: boolean
  /** Of an acceptance check: which of `covers` speaks of one operation alone. */
  readonly coversOperation?: Readonly<Partial<Record<Operation, RequirementId>>>
  /**
   * Judges the documented shape of a reply and nothing else: what is wrong by the provider's own
   * page and right by OpenAI at the same pointer is `documents-wrong`, never red.
   */
  readonly shape?: boolean
  /**
   * For a check that reads a word: the steps whose texts are lengthened, and the step whose
   * `usage.input_tokens` must rise with them. The last step alone unless given; false where the count
   * cannot tell what the check asks, such as an order.
   */
  readonly meter?: false | { readonly fill: readonly string[]; readonly read: string }
  /**
   * Places of the response object that this check judges, as JSON pointers: `*` is any index, `/**` at
   * the end the place and all below it. Checks that yield leave them alone.
   */
  readonly owns?: readonly string[]
  /** Judges replies as a whole, except the places that other checks own by the same yardstick. */
  readonly yields?: true
  /** Pure and total: any reply whatsoever gets a judgement, none an exception. */
  judge(exchanges: Exchanges<Names>, context: JudgeContext): Judgement
  /**
   * The smallest wrong providers that this check exists to catch: one for each place of it that
   * produces a finding, each wrong in one thing.
   */
  readonly mutants: Mutants
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
  /** What stands in the picture and in the PDF that the provider was asked to fetch. */
  readonly fetched?: { readonly image: string; readonly pdf: string }
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
