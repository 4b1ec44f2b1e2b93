// The vocabulary of the project: types only, no code.
//
// A contract promises, a scenario asks, an exchange answers, a check judges,
// a requirement weighs, a reporter tells.

import type { OpenAPIV3_1 } from 'openapi-types'

// ── words ────────────────────────────────────────────────────────────────────

export type Json = null | boolean | number | string | readonly Json[] | JsonObject
export interface JsonObject {
  readonly [key: string]: Json
}

/** The name of a folder of `suites`: `basic`, `streaming`, … */
export type Feature = string
/** `<feature>/<name>` */
export type ScenarioId = string
/** `<feature>/<name>`, or `<feature>/<family>/<case>` for the case of a family. */
export type CheckId = string
export type RequirementId = string

/** The role that a contract plays while judging a provider. */
export type Yardstick = 'own' | 'openai' | 'open-responses'

/**
 * Where an observation comes from. `live` and `recorded` speak about a provider, `emulated`
 * (our own server answering in a vendor's documented shape) speaks about us only.
 * What documents say is never an observation: see `DocumentRow`.
 */
export type Origin = 'live' | 'recorded' | 'emulated'

/** How strongly a yardstick asks: `must` fails, `should` warns, `may` is only shown. */
export type Level = 'must' | 'should' | 'may'

export type Outcome = 'pass' | 'warn' | 'fail' | 'inconclusive' | 'not-applicable'

/** Everything finer than an outcome. */
export type Reason =
  // inconclusive
  | 'model-declined' // the model may decline, and did
  | 'rate-limited' // 429 after all retries
  | 'timeout' // no end within the deadline
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
  | 'flaky' // passed in some of several attempts
  | 'contested' // the yardstick's own traffic or another source contradicts the requirement

/**
 * Who could be at fault: `wire` judges bytes whatever the model says, `forced` leaves the model
 * no choice (schemas, tool_choice), `behavioural` needs its cooperation.
 */
export type CheckKind = 'wire' | 'forced' | 'behavioural'

// ── what is promised ─────────────────────────────────────────────────────────

/**
 * Where a promise is written. `kind`: `document` a stated fact, `example` only shown in a sample,
 * `page` another page of the same vendor, `code` the implementation's source.
 */
export interface Source {
  readonly id: string
  readonly title: string
  readonly url: string
  /** The day on which it was read, YYYY-MM-DD. */
  readonly retrieved: string
  /** The revision of the page or repository, where it has one. */
  readonly edition?: string
  readonly kind: 'document' | 'example' | 'page' | 'code'
  /** Facts that nobody re-read. They are shown, and never gate. */
  readonly unverified?: boolean
}

export type ClaimStatus = 'documented' | 'conditional' | 'denied' | 'silent'

// The point of the API on which a claim or a scenario turns: `<scope> <pointer or name>[ = <value>]`.
//
//     request /text/format/type = json_schema
//     request /input/*/content/*/type = input_file
//     response /usage/total_tokens
//     error /error/code = model_not_found
//     stream event-lines
//     auth X-API-KEY
//     operation retrieve
//     promise openai-format
//
// `*` stands for any array index. A value in angle brackets is any value of this JSON type:
// `request /input = <string>`.
export type Hinge = string

/** What a provider's documents say about a hinge. A status without words or a schema is not a claim. */
export interface Claim {
  readonly status: ClaimStatus
  readonly hinge?: Hinge
  /** The sentence of the document, quoted. */
  readonly words?: string
  /** What stands there in our own words, where no sentence of the document is at hand. */
  readonly says?: string
  /** A `Source.id`, or a JSON pointer into the contract where the schema itself says it. */
  readonly source?: string
}

export interface ProviderProfile {
  readonly name: string
  /** Absent for self-hosted software: the user has to give one. */
  readonly baseUrl?: string
  /** In the order of preference; the first is used unless a target says otherwise. */
  readonly auth: readonly AuthScheme[]
  /** Name of the environment variable that holds the key, never a key. */
  readonly keyEnv: string
  readonly models: { readonly text?: string; readonly vision?: string }
  readonly limits: { readonly concurrency: number; readonly deadlineMs: number }
}

