// The operations of a contract: where their schemas are.

import type { Json, JsonObject, Operation } from '../types/index.ts'
import type { Node, Shapes } from '../schema/resolved-schema.ts'

export interface OperationEntry {
  readonly operation: Operation
  readonly node: Node
}

export const METHODS: readonly string[] = ['get', 'post', 'put', 'patch', 'delete']

export type Media = 'json' | 'events'

export function operationsOf(shapes: Shapes, document: JsonObject): readonly OperationEntry[] {
  const paths = shapes.child({ schema: document, at: '#' }, 'paths')
  if (paths === undefined) return []
  return Object.keys(paths.schema).flatMap((path) =>
    METHODS.flatMap((method) => {
      const node = shapes.child(paths, path, method)
      const operation = node?.schema['operationId']
      if (node === undefined || typeof operation !== 'string') return []
      return [{ operation: operation as Operation, node }]
    }),
  )
}

export function requestBody(shapes: Shapes, entry: OperationEntry): Node | undefined {
  return follow(shapes, shapes.child(entry.node, 'requestBody'))
}

/** The response object of the documents for a status: exact, then its class, then `default`. */
export function responseOf(
  shapes: Shapes,
  entry: OperationEntry,
  status: number,
): Node | undefined {
  const responses = shapes.child(entry.node, 'responses')
  if (responses === undefined) return undefined
  const names = [String(status), `${Math.floor(status / 100)}XX`, 'default']
  // `default` is written for errors: it says nothing about a success.
  const name = names.find((one) => one in responses.schema && (one !== 'default' || status >= 400))
  return name === undefined ? undefined : follow(shapes, shapes.child(responses, name))
}

/** The media type object of a request body or a response: its schema and its examples. */
export function mediaOf(shapes: Shapes, owner: Node | undefined, media: Media): Node | undefined {
  const content = owner && shapes.child(owner, 'content')
  const name = content && Object.keys(content.schema).find((one) => mediaKind(one) === media)
  return content && name !== undefined ? shapes.child(content, name) : undefined
}

export function schemaOf(shapes: Shapes, media: Node | undefined): Node | undefined {
  return media && shapes.child(media, 'schema')
}

export function follow(shapes: Shapes, node: Node | undefined): Node | undefined {
  const ref: Json | undefined = node?.schema['$ref']
  return typeof ref === 'string' ? shapes.at(ref) : node
}

function mediaKind(mediaType: string): Media | undefined {
  if (/^text\/event-stream\b/i.test(mediaType)) return 'events'
  return /[/+]json\b/i.test(mediaType) ? 'json' : undefined
}
