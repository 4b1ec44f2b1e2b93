// A published OpenAPI document as a contract: the Responses operations cut out, read for what the
// document means, and tried before anybody is judged by them. Pure: files are read by who calls.

import { isObject, token, spell } from '../../base/json.ts'
import type { Json, JsonObject } from '../../types/index.ts'
import { describeDocumentLimit, readDocumentLimits } from '../../schema/document-limits.ts'
import { findAccess } from './access.ts'
import { ERRORS, EVENTS, REPLIES, REQUESTS } from './canonical-exchanges.ts'
import { cutCircles } from './cut-circles.ts'
import { createConverter, type Direction, type SchemaConverter } from './convert-schemas.ts'
import { examplesOf } from './examples.ts'
import { findOperations, type FoundOperation } from './find-operations.ts'
import { createReferences, type Located, type OpenFile, type References } from './references.ts'
import { testContract, type Trial } from './try-and-repair-schemas.ts'
import { streamSchema } from './stream-schema.ts'
import { convertSwagger2 } from './swagger2.ts'

interface Published {
  readonly document: JsonObject
  /** Its file or address, for the reader. */
  readonly name: string
  readonly openFile: OpenFile
  /** The create path to take where the document has several. */
  readonly path?: string
  /** The day of reading, YYYY-MM-DD. */
  readonly today: string
}

export interface Imported {
  /** A contract that the linter accepts. */
  readonly contract: JsonObject
  readonly warnings: readonly Warning[]
}

/** One point about a document, told once. */
export interface Warning {
  /**
   * - `left-out`: not used
   * - `artefact`: a generator's pattern, read for what it means
   * - `contradiction`: the document against its own example; nothing is judged by it
   * - `difference`: differs from OpenAI's format and stands: it is judged by
   */
  readonly kind: 'left-out' | 'artefact' | 'contradiction' | 'difference'
  /** JSON pointer into the document. */
  readonly pointer: string
  readonly because: string
}

