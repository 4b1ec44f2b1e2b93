// Finds the variant of a yardstick's union that a documented object means, or the difference where it means none.

import { isObject, show } from '../base/json.ts'
import type { Json, JsonObject } from '../types/index.ts'
import type { SchemaDifference, YardstickSide, ShownValue } from './comparison-types.ts'
import { isPlaceholder } from '../schema/counterpart-field.ts'
import { isAllowedType, type SchemaNode, type ResolvedSchema } from '../schema/resolved-schema.ts'
import { chooseVariant, tagValuesOf, type VariantChoice } from '../schema/union.ts'
import { describeValues } from '../schema/describe.ts'

interface VariantReader {
  /** The variant of a shown object; the difference to report when there is none. */
  meant(at: string, shown: ShownValue, theirs: ResolvedSchema): SchemaNode | undefined
  /** The variant that shares most fields with these. */
  nearest(theirs: ResolvedSchema, names: readonly string[]): SchemaNode | undefined
}

export function createVariantReader(
  { name, resolver, validate }: YardstickSide,
  report: (difference: SchemaDifference) => void,
): VariantReader {
  function meant(at: string, shown: ShownValue, theirs: ResolvedSchema): SchemaNode | undefined {
    const value = shown.value as JsonObject
    const choice: VariantChoice =
      theirs.branches.length === 0
        ? { kind: 'candidates', nodes: [theirs.node] }
        : chooseVariant(resolver, theirs, value)
    switch (choice.kind) {
      case 'candidates': {
        const best = bestOf(choice.nodes, value)
        const types = best && mustSay(best)
        if (types === undefined || value['type'] !== undefined) return best
        return tellMissing(at, shown, theirs, types, 'type')
      }
      case 'missing-tag':
        return tellMissing(at, shown, theirs, choice.known, choice.tag)
      case 'wrong-tag':
        return tellUnknown(at, shown, theirs, choice.tag)
      case 'unknown-variant':
        return tellUnknown(at, shown, theirs, 'type')
      case 'wrong-type':
        return undefined
    }
  }

  function bestOf(nodes: readonly SchemaNode[], value: Json): SchemaNode | undefined {
    if (nodes.length === 1) return nodes[0]
    const violations = nodes.map((node) => validate(node, value).length)
    return nodes[violations.indexOf(Math.min(...violations))]
  }

  /** The types of which a value has to name one. */
  function mustSay(node: SchemaNode): readonly string[] | undefined {
    return resolver.of(node).required.has('type') ? tagValuesOf(resolver, node, 'type') : undefined
  }

  /** The sample leaves out what would say which variant it means: nothing else about it can be compared. */
  function tellMissing(
    at: string,
    shown: ShownValue,
    theirs: ResolvedSchema,
    known: readonly string[],
    tag: string,
  ): undefined {
    report({
      at: `${at}/${tag}`,
      says: `The sample's ${show(shown.value, 60)} has no \`${tag}\`, which ${name} has.`,
      expected: describeValues(known),
      actual: 'not shown',
      isUnshown: true,
      rule: theirs.node.at,
      shown: { ...shown, at: `${shown.at}/${tag}` },
    })
  }

  function tellUnknown(
    at: string,
    shown: ShownValue,
    theirs: ResolvedSchema,
    tag: string,
  ): undefined {
    const value = isObject(shown.value) ? shown.value : {}
    if (isPlaceholder(value[tag])) return undefined
    const like = nearest(theirs, Object.keys(value))
    const property = like && resolver.of(like).properties.get(tag)
    const values = property && resolver.of(property).values
    const actual = show(value[tag])
    report({
      at: `${at}/${tag}`,
      says: `The documents have the ${tag} ${actual}, which ${name} does not know.`,
      expected: values === undefined ? 'a known variant' : describeValues(values),
      actual,
      rule: theirs.node.at,
      shown: { ...shown, at: `${shown.at}/${tag}` },
    })
  }

  function nearest(theirs: ResolvedSchema, names: readonly string[]): SchemaNode | undefined {
    if (theirs.branches.length === 0) return theirs.node
    const objects = theirs.branches.filter((one) => isAllowedType(resolver.of(one).types, {}))
    if (objects.length === 1) return objects[0]
    const ranked = objects
      .map((branch) => {
        const { properties } = resolver.of(branch)
        const common = names.filter((one) => properties.has(one)).length
        return { branch, common, size: properties.size }
      })
      .toSorted((one, other) => other.common - one.common || one.size - other.size)
    return ranked[0] !== undefined && ranked[0].common > 1 ? ranked[0].branch : undefined
  }

  return { meant, nearest }
}
