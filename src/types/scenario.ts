import type { CheckId } from './check-id.ts'
import type { ApiPath } from './documented-claim.ts'
import type { Exchange, Exchanges } from './exchange.ts'
import type { Json, JsonObject } from './json.ts'
import type { WireRequest } from './request.ts'

/** The name of a folder of `suites`: `basic`, `streaming`, … */
export type Feature = string

/** `<feature>/<name>` */
export type ScenarioId = string

export interface Scenario<Names extends string = string> {
  readonly id: ScenarioId
  readonly title: string
  /** What the provider's documents must name. Empty: every Responses API offers it. */
  readonly apiPaths: readonly ApiPath[]
  /** Core scenarios are part of every Responses API; a clean refusal of a feature that nobody claims is not a failure. */
  readonly tier: 'core' | 'feature'
  readonly needs?: readonly Need[]
  /** Why nobody but its author can send it: its checks are then not applicable. */
  readonly unsent?: string
  /**
   * The client whose own requests these are. They are sent as that client sends them, whatever a
   * schema says, and judged by that client's checks only.
   */
  readonly asClient?: string
  /** Own code words instead of the run's: for recall, where an earlier request could leak them. */
  readonly fresh?: boolean
  /** Sent in order; a step may read the exchanges before it. */
  readonly steps: { readonly [S in Names]: Step<Names> }
  /** Many fields are tried at once: one that is refused by name is left out, and the rest tried again. */
  readonly isPacked?: true
  /** What is said without a cap is what is looked at: none is added. */
  readonly isUncapped?: true
  /** A request that documents print: it is sent in no other form. */
  readonly isPrinted?: true
  /** It asks whether there is a stream: no request of it is sent with another `stream`. */
  readonly isAboutStreams?: true
  /** The steps are sent at the same time, and none reads another. */
  readonly together?: true
  /** Only where a model may legitimately decline. False: ask again, then say `model-declined`. */
  cooperated?(exchanges: Exchanges<Names>): boolean
}

export interface Step<Names extends string = string> {
  readonly request: (builder: RequestBuilder<Names>) => WireRequest
  /** A success step is valid by every yardstick that judges it; a refusal step is invalid at `invalidAt` only, or by meaning. */
  readonly expect: 'success' | 'refusal' | 'either'
  /** For a refusal: JSON pointer into the body of the one thing that is wrong; absent when wrong by meaning (unknown id, wrong key). */
  readonly invalidAt?: string
  /**
   * The check of what this step takes for granted. Where that check fails on the same target, a
   * finding at this step is the same fault: one cause, reported once.
   */
  readonly rests?: CheckId
  /**
   * The same request without its mistake, where leaving out the field at `invalidAt` would leave out
   * more; or the name of the earlier step that is that request.
   */
  readonly control?: string | ((builder: RequestBuilder<Names>) => WireRequest)
  /**
   * The earlier step whose answer shows all that this one would, where it does: that answer is this
   * step's too, and nothing is sent. Many things are asked at once first, and one by one where that fails.
   */
  spared?(earlier: { readonly [S in Names]?: Exchange }, nonce: string): string | undefined
  /** Whatever comes is the answer, an error of the server too: it is not asked again. */
  readonly once?: true
  /** An error of the server is the answer when it comes twice: a client gives up as well. */
  readonly twice?: true
}

/** What a scenario needs and a run may not have. Without it, its checks are not applicable: `untestable`. */
export type Need =
  | 'second-key'
  | 'vision-model'
  | 'fixture-url'
  | 'websocket'
  | 'hosted-tools'
  | 'reasoning-model'
  | 'expensive'
  | 'endurance'
  | 'key' // the endpoint asks for a key at all

/**
 * What a step may use to build its request. The builder renders an intent for a contract: it chooses
 * a form that the provider's documents allow.
 */
export interface RequestBuilder<Step extends string = string> {
  /** A code word; fresh for each run, and for each scenario that asks for `fresh`. */
  readonly nonce: string
  /** More code words, all distinct: `word(1)`, `word(2)`, … */
  word(index: number): string
  model(kind?: 'text' | 'vision' | 'reasoning'): string
  /** A body for `POST /responses`: model, input as an array of messages unless given otherwise. */
  createRequest(text: string, more?: JsonObject): WireRequest
  /** @deprecated Use `createRequest`. */
  ask(text: string, more?: JsonObject): WireRequest
  /** The same with a `content` array of parts. */
  createRequestFromParts(parts: readonly JsonObject[], more?: JsonObject): WireRequest
  /** @deprecated Use `createRequestFromParts`. */
  askParts(parts: readonly JsonObject[], more?: JsonObject): WireRequest
  /** Any other body for `POST /responses`; `model` is added when it is missing. */
  create(body: JsonObject): WireRequest
  /** A user message in the form that the documents allow. */
  message(role: string, content: string | readonly JsonObject[]): JsonObject
  /** A `tool_choice` that forces this function, in a form that the documents allow. */
  force(name: string): Json
  /** A PNG or JPEG with this word drawn into it, as a data URL. */
  imageUrl(word: string, format?: 'png' | 'jpeg'): string
  /** A one-page PDF whose only text is this sentence, as a data URL. */
  pdfUrl(sentence: string): string
  /** A public or loopback URL that serves the run's fixture, if this run has one. */
  fixtureUrl(kind: 'image' | 'pdf'): { readonly url: string; readonly word: string } | undefined
  /** Whether the provider's own documents name this, if only conditionally; true where no contract describes it. */
  promises(apiPath: ApiPath): boolean
  /** The exchange of an earlier step. */
  prior(step: Step): Exchange
}
