// Reads JSON of any origin, resolves JSON pointers, and shows values as text. Nothing here throws.

import type { Json, JsonObject, LimitName, ReadingLimits } from '../types/index.ts'

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value at a JSON pointer, or undefined. Own properties only: `__proto__` reads nothing. */
export function field(value: Json | undefined, pointer: string): Json | undefined {
  let current: Json | undefined = value
  if (pointer === '') return current
  for (const token of pointer.slice(1).split('/')) {
    const key = keyIn(token)
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, key))
      return undefined
    current = (current as JsonObject)[key]
  }
  return current
}

/** A JSON pointer's token. */
export function token(key: string | number): string {
  return String(key).replaceAll('~', '~0').replaceAll('/', '~1')
}

/** The key that a JSON pointer's token stands for. */
export function keyIn(token: string): string {
  return token.includes('~') ? token.replaceAll('~1', '/').replaceAll('~0', '~') : token
}

/** A part of an address that may be anybody's, its `%` escapes undone; as it is where one stands for nothing. */
export function decodePart(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

type JsonLimits = Pick<ReadingLimits, 'json-levels' | 'json-values'>

/** Deeper nesting than any API needs would overflow the stack of whoever walks it; more values would fill the memory. */
export const JSON_LIMITS: JsonLimits = { 'json-levels': 256, 'json-values': 1_000_000 }

/** The parsed value; undefined when it is not JSON, nested too deeply for whoever walks it, or made of too many values. */
export function parse(source: unknown, limits: JsonLimits = JSON_LIMITS): Json | undefined {
  if (typeof source !== 'string' || findJsonLimit(source, limits) !== undefined) return undefined
  try {
    return JSON.parse(source) as Json
  } catch {
    return undefined
  }
}

/** Which limit a text goes beyond, whether or not it is JSON. */
export function findJsonLimit(
  source: string,
  limits: JsonLimits = JSON_LIMITS,
): LimitName | undefined {
  const levels = limits['json-levels']
  const most = limits['json-values']
  if (source.length <= Math.min(levels, most)) return undefined
  let depth = 0
  let values = 0
  let inString = false
  for (let at = 0; at < source.length; at++) {
    const code = source.charCodeAt(at)
    if (inString) {
      if (code === 0x5c) at++
      else if (code === 0x22) inString = false
    } else if (code === 0x22) inString = true
    else if (code === 0x7b || code === 0x5b) {
      if (++depth > levels) return 'json-levels'
      if (++values > most) return 'json-values'
    } else if (code === 0x2c) {
      if (++values > most) return 'json-values'
    } else if (code === 0x7d || code === 0x5d) depth--
  }
  return undefined
}

/** A value for a person: JSON, at most `limit` characters. */
export function show(value: Json | undefined, limit = 120): string {
  if (value === undefined) return 'absent'
  const text = stringify(value)
  return text.length <= limit ? text : `${text.slice(0, limit)}… (${text.length} characters)`
}

/** A value that should be a text, as one: objects as JSON, since `String` throws for `{"toString": 1}`. */
export function spell(value: unknown): string {
  return typeof value === 'object' && value !== null ? stringify(value as Json) : String(value)
}

/** Nested more deeply than the stack allows, a value cannot be written as JSON. */
function stringify(value: Json): string {
  try {
    return JSON.stringify(value)
  } catch {
    return Array.isArray(value) ? '[… too deep to show]' : '{… too deep to show}'
  }
}

/** A finding's pointer as one place of the response object: without indexes and without the event that carried it. */
export function generalizePlace(at: string): string {
  return at
    .replace(/^\/events\/\d+\/response(?=\/|$)/, '')
    .replace(/^\/events\/\d+/, '/events')
    .replaceAll(/\/\d+(?=\/|$)/g, '/*')
}
