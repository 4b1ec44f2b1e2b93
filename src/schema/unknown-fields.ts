// What a value has and the documents do not know: fields and variants.

import { isObject, show, token } from '../base/json.ts'
import type { Json, JsonObject } from '../types/index.ts'
import type { Node, Shape, Shapes } from './resolved-schema.ts'
import type { Validate } from './validator.ts'
import type { Slip } from './violation.ts'
import { choose } from './union.ts'
import { sayValues } from './describe.ts'

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
          isUndocumented: true,
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
    return Object.entries(value).flatMap(([key, inner]): readonly Slip[] => {
      const place = `${at}/${token(key)}`
      const property = first(here, ({ properties }) => properties.get(key))
      if (property !== undefined) return find(property, inner, place)
      const rest = first(here, (shape) => (typeof shape.rest === 'object' ? shape.rest : undefined))
      if (rest !== undefined) return find(rest, inner, place)
      return isKnown(here, key) ? [] : [unknown(here, key, inner, place)]
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

function first<T>(here: readonly Shape[], look: (shape: Shape) => T | undefined): T | undefined {
  for (const shape of here) {
    const found = look(shape)
    if (found !== undefined) return found
  }
  return undefined
}

/** Whether a field without a property of its own is nevertheless nothing to speak of. */
function isKnown(here: readonly Shape[], key: string): boolean {
  // A closed object makes it a flaw; one without any property says nothing about its fields.
  if (here.some(({ rest }) => rest === 'none')) return true
  if (here.every(({ properties }) => properties.size === 0)) return true
  return here.some(({ parts }) =>
    parts.some(({ schema }) => {
      const patterns = schema['patternProperties']
      return isObject(patterns) && Object.keys(patterns).some((one) => matches(one, key))
    }),
  )
}

function unknown(
  here: readonly Shape[],
  key: string,
  value: Json | undefined,
  place: string,
): Slip {
  const names = new Set(here.flatMap(({ properties }) => [...properties.keys()]))
  const owner = here.findLast(({ properties }) => properties.size > 0)!
  return {
    at: place,
    rule: `${owner.home}/properties/${token(key)}`,
    expected: `a documented field (${[...names].join(', ')})`,
    actual: `"${key}": ${show(value)}`,
    message: `\`${key}\` is not part of the documented shape.`,
    isUndocumented: true,
  }
}

function matches(pattern: string, key: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(key)
  } catch {
    return false
  }
}
