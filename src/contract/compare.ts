// A documented shape beside a yardstick's: the field tables and the samples together, so that what
// both show is one difference, and what neither shows is left open.

import { isObject, show, token } from '../read.ts'
import type { Json, JsonObject } from '../types.ts'
import { counterpart, isPlaceholder } from './likeness.ts'
import type { Validate } from './schema.ts'
import { admits, type Node, type Shape, type Shapes } from './shape.ts'
import { choose } from './union.ts'
import { saySchema, sayTypes, sayValue, sayValues } from './words.ts'

export type Side = 'request' | 'response'

/** A value that a sample shows. */
export interface Shown {
  readonly value: Json
  readonly sample: string
  /** JSON pointer into the sample's body. */
  readonly at: string
}

export interface Difference {
  /** JSON pointer with `*` for array indexes. */
  readonly at: string
  readonly says: string
  readonly expected: string
  readonly actual: string
  /** Where the yardstick says so. */
  readonly rule: string
  /** Where the documents show it: their schema, or else a sample. */
  readonly table?: string
  readonly shown?: Shown
}

/** What the yardstick names and the documents leave open. */
export interface Gap {
  readonly at: string
  readonly kind: 'fields' | 'inside' | 'values'
  readonly names: readonly string[]
}

export interface Comparison {
  readonly differences: readonly Difference[]
  readonly gaps: readonly Gap[]
}

export interface Ruler {
  readonly name: string
  readonly shapes: Shapes
  readonly validate: Validate
  readonly root: Node
  /** Fields that only repeat what was asked; leaving them out of a page is no other shape. */
  readonly echoes: ReadonlySet<string>
  disputed(rule: string): boolean
}

export interface Documented {
  readonly shapes: Shapes
  readonly root: Node | undefined
  readonly shown: readonly Shown[]
}