export interface AuthScheme {
  readonly header: string
  /** Text before the key, with its space: `Bearer `. */
  readonly prefix: string
}

/** A documented request or answer, copied exactly as published, mistakes included. */
export interface Sample {
  readonly name: string
  readonly operation: Operation
  readonly request?: Json
  /** For a stream: the payloads as a list, or the text as published. */
  readonly response?: Json
  /** Of the response; 200 unless the documents show it under another. */
  readonly status?: number
  readonly streamed?: boolean
  readonly source: string
  /** JSON pointers into `request` whose values are generator placeholders: judged, never sent. */
  readonly placeholders: readonly string[]
  /** JSON pointers into `request` to be replaced before it is sent, with the reason. */
  readonly replace: readonly { readonly at: string; readonly because: string }[]
}

/** One documented request parameter of the top level or below it, flattened. */
export interface Parameter {
  /** JSON pointer into the body, `*` for array items. */
  readonly at: string
  readonly name: string
  readonly types: readonly JsonType[]
  readonly required: boolean
  readonly default?: Json
  readonly enum?: readonly Json[]
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly schema: JsonObject
}

export type JsonType = 'null' | 'boolean' | 'integer' | 'number' | 'string' | 'array' | 'object'

/** One documented field of the response object, flattened. */
export interface ResponseField {
  /** JSON pointer into the response object, `*` for array items. */
  readonly at: string
  readonly types: readonly JsonType[]
  readonly required: boolean
  readonly enum?: readonly Json[]
  readonly const?: Json
}

export interface StreamEventShape {
  readonly type: string
  readonly required: readonly string[]
  readonly schema: JsonObject
}

/** Two readings of one point, when the sources of a contract disagree or its own traffic breaks it. */
export interface Contested {
  /** JSON pointer into the contract's document. */
  readonly at: string
  readonly readings: readonly string[]
  readonly because: string
  readonly source: string
}

/** One OpenAPI 3.1 document, compiled. The baseline, the open specification and a vendor are the same kind. */
export interface Contract {
  readonly id: string
  readonly title: string
  /** The edition of the documents: a date or a revision. */
  readonly edition: string
  readonly kind: 'yardstick' | 'vendor' | 'provider' | 'reference'
  readonly file: string
  readonly document: OpenAPIV3_1.Document
  readonly sources: readonly Source[]
  readonly profile?: ProviderProfile
  readonly contested: readonly Contested[]
  readonly operations: readonly Operation[]
  readonly samples: readonly Sample[]
  readonly parameters: readonly Parameter[]
  readonly responseFields: readonly ResponseField[]
  readonly events: readonly StreamEventShape[]
  /** Every declared claim, in file order. */
  readonly claims: readonly Claim[]
  /** Does this contract follow OpenAI's schemas except where it says otherwise? */
  readonly followsOpenAI: boolean

  /** What is wrong with a request by this contract; empty when it is valid. */
  requestFlaws(request: WireRequest): readonly Finding[]
  /** Parts of a valid request that the documents do not name (JSON pointers into the body). */
  undocumented(request: WireRequest): readonly string[]
  /** Where a reply departs from the documented shape; undefined when the documents give it none. */
  flaws(exchange: Exchange): readonly Finding[] | undefined
  /** What the reply has and the documents do not know: fields and variants. */
  surplus(exchange: Exchange): readonly Finding[]
  /** The weakest claim among the hinges; `documented` for an empty list. */
  claim(hinges: readonly Hinge[]): Claim
}

// ── what is asked ────────────────────────────────────────────────────────────

export type Operation =
  | 'create'
  | 'retrieve'
  | 'delete'
  | 'cancel'
  | 'input-items'
  | 'input-tokens'
  | 'compact'
  | 'create-conversation'
  | 'retrieve-conversation'
  | 'update-conversation'
  | 'delete-conversation'
  | 'create-conversation-items'
  | 'list-conversation-items'
  | 'retrieve-conversation-item'
  | 'delete-conversation-item'
  | 'list-models'
  | 'upload-file'
  | 'unknown'

