// The rules of which the others are made, and the check that reports the first violation with the status,
// code, param and wording of OpenAI's own validator.

import { createBadRequest } from '../api-error.ts'
import { clipText, isRecord } from '../json.ts'

interface Nullable {
  readonly nullable?: boolean
  readonly required?: boolean
}

export type FieldRule = Nullable &
  (
    | {
        readonly is: 'string'
        readonly min?: number
        readonly max?: number
        readonly pattern?: RegExp
        readonly oneOf?: readonly string[]
      }
    | { readonly is: 'integer' | 'number'; readonly min?: number; readonly max?: number }
    | { readonly is: 'boolean' }
    | { readonly is: 'anything' }
    | { readonly is: 'array'; readonly of: FieldRule; readonly min?: number; readonly max?: number }
    | { readonly is: 'object'; readonly fields: Fields; readonly open?: boolean }
    /** Keys of the caller's choice. */
    | {
        readonly is: 'map'
        readonly of: FieldRule
        readonly max?: number
        readonly keyMax?: number
      }
    /** An object whose shape a string field names. */
    | {
        readonly is: 'tagged'
        readonly by: string
        readonly of: Readonly<Record<string, FieldRule>>
        /** The tag of an object that does not carry one. */
        readonly fallback?: (value: Readonly<Record<string, unknown>>) => string | undefined
        /** The rule for tags that are not listed. */
        readonly other?: (tag: string) => FieldRule | undefined
      }
    /** Told apart by JSON type. */
    | { readonly is: 'either'; readonly of: readonly FieldRule[] }
  )

export type Fields = Readonly<Record<string, FieldRule>>

/** Makes each kind of rule: `allow.list(allow.text({ max: 64 }))`. */
export const allow = {
  text: (limits: { min?: number; max?: number; pattern?: RegExp } = {}): FieldRule => ({
    is: 'string',
    ...limits,
  }),
  /** A name that may stand in code. */
  name: (max: number): FieldRule => allow.text({ min: 1, max, pattern: /^[a-zA-Z0-9_-]+$/ }),
  oneOf: (...values: readonly string[]): FieldRule => ({ is: 'string', oneOf: values }),
  integer: (min?: number, max?: number): FieldRule => ({
    is: 'integer',
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
  }),
  decimal: (min: number, max: number): FieldRule => ({ is: 'number', min, max }),
  flag: { is: 'boolean' },
  anything: { is: 'anything' },
  list: (of: FieldRule, limits: { min?: number; max?: number } = {}): FieldRule => ({
    is: 'array',
    of,
    ...limits,
  }),
  record: (fields: Fields): FieldRule => ({ is: 'object', fields }),
  openRecord: (fields: Fields = {}): FieldRule => ({ is: 'object', fields, open: true }),
  /** An object whose shape the field `by` names. */
  tagged: (by: string, of: Fields): FieldRule => ({ is: 'tagged', by, of }),
  either: (...of: readonly FieldRule[]): FieldRule => ({ is: 'either', of }),
  null: (rule: FieldRule): FieldRule => ({ ...rule, nullable: true }),
  required: (rule: FieldRule): FieldRule => ({ ...rule, required: true }),
} as const

/** Throws a `Problem` for the first thing wrong. */
export function checkValue(value: unknown, rule: FieldRule, path: string): void {
  if (value === null) {
    if (rule.nullable || rule.is === 'anything') return
    throw wrongType(value, rule, path)
  }
  switch (rule.is) {
    case 'anything':
      return
    case 'boolean':
      if (typeof value !== 'boolean') throw wrongType(value, rule, path)
      return
    case 'string':
      return examineString(value, rule, path)
    case 'integer':
    case 'number':
      return examineNumber(value, rule, path)
    case 'array':
      return examineArray(value, rule, path)
    case 'map':
      return examineMap(value, rule, path)
    case 'object':
      if (!isRecord(value)) throw wrongType(value, rule, path)
      return checkFields(value, rule.fields, path, rule.open ?? false)
    case 'tagged':
      return examineTagged(value, rule, path)
    case 'either': {
      const fitting = rule.of.find((one) => accepts(value, one))
      if (fitting === undefined) throw wrongType(value, rule, path)
      return checkValue(value, fitting, path)
    }
  }
}

export function checkFields(
  value: Readonly<Record<string, unknown>>,
  fields: Fields,
  path: string,
  open: boolean,
): void {
  for (const [key, inner] of Object.entries(value)) {
    const at = path === '' ? key : `${path}.${key}`
    const rule = Object.hasOwn(fields, key) ? fields[key] : undefined
    if (rule !== undefined) checkValue(inner, rule, at)
    else if (!open)
      throw createBadRequest('unknown_parameter', at, `Unknown parameter: '${clipText(at)}'.`)
  }
  for (const [key, rule] of Object.entries(fields)) {
    if (rule.required && !Object.hasOwn(value, key)) {
      const at = path === '' ? key : `${path}.${key}`
      throw createBadRequest(
        'missing_required_parameter',
        at,
        `Missing required parameter: '${at}'.`,
      )
    }
  }
}

function examineString(value: unknown, rule: FieldRule & { is: 'string' }, path: string): void {
  if (typeof value !== 'string') throw wrongType(value, rule, path)
  if (rule.oneOf !== undefined && !rule.oneOf.includes(value)) {
    throw notAmong(value, rule.oneOf, path)
  }
  if (rule.max !== undefined && value.length > rule.max) {
    throw createBadRequest(
      'string_above_max_length',
      path,
      `Invalid '${path}': string too long. Expected a string with maximum length ${rule.max}, but got a string with length ${value.length} instead.`,
    )
  }
  if (rule.min !== undefined && value.length < rule.min) {
    throw createBadRequest(
      'string_below_min_length',
      path,
      `Invalid '${path}': string too short. Expected a string with minimum length ${rule.min}, but got ${value === '' ? 'an empty string' : `a string with length ${value.length}`} instead.`,
    )
  }
  if (rule.pattern !== undefined && !rule.pattern.test(value)) {
    throw createBadRequest(
      'invalid_value',
      path,
      `Invalid '${path}': string does not match pattern. Expected a string that matches the pattern '${rule.pattern.source}'.`,
    )
  }
}

