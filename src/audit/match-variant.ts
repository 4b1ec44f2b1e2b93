// Which of a yardstick's variants a documented object means, and what to say where it means none.

import { isObject, show } from '../base/json.ts'
import type { Json, JsonObject } from '../types/index.ts'
import type { Difference, Ruler, Shown } from './difference.ts'
import { isPlaceholder } from '../schema/similar-name.ts'
import { admits, type Node, type Shape } from '../schema/resolved-schema.ts'
import { choose, tagValues, type Choice } from '../schema/union.ts'
import { sayValues } from '../schema/describe.ts'

export interface VariantReader {
  /** The variant of a shown object; what is told instead when there is none. */
  meant(at: string, shown: Shown, theirs: Shape): Node | undefined
  /** The variant that shares most fields with these. */
  nearest(theirs: Shape, names: readonly string[]): Node | undefined
}

export function variantReader(
  { name, shapes, validate }: Ruler,
  tell: (difference: Difference) => void,
): VariantReader {
  function meant(at: string, shown: Shown, theirs: Shape): Node | undefined {
    const value = shown.value as JsonObject
    const choice: Choice =
      theirs.branches.length === 0
        ? { kind: 'candidates', nodes: [theirs.node] }
        : choose(shapes, theirs, value)
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

  function bestOf(nodes: readonly Node[], value: Json): Node | undefined {
    if (nodes.length === 1) return nodes[0]
    const slips = nodes.map((node) => validate(node, value).length)
    return nodes[slips.indexOf(Math.min(...slips))]
  }

  /** The types of which a value has to name one. */
  function mustSay(node: Node): readonly string[] | undefined {
    return shapes.of(node).required.has('type') ? tagValues(shapes, node, 'type') : undefined
  }

  /** The sample leaves out what would say which variant it means: nothing else about it can be compared. */
  function tellMissing(
    at: string,
    shown: Shown,
    theirs: Shape,
    known: readonly string[],
    tag: string,
  ): undefined {
    tell({
      at: `${at}/${tag}`,
      says: `The sample's ${show(shown.value, 60)} has no \`${tag}\`, which ${name} has.`,
      expected: sayValues(known),
      actual: 'not shown',
      isUnshown: true,
      rule: theirs.node.at,
      shown: { ...shown, at: `${shown.at}/${tag}` },
    })
  }

  function tellUnknown(at: string, shown: Shown, theirs: Shape, tag: string): undefined {
    const value = isObject(shown.value) ? shown.value : {}
    if (isPlaceholder(value[tag])) return undefined
    const like = nearest(theirs, Object.keys(value))
    const property = like && shapes.of(like).properties.get(tag)
    const values = property && shapes.of(property).values
    const actual = show(value[tag])
    tell({
      at: `${at}/${tag}`,
      says: `The documents have the ${tag} ${actual}, which ${name} does not know.`,
      expected: values === undefined ? 'a known variant' : sayValues(values),
      actual,
      rule: theirs.node.at,
      shown: { ...shown, at: `${shown.at}/${tag}` },
    })
  }

  function nearest(theirs: Shape, names: readonly string[]): Node | undefined {
    if (theirs.branches.length === 0) return theirs.node
    const objects = theirs.branches.filter((one) => admits(shapes.of(one).types, {}))
    if (objects.length === 1) return objects[0]
    const ranked = objects
      .map((branch) => {
        const { properties } = shapes.of(branch)
        const common = names.filter((one) => properties.has(one)).length
        return { branch, common, size: properties.size }
      })
      .toSorted((one, other) => other.common - one.common || one.size - other.size)
    return ranked[0] !== undefined && ranked[0].common > 1 ? ranked[0].branch : undefined
  }

  return { meant, nearest }
}
