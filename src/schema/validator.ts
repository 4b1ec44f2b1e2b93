// Validates with ajv, schema by schema: a reference or a union is compiled when a value first reaches it,
// because compiling all of OpenAI's schemas at once takes half a second.

import type { ErrorObject, ValidateFunction } from 'ajv'
import type { Ajv2020 } from 'ajv/dist/2020.js'
import { isObject, token } from '../base/json.ts'
import type { Json, JsonObject } from '../types/index.ts'
import { createAjv } from './ajv.ts'
import type { SchemaNode, SchemaResolver } from './resolved-schema.ts'
import { kindOfType, schemaViolationOf, type SchemaViolation } from './violation.ts'
import { chooseVariant } from './union.ts'
import { describeTypes, describeValue, describeValues } from './describe.ts'

/** The departures of a value from a schema; `at` is where the value stands. */
export type Validator = (
  node: SchemaNode,
  value: Json | undefined,
  at?: string,
) => readonly SchemaViolation[]

type Judge = (value: Json | undefined, at: string) => readonly SchemaViolation[]

/** Alternatives that were tried and did not fit are among them. */
const MOST_WRONG = 10_000

interface Found {
  readonly value: Json | undefined
  slips: readonly SchemaViolation[]
}

const NONE: readonly SchemaViolation[] = []

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

