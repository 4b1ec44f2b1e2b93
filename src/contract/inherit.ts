// Resolves `x-follows`: lays a contract's own document over that of the yardstick that it follows.

import { isObject, spell } from '../base/json.ts'
import type { Json, JsonObject } from '../types/index.ts'
import { METHODS } from './find-operation-nodes.ts'

/** JSON merge patch, except that `null` only removes what is an object below: as a value it stays. */
function overlay(base: Json | undefined, patch: Json): Json {
  if (!isObject(patch)) return patch
  if (!isObject(base)) return patch
  // By entries: a key may be called `__proto__`.
  const merged = new Map(Object.entries(base))
  for (const [key, value] of Object.entries(patch)) {
    const below = merged.get(key)
    if (value === null && isObject(below)) merged.delete(key)
    else merged.set(key, overlay(below, value))
  }
  return Object.fromEntries(merged)
}

/**
 * The operations are the follower's; what one of them leaves out is the yardstick's operation of the
 * same `operationId`, without its examples. Components are laid over the yardstick's.
 */
export function inheritDocument(base: JsonObject, own: JsonObject): JsonObject {
  const yardstick = operations(base)
  const paths = Object.entries(object(own['paths'])).map(([path, item]): [string, Json] => {
    if (!isObject(item)) return [path, item]
    const methods = Object.entries(item).map(([method, operation]): [string, Json] => {
      const inherited = yardstick.get(spell(object(operation)['operationId']))
      return [method, overlay(inherited, operation)]
    })
    return [path, Object.fromEntries(methods)]
  })
  const schemas = overlay(
    object(base['components'])['schemas'],
    object(own['components'])['schemas'] ?? {},
  )
  const components = { ...object(base['components']), ...object(own['components']), schemas }
  return { ...own, paths: Object.fromEntries(paths), components }
}

function operations(document: JsonObject): ReadonlyMap<string, Json> {
  const found = new Map<string, Json>()
  for (const item of Object.values(object(document['paths']))) {
    for (const [method, operation] of Object.entries(object(item))) {
      const id = object(operation)['operationId']
      if (METHODS.includes(method) && typeof id === 'string') {
        found.set(id, withoutExamples(operation))
      }
    }
  }
  return found
}

/** The yardstick's samples are not the follower's. */
function withoutExamples(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutExamples)
  if (!isObject(value)) return value
  const kept = Object.entries(value).filter(([key]) => key !== 'examples' && key !== 'example')
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutExamples(inner)]))
}

function object(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {}
}
