// An address in the API, which a claim or a scenario is about: `<scope> <pointer or name>[ = <value>]`.
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
export type ApiPath = string

/**
 * `inherited`: taken over with a whole format, which is all that the documents name. It is asked, and never
 * held against anybody as their own word.
 */
export type ClaimStatus = 'documented' | 'conditional' | 'inherited' | 'denied' | 'silent'

/** What has to have what a conditional claim promises; `unstated` where the documents do not say. */
export type ClaimCondition = 'model' | 'upstream' | 'route' | 'channel' | 'unstated'

/** What a provider's documents say about an API path. A status without words or a schema is not a claim. */
export interface Claim {
  readonly status: ClaimStatus
  readonly hinge?: ApiPath
  /** The sentence of the document, quoted. */
  readonly words?: string
  /** What stands there, in the words of the contract's author, where no sentence of the document is at hand. */
  readonly says?: string
  /** For `conditional`: what has to have it, or that the documents do not say how. */
  readonly when?: ClaimCondition
  /** Why no request can show whether it is kept. */
  readonly untestable?: string
  /** A `Source.id`, or a JSON pointer into the contract where the schema itself says it. */
  readonly source?: string
}

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
  /** Facts that were not verified again. They are shown, and never gate. */
  readonly unverified?: boolean
}
