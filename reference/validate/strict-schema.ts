// Finds why a JSON Schema is outside the subset that strict mode takes.

import type { Json, JsonObject } from '../../src/types/index.ts'
import { isRecord } from '../json.ts'
import { isFillable } from '../model/value-for-schema.ts'
import { isGenerable } from '../model/text-for-regex.ts'
import { resolveReference } from '../model/measure-schema.ts'

const TYPES = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null']
const FORBIDDEN = [
  'allOf',
  'oneOf',
  'not',
  'if',
  'then',
  'else',
  'dependentRequired',
  'dependentSchemas',
  'patternProperties',
  'propertyNames',
  'unevaluatedProperties',
  'contains',
  'prefixItems',
  'uniqueItems',
]
const LIMITS = { properties: 5000, depth: 10, enumValues: 1000, characters: 120_000 }

const TOO_LARGE = 'its smallest value is too large, or refers to itself without end.'

interface Count {
  properties: number
  enumValues: number
  characters: number
}

/** Where in a schema, and what was counted on the way. */
interface Place {
  readonly root: JsonObject
  readonly path: readonly string[]
  readonly depth: number
  readonly count: Count
}

type Schema = Readonly<Record<string, unknown>>

/** Why a schema cannot be used in strict mode; undefined when it can. */
export function findStrictFlaw(schema: JsonObject): string | undefined {
  if (schema['anyOf'] !== undefined) return "In context=(), 'anyOf' is not permitted at the root."
  if (schema['type'] !== 'object') {
    return `In context=(), schema must be of type 'object', got 'type: ${JSON.stringify(schema['type'] ?? null)}'.`
  }
  const count: Count = { properties: 0, enumValues: 0, characters: 0 }
  const top: Place = { root: schema, path: [], depth: 0, count }
  const flaw = flawOf(schema, top) ?? definitionsFlaw(top)
  if (flaw !== undefined) return flaw
  if (count.properties > LIMITS.properties) return `more than ${LIMITS.properties} properties.`
  if (count.enumValues > LIMITS.enumValues) return `more than ${LIMITS.enumValues} enum values.`
  if (count.characters > LIMITS.characters) return `more than ${LIMITS.characters} characters.`
  return isFillable(schema) ? undefined : TOO_LARGE
}

/** Why a schema cannot be understood at all; undefined when it can. Unsupported keywords are ignored. */
export function findLooseFlaw(schema: JsonObject): string | undefined {
  const type = schema['type']
  const types = Array.isArray(type) ? type : type === undefined ? [] : [type]
  const unknown = types.find((one) => !TYPES.includes(String(one)))
  if (unknown !== undefined) return `In context=(), ${JSON.stringify(unknown)} is not a valid type.`
  const properties = schema['properties']
  if (properties !== undefined && !isRecord(properties)) {
    return "In context=(), 'properties' must be an object."
  }
  return isFillable(schema) ? undefined : TOO_LARGE
}

function definitionsFlaw(top: Place): string | undefined {
  for (const key of ['$defs', 'definitions']) {
    const definitions = top.root[key]
    if (!isRecord(definitions)) continue
    for (const [name, schema] of Object.entries(definitions)) {
      const flaw = flawOf(schema as Json, { ...top, path: [key, name] })
      if (flaw !== undefined) return flaw
    }
  }
  return undefined
}

const contextOf = ({ path }: Place): string =>
  `In context=(${path.map((one) => `'${one}'`).join(', ')})`

