// Lints what the JSON Schema of the file cannot express: references, sources, invalid schemas, secrets.

import type { ErrorObject } from 'ajv'
import { field, isObject, show, token, spell } from '../../base/json.ts'
import type { Json, JsonObject } from '../../types/index.ts'
import { findSecret } from '../../base/find-pasted-key.ts'
import { createAjv } from '../../schema/ajv.ts'
import { cutCircles } from '../import/cut-circles.ts'
import { describeDocumentLimit, readDocumentLimits } from '../../schema/document-limits.ts'
import { inheritDocument } from '../inherit.ts'
import type { UnplacedProblem } from './check-yaml-file.ts'
import { METHODS } from '../find-operation-nodes.ts'
import { createSchemaResolver } from '../../schema/resolved-schema.ts'
import { schemaViolationOf } from '../../schema/violation.ts'

const EXTENSIONS = [
  'x-provider',
  'x-kind',
  'x-follows',
  'x-sources',
  'x-claims',
  'x-contradictions',
  'x-contested',
  'x-source',
  'x-placeholders',
  'x-replace',
  'x-websocket',
  'x-tried',
  'x-observed',
]

/** Keys below which stand names of the author's choice. */
const NAMED = new Set([
  'properties',
  'patternProperties',
  'dependentSchemas',
  '$defs',
  'schemas',
  'headers',
  'responses',
  'parameters',
  'examples',
  'securitySchemes',
  'x-sources',
])
/** Keys below which stand values of the API, not words of the contract. */
const VALUES = new Set(['value', 'example', 'default', 'const', 'enum'])

export function lintDocument(
  document: JsonObject,
  follows: (id: string) => JsonObject | undefined,
): readonly UnplacedProblem[] {
  const yardstick =
    typeof document['x-follows'] === 'string' ? follows(document['x-follows']) : undefined
  const whole = yardstick === undefined ? document : inheritDocument(yardstick, document)
  return [
    ...walk(document, whole),
    ...lintFollows(document, yardstick),
    ...lintSources(document),
    ...lintSchemas(document, whole),
    ...lintSteps(document, whole),
    ...lintSamples(document),
    ...lintSecurity(document),
  ]
}

/** Unknown extensions, dangling references and sources, secrets. */
function walk(document: JsonObject, whole: JsonObject): readonly UnplacedProblem[] {
  const sources = object(document['x-sources'])
  const shapes = createSchemaResolver(whole)
  const found: UnplacedProblem[] = []

  function visit(value: Json, pointer: string, inside: 'words' | 'names' | 'values'): void {
    if (typeof value === 'string') {
      const secret = findSecret(value)
      if (secret !== undefined) {
        const wrong = `this looks like a key: ${secret}`
        const write =
          'a placeholder such as sk-xxxxxx, and take the key out of the history of the file'
        found.push({ pointer, wrong, write })
      }
      return
    }
    if (Array.isArray(value)) {
      value.forEach((entry: Json, index) => visit(entry, `${pointer}/${index}`, inside))
      return
    }
    if (!isObject(value)) return
    for (const [key, inner] of Object.entries(value)) {
      const at = `${pointer}/${token(key)}`
      if (inside === 'words') checkWord(key, inner, at)
      const next =
        inside === 'values' || (inside === 'words' && (VALUES.has(key) || isList(key, inner)))
          ? 'values'
          : inside === 'words' && NAMED.has(key)
            ? 'names'
            : 'words'
      visit(inner, at, next)
    }
  }

  function checkWord(key: string, value: Json, pointer: string): void {
    if (key.startsWith('x-') && !EXTENSIONS.includes(key)) {
      const wrong = `unknown key "${key}"`
      found.push({ pointer, wrong, write: `one of ${EXTENSIONS.join(', ')}`, key: true })
    }
    const isSource = key === 'x-source' || (key === 'source' && pointer.startsWith('/x-'))
    if (isSource && typeof value === 'string' && !(value in sources)) {
      const wrong = `there is no source "${value}"`
      const known = Object.keys(sources).join(', ') || 'x-sources, which is empty'
      found.push({ pointer, wrong, write: `one of ${known}, or add it to x-sources` })
    }
    if (key === '$ref' && typeof value === 'string') {
      if (!value.startsWith('#/')) {
        const write = 'a reference inside this file, such as #/components/schemas/Response'
        found.push({ pointer, wrong: `${show(value)} leads out of the file`, write })
      } else if (shapes.at(value) === undefined) {
        const write = 'the name of something that exists under components'
        found.push({ pointer, wrong: `${show(value)} leads nowhere`, write })
      }
    }
  }

  visit(document, '', 'words')
  return found
}

