// Swagger 2 in the form of OpenAPI 3, as far as operations need it. References stay as they are:
// `#/definitions/…` still leads into the document.

import { isObject, spell } from '../../base/json.ts'
import type { Json, JsonObject } from '../../types/index.ts'
import { METHODS } from '../find-operation-nodes.ts'

/** Words of a parameter that Swagger writes beside its name, and OpenAPI below `schema`. */
const OF_A_SCHEMA = new Set(
  (
    'type format items enum default minimum maximum exclusiveMinimum exclusiveMaximum pattern ' +
    'minLength maxLength minItems maxItems uniqueItems multipleOf'
  ).split(' '),
)

type Follow = (value: Json) => JsonObject | undefined

export function convertSwagger2(document: JsonObject, follow: Follow): JsonObject {
  const paths = Object.entries(object(document['paths'])).map(([path, item]) => [
    path,
    pathItem(document, object(item), follow),
  ])
  const url = serverOf(document)
  return {
    ...document,
    ...(url === undefined ? {} : { servers: [{ url }] }),
    paths: Object.fromEntries(paths),
    components: {
      schemas: object(document['definitions']),
      securitySchemes: Object.fromEntries(
        Object.entries(object(document['securityDefinitions'])).map(([name, scheme]) => [
          name,
          object(scheme)['type'] === 'basic' ? { type: 'http', scheme: 'basic' } : scheme,
        ]),
      ),
    },
  }
}

function serverOf({ host, basePath, schemes }: JsonObject): string | undefined {
  const path = typeof basePath === 'string' ? basePath.replace(/\/$/, '') : ''
  if (typeof host !== 'string' || host === '') return path === '' ? undefined : path
  const [scheme = 'https'] = Array.isArray(schemes) && !schemes.includes('https') ? schemes : []
  return `${spell(scheme)}://${host}${path}`
}

function pathItem(document: JsonObject, item: JsonObject, follow: Follow): JsonObject {
  const { parameters: shared, ...rest } = item
  return Object.fromEntries(
    Object.entries(rest).map(([method, value]) => [
      method,
      METHODS.includes(method) ? operation(document, object(value), list(shared), follow) : value,
    ]),
  )
}

function operation(
  document: JsonObject,
  { parameters, consumes, produces, responses, ...rest }: JsonObject,
  shared: readonly Json[],
  follow: Follow,
): JsonObject {
  const all = [...shared, ...list(parameters)].map(follow).filter((one) => one !== undefined)
  const body = all.find((one) => one['in'] === 'body')
  const accepts = texts(consumes ?? document['consumes'])
  const answers = texts(produces ?? document['produces'])
  const plain = all.filter((one) => one['in'] !== 'body' && one['in'] !== 'formData')
  return {
    ...rest,
    parameters: plain.map(parameter),
    ...(body === undefined
      ? {}
      : { requestBody: { required: body['required'] === true, content: content(accepts, body) } }),
    responses: Object.fromEntries(
      Object.entries(object(responses)).map(([status, value]) => {
        const { schema, examples, ...response } = follow(value) ?? {}
        if (schema === undefined && examples === undefined) return [status, response]
        const shown: JsonObject = schema === undefined ? {} : { schema }
        return [status, { ...response, content: content(answers, shown, object(examples)) }]
      }),
    ),
  }
}

function parameter(one: JsonObject): JsonObject {
  const entries = Object.entries(one)
  return {
    ...Object.fromEntries(entries.filter(([key]) => !OF_A_SCHEMA.has(key))),
    schema: Object.fromEntries(entries.filter(([key]) => OF_A_SCHEMA.has(key))),
  }
}

function content(
  types: readonly string[],
  { schema }: JsonObject,
  examples: JsonObject = {},
): JsonObject {
  return Object.fromEntries(
    types.map((type) => [
      type,
      {
        ...(schema === undefined ? {} : { schema }),
        ...(examples[type] === undefined ? {} : { example: examples[type] }),
      },
    ]),
  )
}

function texts(value: Json | undefined): readonly string[] {
  const found = list(value).filter((one) => typeof one === 'string')
  return found.length === 0 ? ['application/json'] : found
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : []
}

function object(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {}
}
