// Compares a documented schema and its samples with a yardstick's schema. Both are read together, so that
// a difference that both show is one row, and what neither shows is a gap.

import { isObject, show, token } from '../base/json.ts'
import type { Json, JsonObject } from '../types/index.ts'
import { compareKeywords } from './compare-keywords.ts'
import { findSimilarName, isPlaceholder } from '../schema/counterpart-field.ts'
import type { SchemaNode, ResolvedSchema } from '../schema/resolved-schema.ts'
import { createVariantReader } from './find-meant-variant.ts'
import { describeSchema, describeValue } from '../schema/describe.ts'
import type {
  BodySide,
  ShownValue,
  SchemaDifference,
  Gap,
  SchemaComparison,
  YardstickSide,
  DocumentedSchema,
} from './comparison-types.ts'

/** More unknown fields than this in one object are one difference. */
const MANY = 3

/** One place of a body: what the documents and their samples have there, and what the yardstick has. */
interface ComparedPlace {
  readonly at: string
  readonly node: SchemaNode | undefined
  readonly shown: readonly ShownValue[]
  readonly yard: SchemaNode
}

export function compareSchemas(
  side: BodySide,
  documented: DocumentedSchema,
  yardstickSide: YardstickSide,
): SchemaComparison {
  const differences: SchemaDifference[] = []
  const gaps: Gap[] = []
  const { name } = yardstickSide
  const own = documented.resolver
  const variants = createVariantReader(yardstickSide, tell)

  /** Once for each point, however many samples show it. */
  function tell(difference: SchemaDifference): void {
    const { at, expected, actual } = difference
    const known = differences.some(
      (one) => one.at === at && one.expected === expected && one.actual === actual,
    )
    if (!known) differences.push(difference)
  }

  function walk({ at, node, shown, yard }: ComparedPlace): void {
    const theirs = yardstickSide.resolver.of(yard)
    const ours = node && own.of(node)
    const where = { rule: yard.at, ...(node ? { table: node.at } : {}) }
    const real = shown.filter(({ value }) => !isPlaceholder(value))
    if (ours !== undefined) {
      const facets = compareKeywords(side, name, yardstickSide.resolver, ours, theirs)
      for (const facet of facets.differences) tell({ at, ...facet, ...where })
      if (facets.unlisted !== undefined) gaps.push({ at, kind: 'values', names: facets.unlisted })
      if (facets.exclusive) return
    }
    const objects = real.filter(({ value }) => isObject(value))
    const lists = real.filter(({ value }) => Array.isArray(value))
    const scalars = real.filter(({ value }) => typeof value !== 'object' || value === null)
    const agreed = differences.every((one) => one.at !== at)
    if (agreed) for (const one of scalars) compareScalar(at, one, yard)
    if (objects.length > 0 || (ours?.properties.size ?? 0) > 0) {
      compareObjects({ at, node, shown: objects, yard })
    } else if (ours !== undefined && real.length === 0 && named(theirs).length > 0) {
      if (ours.branches.length === 0) gaps.push({ at, kind: 'inside', names: named(theirs) })
    }
    const items = [theirs, ...theirs.branches.map(yardstickSide.resolver.of)].find(
      (one) => one.items,
    )?.items
    const ownItems =
      ours && [ours, ...ours.branches.map(own.of)].find((one) => one.items !== undefined)?.items
    if (items === undefined || (lists.length === 0 && ownItems === undefined)) return
    const entries = lists.flatMap(({ value, sample, at: place }) =>
      (value as readonly Json[]).map((entry, index) => ({
        value: entry,
        sample,
        at: `${place}/${index}`,
      })),
    )
    walk({ at: `${at}/*`, node: ownItems, shown: entries, yard: items })
  }

  function compareScalar(at: string, shown: ShownValue, yard: SchemaNode): void {
    const [violation] = yardstickSide.validate(yard, shown.value)
    if (violation === undefined || yardstickSide.disputed(violation.rule)) return
    const says = `The sample has ${describeValue(shown.value)} where ${name} has ${violation.expected}.`
    const { expected, actual, rule } = violation
    tell({ at, says, expected, actual, rule, shown })
  }

  function compareObjects({ at, node, shown, yard }: ComparedPlace): void {
    const theirs = yardstickSide.resolver.of(yard)
    const byVariant = new Map<SchemaNode, ShownValue[]>()
    for (const one of shown) {
      const variant = variants.meant(at, one, theirs)
      if (variant !== undefined) byVariant.set(variant, [...(byVariant.get(variant) ?? []), one])
    }
    if (byVariant.size === 0 && node !== undefined) {
      // A table without a sample means the variant whose fields it names.
      const variant = variants.nearest(theirs, [...own.of(node).properties.keys()])
      if (variant !== undefined) byVariant.set(variant, [])
    }
    for (const [variant, ones] of byVariant) compareFields({ at, node, shown: ones, yard: variant })
  }

  function compareFields({ at, node, shown, yard }: ComparedPlace): void {
    const theirs = yardstickSide.resolver.of(yard)
    // The yardstick promises nothing about what is inside, or nobody shows anything.
    if (theirs.properties.size === 0 || (node === undefined && shown.length === 0)) return
    const ours = node && own.of(node)
    const inSamples = shown.flatMap(({ value }) => Object.keys(value as JsonObject))
    const names = [...new Set([...(ours?.properties.keys() ?? []), ...inSamples])]
    const unknown = names.filter((key) => !theirs.properties.has(key))
    const taken = new Set<string>()
    const open: string[] = []
    const what = nameOf(theirs)
    for (const [key, property] of theirs.properties) {
      if (names.includes(key)) continue
      const like = findSimilarName(key, unknown)
      const rule = `${theirs.home}/properties/${token(key)}`
      const expected = describeSchema(yardstickSide.resolver, property)
      const source = sourceOf(node, like ?? key, shown)
      if (like !== undefined) {
        taken.add(like)
        const says = `The documents call it \`${like}\`; ${name} calls it \`${key}\`.`
        tell({
          at: `${at}/${token(like)}`,
          says,
          expected: `\`${key}\``,
          actual: `\`${like}\``,
          rule,
          ...source,
        })
      } else if (
        side === 'response' &&
        isInformative(at, key, theirs) &&
        !yardstickSide.disputed(rule)
      ) {
        const says = `The documents show no \`${key}\`${what}, which ${name} has.`
        tell({
          at: `${at}/${token(key)}`,
          says,
          expected,
          actual: 'not shown',
          isUnshown: true,
          rule,
          ...source,
        })
      } else if (side === 'request' || at === '' || theirs.required.has(key)) {
        open.push(key)
      }
    }
    if (open.length > 0 && (ours?.properties.size ?? 0) > 0) {
      gaps.push({ at, kind: 'fields', names: open })
    }
    const extra = unknown.filter((key) => {
      const rule = `${theirs.home}/properties/${token(key)}`
      return !taken.has(key) && theirs.rest === 'unsaid' && !yardstickSide.disputed(rule)
    })
    if (side === 'response' && extra.length > MANY) {
      const names = extra.map((key) => `\`${key}\``).join(', ')
      const says = `The documents have ${names}${what}, which ${name} does not know.`
      tell({
        at,
        says,
        expected: 'no such fields',
        actual: names,
        rule: theirs.home,
        ...sourceOf(node, extra[0]!, shown),
      })
      extra.length = 0
    }
    for (const key of extra) {
      const rule = `${theirs.home}/properties/${token(key)}`
      const says = `The documents have \`${key}\`${what}, which ${name} does not know.`
      const actual = sayOwn(ours?.properties.get(key), shown, key)
      tell({
        at: `${at}/${token(key)}`,
        says,
        expected: 'no such field',
        actual,
        rule,
        ...sourceOf(node, key, shown),
      })
    }
    for (const key of names) {
      const property = theirs.properties.get(key)
      if (property === undefined) continue
      const inside = shown.flatMap(({ value, sample, at: place }): readonly ShownValue[] => {
        const inner = (value as JsonObject)[key]
        return inner === undefined ? [] : [{ value: inner, sample, at: `${place}/${token(key)}` }]
      })
      const node = ours?.properties.get(key)
      compareRequired(at, key, ours, theirs, node)
      walk({ at: `${at}/${token(key)}`, node, shown: inside, yard: property })
    }
  }

  function compareRequired(
    at: string,
    key: string,
    ours: ResolvedSchema | undefined,
    theirs: ResolvedSchema,
    property: SchemaNode | undefined,
  ): void {
    if (side === 'response' || ours === undefined || property === undefined) return
    const mine = ours.required.has(key)
    const other = theirs.required.has(key)
    // Asking for more than the yardstick's schema is no other shape, and a table that marks nothing
    // as required says nothing about what is not.
    if (mine || !other || ours.required.size === 0) return
    const says = `The documents do not require \`${key}\`; ${name} does.`
    const rule = `${theirs.home}/required/${token(key)}`
    tell({
      at: `${at}/${token(key)}`,
      says,
      expected: 'required',
      actual: 'not required',
      rule,
      table: property.at,
    })
  }

  /** A field that makes the shape: neither a repetition of the request nor empty until needed. */
  function isInformative(at: string, key: string, theirs: ResolvedSchema): boolean {
    const property = yardstickSide.resolver.of(theirs.properties.get(key)!)
    if (at === '' && yardstickSide.echoes.has(key)) return false
    if (property.types?.has('null') === true) return false
    return theirs.required.has(key) || (at === '' && property.values !== undefined)
  }

  function nameOf(shape: ResolvedSchema): string {
    const type = shape.properties.get('type')
    const [value] = (type && yardstickSide.resolver.of(type).values) ?? []
    return typeof value === 'string' ? ` in \`${value}\`` : ''
  }

  function named(shape: ResolvedSchema): readonly string[] {
    const all = [shape, ...shape.branches.map(yardstickSide.resolver.of)]
    return [...new Set(all.flatMap(({ properties }) => [...properties.keys()]))]
  }

  function sayOwn(node: SchemaNode | undefined, shown: readonly ShownValue[], key: string): string {
    const value = shown
      .map((one) => (one.value as JsonObject)[key])
      .find((one) => one !== undefined)
    if (value !== undefined) return `"${key}": ${show(value)}`
    return node === undefined ? `\`${key}\`` : describeSchema(own, node)
  }

  function sourceOf(node: SchemaNode | undefined, key: string, shown: readonly ShownValue[]) {
    const property = node && own.of(node).properties.get(key)
    if (property !== undefined) return { table: property.at }
    const [sample] = shown
    if (sample !== undefined) return { shown: { ...sample, at: `${sample.at}/${token(key)}` } }
    return node === undefined ? {} : { table: node.at }
  }

  walk({ at: '', node: documented.root, shown: documented.shown, yard: yardstickSide.root })
  return { differences, gaps }
}
