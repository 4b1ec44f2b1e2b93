// Formats and functions that leave a model no choice of shape.

import type { JsonObject } from '../types/index.ts'

/** An object of which nothing may be left out or added, as strict schemas must be. */
export function buildClosedSchema(properties: JsonObject): JsonObject {
  return {
    type: 'object',
    properties,
    required: Object.keys(properties),
    additionalProperties: false,
  }
}

/** Properties that are one of these words each. */
export function wordPropertiesOf(choices: Readonly<Record<string, readonly string[]>>): JsonObject {
  return Object.fromEntries(
    Object.entries(choices).map(([name, words]) => [name, { type: 'string', enum: words }]),
  )
}

/** A strict function; without properties, one that takes nothing. */
export function buildStrictFunction(
  name: string,
  description: string,
  properties: JsonObject = {},
): JsonObject {
  const parameters = buildClosedSchema(properties)
  return { type: 'function', name, description, strict: true, parameters }
}

/** The part of a body that asks for an object with these properties. */
export function buildStrictFormat(properties: JsonObject, name = 'answer'): JsonObject {
  const schema = buildClosedSchema(properties)
  return { text: { format: { type: 'json_schema', name, strict: true, schema } } }
}
