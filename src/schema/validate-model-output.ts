// Validates a model's output by a JSON Schema that was sent along.
//
// Unlike a contract, such a schema is applied literally: `anyOf` means any of, and there are no unknown
// variants.

import type { ErrorObject, ValidateFunction } from 'ajv'
import { createAjv } from './ajv.ts'
import { createSchemaResolver } from './resolved-schema.ts'
import { schemaViolationOf } from './violation.ts'
import { isObject } from '../base/json.ts'
import type { Finding, Json, JsonObject } from '../types/index.ts'

/** A `Finding` without its step; `at` is a pointer into the value. */
type SchemaMismatch = Pick<Finding, 'at' | 'expected' | 'actual' | 'message'>

const compiled = new WeakMap<JsonObject, ValidateFunction>()
let ajv: ReturnType<typeof createAjv> | undefined

/** Where a value departs from a schema; empty when it fits. Total: a schema that cannot be compiled is a misfit too. */
export function validateValue(value: Json | undefined, schema: Json): readonly SchemaMismatch[] {
  if (value === undefined) return [{ at: '', expected: 'a value', actual: 'absent' }]
  if (schema === true) return []
  if (!isObject(schema)) {
    return [{ at: '', expected: 'nothing: the schema allows no value', actual: 'a value' }]
  }
  try {
    const validate = compiled.get(schema) ?? compile(schema)
    if (validate(value)) return []
    const resolver = createSchemaResolver(schema)
    const misfits = leading(validate.errors ?? []).map((error): SchemaMismatch => {
      const { rule: _, ...violation } = schemaViolationOf(resolver, { schema, at: '#' }, error)
      return violation
    })
    return [...new Map(misfits.map((one) => [one.at, one])).values()]
  } catch (error) {
    const because = error instanceof RangeError ? 'nested too deeply' : String(error).slice(0, 200)
    return [{ at: '', expected: 'a value that a schema can judge', actual: because }]
  }
}

function compile(schema: JsonObject): ValidateFunction {
  ajv ??= createAjv()
  try {
    const validate = ajv.compile(schema)
    compiled.set(schema, validate)
    return validate
  } finally {
    // Another schema may come with the same `$id`.
    ajv.removeSchema()
  }
}

/** What the branches of a union complain about is left out: none of them was asked for by itself. */
function leading(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const unions = errors.filter(({ keyword }) => keyword === 'anyOf' || keyword === 'oneOf')
  return errors.filter(
    (error) =>
      error.keyword !== 'if' &&
      !unions.some((union) => error.schemaPath.startsWith(`${union.schemaPath}/`)),
  )
}
