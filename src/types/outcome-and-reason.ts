import type { AnswerFacts } from './exchange.ts'
import type { CheckId } from './check-id.ts'

export type Outcome = 'pass' | 'warn' | 'fail' | 'inconclusive' | 'not-applicable'

/** Everything finer than an outcome. */
export type Reason =
  // inconclusive
  | 'model-declined' // the model may decline, and did
  | 'rate-limited' // 429 after all retries
  | 'timeout' // no end within the deadline
  | 'limit' // more came than is read
  | 'unreachable' // no connection, or 5xx after all retries
  | 'credentials' // 401, 402 or 403 for a key that should work
  | 'prerequisite' // another check says what is wrong
  | 'budget' // the run's cap on requests or tokens was reached
  | 'interrupted' // the run was stopped
  // not-applicable
  | 'not-claimed' // the documents are silent, or deny it
  | 'refused' // a clean refusal of a capability that nobody claimed
  | 'not-shown' // there is nothing in this exchange to judge
  | 'untestable' // needs something that was not configured
  // warn
  | 'documents-wrong' // right by OpenAI, different from the provider's own page
  | 'ignored' // accepted without any effect
  | 'echoed-only' // the same, and the answer echoes it as if it had been heard
  | 'flaky' // passed in some of several attempts
  | 'contested' // the yardstick's own traffic or another source contradicts the requirement

/** What keeps a row undecided: each is told elsewhere. */
export type Blocker =
  | { readonly check: CheckId }
  /** A request field that has no effect. */
  | { readonly field: string }
  /** An exchange that got no usable answer. */
  | { readonly exchange: string; readonly answer?: AnswerFacts }

/** Why nothing can be said about a provider. Never green, never red. */
export interface Doubt {
  readonly reason: Extract<
    Reason,
    | 'model-declined'
    | 'rate-limited'
    | 'timeout'
    | 'limit'
    | 'unreachable'
    | 'credentials'
    | 'prerequisite'
    | 'budget'
    | 'interrupted'
  >
  readonly note: string
  readonly blockedBy?: Blocker
  /** In which way the bytes that came are no HTTP message, where no client could read them. */
  readonly httpFault?: string
}
