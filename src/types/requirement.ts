import type { Yardstick } from './contract.ts'
import type { Json } from './json.ts'

export type RequirementId = string

/** How strongly a yardstick asks: `must` fails, `should` warns, `may` is only shown. */
export type Level = 'must' | 'should' | 'may'

/**
 * What a source is. The first four accuse, in the name of the yardsticks that published them; what
 * an SDK or a client does accuses in the clients' name; the rest may warn.
 */
export type SourceKind =
  | 'specification'
  | 'documentation'
  | 'schema'
  | 'standard'
  | 'sdk'
  | 'clients'
  | 'traffic'
  | 'draft'
  | 'security'

/** A document in one version, `specs/sources/documents.yaml`. */
export interface SourceDocument {
  readonly title: string
  readonly kind: SourceKind
  /** The yardsticks in whose name it speaks; absent: nobody's. */
  readonly of?: readonly Yardstick[]
  readonly version: string
  /** For people. */
  readonly url: string
  /** For `npm run sources`: its text. */
  readonly raw?: string
  /** For `npm run sources`: an installed package that is the document. */
  readonly package?: string
}

/** Where a sentence stands. A source of a user's own module has a title and a URL alone. */
export interface RequirementSource extends Pick<
  Partial<SourceDocument>,
  'kind' | 'of' | 'version'
> {
  readonly title: string
  readonly url: string
  /** The id of the document. */
  readonly in?: string
  /** A JSON pointer into a schema, a file of a package, an anchor, or a count of recorded traffic. */
  readonly at?: string
  /** Its words, 25 at most. */
  readonly quote?: string
  /** What the list or object at the pointer has. */
  readonly has?: readonly string[]
  /** What stands at the pointer. */
  readonly is?: Json
  /** Set where the sentence is not stated there, but follows: why. */
  readonly follows?: string
}

/** One sentence somebody published, how strongly each yardstick says it, and where. */
export interface Requirement {
  readonly id: RequirementId
  readonly area: string
  readonly tier: 'core' | 'feature' | 'advisory'
  /** `clients`: no document says it, and real client programs break without it. */
  readonly level: Readonly<Partial<Record<Yardstick | 'clients', Level>>>
  readonly statement: string
  readonly preconditions: readonly string[]
  readonly sources: readonly RequirementSource[]
  /** Set where sources disagree, or where OpenAI's own traffic breaks it: at most a warning. */
  readonly contested?: string
  /** Set where no black-box test can show it: the reason. */
  readonly untestable?: string
  /** The day on which it was added, YYYY-MM-DD, until it has proven itself: no must before that. */
  readonly probation?: string
}