export function createValidator(resolver: SchemaResolver): Validator {
  const judges = new WeakMap<JsonObject, Judge>()
  /** What was found of the value that is being judged: by schema, then by place. */
  let found: Map<JsonObject, Map<string, Found>> | undefined
  /** Places that were found wrong of it: nobody reads more, and ajv copies all of them for each. */
  let wrong = 0

  function validate(
    node: SchemaNode,
    value: Json | undefined,
    at = '',
  ): readonly SchemaViolation[] {
    if (found !== undefined) return validateOnce(node, value, at)
    found = new Map()
    wrong = 0
    try {
      return validateOnce(node, value, at)
    } catch (error) {
      // Deep values by schemas of many steps: nobody is judged by what the stack cannot hold.
      if (error instanceof RangeError) return NONE
      throw error
    } finally {
      found = undefined
    }
  }

  /**
   * Each schema judges each place once, however many ways lead there: unions of unions multiply
   * without end. A schema that comes back to itself at the same place asks nothing more.
   */
  function validateOnce(
    node: SchemaNode,
    value: Json | undefined,
    at: string,
  ): readonly SchemaViolation[] {
    let places = found!.get(node.schema)
    if (places === undefined) found!.set(node.schema, (places = new Map()))
    const known = places.get(at)
    // The name of a field is judged at the place of its object.
    if (known !== undefined && known.value === value) return known.slips
    const entry: Found = { value, slips: NONE }
    places.set(at, entry)
    if (wrong > MOST_WRONG) return NONE
    entry.slips = judgeFor(node)(value, at)
    wrong += entry.slips.length
    return entry.slips
  }

  function judgeFor(node: SchemaNode): Judge {
    let judge = judges.get(node.schema)
    if (judge === undefined) {
      judge = judgeOf(node)
      judges.set(node.schema, judge)
    }
    return judge
  }

  function judgeOf(node: SchemaNode): Judge {
    const converted = convert(node)
    const words = Object.keys(converted)
    // A schema that only points elsewhere needs no validator of its own.
    if (words.length === 1 && words[0]!.startsWith('judge')) {
      return converted[words[0]!] as unknown as Judge
    }
    const { check, judges } = compileShape(converted)
    return (value, at) => (holds(check, judges, value, at) ? NONE : violationsOf(node, check))
  }

  function violationsOf(node: SchemaNode, check: ValidateFunction): readonly SchemaViolation[] {
    // One wrong field is one violation, and its allowed values say more than its type.
    const violations = new Map<string, SchemaViolation>()
    for (const error of check.errors ?? []) {
      if (error.keyword === 'if') continue
      const violation =
        (error.params['slip'] as SchemaViolation | undefined) ??
        schemaViolationOf(resolver, node, error)
      const failure = error.keyword === 'enum' || error.keyword === 'const'
      if (failure || !violations.has(violation.at)) violations.set(violation.at, violation)
    }
    return [...violations.values()]
  }

  function validateUnion(
    node: SchemaNode,
    value: Json | undefined,
    at: string,
  ): readonly SchemaViolation[] {
    const choice = chooseVariant(resolver, resolver.of(node), value)
    const rule = node.at
    switch (choice.kind) {
      case 'unknown-variant':
        // Not wrong, but more than the documents know: see unknown-fields.ts.
        return NONE
      case 'wrong-type':
        return [
          {
            at,
            rule,
            expected: describeTypes(choice.types),
            actual: describeValue(value),
            kind: kindOfType(value),
          },
        ]
      case 'missing-tag':
      case 'wrong-tag': {
        const actual = isObject(value) ? value[choice.tag] : undefined
        const tagAt = `${at}/${choice.tag}`
        const violation = {
          at: tagAt,
          rule,
          expected: describeValues(choice.known),
          actual: describeValue(actual),
          ...(actual === undefined ? { kind: 'absent' as const } : {}),
        }
        return choice.kind === 'wrong-tag'
          ? [violation]
          : [
              {
                ...violation,
                message: `\`${choice.tag}\` is missing, so nothing says what this is.`,
              },
            ]
      }
      case 'candidates':
        return validateAny(choice.nodes, value, at)
    }
  }

  function validateAny(
    nodes: readonly SchemaNode[],
    value: Json | undefined,
    at: string,
  ): readonly SchemaViolation[] {
    let best: readonly SchemaViolation[] | undefined
    for (const node of nodes) {
      const violations = validate(node, value, at)
      if (violations.length === 0) return NONE
      if (best === undefined || violations.length < best.length) best = violations
    }
    const values = nodes.map((node) => resolver.of(node).values)
    if (values.length > 1 && !values.includes(undefined)) {
      const all = [...new Set(values.flatMap((some) => some ?? []))]
      return [
        { at, rule: nodes[0]!.at, expected: describeValues(all), actual: describeValue(value) },
      ]
    }
    return best ?? []
  }

  /** The schema as ajv gets it: its own words only, with our judges in the place of references and unions. */
  function convert({ schema, at }: SchemaNode): JsonObject {
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
        const target = resolver.at(value)
        const judge: Judge = (data, place) => (target ? validate(target, data, place) : NONE)
        return [['judgeReference', judge]]
      }
      return []
    })
    const converted = Object.fromEntries(entries)
    if ('oneOf' in schema || 'anyOf' in schema) {
      const union: SchemaNode = { schema, at }
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

/** A check of a schema's own words, and those who judge where it only points elsewhere. */
interface Shape {
  readonly check: ValidateFunction
  readonly judges: readonly Judge[]
}

/** More shapes than any documents have are compiled again and again rather than kept. */
const MOST_KEPT = 5_000

const checks = new Map<string, ValidateFunction>()

/**
 * What is written alike is compiled once for all documents that write it: vendors copy OpenAI's. The
 * judges are those of one document: the check knows their numbers, and is called with them.
 */
function compileShape(converted: JsonObject): Shape {
  const judges: Judge[] = []
  const numbered = JSON.stringify(converted, (_, value: unknown) =>
    typeof value === 'function' ? judges.push(value as Judge) - 1 : value,
  )
  const known = checks.get(numbered)
  const check = known ?? ajv().compile(JSON.parse(numbered) as JsonObject)
  if (known === undefined && checks.size < MOST_KEPT) checks.set(numbered, check)
  return { check, judges }
}

/** A value at a pointer inside of a larger one: ajv reports from there on. */
function holds(
  check: ValidateFunction,
  judges: readonly Judge[],
  value: Json | undefined,
  at: string,
): boolean {
  const context = {
    instancePath: at,
    parentData: NOTHING,
    parentDataProperty: '',
    rootData: NOTHING,
  }
  return check.call(judges as never, value, context as never)
}

const NOTHING = {}

let instance: Ajv2020 | undefined

function ajv(): Ajv2020 {
  if (instance !== undefined) return instance
  instance = createAjv({ passContext: true })
  for (const keyword of ['judgeReference', 'judgeUnion']) {
    instance.addKeyword({ keyword, errors: true, compile: asKeyword })
  }
  return instance
}

function asKeyword(number: number) {
  function check(
    this: readonly Judge[],
    data: Json | undefined,
    context?: { readonly instancePath: string },
  ): boolean {
    const violations = this[number]!(data, context?.instancePath ?? '')
    if (violations.length === 0) return true
    check.errors = violations.map((violation) => ({
      keyword: 'slip',
      instancePath: violation.at,
      schemaPath: '',
      params: { slip: violation },
    }))
    return false
  }
  check.errors = [] as Partial<ErrorObject>[]
  return check
}
