// Lists the operations of a contract and finds their schemas.

import { spell } from '../base/json.ts'
import type { Json, JsonObject, Operation } from '../types/index.ts'
import type { SchemaNode, SchemaResolver } from '../schema/resolved-schema.ts'

export interface OperationEntry {
  readonly operation: Operation
  readonly node: SchemaNode
}

export const METHODS: readonly string[] = ['get', 'post', 'put', 'patch', 'delete']

export type Media = 'json' | 'events'

export function operationsOf(
  resolver: SchemaResolver,
  document: JsonObject,
): readonly OperationEntry[] {
  const paths = resolver.child({ schema: document, at: '#' }, 'paths')
  if (paths === undefined) return []
  return Object.keys(paths.schema).flatMap((path) =>
    METHODS.flatMap((method) => {
      const node = resolver.child(paths, path, method)
      const operation = node?.schema['operationId']
      if (node === undefined || typeof operation !== 'string') return []
      return [{ operation: operation as Operation, node }]
    }),
  )
}

export function requestBodyOf(
  resolver: SchemaResolver,
  entry: OperationEntry,
): SchemaNode | undefined {
  return followReference(resolver, resolver.child(entry.node, 'requestBody'))
}

/** The response object of the documents for a status: exact, then its class, then `default`. */
export function responseOf(
  resolver: SchemaResolver,
  entry: OperationEntry,
  status: number,
): SchemaNode | undefined {
  const responses = resolver.child(entry.node, 'responses')
  if (responses === undefined) return undefined
  const names = [spell(status), `${Math.floor(status / 100)}XX`, 'default']
  // `default` is written for errors: it says nothing about a success.
  const name = names.find((one) => one in responses.schema && (one !== 'default' || status >= 400))
  return name === undefined ? undefined : followReference(resolver, resolver.child(responses, name))
}

/** The media type object of a request body or a response: its schema and its examples. */
export function mediaOf(
  resolver: SchemaResolver,
  owner: SchemaNode | undefined,
  media: Media,
): SchemaNode | undefined {
  const content = owner && resolver.child(owner, 'content')
  const name = content && Object.keys(content.schema).find((one) => mediaKind(one) === media)
  return content && name !== undefined ? resolver.child(content, name) : undefined
}

export function schemaOf(
  resolver: SchemaResolver,
  media: SchemaNode | undefined,
): SchemaNode | undefined {
  return media && resolver.child(media, 'schema')
}

export function followReference(
  resolver: SchemaResolver,
  node: SchemaNode | undefined,
): SchemaNode | undefined {
  const ref: Json | undefined = node?.schema['$ref']
  return typeof ref === 'string' ? resolver.at(ref) : node
}

function mediaKind(mediaType: string): Media | undefined {
  if (/^text\/event-stream\b/i.test(mediaType)) return 'events'
  return /[/+]json\b/i.test(mediaType) ? 'json' : undefined
}
