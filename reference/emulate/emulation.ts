// Emulates a vendor: the reference's replies, as that vendor's documents say.

import type { Json, JsonObject, ReferenceRequest, Reply } from '../../src/types/index.ts'
import { ApiError } from '../api-error.ts'
import { clipText, isRecord } from '../json.ts'
import type { Wishes } from '../create/vendor-wishes.ts'
import { createFields } from '../validate/request-fields.ts'
import { writeDocumented } from './documented-answer.ts'
import { writeDocumentedError } from './documented-error.ts'
import { checkDocumented } from './documented-request.ts'
import { readKey, readVendorDocument, toNode, type Node } from './vendor-document.ts'

/** The mark on each reply: the vendor's id. */
const EMULATION_HEADER = 'x-responses-conformance-emulates'

export interface Emulation {
  readonly vendor: string
  readonly models: readonly string[]
  readonly basePath: string
  /** The key, in whichever of the documented forms it came. */
  keyOf(headers: Readonly<Record<string, string>>): string | undefined
  /** Throws the 404 for what the vendor does not document. */
  examine(request: ReferenceRequest): void
  /** What is left for the reference; throws the 400 for what the documents rule out. */
  hear(request: ReferenceRequest): ReferenceRequest
  /** What the documents ask of the model, and OpenAI does not know. */
  ask(request: ReferenceRequest): Wishes
  /** `request` is absent when it could not be read. */
  shape(reply: Reply, request: ReferenceRequest | undefined): Reply
}

export function createEmulation(vendor: string, contract: JsonObject): Emulation {
  const document = readVendorDocument(contract as Node)
  const operationOf = ({ method, path }: ReferenceRequest): Node | undefined =>
    document.operationOf(method, path)
  const schemaOf = (request: ReferenceRequest): Node => {
    const content = toNode(
      toNode(document.follow(operationOf(request)?.['requestBody']))['content'],
    )
    return document.follow(toNode(content['application/json'])['schema'])
  }
  const markedWithDone = document.claims('stream done-marker')
  return {
    vendor,
    models: document.models,
    basePath: document.basePath,
    keyOf: (headers) => readKey(document.root, headers),
    examine(request) {
      if (operationOf(request) !== undefined) return
      throw new ApiError(404, `Invalid URL (${clipText(request.method)} ${clipText(request.path)})`)
    },
    hear(request) {
      const { body } = request
      if (!isRecord(body)) return request
      const schema = schemaOf(request)
      checkDocumented(body, schema, document)
      return { ...request, body: reduce(body as JsonObject, schema) }
    },
    ask: ({ body }) => (isRecord(body) ? wishesOf(body as JsonObject) : {}),
    shape(reply, request) {
      const headers = { ...reply.headers, [EMULATION_HEADER]: vendor }
      const operation = request === undefined ? undefined : operationOf(request)
      const { body } = reply
      if (reply.status >= 400) {
        return { ...writeDocumentedError(reply, operation, document), headers }
      }
      const media = toNode(document.contentOf(operation, reply.status)['application/json'])
      const fields = toNode(document.follow(media['schema'])['properties'])
      const write = (value: Json): Json =>
        remember(writeDocumented(value, media, document), request?.body, fields)
      if ('json' in body) return { ...reply, headers, body: { json: write(body.json) } }
      if (!('events' in body)) return { ...reply, headers }
      const events = body.events.map((event) =>
        typeof event === 'string' || !isRecord(event['response'])
          ? event
          : { ...event, response: write(event['response'] as Json) },
      )
      return {
        ...reply,
        headers,
        body: { events: markedWithDone ? [...events, '[DONE]'] : events },
      }
    },
  }
}

/** Below it OpenAI refuses a budget, and a vendor may allow it. */
const LEAST_BUDGET = 16

/** Without what the vendor documents and OpenAI does not know; with the input that it may leave out. */
function reduce(body: JsonObject, schema: Node): JsonObject {
  const documented = toNode(schema['properties'])
  const kept = Object.entries(body).filter(
    ([name, value]) =>
      (Object.hasOwn(createFields.openai, name) || !Object.hasOwn(documented, name)) &&
      !isSmallBudget(name, value),
  )
  const isOpen = schema['additionalProperties'] === true
  const known = kept.filter(([name]) => !isOpen || Object.hasOwn(createFields.openai, name))
  const required = Array.isArray(schema['required']) ? schema['required'] : []
  const needsNoInput = Object.hasOwn(documented, 'input') && !required.includes('input')
  const isSilent = needsNoInput && (body['input'] ?? body['previous_response_id']) === undefined
  return { ...Object.fromEntries(known), ...(isSilent ? { input: '' } : {}) }
}

function isSmallBudget(name: string, value: Json): boolean {
  return name === 'max_output_tokens' && typeof value === 'number' && value < LEAST_BUDGET
}

function wishesOf({ stop, n, max_output_tokens: budget }: JsonObject): Wishes {
  return {
    ...(typeof stop === 'string' && stop !== '' ? { stop } : {}),
    ...(typeof n === 'number' ? { answers: n } : {}),
    ...(typeof budget === 'number' && isSmallBudget('max_output_tokens', budget)
      ? { mostOutput: budget }
      : {}),
  }
}

/** What was asked, in the documented fields that the reference was not told of. */
function remember(value: Json, asked: unknown, fields: Node): Json {
  if (!isRecord(value) || !isRecord(asked)) return value
  const said = Object.entries(asked as JsonObject).filter(
    ([name, own]) =>
      Object.hasOwn(fields, name) &&
      name !== 'model' &&
      (isSmallBudget(name, own) || !Object.hasOwn(createFields.openai, name)),
  )
  return { ...(value as JsonObject), ...Object.fromEntries(said) }
}