export type RequestBody =
  | { readonly json: JsonObject }
  /** Bytes as they are, for malformed bodies. */
  | { readonly raw: string; readonly contentType: string }
  | { readonly multipart: readonly MultipartField[] }

export interface MultipartField {
  readonly name: string
  readonly value: string
  readonly filename?: string
  readonly contentType?: string
}

/** One request, without a key: the sender adds the credential. */
export interface WireRequest {
  readonly operation: Operation
  readonly method: 'GET' | 'POST' | 'DELETE' | 'PUT' | 'PATCH'
  /** Below the base URL, percent-encoded: `/responses/resp_1`. */
  readonly path: string
  readonly query?: readonly (readonly [string, string])[]
  readonly headers?: Readonly<Record<string, string>>
  readonly credential?: 'first' | 'second' | 'none' | 'wrong'
  /** Name of the header that carries the key, where a provider documents several; the first unless given. */
  readonly keyHeader?: string
  readonly body?: RequestBody
  readonly transport?: 'http' | 'websocket'
  /** Ask again until the JSON value at a pointer is one of these, at most for `limitMs`. */
  readonly repeatUntil?: {
    readonly at: string
    readonly oneOf: readonly Json[]
    readonly everyMs: number
    readonly limitMs: number
  }
  /** Close the connection after so many stream events. */
  readonly abortAfter?: number
  /** WebSocket turns with the same name share a connection within their scenario; `main` unless given. */
  readonly connection?: string
}

/**
 * What a step may use to build its request. The kit renders an intent for a contract: it chooses
 * a form that the provider's documents allow.
 */
export interface Kit<Step extends string = string> {
  /** A code word; fresh for each run, and for each scenario that asks for `fresh`. */
  readonly nonce: string
  /** More code words, all distinct: `word(1)`, `word(2)`, … */
  word(index: number): string
  model(kind?: 'text' | 'vision' | 'reasoning'): string
  /** A body for `POST /responses`: model, input as an array of messages unless given otherwise. */
  ask(text: string, more?: JsonObject): WireRequest
  /** The same with a `content` array of parts. */
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
  promises(hinge: Hinge): boolean
  /** The exchange of an earlier step. */
  prior(step: Step): Exchange
}