export function compare(side: Side, documented: Documented, ruler: Ruler): Comparison {
  const differences: Difference[] = []
  const gaps: Gap[] = []
  const { name } = ruler
  const own = documented.shapes

  function tell(difference: Difference): void {
    if (differences.every(({ at, says }) => at !== difference.at || says !== difference.says)) {
      differences.push(difference)
    }
  }

  function walk(at: string, node: Node | undefined, shown: readonly Shown[], yard: Node): void {
    const theirs = ruler.shapes.of(yard)
    const ours = node && own.of(node)
    const where = { rule: yard.at, ...(node ? { table: node.at } : {}) }
    const real = shown.filter(({ value }) => !isPlaceholder(value))
    if (ours !== undefined) {
      if (compareTypes(at, ours, theirs, where)) return
      compareValues(at, ours, theirs, where)
      compareLimits(at, ours, theirs, where)
    }
    const objects = real.filter(({ value }) => isObject(value))
    const lists = real.filter(({ value }) => Array.isArray(value))
    const scalars = real.filter(({ value }) => typeof value !== 'object' || value === null)
    const agreed = differences.every((one) => one.at !== at)
    if (agreed) for (const one of scalars) compareScalar(at, one, yard)
    if (objects.length > 0 || (ours?.properties.size ?? 0) > 0) {
      compareObjects(at, node, objects, yard)
    } else if (ours !== undefined && real.length === 0 && named(theirs).length > 0) {
      if (ours.branches.length === 0) gaps.push({ at, kind: 'inside', names: named(theirs) })
    }
    const items = [theirs, ...theirs.branches.map(ruler.shapes.of)].find((one) => one.items)?.items
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
    walk(`${at}/*`, ownItems, entries, items)
  }

  /** Whether the types exclude each other, so that nothing below can be compared. */
  function compareTypes(at: string, ours: Shape, theirs: Shape, where: Where): boolean {
    if (ours.types === undefined || theirs.types === undefined) return false
    const extra = [...ours.types].filter((type) => type !== 'null' && !theirs.types!.has(type))
    const wrong = extra.filter((type) => type !== 'integer' || !theirs.types!.has('number'))
    const narrower =
      side === 'request'
        ? [...theirs.types].filter((type) => type !== 'null' && !takes(ours.types!, type))
        : []
    if (wrong.length === 0 && narrower.length === 0) return false
    const expected = saySchema(ruler.shapes, theirs.node)
    const actual = sayTypes(ours.types)
    const says =
      wrong.length > 0
        ? `The documents give ${actual} where ${name} has ${expected}.`
        : `The documents take ${actual} only; ${name} also takes ${sayTypes(narrower)}.`
    tell({ at, says, expected, actual, ...where })
    return wrong.length === ours.types.size
  }

  function compareValues(at: string, ours: Shape, theirs: Shape, where: Where): void {
    if (theirs.values === undefined) return
    if (ours.values === undefined) {
      const only = theirs.values.length === 1
      const text = ours.types?.has('string') === true
      if (text && !only) gaps.push({ at, kind: 'values', names: theirs.values.map((v) => show(v)) })
      return
    }
    const missing = theirs.values.filter((value) => value !== null && !ours.values!.includes(value))
    const extra = ours.values.filter((value) => value !== null && !theirs.values!.includes(value))
    if (missing.length === 0 && extra.length === 0) return
    const parts = [
      ...(missing.length > 0 ? [`leave out ${list(missing)}`] : []),
      ...(extra.length > 0 ? [`have ${list(extra)}, which ${name} does not know`] : []),
    ]
    tell({
      at,
      says: `The documents ${parts.join(' and ')}.`,
      expected: sayValues(theirs.values),
      actual: sayValues(ours.values),
      ...where,
    })
  }

  function compareLimits(at: string, ours: Shape, theirs: Shape, where: Where): void {
    for (const [word, text] of LIMITS) {
      const mine = limit(ours, word)
      const other = limit(theirs, word)
      if (mine === undefined || other === undefined || mine === other) continue
      const says = `The documents allow ${text} ${mine}, ${name} ${text} ${other}.`
      tell({ at, says, expected: `${text} ${other}`, actual: `${text} ${mine}`, ...where })
    }
    const mine = word(ours, 'default')
    const other = word(theirs, 'default')
    if (mine === undefined || other === undefined || !admits(ours.types, mine)) return
    if (JSON.stringify(mine) === JSON.stringify(other)) return
    tell({
      at,
      says: `The documented default is ${show(mine)}, ${name}'s is ${show(other)}.`,
      expected: show(other),
      actual: show(mine),
      ...where,
    })
  }

  function compareScalar(at: string, shown: Shown, yard: Node): void {
    const [slip] = ruler.validate(yard, shown.value)
    if (slip === undefined || ruler.disputed(slip.rule)) return
    const says = `The sample has ${sayValue(shown.value)} where ${name} has ${slip.expected}.`
    const { expected, actual, rule } = slip
    tell({ at, says, expected, actual, rule, shown })
  }

  function compareObjects(
    at: string,
    node: Node | undefined,
    shown: readonly Shown[],
    yard: Node,
  ): void {
    const theirs = ruler.shapes.of(yard)
    if (theirs.branches.length === 0) return compareFields(at, node, shown, yard)
    const byBranch = new Map<Node, Shown[]>()
    for (const one of shown) {
      const branch = branchOf(at, one, theirs)
      if (branch !== undefined) byBranch.set(branch, [...(byBranch.get(branch) ?? []), one])
    }
    if (byBranch.size === 0 && node !== undefined) {
      // A table without a sample means the variant whose fields it names.
      const names = [...own.of(node).properties.keys()]
      const branch = names.length > 0 ? nearest(theirs, names) : undefined
      if (branch !== undefined) byBranch.set(branch, [])
    }
    for (const [branch, ones] of byBranch) compareFields(at, node, ones, branch)
  }

  function branchOf(at: string, shown: Shown, union: Shape): Node | undefined {
    const value = shown.value as JsonObject
    const choice = choose(ruler.shapes, union, value)
    if (choice.kind === 'candidates') {
      const [first, ...more] = choice.nodes
      if (more.length === 0) return first
      const slips = choice.nodes.map((node) => ruler.validate(node, value).length)
      return choice.nodes[slips.indexOf(Math.min(...slips))]
    }
    const tag = 'tag' in choice ? choice.tag : 'type'
    const place = `${at}/${tag}`
    const actual = show(value[tag])
    if (isPlaceholder(value[tag])) return undefined
    const like = nearest(union, Object.keys(value))
    const likely = like && ruler.shapes.of(like).properties.get(tag)
    const values = likely && ruler.shapes.of(likely).values
    tell({
      at: place,
      says:
        value[tag] === undefined
          ? `The sample's ${show(value, 40)} has no \`${tag}\`, by which ${name} tells its variants apart.`
          : `The documents have the ${tag} ${actual}, which ${name} does not know.`,
      expected: values === undefined ? 'a known variant' : sayValues(values),
      actual,
      rule: union.node.at,
      shown: { ...shown, at: `${shown.at}/${tag}` },
    })
    return undefined
  }

  /** The variant that shares most fields with these. */
  function nearest(union: Shape, names: readonly string[]): Node | undefined {
    const objects = union.branches.filter((one) => admits(ruler.shapes.of(one).types, {}))
    if (objects.length === 1) return objects[0]
    const ranked = objects
      .map((branch) => {
        const { properties } = ruler.shapes.of(branch)
        const common = names.filter((one) => properties.has(one)).length
        return { branch, common, size: properties.size }
      })
      .toSorted((one, other) => other.common - one.common || one.size - other.size)
    return ranked[0] !== undefined && ranked[0].common > 1 ? ranked[0].branch : undefined
  }

  function compareFields(
    at: string,
    node: Node | undefined,
    shown: readonly Shown[],
    yard: Node,
  ): void {
    const theirs = ruler.shapes.of(yard)
    // The yardstick promises nothing about what is inside.
    if (theirs.properties.size === 0) return
    const ours = node && own.of(node)
    const inSamples = shown.flatMap(({ value }) => Object.keys(value as JsonObject))
    const names = [...new Set([...(ours?.properties.keys() ?? []), ...inSamples])]
    const unknown = names.filter((key) => !theirs.properties.has(key))
    const taken = new Set<string>()
    const open: string[] = []
    const what = nameOf(theirs)
    for (const [key, property] of theirs.properties) {
      if (names.includes(key)) continue
      const like = counterpart(key, unknown)
      const rule = `${theirs.home}/properties/${token(key)}`
      const expected = saySchema(ruler.shapes, property)
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
      } else if (side === 'response' && isTelling(at, key, theirs) && !ruler.disputed(rule)) {
        const says = `The documents show no \`${key}\`${what}, which ${name} has.`
        tell({ at: `${at}/${token(key)}`, says, expected, actual: 'not shown', rule, ...source })
      } else if (side === 'request' || at === '' || theirs.required.has(key)) {
        open.push(key)
      }
    }
    if (open.length > 0 && (ours?.properties.size ?? 0) > 0) {
      gaps.push({ at, kind: 'fields', names: open })
    }
    for (const key of unknown) {
      if (taken.has(key) || theirs.rest !== 'unsaid') continue
      const rule = `${theirs.home}/properties/${token(key)}`
      if (ruler.disputed(rule)) continue
      const like = counterpart(key, theirs.properties.keys())
      const hint = like === undefined ? '' : ` It has \`${like}\`.`
      const says = `The documents have \`${key}\`${what}, which ${name} does not know.${hint}`
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
      const inside = shown.flatMap(({ value, sample, at: place }): readonly Shown[] => {
        const inner = (value as JsonObject)[key]
        return inner === undefined ? [] : [{ value: inner, sample, at: `${place}/${token(key)}` }]
      })
      compareRequired(at, key, ours, theirs, ours?.properties.get(key))
      walk(`${at}/${token(key)}`, ours?.properties.get(key), inside, property)
    }
  }

  function compareRequired(
    at: string,
    key: string,
    ours: Shape | undefined,
    theirs: Shape,
    property: Node | undefined,
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
  function isTelling(at: string, key: string, theirs: Shape): boolean {
    const property = ruler.shapes.of(theirs.properties.get(key)!)
    if (at === '' && ruler.echoes.has(key)) return false
    if (property.types?.has('null') === true) return false
    return theirs.required.has(key) || property.values !== undefined
  }

  function nameOf(shape: Shape): string {
    const type = shape.properties.get('type')
    const [value] = (type && ruler.shapes.of(type).values) ?? []
    return typeof value === 'string' ? ` in \`${value}\`` : ''
  }

  function named(shape: Shape): readonly string[] {
    const all = [shape, ...shape.branches.map(ruler.shapes.of)]
    return [...new Set(all.flatMap(({ properties }) => [...properties.keys()]))]
  }

  function sayOwn(node: Node | undefined, shown: readonly Shown[], key: string): string {
    const value = shown
      .map((one) => (one.value as JsonObject)[key])
      .find((one) => one !== undefined)
    if (value !== undefined) return `"${key}": ${show(value)}`
    return node === undefined ? `\`${key}\`` : saySchema(own, node)
  }

  function sourceOf(node: Node | undefined, key: string, shown: readonly Shown[]) {
    const property = node && own.of(node).properties.get(key)
    if (property !== undefined) return { table: property.at }
    const [sample] = shown
    if (sample !== undefined) return { shown: { ...sample, at: `${sample.at}/${token(key)}` } }
    return node === undefined ? {} : { table: node.at }
  }

  walk('', documented.root, documented.shown, ruler.root)
  return { differences, gaps }
}

interface Where {
  readonly rule: string
  readonly table?: string
}

const LIMITS = [
  ['minimum', 'at least'],
  ['maximum', 'at most'],
  ['minLength', 'a length of at least'],
  ['maxLength', 'a length of at most'],
] as const

function takes(types: ReadonlySet<string>, type: string): boolean {
  return types.has(type) || (type === 'integer' && types.has('number'))
}

function word(shape: Shape, key: string): Json | undefined {
  return shape.parts.map(({ schema }) => schema[key]).find((value) => value !== undefined)
}

function limit(shape: Shape, key: string): number | undefined {
  const value = word(shape, key)
  return typeof value === 'number' ? value : undefined
}

function list(values: readonly Json[]): string {
  return values.map((value) => show(value)).join(', ')
}