function isList(key: string, value: Json): boolean {
  return key === 'examples' && Array.isArray(value)
}

function lintFollows(
  document: JsonObject,
  yardstick: JsonObject | undefined,
): readonly UnplacedProblem[] {
  const id = document['x-follows']
  if (typeof id !== 'string' || yardstick !== undefined) return []
  const wrong = `there is no contract "${id}" to follow`
  return [{ pointer: '/x-follows', wrong, write: 'openai or open-responses' }]
}

function lintSources(document: JsonObject): readonly UnplacedProblem[] {
  // The reference provider is ours: nothing but its own code documents it.
  if (document['x-sources'] !== undefined || document['x-kind'] === 'reference') return []
  const write = 'add "x-sources" with the pages on which the contract rests'
  return [{ pointer: '', wrong: '"x-sources" is missing', write }]
}

let metaschema: ReturnType<typeof createAjv> | undefined

/** Schemas that are none, and schemas without a source. */
function lintSchemas(document: JsonObject, whole: JsonObject): readonly UnplacedProblem[] {
  const schemas = object(object(document['components'])['schemas'])
  // A follower's `null` removes something of the yardstick's: what remains has to be a schema.
  const merged = object(object(whole['components'])['schemas'])
  const several = Object.keys(object(document['x-sources'])).length > 1
  metaschema ??= createAjv()
  const ajv = metaschema
  return Object.entries(schemas).flatMap(([name, schema]): readonly UnplacedProblem[] => {
    const pointer = `/components/schemas/${token(name)}`
    // `null` removes a schema of the yardstick.
    if (!isObject(schema)) return []
    const found: UnplacedProblem[] = []
    if (several && schema['x-source'] === undefined) {
      const write = 'add "x-source" with a name from x-sources'
      found.push({ pointer, wrong: 'nothing says where this shape is documented', write })
    }
    const complete = object(merged[name])
    if (ajv.validateSchema(complete) !== true) {
      const errors = new Map<string, ErrorObject>()
      for (const error of ajv.errors ?? []) {
        const { instancePath, keyword } = error
        // The allowed values say more than what the alternatives to them would be.
        if (keyword === 'anyOf' || (errors.has(instancePath) && keyword !== 'enum')) continue
        errors.set(instancePath, error)
      }
      for (const [at, error] of errors) {
        const { expected } = schemaViolationOf(
          createSchemaResolver(complete),
          { schema: complete, at: '#' },
          error,
        )
        const wrong = `this is no JSON Schema: ${show(field(complete, at), 60)}`
        found.push({ pointer: pointer + at, wrong, write: expected })
      }
    }
    return [...found, ...lintPatterns(schema, pointer)]
  })
}

/** Chains of references that nobody could follow. */
function lintSteps(document: JsonObject, whole: JsonObject): readonly UnplacedProblem[] {
  const own = object(object(document['components'])['schemas'])
  const schemas = structuredClone(object(object(whole['components'])['schemas']))
  const found: UnplacedProblem[] = []
  cutCircles(schemas, readDocumentLimits()['schema-steps'], (name, why) => {
    if (why === 'circle' || !Object.hasOwn(own, name)) return
    const pointer = `/components/schemas/${token(name)}`
    const wrong = describeDocumentLimit('schema-steps')
    found.push({ pointer, wrong, write: 'the schema that is meant' })
  })
  return found
}

