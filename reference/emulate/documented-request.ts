// Holds a request to the documented schema: the first thing in it that the documents rule out is refused.

import type { ApiError } from '../api-error.ts'
import { createBadRequest } from '../api-error.ts'
import { clipText, isRecord } from '../json.ts'
import { isOfType, toNode, type Node, type VendorDocument } from './vendor-document.ts'

/** Throws the 400 of what is wrong. */
export function checkDocumented(body: unknown, schema: unknown, document: VendorDocument): void {
  check(body, schema, document, '')
}

function check(value: unknown, schema: unknown, document: VendorDocument, at: string): void {
  const whole = document.follow(schema)
  const branches = whole['oneOf'] ?? whole['anyOf']
  if (Array.isArray(branches) && !isRecord(value)) {
    const problems = branches.map((branch) => problemOf(value, branch, document, at))
    if (problems.includes(undefined)) return
    throw problems[0] ?? refuse(at, 'a documented form', value)
  }
  const node = document.branchOf(whole, value)
  if (node !== whole && Object.keys(node).length === 0) {
    throw refuse(at, 'a documented form', value)
  }
  if (!isOfType(value, node['type'])) throw refuse(at, `${String(node['type'])}`, value)
  const { enum: values, const: only } = node
  if (Array.isArray(values) && !values.includes(value)) throw refuse(at, values.join(', '), value)
  if (only !== undefined && only !== value) throw refuse(at, String(only), value)
  if (typeof value === 'number') checkBounds(value, node, ['minimum', 'maximum'], at)
  if (typeof value === 'string') checkBounds(value.length, node, ['minLength', 'maxLength'], at)
  if (Array.isArray(value)) {
    checkBounds(value.length, node, ['minItems', 'maxItems'], at)
    value.forEach((one, index) => check(one, node['items'], document, `${at}[${index}]`))
  } else if (isRecord(value)) checkObject(value, node, document, at)
}

/** What one form of several says against a value; undefined where it fits. */
function problemOf(
  value: unknown,
  branch: unknown,
  document: VendorDocument,
  at: string,
): Error | undefined {
  try {
    check(value, branch, document, at)
    return undefined
  } catch (problem) {
    return problem as Error
  }
}

function checkObject(
  value: Readonly<Record<string, unknown>>,
  node: Node,
  document: VendorDocument,
  at: string,
): void {
  const inside = (name: string): string => (at === '' ? name : `${at}.${name}`)
  const required = Array.isArray(node['required']) ? node['required'].map(String) : []
  const missing = required.find((name) => !Object.hasOwn(value, name))
  if (missing !== undefined) {
    throw createBadRequest(
      'missing_required_parameter',
      inside(missing),
      `Missing required parameter: '${inside(missing)}'.`,
    )
  }
  const keys = Object.keys(value)
  checkBounds(keys.length, node, ['minProperties', 'maxProperties'], at)
  const properties = toNode(node['properties'])
  for (const [name, inner] of Object.entries(value)) {
    if (isRecord(node['propertyNames'])) check(name, node['propertyNames'], document, inside(name))
    if (Object.hasOwn(properties, name)) check(inner, properties[name], document, inside(name))
    else if (isRecord(node['additionalProperties'])) {
      check(inner, node['additionalProperties'], document, inside(name))
    }
  }
}

function checkBounds(
  size: number,
  node: Node,
  [low, high]: readonly [string, string],
  at: string,
): void {
  const [least, most] = [node[low], node[high]]
  if (typeof least === 'number' && size < least) throw refuse(at, `>= ${least}`, size)
  if (typeof most === 'number' && size > most) throw refuse(at, `<= ${most}`, size)
}

function refuse(at: string, expected: string, value: unknown): ApiError {
  const name = at === '' ? 'body' : at
  const shown = clipText(JSON.stringify(value) ?? 'nothing', 60)
  return createBadRequest(
    'invalid_value',
    at === '' ? null : at,
    `Invalid '${clipText(name)}': expected ${expected}, but got ${shown} instead.`,
  )
}