/** Undefined where the document creates no response anywhere. */
export function importDocument(published: Published): Imported | undefined {
  const warnings = new Map<string, Warning>()
  const note = (kind: Warning['kind']) => (pointer: string, because: string) => {
    const at = pointer.replace(/^#/, '')
    const key = `${kind} ${at} ${because}`
    if (!warnings.has(key)) warnings.set(key, { kind, pointer: at, because })
  }
  const leftOut = note('left-out')
  const root = { value: published.document as Json, file: '', pointer: '#' }
  const open = (document: JsonObject): References =>
    createReferences(document, published.openFile, (reference, from, because) =>
      leftOut(from === '' ? reference : `${from} ${reference}`, because),
    )
  let references = open(published.document)
  if ('swagger' in published.document) {
    const old = references
    root.value = convertSwagger2(published.document, (value) => {
      const meant = old.follow({ value, file: '', pointer: '#' })?.value
      return isObject(meant) ? meant : undefined
    })
    references = open(root.value as JsonObject)
  }

  const found = findOperations(references, root, published.path)
  if (found === undefined) return undefined
  if (found.others.length > 0) {
    const all = found.others.join(', ')
    leftOut(
      '/paths',
      `responses are created at ${found.create.path}, and also at ${all}: --path chooses`,
    )
  }
  const converter = createConverter(references, { leftOut, artefact: note('artefact') })
  const origins = new Map<string, string>()
  const paths: Record<string, Record<string, Json>> = {}
  const trials: Trial[] = []
  for (const each of found.all) {
    const at = `#/paths/${token(each.asked)}/${each.method}`
    origins.set(at, each.node.file + each.node.pointer)
    const made = operationOf(references, converter, each, leftOut)
    paths[each.asked] = {
      ...parametersOf(each.asked),
      ...paths[each.asked],
      [each.method]: made.operation,
    }
    trials.push(...made.trials.map((trial) => ({ ...trial, at: at + trial.at })))
  }
  for (const [name, origin] of converter.origins)
    origins.set(`#/components/schemas/${token(name)}`, origin)

  cutCircles(converter.schemas, readDocumentLimits()['schema-steps'], (name, why) =>
    leftOut(
      converter.origins.get(name) ?? name,
      why === 'circle' ? 'it contains itself without end' : describeDocumentLimit('schema-steps'),
    ),
  )
  const access = findAccess(references, root, found, leftOut)
  const contract = contractOf(published, root, access, paths, converter.schemas)
  const result = testContract(contract, trials)
  for (const [kind, list] of [
    ['artefact', result.artefacts],
    ['contradiction', result.contradictions],
    ['difference', result.differences],
  ] as const) {
    for (const { at, says } of list) note(kind)(originOf(origins, at), says)
  }
  return { contract, warnings: [...warnings.values()] }
}

/** What stands in a path for a value. */
function parametersOf(path: string): Record<string, Json> {
  const parameters = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => ({
    name: name!,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  return parameters.length === 0 ? {} : { parameters }
}

/** Where a place of the contract stands in the document. */
function originOf(origins: ReadonlyMap<string, string>, at: string): string {
  for (let end = at.length; end > 0; end = at.lastIndexOf('/', end - 1)) {
    const origin = origins.get(at.slice(0, end))
    if (origin !== undefined) return origin + at.slice(end)
  }
  return at
}

function contractOf(
  { name, today }: Published,
  root: Located,
  { baseUrl, security, schemes, query }: ReturnType<typeof findAccess>,
  paths: JsonObject,
  schemas: JsonObject,
): JsonObject {
  const info = object(object(root.value)['info'])
  const title = text(info['title']) ?? name
  return {
    openapi: '3.1.0',
    info: { title, version: text(info['version']) ?? 'no version' },
    ...(baseUrl === undefined ? {} : { servers: [{ url: baseUrl }] }),
    security,
    'x-kind': 'provider',
    'x-tried': true,
    'x-provider': {
      name: title,
      models: {},
      ...(Object.keys(query).length === 0 ? {} : { query }),
    },
    'x-sources': {
      document: {
        title: `${title}: OpenAPI document`,
        url: /^https?:/.test(name) ? name : `file:${encodeURI(name)}`,
        retrieved: today,
        kind: 'document',
      },
    },
    paths,
    components: { securitySchemes: schemes, schemas },
  }
}

type LeftOut = (pointer: string, because: string) => void

interface MadeOperation {
  readonly operation: JsonObject
  /** Their places begin below the operation. */
  readonly trials: readonly Trial[]
}

function operationOf(
  references: References,
  converter: SchemaConverter,
  { operation, node }: FoundOperation,
  leftOut: LeftOut,
): MadeOperation {
  const trials: Trial[] = []
  const isCreate = operation === 'create'

  function media(
    located: Located,
    direction: Direction,
    at: string,
    canonical: readonly Json[],
    by: Trial['by'] = direction,
  ): JsonObject {
    const schema = references.child(located, 'schema')
    const converted = schema && converter.convert(schema, direction)
    const examples = examplesOf(references, located, schema)
    if (converted !== undefined) {
      const own = Object.values(examples).map(
        (example) => (object(example) as { value: Json }).value,
      )
      if (own.length > 0) trials.push({ at: `${at}/schema`, values: own, by: 'example' })
      if (canonical.length > 0) trials.push({ at: `${at}/schema`, values: canonical, by })
    }
    return {
      ...(converted === undefined ? {} : { schema: converted }),
      ...(Object.keys(examples).length === 0 ? {} : { examples }),
    }
  }

  const body = references.child(node, 'requestBody')
  const request = jsonOf(references, body && references.follow(body))
  const responses: Record<string, Json> = {}
  const stated = references.child(node, 'responses')
  const statuses = Object.keys(object(stated?.value)).map(
    (name) => [name, name.toUpperCase()] as const,
  )
  // A document that tells one kind of answer apart tells of success first.
  const good =
    statuses.find(([, code]) => code === '200') ??
    statuses.find(([, code]) => code.startsWith('2')) ??
    statuses.find(([, code]) => code === 'DEFAULT')
  for (const [name, code] of statuses) {
    const entry = references.child(stated!, name)
    const response = entry && references.follow(entry)
    if (response === undefined || !/^([1-5](\d\d|XX)|DEFAULT)$/.test(code)) continue
    const isGood = good?.[0] === name
    const key = isGood
      ? code.startsWith('2')
        ? code
        : '2XX'
      : code === 'DEFAULT'
        ? 'default'
        : code
    const at = `/responses/${key}/content`
    const content: Record<string, Json> = {}
    const json = jsonOf(references, response)
    const failed = !isGood && !/^[123]/.test(code)
    if (json !== undefined) {
      const canonical = failed ? ERRORS : isGood ? (REPLIES[operation] ?? []) : []
      content['application/json'] = media(
        json,
        'reply',
        `${at}/application~1json`,
        canonical,
        failed ? 'error' : 'reply',
      )
    }
    const events = mediaOf(references, response, /^text\/event-stream\b/i)
    if (events !== undefined && isGood) {
      const place = `${at}/text~1event-stream`
      content['text/event-stream'] = isCreate ? stream(events, json, place) : {}
    }
    responses[key] = {
      description: text(object(response.value)['description']) ?? '',
      ...(Object.keys(content).length === 0 ? {} : { content }),
    }
    // Whatever number a success has, its answer is the one that is described.
    if (isGood && key !== '200' && key !== '2XX') responses['2XX'] = responses[key]!
  }

  function stream(events: Located, json: Located | undefined, place: string): JsonObject {
    const schema = json && references.child(json, 'schema')
    const { payload, because } = streamSchema(
      references,
      events,
      schema && references.follow(schema),
    )
    if (because !== undefined) leftOut(events.pointer, because)
    if (payload === undefined) return {}
    const converted = converter.convert(payload, 'reply')
    trials.push({ at: `${place}/schema`, values: EVENTS, by: 'reply' })
    return { schema: converted }
  }

  return {
    trials,
    operation: {
      operationId: operation,
      'x-source': 'document',
      ...(request === undefined
        ? {}
        : {
            requestBody: {
              content: {
                'application/json': media(
                  request,
                  'request',
                  '/requestBody/content/application~1json',
                  isCreate ? REQUESTS : [],
                ),
              },
            },
          }),
      responses,
    },
  }
}

/** The media type of JSON, or what stands in its place. */
function jsonOf(references: References, owner: Located | undefined): Located | undefined {
  return (
    mediaOf(references, owner, /^application\/json\b/i) ??
    mediaOf(references, owner, /[/+]json\b/i) ??
    mediaOf(references, owner, /^(\*\/\*|application\/\*)/)
  )
}

function mediaOf(
  references: References,
  owner: Located | undefined,
  form: RegExp,
): Located | undefined {
  const content = owner && references.child(owner, 'content')
  const name = Object.keys(object(content?.value)).find((one) => form.test(one))
  const media = content && name !== undefined ? references.child(content, name) : undefined
  return media && references.follow(media)
}

function object(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {}
}

function text(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value.trim() !== ''
    ? value
    : typeof value === 'number'
      ? spell(value)
      : undefined
}
