// One violation of a schema by a value, in words.

import type { ErrorObject } from 'ajv'
import { decodePart, isObject, token } from '../base/json.ts'
import type { FindingKind, Json, JsonType } from '../types/index.ts'
import { findSimilarName } from './counterpart-field.ts'
import type { SchemaNode, SchemaResolver } from './resolved-schema.ts'
import { describeSchema, describeTypes, describeValue, describeValues } from './describe.ts'

export interface SchemaViolation {
  /** JSON pointer into the value. */
  readonly at: string
  /** JSON pointer into the contract, beginning with `#`. */
  readonly rule: string
  readonly expected: string
  readonly actual: string
  readonly message?: string
  /** Where it is less, or something else, than a wrong value. */
  readonly kind?: Extract<FindingKind, 'absent' | 'null' | 'type'>
  /** Nothing is wrong but that the schema does not know it. */
  readonly isUndocumented?: true
}

/** Translates an error of ajv. `node` is the schema that was compiled. */
export function schemaViolationOf(
  resolver: SchemaResolver,
  node: SchemaNode,
  error: ErrorObject,
): SchemaViolation {
  const { keyword, params, instancePath: at, schemaPath } = error
  const rule = node.at + decodePart(schemaPath.slice(1))
  const data = error.data as Json | undefined
  if (keyword === 'required') return missing(resolver, rule, error)
  const actual = describeValue(data)
  const limit = params['limit'] as number
  switch (keyword) {
    case 'type': {
      const type = params['type'] as JsonType | JsonType[]
      return { at, rule, expected: describeTypes([type].flat()), actual, kind: kindOfType(data) }
    }
    case 'const':
      return { at, rule, expected: describeValues([params['allowedValue'] as Json]), actual }
    case 'enum':
      return { at, rule, expected: describeValues(params['allowedValues'] as Json[]), actual }
    case 'minimum':
      return { at, rule, expected: `at least ${limit}`, actual }
    case 'maximum':
      return { at, rule, expected: `at most ${limit}`, actual }
    case 'exclusiveMinimum':
      return { at, rule, expected: `more than ${limit}`, actual }
    case 'exclusiveMaximum':
      return { at, rule, expected: `less than ${limit}`, actual }
    case 'multipleOf':
      return { at, rule, expected: `a multiple of ${String(params['multipleOf'])}`, actual }
    case 'minLength':
    case 'maxLength': {
      const side = keyword === 'minLength' ? 'least' : 'most'
      const length = typeof data === 'string' ? [...data].length : 0
      const said = `${length} characters: ${actual}`
      return { at, rule, expected: `at ${side} ${limit} characters`, actual: said }
    }
    case 'minItems':
    case 'maxItems': {
      const said = `at ${keyword === 'minItems' ? 'least' : 'most'} ${count(limit, 'entry', 'entries')}`
      const length = Array.isArray(data) ? data.length : 0
      return { at, rule, expected: said, actual: count(length, 'entry', 'entries') }
    }
    case 'minProperties':
    case 'maxProperties': {
      const said = `at ${keyword === 'minProperties' ? 'least' : 'most'} ${count(limit, 'field', 'fields')}`
      const length = isObject(data) ? Object.keys(data).length : 0
      return { at, rule, expected: said, actual: count(length, 'field', 'fields') }
    }
    case 'pattern':
      return { at, rule, expected: `text that matches ${String(params['pattern'])}`, actual }
    case 'uniqueItems':
      return {
        at: `${at}/${String(params['i'])}`,
        rule,
        expected: 'entries that are all different',
        actual: `the same as entry ${String(params['j'])}`,
      }
    case 'additionalProperties':
    case 'unevaluatedProperties': {
      const key = String(params['additionalProperty'] ?? params['unevaluatedProperty'])
      const value = isObject(data) ? data[key] : undefined
      return {
        at: `${at}/${token(key)}`,
        rule,
        expected: 'no such field',
        actual: describeValue(value),
      }
    }
    case 'propertyNames': {
      const key = String(params['propertyName'])
      return {
        at: `${at}/${token(key)}`,
        rule,
        expected: 'an allowed field name',
        actual: `"${key}"`,
      }
    }
    case 'anyOf':
    case 'oneOf':
      return {
        at,
        rule,
        expected: describeSchema(resolver, resolver.at(parentOf(rule)) ?? node),
        actual,
        kind: kindOfType(data),
      }
    case 'false schema':
    case 'not':
      return { at, rule, expected: 'something else', actual }
    default:
      return { at, rule, expected: `what "${keyword}" asks (${error.message ?? ''})`, actual }
  }
}

function missing(
  resolver: SchemaResolver,
  rule: string,
  { params, instancePath, data }: ErrorObject,
): SchemaViolation {
  const key = params['missingProperty'] as string
  const owner = resolver.at(parentOf(rule))
  const known = owner && resolver.of(owner).properties
  const property = known?.get(key)
  const value = data as Json | undefined
  const strangers = Object.keys(isObject(value) ? value : {}).filter((one) => !known?.has(one))
  const like = findSimilarName(key, strangers)
  const instead = like === undefined ? '' : `; \`${like}\` stands in its place`
  return {
    at: `${instancePath}/${token(key)}`,
    rule: `${rule}/${token(key)}`,
    expected: property === undefined ? 'present' : describeSchema(resolver, property),
    actual: 'absent',
    kind: 'absent',
    message: `\`${key}\` is required and missing${instead}.`,
  }
}

/** Of a value that is of no allowed type. */
export function kindOfType(value: Json | undefined): NonNullable<SchemaViolation['kind']> {
  return value === undefined ? 'absent' : value === null ? 'null' : 'type'
}

function count(number: number, one: string, many: string): string {
  return number === 0 ? `no ${one}` : `${number} ${number === 1 ? one : many}`
}

function parentOf(pointer: string): string {
  return pointer.slice(0, pointer.lastIndexOf('/'))
}
