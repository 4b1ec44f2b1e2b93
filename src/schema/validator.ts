// Validation with ajv, schema by schema: a reference or a union is compiled when a value first
// reaches it. Compiling all of OpenAI's schemas at once takes half a second, most of it for nothing.

import type { ErrorObject, ValidateFunction } from 'ajv'
import type { Ajv2020 } from 'ajv/dist/2020.js'
import { isObject, token } from '../base/json.ts'
import type { Json, JsonObject } from '../types/index.ts'
import { newAjv } from './ajv.ts'
import type { Node, Shapes } from './resolved-schema.ts'
import { slipOf, type Slip } from './violation.ts'
import { choose } from './union.ts'
import { sayTypes, sayValue, sayValues } from './describe.ts'

/** The departures of a value from a schema; `at` is where the value stands. */
export type Validate = (node: Node, value: Json | undefined, at?: string) => readonly Slip[]

type Judge = (value: Json | undefined, at: string) => readonly Slip[]

const NONE: readonly Slip[] = []

const SCHEMA_WORDS = new Set([
  'items',
  'additionalProperties',
  'contains',
  'propertyNames',
  'not',
  'if',
  'then',
  'else',
  'unevaluatedProperties',
  'unevaluatedItems',
])
const LIST_WORDS = new Set(['allOf', 'prefixItems'])
const MAP_WORDS = new Set(['properties', 'patternProperties', 'dependentSchemas'])
const PLAIN_WORDS = new Set(
  (
    'type const enum minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength ' +
    'maxLength pattern minItems maxItems uniqueItems minProperties maxProperties required ' +
    'dependentRequired minContains maxContains'
  ).split(' '),
)

