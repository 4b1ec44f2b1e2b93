// Builds the requests of steps, in a form that the provider's documents allow.

import { createHash } from 'node:crypto'
import { drawWord } from './draw-image.ts'
import { writePdf } from './write-pdf.ts'
import { drawCodeWord } from './code-words.ts'
import { field, isObject } from '../base/json.ts'
import { sortKeys } from '../base/sort-text-and-ranks.ts'
import type { Target } from '../target/target-and-keys.ts'
import type {
  Contract,
  Exchange,
  Json,
  JsonObject,
  RequestBuilder,
  WireRequest,
} from '../types/index.ts'

interface RequestBuilderOptions {
  readonly target: Target
  /** The provider's own contract, which decides on forms; absent when no documents are known. */
  readonly contract: Contract | undefined
  /** The seed of all code words of this builder. */
  readonly seed: string
  /** Whether nothing is sent: then a picture is the name of its word, since drawing takes longer than all the rest. */
  readonly isForecast?: boolean
  prior(step: string): Exchange
}

export function createRequestBuilder({
  target,
  contract,
  seed,
  isForecast,
  prior,
}: RequestBuilderOptions): RequestBuilder {
  const word = (index: number): string => drawCodeWord(createRandom(`${seed}/${index}`))
  const model = (kind: 'text' | 'vision' | 'reasoning' = 'text'): string =>
    target.models[kind] ?? target.models.text

  function create(body: JsonObject): WireRequest {
    return {
      operation: 'create',
      method: 'POST',
      path: '/responses',
      body: { json: shuffleWords('model' in body ? body : { model: model(), ...body }) },
    }
  }

  const form = formOf(contract)
  const message = (role: string, content: string | readonly JsonObject[]): JsonObject => ({
    type: 'message',
    role,
    content: typeof content === 'string' && form === 'parts' ? [partOf(role, content)] : content,
  })

  const createRequest: RequestBuilder['createRequest'] = (text, more = {}) =>
    create({ input: form === 'text' ? text : [message('user', text)], ...more })
  const createRequestFromParts: RequestBuilder['createRequestFromParts'] = (parts, more = {}) =>
    create({ input: [message('user', parts)], ...more })

  const builder: RequestBuilder = {
    nonce: word(0),
    word,
    model,
    create,
    message,
    createRequest,
    createRequestFromParts,
    ask: createRequest,
    askParts: createRequestFromParts,
    force: (name) =>
      allowsObject(contract, '/tool_choice') ? { type: 'function', name } : 'required',
    imageUrl(text, format = 'png') {
      if (isForecast === true) return `data:image/${format};base64,${text}`
      const url = drawn.get(`${format} ${text}`) ?? draw(text, format)
      drawn.set(`${format} ${text}`, url)
      return url
    },
    pdfUrl: (sentence) =>
      `data:application/pdf;base64,${Buffer.from(writePdf(sentence)).toString('base64')}`,
    promises: (apiPath) => {
      const status = contract?.claim([apiPath]).status ?? 'documented'
      return status !== 'denied' && status !== 'silent'
    },
    fixtureUrl: (kind) => target.fixtures?.[kind],
    prior,
  }
  return builder
}

/** How the documents let a text be sent: as a message with it, a message with a part of it, or by itself. */
type TextForm = 'message' | 'parts' | 'text'

const forms = new WeakMap<Contract, TextForm>()

/** The first form that the documents allow; a message with its text where they allow none or do not say. */
function formOf(contract: Contract | undefined): TextForm {
  if (contract === undefined) return 'message'
  const known = forms.get(contract) ?? firstForm(contract)
  forms.set(contract, known)
  return known
}

function firstForm(contract: Contract): TextForm {
  const isAllowed = (input: Json): boolean =>
    contract
      .requestFlaws({
        operation: 'create',
        method: 'POST',
        path: '/responses',
        body: { json: { model: 'model', input } },
      })
      .every(({ at }) => !at.startsWith('/input'))
  const item = { type: 'message', role: 'user' }
  if (isAllowed([{ ...item, content: 'Hello' }])) return 'message'
  if (isAllowed([{ ...item, content: [partOf('user', 'Hello')] }])) return 'parts'
  return isAllowed('Hello') ? 'text' : 'message'
}

function partOf(role: string, text: string): JsonObject {
  return { type: role === 'assistant' ? 'output_text' : 'input_text', text }
}

/**
 * The words that an answer may choose from, in an order of their own for each request: whoever
 * always takes the last knows nothing, and is seen to. Equal requests have equal orders.
 */
function shuffleWords(body: JsonObject): JsonObject {
  const schema = field(body, '/text/format/schema')
  if (!isObject(schema) || !isObject(schema['properties'])) return body
  const random = createRandom(`order/${JSON.stringify(sortKeys(body))}`)
  const properties = Object.fromEntries(
    Object.entries(schema['properties']).map(([name, property]) => {
      const values = isObject(property) ? property['enum'] : undefined
      if (!Array.isArray(values)) return [name, property]
      const keyed = (values as readonly Json[]).map((value) => [random(), value] as const)
      const ordered = keyed.toSorted(([a], [b]) => a - b).map(([, value]) => value)
      return [name, { ...(property as JsonObject), enum: ordered }]
    }),
  )
  const text = body['text'] as JsonObject
  const format = { ...(text['format'] as JsonObject), schema: { ...schema, properties } }
  return { ...body, text: { ...text, format } }
}

/** Whether the documents leave room for an object here: they say so, or they do not say. */
function allowsObject(contract: Contract | undefined, at: string): boolean {
  const parameter = contract?.parameters.find((candidate) => candidate.at === at)
  return (
    parameter === undefined || parameter.types.length === 0 || parameter.types.includes('object')
  )
}

/** Every target of a run is shown the same words. */
const drawn = new Map<string, string>()

function draw(text: string, format: 'png' | 'jpeg'): string {
  const bytes = drawWord(text, { format })
  return `data:image/${format};base64,${Buffer.from(bytes).toString('base64')}`
}

/** Uniform numbers in [0, 1) that depend on the seed alone, so that a run can be repeated. */
export function createRandom(seed: string): () => number {
  let block = 0
  let bytes = Buffer.alloc(0)
  return () => {
    if (bytes.length < 4) {
      bytes = createHash('sha256').update(`${seed}/${block++}`).digest()
    }
    const value = bytes.readUInt32BE(0) / 2 ** 32
    bytes = bytes.subarray(4)
    return value
  }
}

/** Thrown by `prior` while a plan is made: the step depends on an answer. */
export class AnswerNeededError extends Error {
  override readonly name = 'NeedsAnswer'
}

/** The form of a request that decides whether two of them are the same. */
export function canonicalizeRequest(request: WireRequest): string {
  return JSON.stringify(sortKeys(request as unknown as Json))
}
