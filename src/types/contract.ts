import type { OpenAPIV3_1 } from 'openapi-types'
import type { Claim, ApiPath, Source } from './documented-claim.ts'
import type { Exchange } from './exchange.ts'
import type { Json, JsonObject, JsonType } from './json.ts'
import type { Finding } from './judgement.ts'
import type { ProviderProfile } from './provider.ts'
import type { Operation, WireRequest } from './request.ts'

/** The role that a contract plays while judging a provider. */
export type Yardstick = 'own' | 'openai' | 'open-responses'

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
  /** Where the documents contradict themselves by what the contract declares. */
  readonly contradictions: readonly Contradiction[]
  readonly observed: readonly Observation[]
  readonly operations: readonly Operation[]
  readonly samples: readonly Sample[]
  readonly parameters: readonly Parameter[]
  readonly responseFields: readonly ResponseField[]
  readonly events: readonly StreamEventShape[]
  /** Every declared claim, in file order. */
  readonly claims: readonly Claim[]
  /** Does this contract follow OpenAI's schemas except where it says otherwise? */
  readonly followsOpenAI: boolean
  /** Does this contract follow another one's schemas, and state only what differs? */
  readonly isFollower: boolean
  /**
   * Was it made of a published document, whose schemas were tried with the exchanges of a right server?
   * What they still refuse is a difference that the document states.
   */
  readonly isTried: boolean

  /** What is wrong with a request by this contract; empty when it is valid. */
  requestFlaws(request: WireRequest): readonly Finding[]
  /** Parts of a valid request that the documents do not name (JSON pointers into the body). */
  undocumented(request: WireRequest): readonly string[]
  /** Where a reply departs from the documented shape; undefined when the documents give it none. */
  flaws(exchange: Exchange): readonly Finding[] | undefined
  /** What the reply has and the documents do not know: fields and variants. */
  unknownFields(exchange: Exchange): readonly Finding[]
  /** The weakest claim among the API paths; `documented` for an empty list. */
  claim(apiPaths: readonly ApiPath[]): Claim
}

/** Two readings of one point, when the sources of a contract disagree or its own traffic breaks it. */
export interface Contested {
  /** JSON pointer into the contract's document. */
  readonly at: string
  readonly readings: readonly string[]
  readonly because: string
  readonly source: string
}

/** What a running server was seen to do that its documents do not say. It judges nobody. */
export interface Observation {
  readonly at: ApiPath
  readonly says: string
  /** The version, and how it was set up. */
  readonly of: string
  /** YYYY-MM-DD. */
  readonly seen?: string
  /** The API path of the claim that it refutes. */
  readonly against?: ApiPath
}

/**
 * The documents against themselves. `material`: somebody who keeps one half breaks the other, so that
 * neither can be held against him; `trivial`: a slip of the pen, which changes no answer.
 */
export interface Contradiction {
  readonly at: ApiPath
  readonly says: string
  readonly weight: 'material' | 'trivial'
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
  /** The strings that one variant lists, where others take no string. */
  readonly words?: readonly Json[]
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly schema: JsonObject
}

/** One documented field of the response object, flattened. */
export interface ResponseField {
  /** JSON pointer into the response object, `*` for array items. */
  readonly at: string
  readonly types: readonly JsonType[]
  readonly required: boolean
  readonly enum?: readonly Json[]
  readonly const?: Json
  /** No document has it: it was seen in recorded answers (`x-source: traffic`), and nobody promised its form. */
  readonly isSeenOnly?: true
}

export interface StreamEventShape {
  readonly type: string
  readonly required: readonly string[]
  readonly schema: JsonObject
}