export function validator(shapes: Shapes): Validate {
  const judges = new WeakMap<JsonObject, Judge>()
  // Within one value a schema says the same of one place, however many alternatives ask it there:
  // unions of unions would double the work with each level.
  let said: Map<JsonObject, Map<string, readonly Slip[]>> | undefined

  function validate(node: Node, value: Json | undefined, at = ''): readonly Slip[] {
    if (said === undefined) {
      said = new Map()
      try {
        return judged(node, value, at)
      } finally {
        said = undefined
      }
    }
    const places = said.get(node.schema) ?? new Map<string, readonly Slip[]>()
    const known = places.get(at)
    if (known !== undefined) return known
    const slips = judged(node, value, at)
    places.set(at, slips)
    said.set(node.schema, places)
    return slips
  }

  function judged(node: Node, value: Json | undefined, at: string): readonly Slip[] {
    let judge = judges.get(node.schema)
    if (judge === undefined) {
      judge = judgeOf(node)
      judges.set(node.schema, judge)
    }
    return judge(value, at)
  }

  function judgeOf(node: Node): Judge {
    const converted = convert(node)
    const words = Object.keys(converted)
    // A schema that only points elsewhere needs no validator of its own.
    if (words.length === 1 && words[0]!.startsWith('judge')) {
      return converted[words[0]!] as unknown as Judge
    }
    const check = ajv().compile(converted)
    return (value, at) => (holds(check, value, at) ? NONE : slipsOf(node, check))
  }

  function slipsOf(node: Node, check: ValidateFunction): readonly Slip[] {
    // One wrong field is one slip, and its allowed values say more than its type.
    const slips = new Map<string, Slip>()
    for (const error of check.errors ?? []) {
      if (error.keyword === 'if') continue
      const slip = (error.params['slip'] as Slip | undefined) ?? slipOf(shapes, node, error)
      const telling = error.keyword === 'enum' || error.keyword === 'const'
      if (telling || !slips.has(slip.at)) slips.set(slip.at, slip)
    }
    return [...slips.values()]
  }

  function validateUnion(node: Node, value: Json | undefined, at: string): readonly Slip[] {
    const choice = choose(shapes, shapes.of(node), value)
    const rule = node.at
    switch (choice.kind) {
      case 'unknown-variant':
        // Not wrong, but more than the documents know: see unknown-fields.ts.
        return NONE
      case 'wrong-type':
        return [{ at, rule, expected: sayTypes(choice.types), actual: sayValue(value) }]
      case 'missing-tag':
      case 'wrong-tag': {
        const actual = isObject(value) ? value[choice.tag] : undefined
        const tagAt = `${at}/${choice.tag}`
        const slip = {
          at: tagAt,
          rule,
          expected: sayValues(choice.known),
          actual: sayValue(actual),
        }
        return choice.kind === 'wrong-tag'
          ? [slip]
          : [{ ...slip, message: `\`${choice.tag}\` is missing, so nothing says what this is.` }]
      }
      case 'candidates':
        return validateAny(choice.nodes, value, at)
    }
  }

  function validateAny(
    nodes: readonly Node[],
    value: Json | undefined,
    at: string,
  ): readonly Slip[] {
    let best: readonly Slip[] | undefined
    for (const node of nodes) {
      const slips = validate(node, value, at)
      if (slips.length === 0) return NONE
      if (best === undefined || slips.length < best.length) best = slips
    }
    const values = nodes.map((node) => shapes.of(node).values)
    if (values.length > 1 && !values.includes(undefined)) {
      const all = [...new Set(values.flatMap((some) => some ?? []))]
      return [{ at, rule: nodes[0]!.at, expected: sayValues(all), actual: sayValue(value) }]
    }
    return best ?? []
  }

  /** The schema as ajv gets it: its own words only, with our judges in the place of references and unions. */
  function convert({ schema, at }: Node): JsonObject {
    const entries = Object.entries(schema).flatMap(([word, value]): [string, unknown][] => {
      const below = `${at}/${word}`
      if (PLAIN_WORDS.has(word)) return [[word, value]]
      if (SCHEMA_WORDS.has(word)) return [[word, convertAny(value, below)]]
      if (LIST_WORDS.has(word) && Array.isArray(value)) {
        return [[word, value.map((member, index) => convertAny(member, `${below}/${index}`))]]
      }
      if (MAP_WORDS.has(word) && isObject(value)) {
        const map = Object.entries(value).map(([key, member]) => [
          key,
          convertAny(member, `${below}/${token(key)}`),
        ])
        return [[word, Object.fromEntries(map)]]
      }
      if (word === '$ref' && typeof value === 'string') {
        const target = shapes.at(value)
        const judge: Judge = (data, place) => (target ? validate(target, data, place) : NONE)
        return [['judgeReference', judge]]
      }
      return []
    })
    const converted = Object.fromEntries(entries)
    if ('oneOf' in schema || 'anyOf' in schema) {
      const union: Node = { schema, at }
      const judge: Judge = (data, place) => validateUnion(union, data, place)
      converted['judgeUnion'] = judge
    }
    return converted as JsonObject
  }

  function convertAny(value: Json, at: string): Json {
    return isObject(value) ? convert({ schema: value, at }) : value
  }

  return validate
}

/** A value at a pointer inside of a larger one: ajv reports from there on. */
function holds(check: ValidateFunction, value: Json | undefined, at: string): boolean {
  const context = {
    instancePath: at,
    parentData: NOTHING,
    parentDataProperty: '',
    rootData: NOTHING,
  }
  return check(value, context as never)
}

const NOTHING = {}

let instance: Ajv2020 | undefined

function ajv(): Ajv2020 {
  if (instance !== undefined) return instance
  instance = newAjv()
  for (const keyword of ['judgeReference', 'judgeUnion']) {
    instance.addKeyword({ keyword, errors: true, compile: asKeyword })
  }
  return instance
}

function asKeyword(judge: Judge) {
  const check = (data: Json | undefined, context?: { readonly instancePath: string }): boolean => {
    const slips = judge(data, context?.instancePath ?? '')
    if (slips.length === 0) return true
    check.errors = slips.map((slip) => ({
      keyword: 'slip',
      instancePath: slip.at,
      schemaPath: '',
      params: { slip },
    }))
    return false
  }
  check.errors = [] as Partial<ErrorObject>[]
  return check
}
