// Compares the keywords of one documented field with the yardstick's: types, allowed values, limits, default.

import { show } from '../base/json.ts'
import type { Json } from '../types/index.ts'
import type { SchemaDifference, BodySide } from './comparison-types.ts'
import {
  isAllowedType,
  type ResolvedSchema,
  type SchemaResolver,
} from '../schema/resolved-schema.ts'
import { describeSchema, describeTypes, describeValues } from '../schema/describe.ts'

type Facet = Pick<SchemaDifference, 'says' | 'expected' | 'actual'>

interface KeywordComparison {
  readonly differences: readonly Facet[]
  /** The types exclude each other, so that nothing below can be compared. */
  readonly exclusive: boolean
  /** The yardstick's values, where the documents have a string and list none. */
  readonly unlisted?: readonly string[]
}

export function compareKeywords(
  side: BodySide,
  name: string,
  resolver: SchemaResolver,
  ours: ResolvedSchema,
  theirs: ResolvedSchema,
): KeywordComparison {
  const types = typeDifference(side, name, resolver, ours, theirs)
  if (types?.exclusive === true) return { differences: [types], exclusive: true }
  const open =
    theirs.values !== undefined &&
    theirs.values.length > 1 &&
    ours.values === undefined &&
    ours.types?.has('string') === true
  return {
    differences: [
      ...(types === undefined ? [] : [types]),
      ...valueDifference(name, ours, theirs),
      ...limitDifferences(name, ours, theirs),
    ],
    exclusive: false,
    ...(open ? { unlisted: theirs.values!.map((value) => show(value)) } : {}),
  }
}

function typeDifference(
  side: BodySide,
  name: string,
  resolver: SchemaResolver,
  ours: ResolvedSchema,
  theirs: ResolvedSchema,
): (Facet & { readonly exclusive: boolean }) | undefined {
  if (ours.types === undefined || theirs.types === undefined) return undefined
  const [mine, other] = [plain(ours), plain(theirs)]
  const wrong = [...mine].filter((type) => !other.has(type))
  // An answer may be narrower than the yardstick allows; what can be asked may not.
  const narrower = side === 'request' ? [...other].filter((type) => !mine.has(type)) : []
  if (wrong.length === 0 && narrower.length === 0) return undefined
  const expected = describeSchema(resolver, theirs.node)
  const actual = describeTypes(ours.types)
  const says =
    wrong.length > 0
      ? `The documents give ${actual} where ${name} has ${expected}.`
      : `The documents take ${actual} only; ${name} also takes ${describeTypes(narrower)}.`
  return { says, expected, actual, exclusive: wrong.length === mine.size }
}

/** Without null, and without the difference between numbers and integers: a page that says "number" says nothing about fractions. */
function plain({ types }: ResolvedSchema) {
  const all = [...(types ?? [])].filter((type) => type !== 'null')
  return new Set(all.map((type) => (type === 'integer' ? 'number' : type)))
}

function valueDifference(
  name: string,
  ours: ResolvedSchema,
  theirs: ResolvedSchema,
): readonly Facet[] {
  if (theirs.values === undefined || ours.values === undefined) return []
  const missing = theirs.values.filter((value) => value !== null && !ours.values!.includes(value))
  const extra = ours.values.filter((value) => value !== null && !theirs.values!.includes(value))
  if (missing.length === 0 && extra.length === 0) return []
  const parts = [
    ...(missing.length > 0 ? [`leave out ${list(missing)}`] : []),
    ...(extra.length > 0 ? [`have ${list(extra)}, which ${name} does not know`] : []),
  ]
  const says = `The documents ${parts.join(' and ')}.`
  return [{ says, expected: describeValues(theirs.values), actual: describeValues(ours.values) }]
}

const LIMITS = [
  ['minimum', 'at least'],
  ['maximum', 'at most'],
  ['minLength', 'a length of at least'],
  ['maxLength', 'a length of at most'],
] as const

function limitDifferences(
  name: string,
  ours: ResolvedSchema,
  theirs: ResolvedSchema,
): readonly Facet[] {
  const limits = LIMITS.flatMap(([key, text]): readonly Facet[] => {
    const [mine, other] = [word(ours, key), word(theirs, key)]
    if (typeof mine !== 'number' || typeof other !== 'number' || mine === other) return []
    const says = `The documents allow ${text} ${mine}, ${name} ${text} ${other}.`
    return [{ says, expected: `${text} ${other}`, actual: `${text} ${mine}` }]
  })
  const [mine, other] = [word(ours, 'default'), word(theirs, 'default')]
  // A default that contradicts its own type is the documents' own affair.
  if (mine === undefined || other === undefined || !isAllowedType(ours.types, mine)) return limits
  if (JSON.stringify(mine) === JSON.stringify(other)) return limits
  const says = `The documented default is ${show(mine)}, that of ${name} is ${show(other)}.`
  return [...limits, { says, expected: show(other), actual: show(mine) }]
}

function word(shape: ResolvedSchema, key: string): Json | undefined {
  return shape.parts.map(({ schema }) => schema[key]).find((value) => value !== undefined)
}

function list(values: readonly Json[]): string {
  return values.map((value) => show(value)).join(', ')
}
