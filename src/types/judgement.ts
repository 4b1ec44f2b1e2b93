import type { Doubt } from './outcome.ts'

/** Written for the provider's engineer: expected in the yardstick's words, actual quoted. */
export interface Finding {
  readonly step: string
  /** JSON pointer into the body; for streams `/events/<index>/…`; `header <name>`, `status` or `framing` otherwise. */
  readonly at: string
  readonly expected: string
  readonly actual: string
  /** One plain sentence, where `expected` and `actual` alone would not tell. */
  readonly message?: string
  /** Where in the bytes, in words: `event 13, after 300 ms, at byte 4489`. */
  readonly place?: string
  /** Why this point is disputed, if it is. */
  readonly contested?: string
  /** For streams: the guilty event and its neighbours, `<index> <type>`. */
  readonly near?: readonly string[]
}

export type Judgement =
  | { readonly kind: 'holds' }
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
