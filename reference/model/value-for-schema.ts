// Fills a JSON Schema with a value, valid for every schema of the strict subset.

import type { Json, JsonObject } from '../../src/types/index.ts'
import { isRecord } from '../json.ts'
import { matchesPattern, textForRegexOf } from './text-for-regex.ts'
import type { SchemaSize } from './measure-schema.ts'
import { dereferenceSchema, measureSchema } from './measure-schema.ts'
import { findStated } from './read-wording.ts'
import { listCodeWords, findLatestCodeWord, findAskedValues } from './find-values-in-text.ts'

/** What the model knows while it fills in a form. */
export interface FillOptions {
  /** Everything visible, in order. */
  readonly text: string
  /** What a free string should be, if the prompt said so. */
  readonly wanted?: string | undefined
  /** Chooses from an enum instead of the model: see weak-models.ts. */
  readonly guess?: ((values: readonly Json[]) => Json) | undefined
}

interface Filling {
  readonly root: JsonObject
  readonly knowledge: FillOptions
  readonly extents: ReadonlyMap<object, SchemaSize>
  readonly written: { parts: number }
  /** Values that properties sharing an enum still have to take, by the enum's text. */
  readonly shares: Map<string, string[]>
}

const DEEPEST = 8
const GENEROUS = 300
const LARGEST = 20_000
const FORMATS: Readonly<Record<string, string>> = {
  'date-time': '2026-01-02T03:04:05Z',
  date: '2026-01-02',
  time: '03:04:05Z',
  duration: 'P1D',
  email: 'someone@example.com',
  hostname: 'example.com',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  uuid: '00000000-0000-4000-8000-000000000000',
  uri: 'https://example.com/',
}

export function fillSchema(schema: JsonObject, knowledge: FillOptions): Json {
  const extents = measureSchema(schema) ?? new Map<object, SchemaSize>()
  return value(
    schema,
    { root: schema, knowledge, extents, written: { parts: 0 }, shares: new Map() },
    0,
  )
}

/** Whether a value exists and is of a size that a person would ask for. */
export function isFillable(schema: JsonObject): boolean {
  return (measureSchema(schema)?.get(schema)?.size ?? Infinity) <= LARGEST
}

/** `name`: the property that it fills. */
function value(given: unknown, filling: Filling, depth: number, name?: string): Json {
  const schema = dereferenceSchema(given, filling.root)
  if (schema === undefined) return null
  filling.written.parts += 1
  if (schema['const'] !== undefined) return schema['const']
  if (Array.isArray(schema['enum'])) return fromEnum(schema['enum'] as readonly Json[], filling)
  const branches = schema['anyOf'] ?? schema['oneOf']
  if (Array.isArray(branches) && branches.length > 0) {
    return value(pick(branches as readonly Json[], filling, depth), filling, depth)
  }
  if (Array.isArray(schema['allOf'])) return value(merged(schema), filling, depth)
  switch (typeOf(schema, filling, depth)) {
    case 'object':
      return object(schema, filling, depth)
    case 'array':
      return array(schema, filling, depth)
    case 'string':
      return string(schema, filling.knowledge, name)
    case 'integer':
      return number(schema, 1, filling.knowledge, name)
    case 'number':
      return number(schema, undefined, filling.knowledge, name)
    case 'boolean':
      return true
    default:
      return null
  }
}

function fromEnum(values: readonly Json[], filling: Filling): Json {
  if (filling.knowledge.guess !== undefined) return filling.knowledge.guess(values)
  const words = values.filter((one) => typeof one === 'string')
  const key = keyOf(values)
  const share = filling.shares.get(key)?.shift()
  if (share !== undefined) return share
  return recalled(words, filling.knowledge.text).at(-1) ?? fallback(values)
}

/** `unknown` is an answer only when nothing else is. */
function recalled(words: readonly string[], text: string): readonly string[] {
  return findAskedValues(
    words.filter((word) => word.toLowerCase() !== 'unknown'),
    text,
  )
}

