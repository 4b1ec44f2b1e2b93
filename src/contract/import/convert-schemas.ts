// Schemas of a published document in the form of a contract: only what an operation reaches, every
// dialect of OpenAPI in the words of JSON Schema 2020-12, references into the contract itself.

import { ContractError } from '../../base/errors.ts'
import { decodePart, isObject, token, spell } from '../../base/json.ts'
import { describeDocumentLimit, readDocumentLimits } from '../../schema/document-limits.ts'
import { compilePattern } from '../../schema/pattern.ts'
import type { Json, JsonObject } from '../../types/index.ts'
import type { Located, References } from './references.ts'

/** Whether a schema says what may be sent, or what comes back. */
export type Direction = 'request' | 'reply'

export interface SchemaConverter {
  /** The schema for a contract; its references lead to `schemas`. */
  convert(located: Located, direction: Direction): JsonObject
  /** `components.schemas` of the contract. */
  readonly schemas: JsonObject
  /** Where each of them stands in the document. */
  readonly origins: ReadonlyMap<string, string>
}

interface Reports {
  /** What is not used, and why. */
  leftOut(pointer: string, because: string): void
  /** A known pattern of a generator that is read for what it means. */
  artefact(pointer: string, pattern: string): void
}

const SCHEMAS = new Set(
  'items additionalProperties contains propertyNames not if then else unevaluatedProperties unevaluatedItems'.split(
    ' ',
  ),
)
const CONDITION = new Set(['if', 'then', 'else'])
const LISTS = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems'])
const MAPS = new Set(['properties', 'patternProperties', 'dependentSchemas'])
const VALUES = new Set(
  (
    'type const enum default minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength ' +
    'maxLength pattern minItems maxItems uniqueItems minProperties maxProperties required ' +
    'dependentRequired minContains maxContains title description examples'
  ).split(' '),
)
const TYPES = new Set(['null', 'boolean', 'integer', 'number', 'string', 'array', 'object'])
const NUMBERS = /^(min|max|exclusiveM|multipleOf)/

