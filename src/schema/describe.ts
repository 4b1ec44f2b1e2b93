// Describes schemas and values in words for an engineer.

import { isObject, show } from '../base/json.ts'
import type { Json, JsonType } from '../types/index.ts'
import { jsonTypeOf, type SchemaNode, type SchemaResolver } from './resolved-schema.ts'

const NAMES: Readonly<Record<JsonType, string>> = {
  null: 'null',
  boolean: 'a boolean',
  integer: 'an integer',
  number: 'a number',
  string: 'a string',
  array: 'an array',
  object: 'an object',
}

export function describeTypes(types: Iterable<JsonType>): string {
  const all = new Set(types)
  if (all.has('number')) all.delete('integer')
  return list([...all].map((type) => NAMES[type] ?? type))
}

export function describeValues(values: readonly Json[]): string {
  const [only] = values
  if (values.length === 1) return show(only)
  const shown = values.slice(0, 12).map((value) => show(value, 40))
  return `one of ${shown.join(', ')}${values.length > 12 ? ` … (${values.length} values)` : ''}`
}

/** What a schema asks for: `a string or null`, `one of "a", "b"`, `an object with type "message" or "function_call"`. */
export function describeSchema(resolver: SchemaResolver, node: SchemaNode): string {
  const resolved = resolver.of(node)
  if (resolved.values !== undefined) return describeValues(resolved.values)
  if (resolved.types === undefined) return 'any value'
  const tags = resolved.branches.flatMap((branch) => {
    const type = resolver.of(branch).properties.get('type')
    return (type && resolver.of(type).values) ?? []
  })
  const said = describeTypes(resolved.types)
  return tags.length > 0 && resolved.types.size === 1
    ? `${said} whose type is ${describeValues([...new Set(tags)])}`
    : said
}

/** A value with its kind where the quoted value alone would not show it. */
export function describeValue(value: Json | undefined): string {
  if (value === undefined) return 'absent'
  const quoted = show(value)
  if (Array.isArray(value)) return value.length === 0 ? 'an empty array' : `an array: ${quoted}`
  if (isObject(value)) return `an object: ${quoted}`
  return jsonTypeOf(value) === 'string' ? `the string ${quoted}` : quoted
}

function list(words: readonly string[]): string {
  if (words.length < 2) return words[0] ?? 'nothing'
  return `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}
