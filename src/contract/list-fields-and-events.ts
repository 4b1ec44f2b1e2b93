// Schemas flattened into lists: request parameters, response fields, stream events.

import { isObject, token } from '../base/json.ts'
import type {
  Json,
  JsonObject,
  JsonType,
  Parameter,
  ResponseField,
  StreamEventShape,
} from '../types/index.ts'
import type { SchemaNode, SchemaResolver } from '../schema/resolved-schema.ts'
import { tagValuesOf } from '../schema/union.ts'

interface Place {
  readonly at: string
  readonly node: SchemaNode
  readonly required: boolean
}

const DEPTH = 8

/** More schemas than any API has below one: where alternatives multiply, the list ends here. */
const MOST_VISITS = 100_000

/** Every named field below a schema, `*` for array items. The same pointer appears once for each variant that has it. */
function places(resolver: SchemaResolver, root: SchemaNode): readonly Place[] {
  const found: Place[] = []
  const seen = new Map<JsonObject, Set<string>>()
  let visits = 0
  function walk(node: SchemaNode, at: string, open: readonly JsonObject[]): void {
    // A schema that contains itself is listed once.
    if (open.length > DEPTH * 2 || open.includes(node.schema)) return
    // Unions of unions lead to the same schema again and again.
    const before = seen.get(node.schema) ?? new Set()
    if (before.has(at) || ++visits > MOST_VISITS) return
    seen.set(node.schema, before.add(at))
    const resolved = resolver.of(node)
    const inside = [...open, node.schema]
    for (const [key, child] of resolved.properties) {
      const place = `${at}/${token(key)}`
      found.push({ at: place, node: child, required: resolved.required.has(key) })
      walk(child, place, inside)
    }
    if (resolved.items !== undefined) walk(resolved.items, `${at}/*`, inside)
    for (const branch of resolved.branches) walk(branch, at, inside)
  }
  walk(root, '', [])
  return found
}

function merged(
  resolver: SchemaResolver,
  root: SchemaNode,
): readonly (readonly [string, readonly Place[]])[] {
  const groups = new Map<string, Place[]>()
  for (const place of places(resolver, root)) {
    const group = groups.get(place.at)
    if (group === undefined) groups.set(place.at, [place])
    else group.push(place)
  }
  return [...groups]
}

function typesIn(resolver: SchemaResolver, group: readonly Place[]): readonly JsonType[] {
  return [...new Set(group.flatMap(({ node }) => [...(resolver.of(node).types ?? [])]))]
}

/** All allowed values, when every variant restricts them. */
function valuesIn(resolver: SchemaResolver, group: readonly Place[]): readonly Json[] | undefined {
  const all = group.map(({ node }) => unionValues(resolver, node))
  if (all.includes(undefined)) return undefined
  return [...new Set(all.flatMap((values) => values ?? []))]
}

/** The allowed values of a schema, also of a union of nothing but enums. */
function unionValues(resolver: SchemaResolver, node: SchemaNode): readonly Json[] | undefined {
  const resolved = resolver.of(node)
  if (resolved.values !== undefined || resolved.branches.length === 0) return resolved.values
  const all = resolved.branches.map((branch) => resolver.of(branch).values)
  return all.includes(undefined) ? undefined : all.flatMap((values) => values ?? [])
}

export function parametersOf(resolver: SchemaResolver, root: SchemaNode): readonly Parameter[] {
  return merged(resolver, root).map(([at, group]) => {
    const values = valuesIn(resolver, group)
    const schema = flatSchema(resolver, group[0]!.node)
    return {
      at,
      name: at.split('/').findLast((step) => step !== '*') ?? '',
      types: typesIn(resolver, group),
      required: group.every(({ required }) => required),
      ...(group.length === 1 ? limitsOf(schema) : {}),
      ...(values === undefined ? wordsOf(resolver, group) : { enum: values }),
      schema,
    }
  })
}

/** The words of a union that takes strings in one variant only, and lists them there. */
function wordsOf(resolver: SchemaResolver, group: readonly Place[]): Pick<Parameter, 'words'> {
  if (group.length !== 1) return {}
  const branches = resolver.of(group[0]!.node).branches.map((branch) => resolver.of(branch))
  const texts = branches.filter(({ types }) => types === undefined || types.has('string'))
  const [only, ...others] = texts
  return only?.values === undefined || others.length > 0 ? {} : { words: only.values }
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

/**
 * The words of a schema and of what it refers to in one object, with the properties of all of them:
 * a base may hold some. References below stay.
 */
function flatSchema(resolver: SchemaResolver, node: SchemaNode): JsonObject {
  const parts = resolver.of(node).parts.map(({ schema }) => schema)
  const { $ref: _ref, allOf: _allOf, ...words } = Object.assign({}, ...parts.toReversed())
  if (!isObject(words.properties)) return words as JsonObject
  const properties = parts.toReversed().map((part) => part['properties'])
  return { ...words, properties: Object.assign({}, ...properties.filter(isObject)) } as JsonObject
}

export function responseFieldsOf(
  resolver: SchemaResolver,
  root: SchemaNode,
): readonly ResponseField[] {
  return merged(resolver, root).map(([at, group]) => {
    const values = valuesIn(resolver, group)
    const [only] = values ?? []
    return {
      at,
      types: typesIn(resolver, group),
      required: group.every(({ required }) => required),
      ...(values === undefined ? {} : { enum: values }),
      ...(values?.length === 1 ? { const: only! } : {}),
      ...(group.every(({ node }) => node.schema['x-source'] === 'traffic')
        ? ({ isSeenOnly: true } as const)
        : {}),
    }
  })
}

/** The events that a schema of one payload names by their `type`. */
export function streamEventsOf(
  resolver: SchemaResolver,
  root: SchemaNode,
): readonly StreamEventShape[] {
  const { branches } = resolver.of(root)
  return (branches.length > 0 ? branches : [root]).flatMap((branch) =>
    (tagValuesOf(resolver, branch, 'type') ?? []).map((type) => ({
      type,
      required: [...resolver.of(branch).required],
      schema: flatSchema(resolver, branch),
    })),
  )
}
