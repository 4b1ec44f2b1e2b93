// Measures how deep and how large the smallest value of each part of a schema is. It iterates, so that
// recursion ends and no schema can make the model write without end.

import type { Json, JsonObject } from '../../src/types/index.ts'
import { isRecord } from '../json.ts'

export interface SchemaSize {
  readonly height: number
  readonly size: number
}

interface Part {
  readonly schema: JsonObject
  /** The smallest value needs one of these, or all of them; a leaf needs nothing. */
  readonly mode: 'leaf' | 'any' | 'all'
  readonly needs: readonly JsonObject[]
}

const MOST_PARTS = 20_000
const ENDLESS: SchemaSize = { height: Infinity, size: Infinity }

/** Undefined for a schema with too many parts. */
export function measureSchema(root: JsonObject): ReadonlyMap<object, SchemaSize> | undefined {
  const parts = collect(root)
  if (parts === undefined) return undefined
  const extents = new Map<object, SchemaSize>(parts.map(({ schema }) => [schema, ENDLESS]))
  const backwards = parts.toReversed()
  for (let changed = true; changed;) {
    changed = false
    for (const part of backwards) {
      const next = extentOf(part, extents)
      const now = extents.get(part.schema) ?? ENDLESS
      if (next.height < now.height || next.size < now.size) {
        extents.set(part.schema, next)
        changed = true
      }
    }
  }
  return extents
}

function extentOf(part: Part, extents: ReadonlyMap<object, SchemaSize>): SchemaSize {
  if (part.mode === 'leaf') return { height: 0, size: 1 }
  const needs = part.needs.map((one) => extents.get(one) ?? ENDLESS)
  if (part.mode === 'any') {
    return {
      height: Math.min(...needs.map((one) => one.height)),
      size: Math.min(...needs.map((one) => one.size)),
    }
  }
  return {
    height: 1 + Math.max(-1, ...needs.map((one) => one.height)),
    size: needs.reduce((sum, one) => sum + one.size, 1),
  }
}

function collect(root: JsonObject): readonly Part[] | undefined {
  const parts: Part[] = []
  const seen = new Set<object>([root])
  const queue: JsonObject[] = [root]
  for (let schema = queue.pop(); schema !== undefined; schema = queue.pop()) {
    if (parts.length >= MOST_PARTS) return undefined
    const { part, inside } = describe(schema, root)
    parts.push(part)
    for (const one of [...part.needs, ...inside]) {
      if (seen.has(one)) continue
      seen.add(one)
      queue.push(one)
    }
  }
  return parts
}

function describe(
  schema: JsonObject,
  root: JsonObject,
): { readonly part: Part; readonly inside: readonly JsonObject[] } {
  const target = (given: unknown): readonly JsonObject[] => {
    const found = dereferenceSchema(given, root)
    return found === undefined ? [] : [found]
  }
  const leaf = { schema, mode: 'leaf', needs: [] } as const
  if (schema['const'] !== undefined || schema['enum'] !== undefined)
    return { part: leaf, inside: [] }
  const branches = schema['anyOf'] ?? schema['oneOf']
  if (Array.isArray(branches) && branches.length > 0) {
    return { part: { schema, mode: 'any', needs: branches.flatMap(target) }, inside: [] }
  }
  if (Array.isArray(schema['allOf'])) {
    return { part: { schema, mode: 'all', needs: schema['allOf'].flatMap(target) }, inside: [] }
  }
  const properties = isRecord(schema['properties']) ? Object.entries(schema['properties']) : []
  const inside = [
    ...properties.flatMap(([, one]) => target(one)),
    ...target(schema['items'] as Json),
  ]
  const type = schema['type']
  if (Array.isArray(type) && type.includes('null')) return { part: leaf, inside }
  const holds = (name: string): boolean =>
    type === name || (Array.isArray(type) && type.includes(name))
  if (holds('array') && Number(schema['minItems'] ?? 0) > 0) {
    const times = Math.min(Number(schema['minItems']), 1000)
    const [items] = target(schema['items'] as Json)
    const needs = items === undefined ? [] : Array.from({ length: times }, () => items)
    return { part: { schema, mode: 'all', needs }, inside }
  }
  const required = Array.isArray(schema['required']) ? (schema['required'] as unknown[]) : []
  const needed = properties.filter(([name]) => required.includes(name))
  if (needed.length === 0) return { part: leaf, inside }
  const needs = needed.flatMap(([, one]) => target(one))
  return { part: { schema, mode: 'all', needs }, inside }
}

/** The schema itself, after at most twenty references. */
export function dereferenceSchema(given: unknown, root: JsonObject): JsonObject | undefined {
  let current = given
  for (let hops = 0; hops < 20; hops += 1) {
    if (!isRecord(current)) return undefined
    const reference = current['$ref']
    if (typeof reference !== 'string') return current as JsonObject
    current = resolveReference(reference, root)
  }
  return undefined
}

/** The schema that a local reference names. */
export function resolveReference(reference: string, root: JsonObject): JsonObject | undefined {
  if (reference !== '#' && !reference.startsWith('#/')) return undefined
  let current: unknown = root
  for (const token of reference.split('/').slice(1)) {
    const key = token.replaceAll('~1', '/').replaceAll('~0', '~')
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, key)) {
      return undefined
    }
    current = (current as Readonly<Record<string, unknown>>)[key]
  }
  return isRecord(current) ? (current as JsonObject) : undefined
}
