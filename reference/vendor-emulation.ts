// Emulates a vendor's documented shape: the reference's replies, cut and filled to what its contract
// promises. Every reply is marked, so that it is never taken for an observation.

import type { Json, JsonObject, ReferenceRequest, Reply } from '../src/types/index.ts'
import { createBadRequest, ApiError } from './api-error.ts'
import { clipText, isRecord } from './json.ts'
import { createFields } from './validate/request-fields.ts'

/** The mark on each reply: the vendor's id. */
const EMULATION_HEADER = 'x-responses-conformance-emulates'

export interface Emulation {
  readonly vendor: string
  readonly models: readonly string[]
  /** The key, in whichever of the documented forms it came. */
  keyOf(headers: Readonly<Record<string, string>>): string | undefined
  /** Throws the 404 for what the vendor does not document. */
  examine(request: ReferenceRequest): void
  /** Without what the vendor documents and OpenAI does not know; throws the 400 for a value out of bounds. */
  hear(request: ReferenceRequest): ReferenceRequest
  /** `request` is absent when it could not be read. */
  shape(reply: Reply, request: ReferenceRequest | undefined): Reply
}

type Node = Readonly<Record<string, unknown>>

export function createEmulation(vendor: string, document: JsonObject): Emulation {
  const root = document as Node
  const paths = Object.entries(recordOf(root['paths']))
  const operationOf = ({ method, path }: ReferenceRequest): Node | undefined => {
    const found = paths.find(([pattern]) => fits(pattern, path))
    const operation = recordOf(found?.[1])[method.toLowerCase()]
    return isRecord(operation) ? operation : undefined
  }
  const markedWithDone = claims(root, 'stream done-marker')
  return {
    vendor,
    models: modelsOf(root),
    keyOf: (headers) => keyOf(root, headers),
    examine(request) {
      if (operationOf(request) !== undefined) return
      throw new ApiError(404, `Invalid URL (${clipText(request.method)} ${clipText(request.path)})`)
    },
    hear(request) {
      const { body } = request
      if (!isRecord(body)) return request
      const content = recordOf(recordOf(operationOf(request)?.['requestBody'])['content'])
      const documented = recordOf(
        follow(recordOf(content['application/json'])['schema'], root)['properties'],
      )
      const kept = Object.entries(body as JsonObject).filter(([name, value]) => {
        if (!Object.hasOwn(documented, name) || Object.hasOwn(createFields.openai, name))
          return true
        bound(name, value, follow(documented[name], root))
        return false
      })
      return { ...request, body: Object.fromEntries(kept) }
    },
    shape(reply, request) {
      const headers = { ...reply.headers, [EMULATION_HEADER]: vendor }
      const operation = request === undefined ? undefined : operationOf(request)
      const content = contentOf(root, operation, reply.status)
      const json = recordOf(content['application/json'])
      const { body } = reply
      if ('json' in body) {
        // Documents rarely describe all of an error: nothing of it is left out.
        const value = reply.status < 400 ? shaped(body.json, json, root) : body.json
        return { ...reply, headers, body: { json: value } }
      }
      if (!('events' in body)) return { ...reply, headers }
      const events = body.events.map((event) =>
        typeof event === 'string' || !isRecord(event['response'])
          ? event
          : { ...event, response: shaped(event['response'] as Json, json, root) },
      )
      return {
        ...reply,
        headers,
        body: { events: markedWithDone ? [...events, '[DONE]'] : events },
      }
    },
  }
}

function bound(name: string, value: Json, { minimum, maximum }: Node): void {
  if (typeof value !== 'number') return
  const low = typeof minimum === 'number' && value < minimum
  if (!low && !(typeof maximum === 'number' && value > maximum)) return
  const limit = low ? `>= ${minimum}` : `<= ${String(maximum)}`
  throw createBadRequest(
    'invalid_value',
    name,
    `Invalid '${name}': expected a value ${limit}, but got ${value} instead.`,
  )
}

function shaped(value: Json, media: Node, root: Node): Json {
  const examples = Object.values(recordOf(media['examples'])).map((one) => recordOf(one)['value'])
  const shown = examples.filter(isRecord).flatMap((one) => Object.keys(one))
  return project(value, media['schema'], root, new Set(shown))
}

