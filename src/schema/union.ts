// Chooses the variant of a union that a value means: by its JSON type, then by `type`, then by `role`.
//
// JSON Schema tries every branch and reports the errors of all. Choosing by the tag first, as readers of a
// tagged union do, makes one wrong field one finding.

import { isObject } from '../base/json.ts'
import type { Json, JsonType } from '../types/index.ts'
import {
  isAllowedType,
  type SchemaNode,
  type ResolvedSchema,
  type SchemaResolver,
} from './resolved-schema.ts'

const TAGS = ['type', 'role'] as const
type UnionTag = (typeof TAGS)[number]

export type VariantChoice =
  /** One alternative, or several that only validation can tell apart. */
  | { readonly kind: 'candidates'; readonly nodes: readonly SchemaNode[] }
  | { readonly kind: 'wrong-type'; readonly types: readonly JsonType[] }
  | { readonly kind: 'missing-tag'; readonly tag: UnionTag; readonly known: readonly string[] }
  | { readonly kind: 'wrong-tag'; readonly tag: UnionTag; readonly known: readonly string[] }
  /** A `type` that no alternative has: a variant that the documents do not know. */
  | { readonly kind: 'unknown-variant'; readonly known: readonly string[] }

// Where the tag alone decides, it decides the same for every value: a stream asks for each event.
const decided = new WeakMap<ResolvedSchema, Map<string, VariantChoice>>()

export function chooseVariant(
  resolver: SchemaResolver,
  union: ResolvedSchema,
  data: Json | undefined,
): VariantChoice {
  const type = isObject(data) ? data['type'] : undefined
  if (typeof type !== 'string') return weigh(resolver, union, data)
  let known = decided.get(union)
  if (known === undefined) decided.set(union, (known = new Map()))
  const before = known.get(type)
  if (before !== undefined) return before
  const choice = weigh(resolver, union, data)
  // Messages share a type, and only their role tells them apart.
  const sharing = union.branches.filter((branch) =>
    tagValuesOf(resolver, branch, 'type')?.includes(type),
  )
  const decides = choice.kind === 'candidates' && choice.nodes.length === 1 && sharing.length === 1
  if (decides) known.set(type, choice)
  return choice
}

/** Whether a list has a variant for the type of each of these entries. */
function knowsEntries(
  resolver: SchemaResolver,
  list: SchemaNode,
  entries: readonly Json[],
): boolean {
  const { items } = resolver.of(list)
  if (items === undefined) return false
  const { branches } = resolver.of(items)
  const known = new Set(
    (branches.length > 0 ? branches : [items]).flatMap(
      (branch) => tagValuesOf(resolver, branch, 'type') ?? [],
    ),
  )
  const types = entries.flatMap((entry) => (isObject(entry) ? [entry['type']] : []))
  return types.length > 0 && types.every((type) => typeof type === 'string' && known.has(type))
}

function weigh(
  resolver: SchemaResolver,
  union: ResolvedSchema,
  data: Json | undefined,
): VariantChoice {
  let nodes = union.branches.filter((branch) => isAllowedType(resolver.of(branch).types, data))
  if (nodes.length === 0) {
    const types = union.branches.flatMap((branch) => [...(resolver.of(branch).types ?? [])])
    return { kind: 'wrong-type', types: [...new Set(types)] }
  }
  if (Array.isArray(data) && nodes.length > 1) {
    // Of several lists the one that knows what is in this one: to the others its entries would only be new.
    const knowing = nodes.filter((node) => knowsEntries(resolver, node, data))
    if (knowing.length > 0) nodes = knowing
  }
  if (!isObject(data)) return { kind: 'candidates', nodes }
  for (const tag of TAGS) {
    if (nodes.length === 1 && tag !== 'type') break
    const tags = new Map(nodes.map((node) => [node, tagValuesOf(resolver, node, tag)]))
    const known = [...new Set([...tags.values()].flatMap((values) => values ?? []))]
    // Without a tag among several alternatives, or with a lone one, its own schema judges the field.
    if (known.length === 0 || union.branches.length === 1) continue
    const value = data[tag]
    if (value === undefined) {
      // A variant that does not need the tag is meant only if it has a field in common with the value.
      const left = nodes.filter((node) => {
        const { required, properties } = resolver.of(node)
        const keys = Object.keys(data)
        return (
          !required.has(tag) && (properties.size === 0 || keys.some((key) => properties.has(key)))
        )
      })
      if (left.length === 0) return { kind: 'missing-tag', tag, known }
      nodes = left
      continue
    }
    const exact = nodes.filter((node) => tags.get(node)?.includes(value as string))
    if (exact.length > 0) {
      nodes = exact
      continue
    }
    const untagged = nodes.filter((node) => tags.get(node) === undefined)
    if (untagged.length > 0) {
      nodes = untagged
      continue
    }
    return tag === 'type' && typeof value === 'string'
      ? { kind: 'unknown-variant', known }
      : { kind: 'wrong-tag', tag, known }
  }
  return { kind: 'candidates', nodes }
}

/** The strings that a branch allows as its tag; undefined when it does not restrict them. */
export function tagValuesOf(
  resolver: SchemaResolver,
  node: SchemaNode,
  tag: UnionTag,
): readonly string[] | undefined {
  const property = resolver.of(node).properties.get(tag)
  const values =
    property && resolver.of(property).values?.filter((value) => typeof value === 'string')
  return values !== undefined && values.length > 0 ? values : undefined
}