function fallback(values: readonly Json[]): Json {
  return (
    values.find((one) => typeof one === 'string' && one.toLowerCase() === 'unknown') ??
    values[0] ??
    null
  )
}

function object(schema: JsonObject, filling: Filling, depth: number): Json {
  const properties = isRecord(schema['properties']) ? (schema['properties'] as JsonObject) : {}
  const required = Array.isArray(schema['required']) ? (schema['required'] as unknown[]) : []
  // As a model does: what may be left out is left out, unless nothing would be left.
  const named = Object.keys(properties)
  const needed = named.filter((name) => required.includes(name))
  const names =
    needed.length > 0
      ? needed
      : named.filter((name) => height(properties[name], filling) < DEEPEST - depth)
  shareEnums(
    names.map((name) => dereferenceSchema(properties[name], filling.root)),
    filling,
  )
  const filled: Record<string, Json> = {}
  for (const name of names) {
    Object.defineProperty(filled, name, {
      value: value(properties[name], filling, depth + 1, name),
      enumerable: true,
      configurable: true,
      writable: true,
    })
  }
  return filled
}

/**
 * Properties with the same enum ask about several things in order (`first`, `second`): each takes
 * its own of the last words that occurred.
 */
function shareEnums(schemas: readonly (JsonObject | undefined)[], filling: Filling): void {
  const groups = new Map<string, { readonly values: readonly Json[]; size: number }>()
  for (const schema of schemas) {
    if (!Array.isArray(schema?.['enum'])) continue
    const values = schema['enum'] as readonly Json[]
    const key = keyOf(values)
    const group = groups.get(key) ?? { values, size: 0 }
    group.size += 1
    groups.set(key, group)
  }
  for (const [key, { values, size }] of groups) {
    if (size < 2 || filling.shares.has(key)) continue
    const words = values.filter((one) => typeof one === 'string')
    filling.shares.set(key, recalled(words, filling.knowledge.text).slice(-size))
  }
}

/** The same for enums of the same values, in whatever order. */
function keyOf(values: readonly Json[]): string {
  return values
    .map((one) => JSON.stringify(one))
    .toSorted()
    .join()
}

function array(schema: JsonObject, filling: Filling, depth: number): Json {
  const least = Math.min(count(schema['minItems'], 0), 1000)
  const most = count(schema['maxItems'], Infinity)
  const items = dereferenceSchema(schema['items'], filling.root)
  if (items !== undefined && Array.isArray(items['enum'])) {
    const values = items['enum'] as readonly Json[]
    const words = values.filter((one) => typeof one === 'string')
    const found: Json[] = [...recalled(words, filling.knowledge.text)].slice(0, most)
    while (found.length < least) found.push(fallback(values))
    return found
  }
  if (
    items?.['type'] === 'string' &&
    /\bevery (?:code )?word\b/i.test(String(schema['description']))
  ) {
    return listCodeWords(filling.knowledge.text).slice(0, most)
  }
  const wanted = items !== undefined && height(items, filling) < DEEPEST - depth ? 1 : 0
  const size = Math.min(Math.max(least, wanted), most)
  return Array.from({ length: size }, () => value(items, filling, depth + 1))
}

function string(schema: JsonObject, knowledge: FillOptions, name = ''): string {
  const least = Math.min(count(schema['minLength'], 0), 1000)
  const most = count(schema['maxLength'], Infinity)
  const fits = (text: string): boolean => text.length >= least && text.length <= most
  const { pattern, format } = schema
  const said = [knowledge.wanted, findLatestCodeWord(knowledge.text)].filter(
    (one) => one !== undefined,
  )
  if (typeof pattern === 'string') {
    const known = said.find((one) => fits(one) && matchesPattern(pattern, one))
    return known ?? textForRegexOf(pattern, least)?.slice(0, most) ?? ''
  }
  if (typeof format === 'string' && FORMATS[format] !== undefined) return FORMATS[format]
  const known = [...said, findStated(knowledge.text, name)].filter((one) => one !== undefined)
  return known.find(fits) ?? 'text'.padEnd(least, '-').slice(0, most)
}