export interface Step<Names extends string = string> {
  readonly request: (kit: Kit<Names>) => WireRequest
  /** A success step is valid by every yardstick that judges it; a refusal step is invalid at `invalidAt` only, or by meaning. */
  readonly expect: 'success' | 'refusal' | 'either'
  /** For a refusal: JSON pointer into the body of the one thing that is wrong; absent when wrong by meaning (unknown id, wrong key). */
  readonly invalidAt?: string
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
  | 'key' // the endpoint asks for a key at all

export interface Scenario<Names extends string = string> {
  readonly id: ScenarioId
  readonly title: string
  /** On what the provider's claim turns. Empty: whoever offers the API at all promises it. */
  readonly hinges: readonly Hinge[]
  /** Core scenarios are part of every Responses API; a clean refusal of a feature that nobody claims is not a failure. */
  readonly tier: 'core' | 'feature'
  readonly needs?: readonly Need[]
  /**
   * The client whose own requests these are. They are sent as that client sends them, whatever a
   * schema says, and judged by that client's checks only.
   */
  readonly asClient?: string
  /** Own code words instead of the run's: for recall, where an earlier request could leak them. */
  readonly fresh?: boolean
  /** Sent in order; a step may read the exchanges before it. */
  readonly steps: { readonly [S in Names]: Step<Names> }
  /** The steps are sent at the same time, and none reads another. */
  readonly together?: true
  /** Only where a model may legitimately decline. False: ask again, then say `model-declined`. */
  cooperated?(exchanges: Exchanges<Names>): boolean
}

// ── what comes back ──────────────────────────────────────────────────────────

export interface StreamEvent {
  /** 0-based, in order of arrival. */
  readonly index: number
  /** The `event:` line. */
  readonly name?: string
  /** The parsed payload; undefined when it is not JSON (`[DONE]`). */
  readonly data?: Json
  /** The payload as it came, lines joined by LF. */
  readonly raw: string
  readonly id?: string
  /** Byte offset of the frame in the body. */
  readonly offset: number
  /** Arrival of the frame's last byte in milliseconds after the request was sent. */
  readonly ms: number
}

export type AnomalyKind =
  | 'no-event-line'
  | 'event-differs-from-type'
  | 'no-type'
  | 'empty-data'
  | 'event-without-data'
  | 'not-json'
  | 'cr-line-ends'
  | 'crlf-line-ends'
  | 'mixed-line-ends'
  | 'byte-order-mark'
  | 'split-utf8'
  | 'invalid-utf8'
  | 'unterminated-frame'
  | 'after-terminal'
  | 'left-open'
  | 'unasked-compression'
  | 'wrong-content-type'
  | 'id-line'
  | 'retry-line'
  | 'comment'
  | 'unknown-line'
  | 'cut'

/** Something about the framing that a reader should know; whether it is wrong is a check's business. */
export interface Anomaly {
  readonly kind: AnomalyKind
  /** Byte offset of its first occurrence. */
  readonly offset: number
  readonly event?: number
  /** How often it occurred. */
  readonly count: number
  readonly note: string
}

export type Body =
  | { readonly kind: 'json'; readonly value: Json; readonly text: string }
  | {
      readonly kind: 'events'
      readonly events: readonly StreamEvent[]
      readonly anomalies: readonly Anomaly[]
    }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'empty' }

/** How the connection ended. */
export type Ending = 'complete' | 'cut' | 'timeout' | 'size-cap' | 'aborted'

/** One request and what came back, secrets removed. */
export interface Exchange {
  readonly request: WireRequest
  readonly status: number
  /** As they came: order, case and duplicates kept. */
  readonly headers: readonly (readonly [string, string])[]
  readonly body: Body
  readonly ending: Ending
  /** Absent for documented samples and foreign recordings. */
  readonly timing?: {
    readonly startedAt: string
    readonly headersMs: number
    readonly firstByteMs?: number
    readonly endMs: number
    /** Byte offset and arrival of each chunk, up to a cap. */
    readonly chunks: readonly (readonly [number, number])[]
  }
  /** Size in bytes and SHA-256 of the body as it came. */
  readonly raw?: { readonly sha256: string; readonly bytes: number; readonly kept: number }
  /** Requests that it took, retries after 429 or 5xx included. */
  readonly tries?: number
  /** The evidence file's name without extension. */
  readonly evidence?: string
}

export type Exchanges<Names extends string = string> = Readonly<Record<Names, Exchange>>

/** Why we cannot say. Never green, never red. */
export interface Doubt {
  readonly reason: Extract<
    Reason,
    | 'model-declined'
    | 'rate-limited'
    | 'timeout'
    | 'unreachable'
    | 'credentials'
    | 'prerequisite'
    | 'budget'
    | 'interrupted'
  >
  readonly note: string
}

/** The exchanges of one scenario. Gathering stops at the first step that cannot be completed. */
export interface Evidence<Names extends string = string> {
  readonly origin: Origin
  readonly exchanges: Readonly<Partial<Record<Names, Exchange>>>
  readonly stopped?: { readonly step: string; readonly doubt: Doubt }
  readonly nonce: string
}

// ── what must hold ───────────────────────────────────────────────────────────

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

/** Written for the provider's engineer: expected in the yardstick's words, actual quoted. */
export interface Finding {
  readonly step: string
  /** JSON pointer into the body; for streams `/events/<index>/…`; `header <name>`, `status` or `framing` otherwise. */
  readonly at: string
  readonly expected: string
  readonly actual: string
  /** One plain sentence, where `expected` and `actual` alone would not tell. */
  readonly message?: string
  /** Why this point is disputed, if it is. */
  readonly contested?: string
  /** For streams: the guilty event and its neighbours, `<index> <type>`. */
  readonly near?: readonly string[]
}

