// A document is tried before anybody is judged by it: by its own examples, and by exchanges that a
// right server has. What refuses them is one of three things.
//
// - an artefact: a pattern that generators write without meaning it; it is read for what was meant
// - a contradiction: the document's own example does not fit; nothing is judged by that place
// - a difference: the document states it, and is judged by it

import { field, isObject, keyIn } from '../../base/json.ts'
import { createSchemaResolver, type SchemaNode } from '../../schema/resolved-schema.ts'
import { createValidator } from '../../schema/validator.ts'
import type { SchemaViolation } from '../../schema/violation.ts'
import type { Json, JsonObject } from '../../types/index.ts'

/** Values that have to fit the schema at a pointer of the contract. */
export interface Trial {
  /** Begins with `#`. */
  readonly at: string
  readonly values: readonly Json[]
  readonly by: 'example' | 'request' | 'reply' | 'error'
}

interface TrialResult {
  readonly artefacts: readonly Noted[]
  readonly contradictions: readonly Noted[]
  readonly differences: readonly Noted[]
}

interface Noted {
  /** Into the contract, begins with `#`. */
  readonly at: string
  readonly says: string
}

/** Each round may uncover what an earlier refusal hid. */
const MOST_ROUNDS = 12

type Words = Record<string, Json>

/** Tries a contract, and changes the schemas that refuse what they should not. */
export function testContract(contract: JsonObject, trials: readonly Trial[]): TrialResult {
  const artefacts = new Map<string, Noted>()
  const contradictions = new Map<string, Noted>()
  const differences = new Map<string, Noted>()
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const shapes = createSchemaResolver(contract)
    const validate = createValidator(shapes)
    let isChanged = false
    differences.clear()
    for (const { at, values, by } of trials) {
      const node = shapes.at(at)
      if (node !== undefined && by === 'error' && shapes.of(node).properties.has('message')) {
        if (readEnvelope(validate, node, values[0]!)) {
          artefacts.set(at, { at, says: 'an error without the envelope in which it comes' })
          isChanged = true
          continue
        }
      }
      for (const value of node === undefined ? [] : values) {
        for (const violation of validate(node!, value)) {
          const given = field(value, violation.at)
          const says = `expected ${violation.expected}, and ${by === 'example' ? 'its own example' : 'a right answer'} has ${violation.actual}`
          if (by === 'example') {
            if (!forget(contract, violation)) continue
            contradictions.set(violation.rule, { at: violation.rule, says })
            isChanged = true
            continue
          }
          const pattern = artefactOf(contract, violation, given, by)
          // Each status may say the same of its errors: it is told once.
          const key = by === 'error' ? `${violation.at} ${violation.expected}` : violation.rule
          if (pattern === undefined) {
            if (!differences.has(key)) differences.set(key, { at: violation.rule, says })
          } else {
            if (!artefacts.has(key)) artefacts.set(key, { at: violation.rule, says: pattern })
            isChanged = true
          }
        }
      }
    }
    if (!isChanged) break
  }
  return {
    artefacts: [...artefacts.values()],
    contradictions: [...contradictions.values()],
    differences: [...differences.values()],
  }
}

/** An error may be described by what stands below `error`: whether that was so, and is now either. */
function readEnvelope(
  validate: ReturnType<typeof createValidator>,
  node: SchemaNode,
  error: Json,
): boolean {
  const inner = isObject(error) ? error['error']! : error
  if (validate(node, error).length === 0) return false
  if (validate(node, inner).length > 0) return false
  const alone = { ...node.schema }
  const within = { type: 'object', required: ['error'], properties: { error: alone } }
  const owner = node.schema as Words
  for (const key of Object.keys(owner)) delete owner[key]
  owner['anyOf'] = [within, alone]
  return true
}