function flawOf(schema: Json, place: Place): string | undefined {
  const { root, path, depth, count } = place
  const context = contextOf(place)
  if (!isRecord(schema)) return `${context}, schema must be an object.`
  if (depth > LIMITS.depth) return `${context}, more than ${LIMITS.depth} levels of nesting.`
  const forbidden = FORBIDDEN.find((key) => Object.hasOwn(schema, key))
  if (forbidden !== undefined) return `${context}, '${forbidden}' is not permitted.`
  if (typeof schema['$ref'] === 'string') {
    return resolveReference(schema['$ref'], root) === undefined
      ? `${context}, reference '${schema['$ref']}' cannot be resolved.`
      : undefined
  }
  if (Array.isArray(schema['enum'])) {
    if (schema['enum'].length === 0) return `${context}, 'enum' must not be empty.`
    count.enumValues += schema['enum'].length
    count.characters += JSON.stringify(schema['enum']).length
  }
  if (Array.isArray(schema['anyOf'])) {
    if (schema['anyOf'].length === 0) return `${context}, 'anyOf' must not be empty.`
    for (const [index, branch] of schema['anyOf'].entries()) {
      const flaw = flawOf(branch, { ...place, path: [...path, 'anyOf', String(index)] })
      if (flaw !== undefined) return flaw
    }
    return undefined
  }
  if (schema['enum'] !== undefined || schema['const'] !== undefined) return undefined
  const given = schema['type']
  const types: readonly unknown[] = Array.isArray(given) ? given : [given]
  if (types.length === 0 || !types.every((one) => TYPES.includes(String(one)))) {
    return `${context}, schema must have a 'type' key.`
  }
  return (
    (types.includes('object') ? objectFlaw(schema, place) : undefined) ??
    (types.includes('array') ? arrayFlaw(schema, place) : undefined) ??
    (types.includes('string') ? patternFlaw(schema, context) : undefined) ??
    rangeFlaw(schema, context)
  )
}

function objectFlaw(schema: Schema, place: Place): string | undefined {
  const { path, depth, count } = place
  const context = contextOf(place)
  if (schema['additionalProperties'] !== false) {
    return `${context}, 'additionalProperties' is required to be supplied and to be false.`
  }
  const properties = schema['properties'] ?? {}
  if (!isRecord(properties)) return `${context}, 'properties' must be an object.`
  const names = Object.keys(properties)
  const required = Array.isArray(schema['required']) ? (schema['required'] as unknown[]) : []
  const missing = names.find((name) => !required.includes(name))
  if (missing !== undefined) {
    return `${context}, 'required' is required to be supplied and to be an array including every key in properties. Missing '${missing}'.`
  }
  const extra = required.find((name) => typeof name !== 'string' || !names.includes(name))
  if (extra !== undefined) return `${context}, Extra required key '${String(extra)}' supplied.`
  count.properties += names.length
  for (const name of names) {
    count.characters += name.length
    const inner = properties[name] as Json
    const flaw = flawOf(inner, { ...place, path: [...path, 'properties', name], depth: depth + 1 })
    if (flaw !== undefined) return flaw
  }
  return undefined
}

function arrayFlaw(schema: Schema, place: Place): string | undefined {
  const { path, depth } = place
  if (schema['items'] === undefined) return `${contextOf(place)}, array schema missing items.`
  return flawOf(schema['items'] as Json, { ...place, path: [...path, 'items'], depth: depth + 1 })
}

function patternFlaw(schema: Schema, context: string): string | undefined {
  const pattern = schema['pattern']
  if (pattern === undefined) return undefined
  return typeof pattern === 'string' && isGenerable(pattern)
    ? undefined
    : `${context}, 'pattern' is not a regular expression of the supported subset.`
}

function rangeFlaw(schema: Schema, context: string): string | undefined {
  const pairs: readonly (readonly [string, string])[] = [
    ['minimum', 'maximum'],
    ['minItems', 'maxItems'],
    ['minLength', 'maxLength'],
  ]
  for (const [low, high] of pairs) {
    const [least, most] = [schema[low], schema[high]]
    if (typeof least === 'number' && typeof most === 'number' && least > most) {
      return `${context}, '${low}' is greater than '${high}'.`
    }
  }
  const least = Math.max(Number(schema['minItems'] ?? 0), Number(schema['minLength'] ?? 0))
  return least > 1000 ? `${context}, a minimum above 1000 is not supported.` : undefined
}