export type Judgement =
  | { readonly kind: 'holds' }
  | { readonly kind: 'violated'; readonly findings: readonly [Finding, ...Finding[]] }
  /** Accepted without effect: a violation that says how. */
  | { readonly kind: 'ignored'; readonly findings: readonly [Finding, ...Finding[]] }
  | { readonly kind: 'inconclusive'; readonly doubt: Doubt }
  | { readonly kind: 'moot'; readonly because: string }
  /** The provider declined the capability cleanly. */
  | { readonly kind: 'refused'; readonly because: string }

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

/** What a check of `every` exchange gets: one exchange at a time, under this name. */
export type EveryExchange = Exchanges<'exchange'>

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
  readonly gate?: boolean
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

/** Checks that a contract generates: `parameters/*`, `fields/*`, `events/*`. */
export interface Family {
  /** `<feature>/<name>`; each case is `<feature>/<name>/<case>`. */
  readonly id: string
  readonly title: string
  readonly covers: readonly RequirementId[]
  /** Pure: the same contract gives the same cases. */
  cases(contract: Contract): readonly Check[]
}

// ── what right and wrong look like ───────────────────────────────────────────

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

/** Ways in which a provider goes wrong. Each hook sits at one boundary of the reference provider. */
export interface Sabotage {
  /** The provider hears something else than was said. */
  readonly request?: (request: ReferenceRequest) => ReferenceRequest
  /** The provider says something else than it should; `request` is what was really said. */
  readonly reply?: (reply: Reply, request: ReferenceRequest) => Reply
  /** The bytes differ: framing, timing, the end of the connection. */
  readonly wire?: (actions: readonly WireAction[], reply: Reply) => readonly WireAction[]
}

export interface Mutant extends Sabotage {
  /** How a real provider comes to behave like this. */
  readonly story: string
  /** For checks of `every` exchange: the scenario that shows it. */
  readonly on?: Scenario
  /** Dialect of the reference in which it shows; `openai` unless given. */
  readonly dialect?: Dialect
}

export type Dialect = 'openai' | 'open-responses'

// ── what is concluded ────────────────────────────────────────────────────────

/** One flat row: what one check says about one target by one yardstick. */
export interface Verdict {
  readonly target: string
  readonly scenario: ScenarioId
  readonly check: CheckId
  readonly yardstick: Yardstick
  readonly origin: Origin
  readonly outcome: Outcome
  readonly reason?: Reason
  /** Why, for a person, when there are no findings: the doubt, the prerequisite, the missing claim. */
  readonly note?: string
  readonly level: Level
  readonly requirements: readonly RequirementId[]
  /** The claim that decided on the `own` yardstick. */
  readonly claim?: Claim
  readonly attempts: { readonly made: number; readonly passed: number }
  readonly findings: readonly Finding[]
  /** Evidence file names without extension, by step. */
  readonly evidence: Readonly<Record<string, string>>
  /** Rows with the same cause share this id: see `RunResult.causes`. */
  readonly cause?: string
  /** The baseline entry that expects this failure. */
  readonly expected?: { readonly reason: string; readonly expires: string }
}

/**
 * What documents say, without any request. It carries no pass or fail.
 *
 * - `promise`: what is documented, conditional, denied or not mentioned, feature by feature
 * - `contradiction`: the documents against themselves
 * - `difference`: the documented shape against a yardstick
 * - `silence`: what a yardstick asks and the documents leave open
 */
export interface DocumentRow {
  readonly provider: string
  readonly kind: 'promise' | 'contradiction' | 'difference' | 'silence'
  readonly feature: Feature
  /** The yardstick for `difference` and `silence`. */
  readonly yardstick?: Exclude<Yardstick, 'own'>
  readonly status?: ClaimStatus
  /** Where: a hinge, `sample <name> <request or response> <pointer>`, or `table <pointer into the contract>`. */
  readonly at: string
  /** One plain sentence. */
  readonly says: string
  readonly expected?: string
  readonly actual?: string
  /** The document's words. */
  readonly quote?: string
  readonly source: { readonly title: string; readonly url: string; readonly edition?: string }
  readonly level?: Level
  readonly contested?: string
  /** The scenarios of the suite that turn on it, for promises. */
  readonly scenarios?: readonly ScenarioId[]
}

