// Writes an error as the documents show it: under the status of the example with its code, with the fields
// that their schema and examples have.

import type { Json, JsonObject, Reply } from '../../src/types/index.ts'
import { isRecord } from '../json.ts'
import { listExamples, toNode, type Node, type VendorDocument } from './vendor-document.ts'

export function writeDocumentedError(
  reply: Reply,
  operation: Node | undefined,
  document: VendorDocument,
): Reply {
  const error = 'json' in reply.body && isRecord(reply.body.json) ? reply.body.json['error'] : null
  if (!isRecord(error)) return reply
  const shown = exampleOf(error as JsonObject, reply.status, operation, document)
  const status = shown?.status ?? reply.status
  const media = toNode(document.contentOf(operation, status)['application/json'])
  const schema = document.follow(toNode(document.follow(media['schema'])['properties'])['error'])
  return {
    ...reply,
    status,
    body: { json: { error: fill(error as JsonObject, schema, shown?.error) } },
  }
}

interface ShownError {
  readonly status: number
  readonly error: JsonObject
}

/** The example with this code, or else the only one under this status. */
function exampleOf(
  { code }: JsonObject,
  status: number,
  operation: Node | undefined,
  document: VendorDocument,
): ShownError | undefined {
  const all = Object.entries(toNode(operation?.['responses'])).flatMap(([name, response]) => {
    const content = toNode(document.follow(response)['content'])
    return listExamples(toNode(content['application/json'])).flatMap(({ error }) =>
      isRecord(error) && Number(name) >= 400
        ? [{ status: Number(name), error: error as JsonObject }]
        : [],
    )
  })
  const same = all.find(({ error }) => typeof code === 'string' && error['code'] === code)
  const here = all.filter((one) => one.status === status)
  return same ?? (status === 401 && here.length === 1 ? here[0] : undefined)
}

/** The error's own message; what else there is of it, as the example and the schema have it. */
function fill(error: JsonObject, schema: Node, shown: JsonObject | undefined): JsonObject {
  const properties = toNode(schema['properties'])
  const required = Array.isArray(schema['required']) ? schema['required'].map(String) : []
  const filled: Record<string, Json> = {}
  for (const name of ['message', 'type', 'param', 'code']) {
    const isNamed = Object.keys(properties).length === 0 || Object.hasOwn(properties, name)
    const isShown = shown === undefined || Object.hasOwn(shown, name) || required.includes(name)
    // What the documents say of one field leaves the others as they are.
    if (!isShown || (!isNamed && Object.keys(properties).length > 1)) continue
    const own = name === 'type' || name === 'code' ? (shown?.[name] ?? error[name]) : error[name]
    filled[name] = own ?? standIn(name, toNode(properties[name]), error)
  }
  return filled
}

/** A string where the schema has no null. */
function standIn(name: string, { type }: Node, error: JsonObject): Json {
  if (type !== 'string') return null
  return name === 'code' ? (error['type'] ?? '') : ''
}
