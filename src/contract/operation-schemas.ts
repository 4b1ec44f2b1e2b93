// Indexes a contract's document: the schemas of each operation, with a validator for them.

import type { Contract, JsonObject } from '../types/index.ts'
import {
  mediaOf,
  operationsOf,
  requestBodyOf,
  responseOf,
  schemaOf,
  type Media,
  type OperationEntry,
} from './find-operation-nodes.ts'
import { createValidator, type Validator } from '../schema/validator.ts'
import {
  createSchemaResolver,
  type SchemaNode,
  type SchemaResolver,
} from '../schema/resolved-schema.ts'
import { createUnknownFieldFinder, type UnknownFieldFinder } from '../schema/unknown-fields.ts'

interface OperationSchemas {
  readonly resolver: SchemaResolver
  readonly entries: readonly OperationEntry[]
  readonly validate: Validator
  readonly findUnknownFields: UnknownFieldFinder
  request(operation: string): SchemaNode | undefined
  answer(operation: string, status: number, media: Media): SchemaNode | undefined
  /** The description of a kind of answer, with or without a schema. */
  media(operation: string, status: number, media: Media): SchemaNode | undefined
  /** What goes over a WebSocket of `create`, one JSON text at a time. */
  frame(from: 'client' | 'server'): SchemaNode | undefined
  /** The schemas of error bodies of `create`. */
  readonly errors: readonly SchemaNode[]
}

const known = new WeakMap<object, OperationSchemas>()

export function operationSchemasOf(contract: Contract): OperationSchemas {
  return readOperationSchemas(contract.document as unknown as JsonObject)
}

export function readOperationSchemas(document: JsonObject): OperationSchemas {
  const found = known.get(document) ?? indexDocument(document)
  known.set(document, found)
  return found
}

function indexDocument(document: JsonObject): OperationSchemas {
  const resolver = createSchemaResolver(document)
  const entries = operationsOf(resolver, document)
  const validate = createValidator(resolver)

  const entry = (operation: string) => entries.find((one) => one.operation === operation)
  const media = (operation: string, status: number, kind: Media): SchemaNode | undefined => {
    const found = entry(operation)
    return found && mediaOf(resolver, responseOf(resolver, found, status), kind)
  }
  const answer = (operation: string, status: number, kind: Media) =>
    schemaOf(resolver, media(operation, status, kind))

  return {
    resolver,
    entries,
    validate,
    findUnknownFields: createUnknownFieldFinder(resolver, validate),
    request(operation) {
      const found = entry(operation)
      return found && schemaOf(resolver, mediaOf(resolver, requestBodyOf(resolver, found), 'json'))
    },
    answer,
    media,
    frame(from) {
      const at = entry('create')?.node.at ?? ''
      const path = resolver.at(at.slice(0, at.lastIndexOf('/')))
      return path && resolver.child(path, 'x-websocket', from)
    },
    get errors() {
      const statuses = [400, 401, 403, 404, 422, 429, 500]
      const nodes = statuses.flatMap((status) => answer('create', status, 'json') ?? [])
      return [...new Map(nodes.map((node) => [node.at, node])).values()]
    },
  }
}
