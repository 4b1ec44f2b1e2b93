import type { ClientImpact } from './client-answer.ts'
import type { AnswerFacts } from './exchange.ts'
import type { Doubt } from './outcome-and-reason.ts'

/** In what way something is wrong. Verdicts and causes read this, never a sentence. */
export type FindingKind =
  // one place of an answer
  | 'absent'
  | 'null'
  | 'type'
  | 'value'
  // several places of one stream, or of two answers, together
  | 'differs'
  | 'order'
  | 'missing-event'
  // the answer as a whole
  | 'taken' // an invalid request, answered 2xx
  | 'refused' // a valid request, answered 4xx
  | 'crashed' // answered 5xx
  | 'misrefused' // refused as it should be, in a wrong way
  | 'error-form' // refused by a body that is no error object
  | 'label' // another media type than the body or the request asks for
  | 'no-body' // nothing that can be read
  | 'no-effect' // accepted, and without effect

/**
 * One place that is wrong. `expected`, `actual`, `message` and `place` are sentences for the
 * provider's engineer, and output only: expected in the yardstick's words, actual quoted. The rest
 * is data. A check gives `kind` and `about` where the exchange cannot tell them; the judge adds
 * what the exchange tells.
 */
export interface Finding {
  readonly step: string
  /** JSON pointer into the body; for streams `/events/<index>/…`; `header <name>`, `status` or `framing` otherwise. */
  readonly at: string
  readonly expected: string
  readonly actual: string
  /** One plain sentence, where `expected` and `actual` alone are not clear. */
  readonly message?: string
  /** Where in the bytes, in words: `event 13, after 300 ms, at byte 4489`. */
  readonly place?: string
  /** What the same request without the thing under test was answered. */
  readonly control?: string
  /** Why this point is disputed, if it is. */
  readonly contested?: string
  /** For streams: the event of the finding and its neighbours, `<index> <type>`. */
  readonly near?: readonly string[]
  readonly kind?: FindingKind
  /** For streams: the type of the guilty event. */
  readonly event?: string
  /** The request fields under test as JSON pointers, the likeliest first. */
  readonly about?: readonly string[]
  /** Whether the documents know nothing of this place, which is all that is wrong with it. */
  readonly isUndocumented?: true
  /** Whether the place repeats a field of the request. */
  readonly isEcho?: true
  /** All exchanges that show it, as `<scenario>#<step>`; the first of them is described by `answer`. */
  readonly exchanges?: readonly string[]
  readonly answer?: AnswerFacts
  /** What these clients make of this very answer: their needs were judged on it. Empty where it breaks none of them. */
  readonly breaks?: readonly ClientImpact[]
  /** Which of the check's requirements it concerns, where the check covers several. */
  readonly requirement?: string
  /** The need of clients that is not met: the same for every client that has it. */
  readonly need?: string
  /** What it rests on, where a control decides how it is read. */
  readonly by?: Instrument
}

/**
 * `word`: what a model said when it was asked for a word, read only of a model that was seen to repeat
 * words. `refusal`: that a mistake was refused, or not, read beside the same request without it.
 */
export type Instrument = 'word' | 'refusal'

export type Judgement =
  | { readonly kind: 'holds'; readonly by?: Instrument; readonly step?: string }
  | { readonly kind: 'violated'; readonly findings: readonly [Finding, ...Finding[]] }
  /** Accepted without effect: a violation that says how. */
  | {
      readonly kind: 'ignored'
      readonly findings: readonly [Finding, ...Finding[]]
      /** The answer echoes the parameter, as if it had been heard. */
      readonly isEchoed?: true
    }
  | { readonly kind: 'inconclusive'; readonly doubt: Doubt }
  | { readonly kind: 'not-shown'; readonly because: string }
  /** The provider declined the capability cleanly. */
  | { readonly kind: 'refused'; readonly because: string }