export interface TargetRecord {
  readonly id: string
  readonly name: string
  /** Contract id; absent when no contract describes the endpoint. */
  readonly contract?: string
  readonly edition?: string
  /** Scheme, host and path, without credentials and query. */
  readonly endpoint: string
  readonly models: { readonly text: string; readonly vision?: string }
  /** How the key is sent and the name of the variable that holds it, for commands to copy. */
  readonly credential?: AuthScheme & { readonly keyEnv: string }
  /** The model name that the endpoint reported. */
  readonly echoedModels: readonly string[]
  readonly origin: Origin
  readonly yardsticks: readonly Yardstick[]
  /** Yardsticks whose failures decide the exit code. */
  readonly gate: readonly Yardstick[]
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

/** A claim about the client programs that a failing check breaks; measured, see `specs/clients`. */
export interface ClientImpact {
  readonly client: string
  readonly effect: 'degraded' | 'wrong' | 'throws' | 'hangs' | 'loops'
}

export interface CheckRecord {
  readonly title: string
  readonly feature: Feature
  readonly kind: CheckKind
  readonly requirements: readonly RequirementId[]
  readonly breaks?: readonly ClientImpact[]
}

/** Whether one client program works with one target: derived from checks alone. */
export interface Readiness {
  readonly target: string
  /** The id of a profile of `specs/clients`. */
  readonly client: string
  readonly name: string
  readonly version: string
  /** `unknown` without live or recorded evidence, always. */
  readonly answer: 'works' | 'limited' | 'breaks' | 'unknown'
  /** Plain sentences; empty only where it works. */
  readonly reasons: readonly string[]
}

export interface Cause {
  readonly id: string
  readonly title: string
  readonly target: string
  readonly checks: readonly CheckId[]
}

export interface EvidenceRecord {
  readonly target: string
  /** `POST /responses` */
  readonly request: string
  readonly status: number
  readonly ending: Ending
  readonly bytes: number
  /** File relative to the result's folder. */
  readonly file: string
}

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
    readonly shard?: readonly [number, number]
    readonly runner: { readonly node: string; readonly platform: string }
  }
  readonly targets: readonly TargetRecord[]
  readonly contracts: Readonly<
    Record<
      string,
      { readonly title: string; readonly edition: string; readonly sources: readonly Source[] }
    >
  >
  readonly requirements: Readonly<Record<RequirementId, Requirement>>
  readonly scenarios: Readonly<
    Record<ScenarioId, { readonly title: string; readonly feature: Feature }>
  >
  readonly checks: Readonly<Record<CheckId, CheckRecord>>
  readonly verdicts: readonly Verdict[]
  readonly documents: readonly DocumentRow[]
  readonly causes: readonly Cause[]
  /** Which clients work with which target; absent in results of earlier versions. */
  readonly readiness?: readonly Readiness[]
  readonly evidence: Readonly<Record<string, EvidenceRecord>>
}

/** A pure function from a result to files. One file per reporter, found by its folder. */
export interface Reporter {
  readonly name: string
  /** What it writes and for whom, one sentence. */
  readonly title: string
  /** File names relative to the output folder, with their text. */
  render(run: RunResult, context: ReportContext): Readonly<Record<string, string>>
}

export interface ReportContext {
  /** The saved exchange of an evidence id, if it is at hand. */
  evidence(id: string): Exchange | undefined
  /** Columns of the terminal; 100 unless given. */
  readonly width?: number
  /** Whether the terminal shows colours; not unless given. */
  readonly color?: boolean
  /** Show every failure; otherwise as many as a person reads. */
  readonly verbose?: boolean
}
