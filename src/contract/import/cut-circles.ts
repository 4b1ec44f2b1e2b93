// Schemas that ask the same value the same thing again: nobody could ever come to an end with them.

import { isObject, keyIn } from '../../base/json.ts'
import type { Json, JsonObject } from '../../types/index.ts'

const PREFIX = '#/components/schemas/'

/** Words whose schemas judge the value itself, and not what is inside of it. */
const IN_PLACE = ['allOf', 'anyOf', 'not', 'if', 'then', 'else'] as const

type Words = Record<string, Json>

/** Removes each reference by which a component comes back to itself without going deeper into a value. */
export function cutCircles(schemas: JsonObject, report: (name: string) => void): void {
  const done = new Set<string>()

  /** The components that a schema refers to for the same value, with the schema that holds the reference. */
  function steps(schema: Json | undefined): readonly (readonly [Words, string])[] {
    if (!isObject(schema)) return []
    const inner = IN_PLACE.flatMap((word) => [schema[word] ?? []].flat().flatMap(steps))
    const { $ref } = schema
    const isOwn = typeof $ref === 'string' && $ref.startsWith(PREFIX)
    return isOwn ? [[schema as Words, keyIn($ref.slice(PREFIX.length))], ...inner] : inner
  }

  for (const start of Object.keys(schemas)) {
    if (done.has(start)) continue
    // By a list and not by recursion: a chain of components may be long.
    const open = new Set([start])
    const stack = [{ name: start, left: [...steps(schemas[start])] }]
    while (stack.length > 0) {
      const top = stack.at(-1)!
      const next = top.left.pop()
      if (next === undefined) {
        stack.pop()
        open.delete(top.name)
        done.add(top.name)
        continue
      }
      const [owner, name] = next
      if (open.has(name)) {
        delete owner['$ref']
        report(name)
      } else if (!done.has(name)) {
        open.add(name)
        stack.push({ name, left: [...steps(schemas[name])] })
      }
    }
  }
}