export function createConverter(references: References, reports: Reports): SchemaConverter {
  const schemas: Record<string, Json> = {}
  const names = new Map<string, string>()
  const origins = new Map<string, string>()
  const pending: (() => void)[] = []
  const patterns = new Set<string>()
  const limits = readDocumentLimits()
  let nodes = 0

  /** The component for what a reference leads to; `isBase` where a subtype names its supertype. */
  function component(target: Located, direction: Direction, isBase: boolean): string {
    const key = `${direction} ${isBase} ${target.file}${target.pointer}`
    const known = names.get(key)
    if (known !== undefined) return known
    const last = decodePart(/[^/#]*$/.exec(target.pointer)![0] || target.file)
    const plain = last.replaceAll(/[^\w.-]+/g, '_').replace(/\.(ya?ml|json)$/, '')
    // A name of every object's own, such as `__proto__`, is no name of a component.
    const sound = plain === '' || plain in {} ? `Schema${plain}` : plain
    const wanted = sound + (isBase ? '.base' : '') + (direction === 'request' ? '.request' : '')
    let name = wanted
    for (let count = 2; Object.hasOwn(schemas, name); count++) name = `${wanted}.${count}`
    names.set(key, name)
    origins.set(name, target.file + target.pointer)
    schemas[name] = {}
    // By a list and not by recursion: a chain of references may be long.
    pending.push(() => (schemas[name] = schema(target, direction, isBase, 0)))
    return name
  }

  function reference(target: Located, direction: Direction, isBase: boolean): JsonObject {
    return { $ref: `#/components/schemas/${component(target, direction, isBase)}` }
  }

  function schema(located: Located, direction: Direction, isBase: boolean, depth: number): Json {
    const { value, file, pointer } = located
    if (typeof value === 'boolean') return value
    if (!isObject(value)) return {}
    nodes += 1 + Object.keys(value).length
    if (nodes > limits['schema-values']) throw createTooManyError(pointer)
    if (depth > limits['document-levels']) {
      reports.leftOut(pointer, describeDocumentLimit('document-levels'))
      return {}
    }
    const found: Record<string, Json> = {}
    const inner = (child: Json, key: string, asBase = false): Json =>
      schema({ value: child, file, pointer: `${pointer}/${key}` }, direction, asBase, depth + 1)

    for (const [word, said] of Object.entries(value)) {
      if (word === '$ref' && typeof said === 'string') {
        // Followed to its end first: what only leads back to itself is nothing.
        const isMeant = references.follow({ value: { $ref: said }, file, pointer }) !== undefined
        const target = isMeant ? references.find(said, file) : undefined
        if (target !== undefined) Object.assign(found, reference(target, direction, isBase))
      } else if (SCHEMAS.has(word)) {
        // A list of `items` is the older form of `prefixItems`.
        if (Array.isArray(said))
          found['prefixItems'] = said.map((one, index) => inner(one, `${word}/${index}`))
        else if (isObject(said) || typeof said === 'boolean') found[word] = inner(said, word)
      } else if (LISTS.has(word) && Array.isArray(said)) {
        found[word] = distinct(
          said.map((one, index) => inner(one, `${word}/${index}`, word === 'allOf')),
        )
      } else if (MAPS.has(word) && isObject(said)) {
        const fields = Object.keys(said).length
        if (nodes + fields > limits['schema-values']) throw createTooManyError(pointer)
        if (fields > limits['schema-fields']) {
          reports.leftOut(`${pointer}/${word}`, describeDocumentLimit('schema-fields'))
          continue
        }
        const required = word === 'properties' ? list(value['required']) : undefined
        const used = Object.entries(said).filter(
          ([key]) =>
            word !== 'patternProperties' || isUsed(key, `${pointer}/${word}/${token(key)}`),
        )
        const map = used.map(([key, one]): [string, Json] => {
          const converted = inner(one, `${word}/${token(key)}`)
          if (required === undefined) return [key, converted]
          return [
            key,
            property(
              converted,
              direction,
              required.includes(key),
              `${pointer}/${word}/${token(key)}`,
            ),
          ]
        })
        found[word] = Object.fromEntries(map)
      } else if (VALUES.has(word)) {
        const kept = plain(word, said, value, pointer)
        if (kept !== undefined) found[word] = kept
      } else if (word === 'example' && value['examples'] === undefined) found['examples'] = [said]
    }
    // Alternatives that overlap are read as what they list, not as what excludes each other.
    if (Array.isArray(found['oneOf'])) {
      const { oneOf, ...rest } = found
      return finish(
        'anyOf' in rest
          ? { ...rest, allOf: [...list(rest['allOf']), { anyOf: oneOf }] }
          : { ...rest, anyOf: oneOf! },
        located,
        direction,
        isBase,
      )
    }
    // Beside patterns of names, ajv loses count of what a condition has evaluated.
    if (found['if'] !== undefined && found['patternProperties'] !== undefined) {
      const words = Object.entries(found)
      const rest = Object.fromEntries(words.filter(([word]) => !CONDITION.has(word)))
      const apart = Object.fromEntries(words.filter(([word]) => CONDITION.has(word)))
      const allOf = [...list(rest['allOf']), apart]
      return finish({ ...rest, allOf }, located, direction, isBase)
    }
    return finish(found, located, direction, isBase)
  }

  function finish(
    found: JsonObject,
    located: Located,
    direction: Direction,
    isBase: boolean,
  ): JsonObject {
    return mayBeNull(withMapping(found, located, direction, isBase), located.value as JsonObject)
  }

  /** What may be left out of an answer may be null in it, and nothing is always null. */
  function property(
    converted: Json,
    direction: Direction,
    isRequired: boolean,
    pointer: string,
  ): Json {
    if (!isObject(converted)) return converted
    if (isOnlyNull(converted)) {
      reports.artefact(pointer, 'only null is allowed')
      const { type: _, const: __, enum: ___, anyOf: ____, ...rest } = converted
      return rest
    }
    return direction === 'reply' && !isRequired ? orNull(converted) : converted
  }

  /** A value of the schema's own words; undefined where it means nothing. */
  function plain(
    word: string,
    said: Json,
    { minimum, maximum }: JsonObject,
    pointer: string,
  ): Json | undefined {
    if (NUMBERS.test(word)) {
      // Once the bounds themselves were exclusive or not.
      const bound = word === 'exclusiveMinimum' ? minimum : maximum
      const number = said === true && word.startsWith('exclusive') ? bound : said
      return isMeaningful(word, number) ? number : undefined
    }
    if (word === 'required')
      return Array.isArray(said) ? [...new Set(said)].filter(isText) : undefined
    if (word === 'enum') return Array.isArray(said) && said.length > 0 ? distinct(said) : undefined
    if (word === 'examples') return Array.isArray(said) ? said : undefined
    if (word === 'title' || word === 'description') return isText(said) ? said : undefined
    if (word === 'uniqueItems') return typeof said === 'boolean' ? said : undefined
    if (word === 'dependentRequired') {
      if (!isObject(said)) return undefined
      const lists = Object.entries(said).filter(([, names]) => Array.isArray(names))
      return Object.fromEntries(lists.map(([key, names]) => [key, list(names).filter(isText)]))
    }
    if (word === 'type') {
      // YAML's own `null` means the type of this name.
      const types = [...new Set([said].flat().map(spell))].filter((one) => TYPES.has(one))
      if (types.length === 0)
        reports.leftOut(`${pointer}/type`, `${JSON.stringify(said)} is no type of JSON`)
      return types.length === 0 ? undefined : types.length === 1 ? types[0] : types
    }
    if (word === 'pattern') {
      return isText(said) && isUsed(said, `${pointer}/pattern`) ? said : undefined
    }
    return said
  }

  /** Whether texts can be judged by a pattern; says why they cannot. */
  function isUsed(pattern: string, pointer: string): boolean {
    const isBeyond = patterns.size >= limits.patterns && !patterns.has(pattern)
    const because = isBeyond ? describeDocumentLimit('patterns') : compilePattern(pattern).unjudged
    if (because === undefined) patterns.add(pattern)
    else reports.leftOut(pointer, because)
    return because === undefined
  }

  /** `discriminator.mapping` leads to subtypes that no `oneOf` names, and tells the tag of those that one does. */
  function withMapping(
    found: JsonObject,
    located: Located,
    direction: Direction,
    isBase: boolean,
  ): JsonObject {
    const { value, file } = located
    const discriminator = (value as JsonObject)['discriminator']
    if (!isObject(discriminator) || typeof discriminator['propertyName'] !== 'string') return found
    const tag = discriminator['propertyName']
    const mapping = isObject(discriminator['mapping']) ? discriminator['mapping'] : {}
    const tags = new Map<string, { target: Located; values: string[] }>()
    for (const [key, to] of Object.entries(mapping)) {
      if (!isText(to)) continue
      const target = references.find(
        /[#/]|\.(ya?ml|json)$/.test(to) ? to : `#/components/schemas/${to}`,
        file,
      )
      if (target === undefined) continue
      const at = `${target.file}${target.pointer}`
      const known = tags.get(at)
      if (known === undefined) tags.set(at, { target, values: [key] })
      else known.values.push(key)
    }
    if (tags.size === 0) return found
    const branches = list(found['anyOf'])
    if (branches.length === 0 && isBase) return found
    const tagged = [...tags.values()].map(({ target, values }): JsonObject => ({
      ...reference(target, direction, false),
      ...(namesTag(target, tag) ? {} : { properties: { [tag]: { enum: values } } }),
    }))
    if (branches.length === 0) return { ...found, anyOf: tagged }
    const byReference = new Map(tagged.map((one) => [one['$ref'], one]))
    return {
      ...found,
      anyOf: branches.map(
        (branch) => (isObject(branch) && byReference.get(branch['$ref'])) || branch,
      ),
    }
  }

  /** Whether a subtype restricts its tag itself. */
  function namesTag(target: Located, tag: string, steps = 0): boolean {
    const meant = references.follow(target)
    const properties = meant && references.child(meant, 'properties')
    const named = properties && references.child(properties, tag)
    const property = named && references.follow(named)
    if (isObject(property?.value)) return 'enum' in property.value || 'const' in property.value
    const members = meant && references.child(meant, 'allOf')
    if (members === undefined || steps > 8) return false
    return list(members.value).some((_, index) => {
      const member = references.child(members, String(index))
      return member !== undefined && namesTag(member, tag, steps + 1)
    })
  }

  return {
    schemas,
    origins,
    convert(located, direction) {
      const converted = schema(located, direction, false, 0)
      for (let next = pending.pop(); next !== undefined; next = pending.pop()) next()
      return isObject(converted) ? converted : {}
    },
  }
}

/** `nullable`, which every version of OpenAPI is written with: beside a type, an enum, a reference or a union. */
function mayBeNull(found: JsonObject, source: JsonObject): JsonObject {
  return source['nullable'] === true || source['x-nullable'] === true ? orNull(found) : found
}

/** The schema, or null. */
function orNull(schema: JsonObject): JsonObject {
  // Variants of a union are told apart by the values that they list.
  const { const: only, ...listed } = schema
  if (only !== undefined && listed['enum'] === undefined) return orNull({ ...listed, enum: [only] })
  const { type, enum: values, ...rest } = schema
  const isPlain = !['$ref', 'allOf', 'anyOf', 'const', 'not'].some((word) => word in rest)
  if (isPlain && type !== undefined) {
    return {
      ...rest,
      type: [...new Set([type, 'null'].flat())],
      ...(Array.isArray(values) ? { enum: [...new Set([...values, null])] } : {}),
    }
  }
  if (isPlain) {
    return Array.isArray(values) ? { ...rest, enum: [...new Set([...values, null])] } : schema
  }
  const { title, description, default: stated, ...words } = schema
  const branches = list(words['anyOf'])
  const isUnion = branches.length > 0 && Object.keys(words).length === 1
  if (branches.some((one) => isObject(one) && one['type'] === 'null')) return schema
  return {
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
    ...(stated === undefined ? {} : { default: stated }),
    anyOf: isUnion ? [...branches, { type: 'null' }] : [words, { type: 'null' }],
  }
}

function isOnlyNull({ type, const: only, enum: values, anyOf }: JsonObject): boolean {
  if (type === 'null' || only === null) return true
  if (Array.isArray(values)) return values.length > 0 && values.every((value) => value === null)
  return list(anyOf).length > 0 && list(anyOf).every((one) => isObject(one) && isOnlyNull(one))
}

function createTooManyError(pointer: string): ContractError {
  const wrong = `${describeDocumentLimit('schema-values')}: they are reached from here`
  const write = 'a document of the Responses paths alone'
  return new ContractError([{ file: '', pointer: pointer.slice(1), wrong, write }])
}

function distinct(values: readonly Json[]): Json[] {
  return values.length > 1000
    ? [...values]
    : [...new Map(values.map((value) => [JSON.stringify(value), value])).values()]
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : []
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function isMeaningful(word: string, said: Json | undefined): boolean {
  if (typeof said !== 'number' || !Number.isFinite(said)) return false
  if (word === 'multipleOf') return said > 0
  return /^(min|max)[A-Z]/.test(word) ? Number.isInteger(said) && said >= 0 : true
}