function number(
  schema: JsonObject,
  unit: number | undefined,
  knowledge: FillOptions,
  name = '',
): number {
  const step = positive(schema['multipleOf']) ?? unit
  let low = finite(schema['minimum']) ?? -Infinity
  let high = finite(schema['maximum']) ?? Infinity
  const above = finite(schema['exclusiveMinimum'])
  const below = finite(schema['exclusiveMaximum'])
  const gap = step ?? 0.001
  if (above !== undefined) low = Math.max(low, above + (step === undefined ? gap : 1e-9))
  if (below !== undefined) high = Math.min(high, below - (step === undefined ? gap : 1e-9))
  const stated = Number(findStated(knowledge.text, name))
  const wished = Number.isFinite(stated) ? stated : (step ?? 1)
  const start = Math.min(Math.max(wished, low), high)
  if (step === undefined) return start
  const multiple = Math.ceil(start / step - 1e-9) * step
  const fitting = multiple <= high ? multiple : Math.floor(high / step) * step
  // Binary fractions drift: 3 * 0.1 is written as 0.3.
  return Number(fitting.toPrecision(12))
}

function typeOf(schema: JsonObject, filling: Filling, depth: number): string {
  const type = schema['type']
  if (typeof type === 'string') return type
  if (Array.isArray(type)) {
    const types = type.filter((one) => typeof one === 'string')
    const full = types.find((one) => one !== 'null') ?? 'null'
    const isDeep = depth >= DEEPEST || height(schema, filling) >= DEEPEST - depth
    return types.includes('null') && isDeep && (full === 'object' || full === 'array')
      ? 'null'
      : full
  }
  if (schema['properties'] !== undefined) return 'object'
  return schema['items'] === undefined ? 'string' : 'array'
}

/** The first branch that is not null and ends within the depth that is left; else the flattest. */
function pick(branches: readonly Json[], filling: Filling, depth: number): Json {
  const scored = branches.map((branch) => ({ branch, height: height(branch, filling) }))
  const shallow = scored.find(
    ({ branch, height: size }) =>
      size < DEEPEST - depth && !(isRecord(branch) && branch['type'] === 'null'),
  )
  return (shallow ?? scored.toSorted((a, b) => a.height - b.height)[0]!).branch
}

/** How deep the smallest value of a schema is; nothing deep is begun once the form is large. */
function height(given: unknown, filling: Filling): number {
  const schema = dereferenceSchema(given, filling.root)
  if (schema === undefined) return 0
  const { height: levels } = filling.extents.get(schema) ?? { height: 0 }
  return filling.written.parts > GENEROUS ? levels + DEEPEST : levels
}

/** A best effort outside the strict subset: all branches at once. */
function merged(schema: JsonObject): JsonObject {
  const parts = (schema['allOf'] as readonly Json[]).filter(isRecord) as readonly JsonObject[]
  const { allOf: _allOf, ...own } = schema
  return parts.reduce<JsonObject>(
    (sum, part) => ({
      ...sum,
      ...part,
      properties: { ...(sum['properties'] as JsonObject), ...(part['properties'] as JsonObject) },
    }),
    own,
  )
}

function count(given: Json | undefined, otherwise: number): number {
  return typeof given === 'number' && given >= 0 ? Math.ceil(given) : otherwise
}

function finite(given: Json | undefined): number | undefined {
  return typeof given === 'number' && Number.isFinite(given) ? given : undefined
}

function positive(given: Json | undefined): number | undefined {
  return typeof given === 'number' && given > 0 && Number.isFinite(given) ? given : undefined
}