function lintPatterns(value: Json, pointer: string): readonly UnplacedProblem[] {
  if (Array.isArray(value)) {
    return value.flatMap((entry: Json, index) => lintPatterns(entry, `${pointer}/${index}`))
  }
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([key, inner]) => {
    const at = `${pointer}/${token(key)}`
    if (key !== 'pattern' || typeof inner !== 'string') return lintPatterns(inner, at)
    if (isPattern(inner)) return []
    return [{ pointer: at, wrong: `${show(inner)} is no pattern`, write: 'a regular expression' }]
  })
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, 'u') instanceof RegExp
  } catch {
    return false
  }
}

function lintSamples(document: JsonObject): readonly UnplacedProblem[] {
  const found: UnplacedProblem[] = []
  function visit(value: Json, pointer: string): void {
    if (Array.isArray(value))
      value.forEach((entry: Json, index) => visit(entry, `${pointer}/${index}`))
    if (!isObject(value)) return
    for (const [key, inner] of Object.entries(value)) {
      const at = `${pointer}/${token(key)}`
      if (key === 'examples' && isObject(inner)) {
        for (const [name, sample] of Object.entries(inner)) {
          if (isObject(sample)) found.push(...ofSample(document, sample, `${at}/${token(name)}`))
        }
      } else if (key !== 'value') visit(inner, at)
    }
  }
  visit(document['paths'] ?? null, '/paths')
  return found
}

function ofSample(
  document: JsonObject,
  sample: JsonObject,
  pointer: string,
): readonly UnplacedProblem[] {
  const { value } = sample
  const several = Object.keys(object(document['x-sources'])).length > 1
  if (value === undefined) {
    if (typeof sample['$ref'] === 'string') return []
    const write = 'add "value" with the sample exactly as published'
    return [{ pointer, wrong: 'a sample without a value', write }]
  }
  const pointers = [
    ...strings(sample['x-placeholders']).map(
      (at, index) => [at, `/x-placeholders/${index}`] as const,
    ),
    ...list(sample['x-replace']).map(
      ({ at }, index) => [spell(at), `/x-replace/${index}`] as const,
    ),
  ]
  return [
    ...(several && sample['x-source'] === undefined
      ? [{ pointer, wrong: 'nothing says where this sample stands', write: 'add "x-source"' }]
      : []),
    ...pointers.flatMap(([at, below]) =>
      field(value, at) !== undefined && at.startsWith('/')
        ? []
        : [
            {
              pointer: pointer + below,
              wrong: `the sample has nothing at ${show(at)}`,
              write: 'a JSON pointer into its value, such as /tools/0',
            },
          ],
    ),
  ]
}

function lintSecurity(document: JsonObject): readonly UnplacedProblem[] {
  const schemes = object(object(document['components'])['securitySchemes'])
  const lists: [string, Json | undefined][] = [['/security', document['security']]]
  for (const [path, item] of Object.entries(object(document['paths']))) {
    for (const [method, operation] of Object.entries(object(item))) {
      if (!METHODS.includes(method)) continue
      lists.push([`/paths/${token(path)}/${method}/security`, object(operation)['security']])
    }
  }
  return lists.flatMap(([pointer, value]) =>
    list(value).flatMap((entry, index) =>
      Object.keys(entry)
        .filter((name) => !(name in schemes))
        .map((name) => ({
          pointer: `${pointer}/${index}/${token(name)}`,
          wrong: `there is no security scheme "${name}"`,
          write: `one of ${Object.keys(schemes).join(', ') || 'components.securitySchemes, which is empty'}`,
        })),
    ),
  )
}

function object(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {}
}

function list(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

function strings(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
}