/** Reads a refused place for what it means; the name of the pattern, undefined where it is a difference. */
function artefactOf(
  contract: JsonObject,
  violation: SchemaViolation,
  given: Json | undefined,
  by: Trial['by'],
): string | undefined {
  const [owner, word] = ownerOf(contract, violation.rule)
  if (owner === undefined) return undefined
  const isForm = ['', 'type', 'enum', 'const'].includes(word)
  if (given === null && isForm && by !== 'request') {
    allowNull(owner)
    return 'a type that may not be null, where answers have null'
  }
  const types = [owner['type'] ?? []].flat().filter((type) => type !== 'null')
  if (word === 'type' && isBare(owner) && types.length === 1) {
    if (types[0] === 'object' && given !== undefined && !isObject(given)) {
      delete owner['type']
      return '`object` for anything'
    }
    // What a request may be is for the document to say; an answer has the one form that there is.
    if (types[0] === 'string' && isObject(given) && by === 'reply') {
      delete owner['type']
      return '`string` for an object'
    }
  }
  if (
    by === 'reply' &&
    isForm &&
    OF_SEVERAL_FORMS.test(violation.at) &&
    violation.actual !== 'absent'
  ) {
    for (const key of Object.keys(owner))
      if (!NOTHING_MORE.has(key) || key === 'type') delete owner[key]
    return 'one of the forms that this field has stands for all'
  }
  if ((word === 'enum' || word === 'const') && violation.at === '/model') {
    delete owner['enum']
    delete owner['const']
    return 'a closed list of models'
  }
  if (by === 'reply' && (word === 'additionalProperties' || word === 'unevaluatedProperties')) {
    delete owner[word]
    return `\`${word}: false\`, which says nothing of fields to come`
  }
  return undefined
}

/** The schema of a rule and its keyword; a rule that is a schema itself has none. */
function ownerOf(contract: JsonObject, rule: string): readonly [Words | undefined, string] {
  const whole = at(contract, rule)
  if (isObject(whole)) return [whole as Words, '']
  const steps = rule.split('/')
  const isRequired = steps.at(-2) === 'required'
  const word = isRequired ? 'required' : keyIn(steps.at(-1) ?? '')
  const parent = at(contract, steps.slice(0, isRequired ? -2 : -1).join('/'))
  return [isObject(parent) ? (parent as Words) : undefined, word]
}

function at(contract: JsonObject, rule: string): Json | undefined {
  return field(contract, rule.slice(1))
}

/** Nothing is judged by the place of a rule any more; false where it cannot be found. */
function forget(contract: JsonObject, { rule, at: place }: SchemaViolation): boolean {
  const [owner, word] = ownerOf(contract, rule)
  if (owner === undefined) return false
  if (word === 'required') {
    const key = keyIn(place.split('/').at(-1) ?? '')
    const left = list(owner['required']).filter((one) => one !== key)
    if (left.length === list(owner['required']).length) return false
    owner['required'] = left
    return true
  }
  if (word === '') {
    for (const key of ['anyOf', 'allOf', '$ref', 'not']) delete owner[key]
    return true
  }
  if (!(word in owner)) return false
  delete owner[word]
  return true
}

/** Text or an object, as the request had it. */
const OF_SEVERAL_FORMS = /^(\/response)?\/tool_choice$/

/** A schema that says a type and nothing more. */
function isBare(schema: Words): boolean {
  return Object.keys(schema).every((key) => NOTHING_MORE.has(key))
}

const NOTHING_MORE = new Set(['type', 'title', 'description', 'default', 'examples'])

function allowNull(schema: Words): void {
  const { type, enum: values, anyOf } = schema
  if (Array.isArray(anyOf)) schema['anyOf'] = [...anyOf, { type: 'null' }]
  if (type !== undefined) schema['type'] = [...new Set([type, 'null'].flat())]
  if (Array.isArray(values)) schema['enum'] = [...new Set([...values, null])]
  if (schema['const'] !== undefined) {
    schema['enum'] = [schema['const'], null]
    delete schema['const']
  }
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : []
}
