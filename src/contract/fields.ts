// Schemas flattened into lists: request parameters, response fields, stream events.

import { token } from '../base/json.ts'
import type {
  Json,
  JsonObject,
  JsonType,
  Parameter,
  ResponseField,
  StreamEventShape,
} from '../types/index.ts'
import type { Node, Shapes } from '../schema/resolved-schema.ts'
import { tagValues } from '../schema/union.ts'

interface Place {
  readonly at: string
  readonly node: Node
  readonly required: boolean
}

const DEPTH = 8

/** More schemas than any API has below one: where alternatives multiply, the list ends here. */
const MOST_VISITS = 100_000

/** Every named field below a schema, `*` for array items. The same pointer appears once for each variant that has it. */
function places(shapes: Shapes, root: Node): readonly Place[] {
  const found: Place[] = []
  let visits = 0
  function walk(node: Node, at: string, open: readonly JsonObject[]): void {
    // A schema that contains itself is listed once.
    if (open.length > DEPTH * 2 || open.includes(node.schema)) return
    if (++visits > MOST_VISITS) return
    const shape = shapes.of(node)
    const inside = [...open, node.schema]
    for (const [key, child] of shape.properties) {
      const place = `${at}/${token(key)}`
      found.push({ at: place, node: child, required: shape.required.has(key) })
      walk(child, place, inside)
    }
    if (shape.items !== undefined) walk(shape.items, `${at}/*`, inside)
    for (const branch of shape.branches) walk(branch, at, inside)
  }
  walk(root, '', [])
  return found
}

function merged(shapes: Shapes, root: Node): readonly (readonly [string, readonly Place[]])[] {
  const groups = new Map<string, Place[]>()
  for (const place of places(shapes, root)) {
    const group = groups.get(place.at)
    if (group === undefined) groups.set(place.at, [place])
    else group.push(place)
  }
  return [...groups]
}

function typesIn(shapes: Shapes, group: readonly Place[]): readonly JsonType[] {
  return [...new Set(group.flatMap(({ node }) => [...(shapes.of(node).types ?? [])]))]
}

/** All allowed values, when every variant restricts them. */
function valuesIn(shapes: Shapes, group: readonly Place[]): readonly Json[] | undefined {
  const all = group.map(({ node }) => unionValues(shapes, node))
  if (all.includes(undefined)) return undefined
  return [...new Set(all.flatMap((values) => values ?? []))]
}

/** The allowed values of a schema, also of a union of nothing but enums. */
function unionValues(shapes: Shapes, node: Node): readonly Json[] | undefined {
  const shape = shapes.of(node)
  if (shape.values !== undefined || shape.branches.length === 0) return shape.values
  const all = shape.branches.map((branch) => shapes.of(branch).values)
  return all.includes(undefined) ? undefined : all.flatMap((values) => values ?? [])
}

export function parametersOf(shapes: Shapes, root: Node): readonly Parameter[] {
  return merged(shapes, root).map(([at, group]) => {
    const values = valuesIn(shapes, group)
    const schema = flatSchema(shapes, group[0]!.node)
    return {
      at,
      name: at.split('/').findLast((step) => step !== '*') ?? '',
      types: typesIn(shapes, group),
      required: group.every(({ required }) => required),
      ...(group.length === 1 ? limitsOf(schema) : {}),
      ...(values === undefined ? {} : { enum: values }),
      schema,
    }
  })
}

type Limits = Partial<
  Pick<Parameter, 'default' | 'minimum' | 'maximum' | 'minLength' | 'maxLength'>
>

function limitsOf(schema: JsonObject): Limits {
  const numbers = (['minimum', 'maximum', 'minLength', 'maxLength'] as const).flatMap((word) =>
    typeof schema[word] === 'number' ? [[word, schema[word]] as const] : [],
  )
  return {
    ...('default' in schema ? { default: schema['default']! } : {}),
    ...Object.fromEntries(numbers),
  }
}

/** The words of a schema and of what it refers to in one object; references below stay. */
function flatSchema(shapes: Shapes, node: Node): JsonObject {
  const parts = shapes.of(node).parts.map(({ schema }) => schema)
  const { $ref: _ref, allOf: _allOf, ...words } = Object.assign({}, ...parts.toReversed())
  return words as JsonObject
}

export function responseFieldsOf(shapes: Shapes, root: Node): readonly ResponseField[] {
  return merged(shapes, root).map(([at, group]) => {
    const values = valuesIn(shapes, group)
    const [only] = values ?? []
    return {
      at,
      types: typesIn(shapes, group),
      required: group.every(({ required }) => required),
      ...(values === undefined ? {} : { enum: values }),
      ...(values?.length === 1 ? { const: only! } : {}),
    }
  })
}

/** The events that a schema of one payload names by their `type`. */
export function eventsOf(shapes: Shapes, root: Node): readonly StreamEventShape[] {
  const { branches } = shapes.of(root)
  return (branches.length > 0 ? branches : [root]).flatMap((branch) =>
    (tagValues(shapes, branch, 'type') ?? []).map((type) => ({
      type,
      required: [...shapes.of(branch).required],
      schema: flatSchema(shapes, branch),
    })),
  )
}
