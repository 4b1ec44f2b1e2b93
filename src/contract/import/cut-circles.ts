// Schemas that ask the same value the same thing again: nobody could ever come to an end with them.

import { decodePart, isObject, keyIn } from '../../base/json.ts'
import type { Json, JsonObject } from '../../types/index.ts'

const PREFIX = '#/components/schemas/'

/** Words whose schemas judge the value itself, and not what is inside of it. */
const IN_PLACE = ['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else'] as const

type Words = Record<string, Json>

interface Step {
  /** The schema that holds the reference. */
  readonly owner: Words
  /** The component that it refers to. */
  readonly name: string
  /** Words that were passed on the way to it. */
  readonly depth: number
}

/**
 * Removes each reference by which a component comes back to itself without going deeper into a value, and
 * each behind which a value is judged in more than `most` steps: whoever follows them does so by recursion.
 */
export function cutCircles(
  schemas: JsonObject,
  most: number,
  report: (name: string, why: 'circle' | 'steps') => void,
): void {
  /** Of each component that is done: the most steps in which it judges one value. */
  const heights = new Map<string, number>()

  /** The components that a schema refers to for the same value. */
  function steps(schema: Json | undefined, depth: number): readonly Step[] {
    if (!isObject(schema)) return []
    const inner = IN_PLACE.flatMap((word) =>
      [schema[word] ?? []].flat().flatMap((one) => steps(one, depth + 1)),
    )
    const { $ref } = schema
    const isOwn = typeof $ref === 'string' && $ref.startsWith(PREFIX)
    if (!isOwn) return inner
    const name = keyIn(decodePart($ref.slice(PREFIX.length)))
    return [{ owner: schema as Words, name, depth: depth + 1 }, ...inner]
  }

  function cut({ owner, name }: Step, why: 'circle' | 'steps'): void {
    delete owner['$ref']
    report(name, why)
  }

  for (const start of Object.keys(schemas)) {
    if (heights.has(start)) continue
    // By a list and not by recursion: a chain of components may be long.
    const open = new Set([start])
    const all = (name: string): Step[] => [...steps(own(schemas, name), 0)]
    const stack = [{ name: start, left: all(start), done: [] as Step[] }]
    while (stack.length > 0) {
      const top = stack.at(-1)!
      const next = top.left.pop()
      if (next === undefined) {
        const reached = top.done.map((step): number => {
          const height = step.depth + (heights.get(step.name) ?? 0)
          if (height <= most) return height
          cut(step, 'steps')
          return step.depth
        })
        stack.pop()
        open.delete(top.name)
        heights.set(top.name, Math.max(0, ...reached))
      } else if (open.has(next.name)) cut(next, 'circle')
      else {
        top.done.push(next)
        if (heights.has(next.name)) continue
        open.add(next.name)
        stack.push({ name: next.name, left: all(next.name), done: [] })
      }
    }
  }
}

function own(schemas: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(schemas, name) ? schemas[name] : undefined
}
