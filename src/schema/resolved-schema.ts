// Resolves the schemas of a contract: references followed, `allOf` merged, unions flat.

import { decodePart, isObject, keyIn, token } from '../base/json.ts'
import type { Json, JsonObject, JsonType } from '../types/index.ts'

/** A schema with its place in the contract: a pointer that begins with `#`. */
export interface SchemaNode {
  readonly schema: JsonObject
  readonly at: string
}

export interface ResolvedSchema {
  readonly node: SchemaNode
  /** Where its fields are written: behind all references. */
  readonly home: string
  /** The schemas that all hold: the node itself, what it refers to, the members of `allOf`. */
  readonly parts: readonly SchemaNode[]
  /** The alternatives, nested unions resolved; empty when this is no union. */
  readonly branches: readonly SchemaNode[]
  /** Undefined: any type. */
  readonly types: ReadonlySet<JsonType> | undefined
  /** The values of `const` or `enum`. */
  readonly values: readonly Json[] | undefined
  readonly properties: ReadonlyMap<string, SchemaNode>
  readonly required: ReadonlySet<string>
  readonly items: SchemaNode | undefined
  /** What is said about further properties: nothing, a schema (`true` is the empty one), or that there are none. */
  readonly rest: 'unsaid' | 'none' | SchemaNode
}

/** The resolved schemas of one document; each is computed when it is first read. */
export interface SchemaResolver {
  at(pointer: string): SchemaNode | undefined
  of(node: SchemaNode): ResolvedSchema
  child(node: SchemaNode, ...path: readonly string[]): SchemaNode | undefined
}

const ANYTHING: JsonObject = {}

export function createSchemaResolver(document: JsonObject): SchemaResolver {
  const known = new WeakMap<JsonObject, ResolvedSchema>()

  function at(pointer: string): SchemaNode | undefined {
    let current: Json | undefined = document
    for (const step of pointer.replace(/^#/, '').split('/').slice(1)) {
      const key = keyIn(decodePart(step))
      if (typeof current !== 'object' || current === null || !Object.hasOwn(current, key)) return
      current = (current as JsonObject)[key]
    }
    return current === undefined ? undefined : asNode(current, pointer)
  }

  function of(node: SchemaNode): ResolvedSchema {
    const found = known.get(node.schema)
    if (found !== undefined) return found
    const resolved = work(node)
    known.set(node.schema, resolved)
    return resolved
  }

  function partsOf(node: SchemaNode, seen: Set<JsonObject> = new Set()): readonly SchemaNode[] {
    if (seen.has(node.schema)) return []
    seen.add(node.schema)
    const { $ref, allOf } = node.schema
    const target = typeof $ref === 'string' ? at($ref) : undefined
    const members = Array.isArray(allOf)
      ? allOf.flatMap((member, index) => asNode(member, `${node.at}/allOf/${index}`) ?? [])
      : []
    return [
      node,
      ...(target === undefined ? [] : partsOf(target, seen)),
      ...members.flatMap((member) => partsOf(member, seen)),
    ]
  }

  function branchesOf(parts: readonly SchemaNode[], seen: Set<JsonObject>): readonly SchemaNode[] {
    return parts.flatMap((part) => {
      if (seen.has(part.schema)) return []
      seen.add(part.schema)
      return ['oneOf', 'anyOf'].flatMap((word) => {
        const list = part.schema[word]
        if (!Array.isArray(list)) return []
        return list.flatMap((branch, index) => {
          const node = asNode(branch, `${part.at}/${word}/${index}`)
          if (node === undefined) return []
          const inner = partsOf(node)
          // Only a branch that is nothing but a union dissolves into its own branches.
          const nested = inner.every(({ schema }) => !('properties' in schema || 'type' in schema))
            ? branchesOf(inner, seen)
            : []
          return nested.length > 0 ? nested : [node]
        })
      })
    })
  }

  function work(node: SchemaNode): ResolvedSchema {
    const parts = partsOf(node)
    const branches = branchesOf(parts, new Set())
    const properties = new Map<string, SchemaNode>()
    const required = new Set<string>()
    const home = parts.find(({ schema }) => 'properties' in schema)?.at ?? node.at
    let items: SchemaNode | undefined
    let rest: ResolvedSchema['rest'] = 'unsaid'
    let values: readonly Json[] | undefined
    let types: ReadonlySet<JsonType> | undefined
    for (const { schema, at } of parts) {
      if (isObject(schema['properties'])) {
        for (const [key, value] of Object.entries(schema['properties'])) {
          const child = asNode(value, `${at}/properties/${token(key)}`)
          if (child !== undefined && !properties.has(key)) properties.set(key, child)
        }
      }
      if (Array.isArray(schema['required'])) {
        for (const key of schema['required']) if (typeof key === 'string') required.add(key)
      }
      items ??= asNode(schema['items'], `${at}/items`)
      const more = schema['additionalProperties']
      if (more === false) rest = 'none'
      else if (rest === 'unsaid' && more !== undefined) {
        rest = asNode(more, `${at}/additionalProperties`) ?? 'unsaid'
      }
      if ('const' in schema) values ??= [schema['const']!]
      else if (Array.isArray(schema['enum'])) values ??= schema['enum']
      const own = typesOf(schema)
      types = both(types, own)
    }
    if (types === undefined && values !== undefined) types = new Set(values.map(jsonTypeOf))
    if (types === undefined && branches.length > 0) {
      // Placed before its branches are read: a union may contain itself.
      const draft = {
        node,
        home,
        parts,
        branches,
        types,
        values,
        properties,
        required,
        items,
        rest,
      }
      known.set(node.schema, draft)
      const all = branches.map((branch) => of(branch).types)
      types = all.includes(undefined)
        ? undefined
        : new Set(all.flatMap((set) => [...(set as ReadonlySet<JsonType>)]))
    }
    return { node, home, parts, branches, types, values, properties, required, items, rest }
  }

  function child(node: SchemaNode, ...path: readonly string[]): SchemaNode | undefined {
    let value: Json | undefined = node.schema
    for (const key of path) value = isObject(value) ? value[key] : undefined
    return asNode(value, [node.at, ...path.map(token)].join('/'))
  }

  return { at, of, child }
}

function asNode(value: Json | undefined, at: string): SchemaNode | undefined {
  if (value === true) return { schema: ANYTHING, at }
  if (value === false) return { schema: { not: ANYTHING }, at }
  return isObject(value) ? { schema: value, at } : undefined
}

function typesOf(schema: JsonObject): ReadonlySet<JsonType> | undefined {
  const type = schema['type']
  if (typeof type === 'string') return new Set([type as JsonType])
  if (Array.isArray(type)) return new Set(type as JsonType[])
  return undefined
}

function both(
  one: ReadonlySet<JsonType> | undefined,
  other: ReadonlySet<JsonType> | undefined,
): ReadonlySet<JsonType> | undefined {
  if (one === undefined || other === undefined) return one ?? other
  return new Set([...one].filter((type) => other.has(type)))
}

export function jsonTypeOf(value: Json | undefined): JsonType {
  if (value === null || value === undefined) return 'null'
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  return typeof value as 'boolean' | 'string' | 'object'
}

export function isAllowedType(
  types: ReadonlySet<JsonType> | undefined,
  value: Json | undefined,
): boolean {
  if (types === undefined) return true
  const type = jsonTypeOf(value)
  return types.has(type) || (type === 'integer' && types.has('number'))
}
