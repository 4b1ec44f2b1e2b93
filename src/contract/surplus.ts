// What a value has and the documents do not know: fields and variants.

import { isObject, show, token } from '../read.ts'
import type { Json, JsonObject } from '../types.ts'
import type { Node, Shape, Shapes } from './shape.ts'
import type { Validate } from './schema.ts'
import type { Slip } from './slip.ts'
import { choose } from './union.ts'
import { sayValues } from './words.ts'

export type FindSurplus = (node: Node, value: Json | undefined, at?: string) => readonly Slip[]

export function surplusFinder(shapes: Shapes, validate: Validate): FindSurplus {
  function find(node: Node, value: Json | undefined, at = ''): readonly Slip[] {
    if (typeof value !== 'object' || value === null) return []
    const shape = shapes.of(node)
    const choice = shape.branches.length > 0 ? choose(shapes, shape, value) : undefined
    if (choice?.kind === 'unknown-variant') {
      const actual = show((value as JsonObject)['type'])
      return [
        {
          at: `${at}/type`,
          rule: node.at,
          expected: sayValues(choice.known),
          actual,
          message: `The variant ${actual} is not among the documented ones.`,
        },
      ]
    }
    // A value of no alternative is a flaw; what it contains beyond that is nobody's business.
    if (choice !== undefined && choice.kind !== 'candidates') return []
    const branch = choice && pick(choice.nodes, value)
    const shapesHere = branch === undefined ? [shape] : [shape, shapes.of(branch)]
    return Array.isArray(value)
      ? value.flatMap((entry: Json, index) => {
          const items = shapesHere.map((one) => one.items).find((one) => one !== undefined)
          return items === undefined ? [] : find(items, entry, `${at}/${index}`)
        })
      : fields(shapesHere, value as JsonObject, at)
  }

  function fields(here: readonly Shape[], value: JsonObject, at: string): readonly Slip[] {
    const closed = here.some(({ rest }) => rest === 'none')
    const rest = here.map((shape) => shape.rest).find((one) => typeof one === 'object')
    const names = [...new Set(here.flatMap(({ properties }) => [...properties.keys()]))]
    const patterns = here.flatMap(({ parts }) =>
      parts.flatMap(({ schema }) =>
        isObject(schema['patternProperties']) ? Object.keys(schema['patternProperties']) : [],
      ),
    )
    return Object.entries(value).flatMap(([key, inner]): readonly Slip[] => {
      const place = `${at}/${token(key)}`
      const property = here.map((shape) => shape.properties.get(key)).find((one) => one)
      if (property !== undefined) return find(property, inner, place)
      if (typeof rest === 'object') return find(rest, inner, place)
      if (closed || names.length === 0 || patterns.some((one) => matches(one, key))) return []
      const owner = here.findLast(({ properties }) => properties.size > 0)!
      return [
        {
          at: place,
          rule: `${owner.home}/properties/${token(key)}`,
          expected: `a documented field (${names.join(', ')})`,
          actual: `"${key}": ${show(inner)}`,
          message: `\`${key}\` is not part of the documented shape.`,
        },
      ]
    })
  }

  function pick(nodes: readonly Node[], value: Json): Node | undefined {
    if (nodes.length === 1) return nodes[0]
    const fit = nodes.filter((node) => validate(node, value).length === 0)
    // Where several alternatives fit, the one that explains most of the value was meant.
    return fit
      .map((node) => ({ node, unknown: find(node, value).length }))
      .toSorted((one, other) => one.unknown - other.unknown)[0]?.node
  }

  return find
}

function matches(pattern: string, key: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(key)
  } catch {
    return false
  }
}
