// What a schema asks, and what a value is, in words for an engineer.

import { isObject, show } from '../base/json.ts'
import type { Json, JsonType } from '../types/index.ts'
import { typeOf, type Node, type Shapes } from './resolved-schema.ts'

const NAMES: Readonly<Record<JsonType, string>> = {
  null: 'null',
  boolean: 'a boolean',
  integer: 'an integer',
  number: 'a number',
  string: 'a string',
  array: 'an array',
  object: 'an object',
}

export function sayTypes(types: Iterable<JsonType>): string {
  const all = new Set(types)
  if (all.has('number')) all.delete('integer')
  return list([...all].map((type) => NAMES[type] ?? type))
}

export function sayValues(values: readonly Json[]): string {
  const [only] = values
  if (values.length === 1) return show(only)
  const shown = values.slice(0, 12).map((value) => show(value, 40))
  return `one of ${shown.join(', ')}${values.length > 12 ? ` … (${values.length} values)` : ''}`
}

/** What a schema asks for: `a string or null`, `one of "a", "b"`, `an object with type "message" or "function_call"`. */
export function saySchema(shapes: Shapes, node: Node): string {
  const shape = shapes.of(node)
  if (shape.values !== undefined) return sayValues(shape.values)
  if (shape.types === undefined) return 'any value'
  const tags = shape.branches.flatMap((branch) => {
    const type = shapes.of(branch).properties.get('type')
    return (type && shapes.of(type).values) ?? []
  })
  const said = sayTypes(shape.types)
  return tags.length > 0 && shape.types.size === 1
    ? `${said} whose type is ${sayValues([...new Set(tags)])}`
    : said
}

/** A value with its kind where the quoted value alone would not show it. */
export function sayValue(value: Json | undefined): string {
  if (value === undefined) return 'absent'
  const quoted = show(value)
  if (Array.isArray(value)) return value.length === 0 ? 'an empty array' : `an array: ${quoted}`
  if (isObject(value)) return `an object: ${quoted}`
  return typeOf(value) === 'string' ? `the string ${quoted}` : quoted
}

function list(words: readonly string[]): string {
  if (words.length < 2) return words[0] ?? 'nothing'
  return `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}
