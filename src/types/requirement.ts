import type { Yardstick } from './contract.ts'

export type RequirementId = string

/** How strongly a yardstick asks: `must` fails, `should` warns, `may` is only shown. */
export type Level = 'must' | 'should' | 'may'

/** One sentence somebody published, how strongly each yardstick says it, and where. */
export interface Requirement {
  readonly id: RequirementId
  readonly area: string
  readonly tier: 'core' | 'feature' | 'advisory'
  readonly level: Readonly<Partial<Record<Yardstick, Level>>>
  readonly statement: string
  readonly evidence: readonly string[]
  readonly preconditions: readonly string[]
  readonly sources: readonly { readonly title: string; readonly url: string }[]
  /** Set where sources disagree, or where OpenAI's own traffic breaks it: at most a warning. */
  readonly contested?: string
  /** Set where no black-box test can show it: the reason. */
  readonly untestable?: string
  /** The day on which it was added, YYYY-MM-DD, until it has proven itself: no must before that. */
  readonly probation?: string
}