/** What the schema names, in its order: taken from the value, or made up where it must be there. */
function project(
  value: Json,
  schema: unknown,
  root: Node,
  shown: ReadonlySet<string> = new Set(),
): Json {
  const node = branchOf(follow(schema, root), value, root)
  if (Array.isArray(value)) return value.map((one) => project(one as Json, node['items'], root))
  const properties = recordOf(node['properties'])
  const isOpen = Object.keys(properties).length === 0 || node['additionalProperties'] === true
  if (!isRecord(value)) return value
  const given = value as JsonObject
  const filled: Record<string, Json> = {}
  for (const [name, inner] of Object.entries(properties)) {
    const own = given[name] ?? standIn(name, given, follow(inner, root))
    if (own !== undefined) filled[name] = project(own, inner, root)
    else if (name in given) filled[name] = null
  }
  for (const [name, own] of Object.entries(given)) {
    if (!(name in filled) && (isOpen || shown.has(name))) filled[name] = own
  }
  return filled
}

/** What a documented field holds that OpenAI does not send. */
function standIn(name: string, value: JsonObject, node: Node): Json | undefined {
  if (name === 'created') return value['created_at']
  if (name === 'output_text' && Array.isArray(value['output'])) return outputText(value['output'])
  return node['const'] as Json | undefined
}

function outputText(output: readonly Json[]): string {
  return output
    .flatMap((item) => (isRecord(item) && Array.isArray(item['content']) ? item['content'] : []))
    .map((part) => (isRecord(part) && typeof part['text'] === 'string' ? part['text'] : ''))
    .join('')
}

function branchOf(node: Node, value: Json, root: Node): Node {
  const branches = node['oneOf'] ?? node['anyOf']
  if (!Array.isArray(branches)) return node
  const nodes = branches.map((one) => follow(one, root))
  const type = isRecord(value) ? value['type'] : undefined
  return (
    nodes.find((one) => type !== undefined && names(recordOf(one['properties'])['type'], type)) ??
    nodes.find((one) => admits(one, value)) ??
    {}
  )
}

function names(node: unknown, type: unknown): boolean {
  const { const: only, enum: values } = recordOf(node)
  return only === type || (Array.isArray(values) && values.includes(type))
}

function admits(node: Node, value: Json): boolean {
  const type = Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value
  return node['type'] === type && !isRecord(recordOf(node['properties'])['type'])
}

function follow(schema: unknown, root: Node): Node {
  let current = schema
  for (let hops = 0; hops < 10 && isRecord(current); hops += 1) {
    const reference = current['$ref']
    if (typeof reference !== 'string') return current
    current = reference
      .split('/')
      .slice(1)
      .reduce<unknown>((one, token) => recordOf(one)[token], root)
  }
  return recordOf(current)
}

function contentOf(root: Node, operation: Node | undefined, status: number): Node {
  const responses = recordOf(operation?.['responses'])
  const found =
    responses[String(status)] ?? responses[`${Math.floor(status / 100)}XX`] ?? responses['default']
  // Errors are documented once, for one status or another.
  const other = status >= 400 ? Object.entries(responses).find(([key]) => key >= '4')?.[1] : {}
  return recordOf(follow(found ?? other, root)['content'])
}

function fits(pattern: string, path: string): boolean {
  const wanted = pattern.split('/')
  const given = path.split('/')
  return (
    wanted.length === given.length &&
    wanted.every((part, index) => part.startsWith('{') || part === given[index])
  )
}

function modelsOf(root: Node): readonly string[] {
  const { text, vision } = recordOf(recordOf(root['x-provider'])['models'])
  return [text, vision].filter((one) => typeof one === 'string')
}

function keyOf(root: Node, headers: Readonly<Record<string, string>>): string | undefined {
  const schemes = Object.values(recordOf(recordOf(root['components'])['securitySchemes']))
  for (const scheme of schemes.map(recordOf)) {
    const isBearer = scheme['type'] === 'http'
    const given = headers[isBearer ? 'authorization' : String(scheme['name']).toLowerCase()]
    const key = isBearer ? /^Bearer +(\S+)$/i.exec(given ?? '')?.[1] : given?.trim()
    if (key !== undefined && key !== '') return key
  }
  return undefined
}

function claims(root: Node, apiPath: string): boolean {
  const all = Array.isArray(root['x-claims']) ? root['x-claims'].map(recordOf) : []
  return all.some((claim) => claim['at'] === apiPath && claim['status'] === 'documented')
}

function recordOf(value: unknown): Node {
  return isRecord(value) ? value : {}
}
