// Where the parts of a contract's document are, and the machinery that judges by them.

import type { Contract, JsonObject } from '../types/index.ts'
import {
  mediaOf,
  operationsOf,
  requestBody,
  responseOf,
  schemaOf,
  type Media,
  type OperationEntry,
} from './operations.ts'
import { validator, type Validate } from '../schema/validator.ts'
import { shapesOf, type Node, type Shapes } from '../schema/resolved-schema.ts'
import { surplusFinder, type FindSurplus } from '../schema/unknown-fields.ts'

export interface Anatomy {
  readonly shapes: Shapes
  readonly entries: readonly OperationEntry[]
  readonly validate: Validate
  readonly findSurplus: FindSurplus
  request(operation: string): Node | undefined
  answer(operation: string, status: number, media: Media): Node | undefined
  /** The description of a kind of answer, with or without a schema. */
  media(operation: string, status: number, media: Media): Node | undefined
  /** What goes over a WebSocket of `create`, one JSON text at a time. */
  frame(from: 'client' | 'server'): Node | undefined
  /** The schemas of error bodies of `create`. */
  readonly errors: readonly Node[]
}

const known = new WeakMap<object, Anatomy>()

export function anatomyOf(contract: Contract): Anatomy {
  return anatomyOfDocument(contract.document as unknown as JsonObject)
}

export function anatomyOfDocument(document: JsonObject): Anatomy {
  const found = known.get(document) ?? dissect(document)
  known.set(document, found)
  return found
}

function dissect(document: JsonObject): Anatomy {
  const shapes = shapesOf(document)
  const entries = operationsOf(shapes, document)
  const validate = validator(shapes)

  const entry = (operation: string) => entries.find((one) => one.operation === operation)
  const media = (operation: string, status: number, kind: Media): Node | undefined => {
    const found = entry(operation)
    return found && mediaOf(shapes, responseOf(shapes, found, status), kind)
  }
  const answer = (operation: string, status: number, kind: Media) =>
    schemaOf(shapes, media(operation, status, kind))

  return {
    shapes,
    entries,
    validate,
    findSurplus: surplusFinder(shapes, validate),
    request(operation) {
      const found = entry(operation)
      return found && schemaOf(shapes, mediaOf(shapes, requestBody(shapes, found), 'json'))
    },
    answer,
    media,
    frame(from) {
      const at = entry('create')?.node.at ?? ''
      const path = shapes.at(at.slice(0, at.lastIndexOf('/')))
      return path && shapes.child(path, 'x-websocket', from)
    },
    get errors() {
      const statuses = [400, 401, 403, 404, 422, 429, 500]
      const nodes = statuses.flatMap((status) => answer('create', status, 'json') ?? [])
      return [...new Map(nodes.map((node) => [node.at, node])).values()]
    },
  }
}
