import type { Json, JsonObject } from './json.ts'
import type { Scenario } from './scenario.ts'

/** The wrong providers of a check: at least one for each place that produces a finding. */
export type Mutants = readonly [Mutant, ...Mutant[]]

export interface Mutant extends Mutation {
  /** How a real provider comes to behave like this. */
  readonly story: string
  /** For checks of `every` exchange: the scenario that shows it. */
  readonly on?: Scenario
  /** Dialect of the reference in which it shows; `openai` unless given. */
  readonly dialect?: Dialect
}

export type Dialect = 'openai' | 'open-responses'

/** Ways in which a provider goes wrong. Each hook sits at one boundary of the reference provider. */
export interface Mutation {
  /** The provider hears something else than was said. */
  readonly request?: (request: ReferenceRequest) => ReferenceRequest
  /** The provider says something else than it should; `request` is what was really said. */
  readonly reply?: (reply: Reply, request: ReferenceRequest) => Reply
  /** The bytes differ: framing, timing, the end of the connection. */
  readonly wire?: (actions: readonly WireAction[], reply: Reply) => readonly WireAction[]
}

/** What the reference provider heard. */
export interface ReferenceRequest {
  readonly method: string
  /** Without the base path: `/responses/resp_1`. */
  readonly path: string
  readonly query: URLSearchParams
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Json | undefined
  /** The body as it came. */
  readonly text: string
}

/** What the reference provider is about to send, before it becomes bytes. */
export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** A string among the events is a payload as it stands: `[DONE]`. */
  readonly body:
    | { readonly json: Json }
    | { readonly events: readonly (JsonObject | string)[] }
    | { readonly raw: string }
    | { readonly none: true }
}

export type WireAction =
  | { readonly bytes: Uint8Array }
  | { readonly wait: number }
  /** End the connection without ending the body. */
  | { readonly cut: true }
  /** Leave the connection open and send nothing more. */
  | { readonly hang: true }
