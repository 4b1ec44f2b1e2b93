// Finds fields and variants of a value that the documents do not know.

import { isObject, show, token } from '../base/json.ts'
import type { Json, JsonObject } from '../types/index.ts'
import type { SchemaNode, ResolvedSchema, SchemaResolver } from './resolved-schema.ts'
import type { Validator } from './validator.ts'
import type { SchemaViolation } from './violation.ts'
import { compilePattern } from './pattern.ts'
import { chooseVariant } from './union.ts'
import { describeValues } from './describe.ts'

export type UnknownFieldFinder = (
  node: SchemaNode,
  value: Json | undefined,
  at?: string,
) => readonly SchemaViolation[]

export function createUnknownFieldFinder(
  resolver: SchemaResolver,
  validate: Validator,
): UnknownFieldFinder {
  /** What was found in the value that is being looked at: by schema, then by what is in it. */
  let found: Map<JsonObject, Map<object, readonly SchemaViolation[]>> | undefined

  function find(node: SchemaNode, value: Json | undefined, at = ''): readonly SchemaViolation[] {
    if (typeof value !== 'object' || value === null) return []
    if (found !== undefined) return findOnce(node, value, at)
    found = new Map()
    try {
      return findOnce(node, value, at)
    } finally {
      found = undefined
    }
  }

  /** Alternatives of alternatives multiply without end: each is looked at once. */
  function findOnce(
    node: SchemaNode,
    value: JsonObject | readonly Json[],
    at: string,
  ): readonly SchemaViolation[] {
    let values = found!.get(node.schema)
    if (values === undefined) found!.set(node.schema, (values = new Map()))
    const known = values.get(value)
    if (known !== undefined) return known
    values.set(value, [])
    const violations = findBelow(node, value, at)
    values.set(value, violations)
    return violations
  }

  function findBelow(
    node: SchemaNode,
    value: JsonObject | readonly Json[],
    at: string,
  ): readonly SchemaViolation[] {
    const resolved = resolver.of(node)
    const choice =
      resolved.branches.length > 0 ? chooseVariant(resolver, resolved, value) : undefined
    if (choice?.kind === 'unknown-variant') {
      const actual = show((value as JsonObject)['type'])
      return [
        {
          at: `${at}/type`,
          rule: node.at,
          expected: describeValues(choice.known),
          actual,
          message: `The variant ${actual} is not among the documented ones.`,
          isUndocumented: true,
        },
      ]
    }
    // A value of no alternative is a flaw; unknown fields in it are not reported as well.
    if (choice !== undefined && choice.kind !== 'candidates') return []
    const branch = choice && pick(choice.nodes, value, at)
    const resolvedHere = branch === undefined ? [resolved] : [resolved, resolver.of(branch)]
    return Array.isArray(value)
      ? value.flatMap((entry: Json, index) => {
          const items = resolvedHere.map((one) => one.items).find((one) => one !== undefined)
          return items === undefined ? [] : find(items, entry, `${at}/${index}`)
        })
      : fields(resolvedHere, value as JsonObject, at)
  }

  function fields(
    here: readonly ResolvedSchema[],
    value: JsonObject,
    at: string,
  ): readonly SchemaViolation[] {
    return Object.entries(value).flatMap(([key, inner]): readonly SchemaViolation[] => {
      const place = `${at}/${token(key)}`
      const property = first(here, ({ properties }) => properties.get(key))
      if (property !== undefined) return find(property, inner, place)
      const rest = first(here, (resolved) =>
        typeof resolved.rest === 'object' ? resolved.rest : undefined,
      )
      if (rest !== undefined) return find(rest, inner, place)
      return isKnown(here, key) ? [] : [unknown(here, key, inner, place)]
    })
  }

  function pick(nodes: readonly SchemaNode[], value: Json, at: string): SchemaNode | undefined {
    if (nodes.length === 1) return nodes[0]
    const fit = nodes.filter((node) => validate(node, value).length === 0)
    // Where several alternatives fit, the one that explains most of the value was meant.
    return fit
      .map((node) => ({ node, unknown: find(node, value, at).length }))
      .toSorted((one, other) => one.unknown - other.unknown)[0]?.node
  }

  return find
}

function first<T>(
  here: readonly ResolvedSchema[],
  look: (resolved: ResolvedSchema) => T | undefined,
): T | undefined {
  for (const resolved of here) {
    const found = look(resolved)
    if (found !== undefined) return found
  }
  return undefined
}

/** Whether a field without a property of its own is allowed all the same. */
function isKnown(here: readonly ResolvedSchema[], key: string): boolean {
  // A closed object makes it a flaw; one without any property says nothing about its fields.
  if (here.some(({ rest }) => rest === 'none')) return true
  if (here.every(({ properties }) => properties.size === 0)) return true
  return here.some(({ parts }) =>
    parts.some(({ schema }) => {
      const patterns = schema['patternProperties']
      return (
        isObject(patterns) && Object.keys(patterns).some((one) => compilePattern(one).test(key))
      )
    }),
  )
}

function unknown(
  here: readonly ResolvedSchema[],
  key: string,
  value: Json | undefined,
  place: string,
): SchemaViolation {
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