function examineNumber(
  value: unknown,
  rule: FieldRule & { is: 'integer' | 'number' },
  path: string,
): void {
  if (typeof value !== 'number' || (rule.is === 'integer' && !Number.isInteger(value))) {
    throw wrongType(value, rule, path)
  }
  const kind = rule.is === 'integer' ? 'integer' : 'decimal'
  if (rule.min !== undefined && value < rule.min) {
    throw createBadRequest(
      `${kind}_below_min_value`,
      path,
      `Invalid '${path}': ${kind} below minimum value. Expected a value >= ${rule.min}, but got ${value} instead.`,
    )
  }
  if (rule.max !== undefined && value > rule.max) {
    throw createBadRequest(
      `${kind}_above_max_value`,
      path,
      `Invalid '${path}': ${kind} above maximum value. Expected a value <= ${rule.max}, but got ${value} instead.`,
    )
  }
}

function examineArray(value: unknown, rule: FieldRule & { is: 'array' }, path: string): void {
  if (!Array.isArray(value)) throw wrongType(value, rule, path)
  if (rule.min !== undefined && value.length < rule.min) {
    throw createBadRequest(
      value.length === 0 ? 'empty_array' : 'array_below_min_length',
      path,
      `Invalid '${path}': array too short. Expected an array with minimum length ${rule.min}, but got an array with length ${value.length} instead.`,
    )
  }
  if (rule.max !== undefined && value.length > rule.max) {
    throw createBadRequest(
      'array_above_max_length',
      path,
      `Invalid '${path}': array too long. Expected an array with maximum length ${rule.max}, but got an array with length ${value.length} instead.`,
    )
  }
  for (const [index, one] of value.entries()) checkValue(one, rule.of, `${path}[${index}]`)
}

function examineMap(value: unknown, rule: FieldRule & { is: 'map' }, path: string): void {
  if (!isRecord(value)) throw wrongType(value, rule, path)
  const keys = Object.keys(value)
  if (rule.max !== undefined && keys.length > rule.max) {
    throw createBadRequest(
      'object_above_max_properties',
      path,
      `Invalid '${path}': too many properties. Expected an object with at most ${rule.max} properties, but got an object with ${keys.length} properties instead.`,
    )
  }
  for (const key of keys) {
    if (rule.keyMax !== undefined && key.length > rule.keyMax) {
      throw createBadRequest(
        'string_above_max_length',
        path,
        `Invalid property name in '${path}': '${clipText(key)}' is too long. Expected a string with maximum length ${rule.keyMax}, but got a string with length ${key.length} instead.`,
      )
    }
    checkValue(value[key], rule.of, `${path}.${clipText(key)}`)
  }
}

function examineTagged(value: unknown, rule: FieldRule & { is: 'tagged' }, path: string): void {
  if (!isRecord(value)) throw wrongType(value, rule, path)
  const at = `${path}.${rule.by}`
  const given = value[rule.by] ?? rule.fallback?.(value)
  if (given === undefined || given === null) {
    throw createBadRequest('missing_required_parameter', at, `Missing required parameter: '${at}'.`)
  }
  if (typeof given !== 'string') throw wrongType(given, allow.text(), at)
  const inner = Object.hasOwn(rule.of, given) ? rule.of[given] : rule.other?.(given)
  if (inner === undefined) throw notAmong(given, Object.keys(rule.of), at)
  if (inner.is !== 'object') return checkValue(value, inner, path)
  checkFields(value, { [rule.by]: allow.anything, ...inner.fields }, path, inner.open ?? false)
}

function notAmong(value: string, allowed: readonly string[], path: string): Error {
  return createBadRequest(
    'invalid_value',
    path,
    `Invalid value: '${clipText(value)}'. Supported values are: ${sentence(
      allowed.map((one) => `'${one}'`),
      'and',
    )}.`,
  )
}

function wrongType(value: unknown, rule: FieldRule, path: string): Error {
  return createBadRequest(
    'invalid_type',
    path,
    `Invalid type for '${clipText(path)}': expected ${expectation(rule)}, but got ${article(typeName(value))} instead.`,
  )
}

function expectation(rule: FieldRule): string {
  if (rule.is === 'either') {
    return `one of ${sentence(
      rule.of.map((one) => article(ruleName(one))),
      'or',
    )}`
  }
  return article(ruleName(rule))
}

function ruleName(rule: FieldRule): string {
  if (rule.is === 'number') return 'decimal'
  if (rule.is === 'map' || rule.is === 'tagged') return 'object'
  return rule.is === 'either' ? rule.of.map(ruleName).join(' or ') : rule.is
}

function accepts(value: unknown, rule: FieldRule): boolean {
  const name = ruleName(rule)
  const type = typeName(value)
  return rule.is === 'anything' || name === type || (name === 'decimal' && type === 'integer')
}

function typeName(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'decimal'
  return typeof value
}

function article(name: string): string {
  if (name === 'null') return 'null'
  return `${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name}`
}

function sentence(words: readonly string[], joint: 'and' | 'or'): string {
  if (words.length < 3) return words.join(` ${joint} `)
  return `${words.slice(0, -1).join(', ')}, ${joint} ${words.at(-1)}`
}
