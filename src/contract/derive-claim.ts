// The claim of a contract about an API path: declared with a quote, named by a schema, or shown by a sample.

import { isObject, show } from '../base/json.ts'
import type {
  AuthScheme,
  Claim,
  ClaimStatus,
  ApiPath,
  Json,
  Sample,
  StreamEventShape,
} from '../types/index.ts'
import { coverageOf, isCatchAll, parseApiPath, type ParsedApiPath } from './api-path.ts'
import type { SchemaNode, SchemaResolver } from '../schema/resolved-schema.ts'
import { isAllowedType, jsonTypeOf } from '../schema/resolved-schema.ts'

const STRENGTH: readonly ClaimStatus[] = [
  'denied',
  'silent',
  'inherited',
  'conditional',
  'documented',
]

/** By which a document says whose format it follows. */
const FORMATS: readonly string[] = ['promise openai-format', 'promise open-responses-format']

/** What claims are derived from. */
interface Grounds {
  readonly shapes: SchemaResolver
  readonly roots: Readonly<Record<'request' | 'response' | 'error', readonly SchemaNode[]>>
  readonly declared: readonly Claim[]
  readonly samples: readonly Sample[]
  readonly events: readonly StreamEventShape[]
  readonly auth: readonly AuthScheme[]
  /** Where each operation is described. */
  readonly operations: ReadonlyMap<string, string>
  /** Where a stream of `create` is described, if it is. */
  readonly stream: string | undefined
  /** Whether the contract itself states what stands at a pointer; what it only takes over is conditional. */
  states(pointer: string): boolean
}

export function claimsOf(grounds: Grounds): (apiPaths: readonly ApiPath[]) => Claim {
  const declared = grounds.declared.flatMap((claim) => {
    const parsed = claim.hinge === undefined ? undefined : parseApiPath(claim.hinge)
    return parsed === undefined ? [] : [{ claim, parsed }]
  })
  const known = new Map<ApiPath, Claim>()

  function lookUp(apiPath: ParsedApiPath, catchAll: boolean): Claim | undefined {
    return declared
      .filter(({ parsed }) => isCatchAll(parsed) === catchAll)
      .map(({ claim, parsed }) => ({ claim, score: coverageOf(parsed, apiPath) ?? -1 }))
      .filter(({ score }) => score >= 0)
      .toSorted((one, other) => other.score - one.score)[0]?.claim
  }

  function one(apiPath: ApiPath): Claim {
    const parsed = parseApiPath(apiPath)
    if (parsed === undefined) return { status: 'silent', hinge: apiPath }
    const said = lookUp(parsed, false)
    const found =
      said !== undefined && speaksOf(said, parsed)
        ? said
        : (derive(parsed) ?? inGeneral(lookUp(parsed, true)))
    return { ...(found ?? { status: 'silent' }), hinge: apiPath }
  }

  /** What is said of everything that is not named is said of nothing in particular. */
  function inGeneral(claim: Claim | undefined): Claim | undefined {
    return claim === undefined || claim.status === 'denied'
      ? claim
      : { ...claim, status: 'inherited' }
  }

  /** That something is offered says nothing about what is inside it; a condition or a denial does. */
  function speaksOf(claim: Claim, apiPath: ParsedApiPath): boolean {
    if (claim.status !== 'documented') return true
    return parseApiPath(claim.hinge ?? '')?.steps.length === apiPath.steps.length
  }

  function derive(apiPath: ParsedApiPath): Claim | undefined {
    const found = fromSchema(grounds, apiPath)
    if (found !== undefined && grounds.states(found)) return { status: 'documented', source: found }
    const shown = fromSample(grounds, apiPath)
    if (shown !== undefined) return shown
    if (found === undefined) return undefined
    const promise = declared.find(({ claim }) => FORMATS.includes(claim.hinge ?? ''))?.claim
    return {
      status: 'inherited',
      says: 'Taken over with the format that the documents say they follow; not named by themselves.',
      ...(promise?.words === undefined ? {} : { words: promise.words }),
      source: promise?.source ?? '#/x-follows',
    }
  }

  return (apiPaths) => {
    const claims = apiPaths.map((apiPath) => {
      const claim = known.get(apiPath) ?? one(apiPath)
      known.set(apiPath, claim)
      return claim
    })
    return claims.reduce<Claim>(
      (weakest, claim) =>
        STRENGTH.indexOf(claim.status) < STRENGTH.indexOf(weakest.status) ? claim : weakest,
      claims[0] ?? { status: 'documented' },
    )
  }
}

/** The pointer of the schema that names the API path. */
function fromSchema(grounds: Grounds, apiPath: ParsedApiPath): string | undefined {
  switch (apiPath.scope) {
    case 'request':
    case 'response':
    case 'error':
      return grounds.roots[apiPath.scope]
        .flatMap((root) => nodesAt(grounds.shapes, root, apiPath.steps))
        .find((node) => allows(grounds.shapes, node, apiPath))?.at
    case 'auth':
      return grounds.auth.some(({ header }) => header.toLowerCase() === apiPath.name.toLowerCase())
        ? '#/components/securitySchemes'
        : undefined
    case 'operation':
      return grounds.operations.get(apiPath.name)
    case 'stream':
      return apiPath.name === 'sse' || grounds.events.some(({ type }) => type === apiPath.name)
        ? grounds.stream
        : undefined
    case 'promise':
      return undefined
  }
}

/** The schemas at a pointer, through references and all variants of a union. */
function nodesAt(
  resolver: SchemaResolver,
  root: SchemaNode,
  steps: readonly string[],
): readonly SchemaNode[] {
  const [step, ...rest] = steps
  if (step === undefined) return [root]
  const open = new Set<SchemaNode['schema']>()
  function children(node: SchemaNode): readonly SchemaNode[] {
    if (open.has(node.schema)) return []
    open.add(node.schema)
    const shape = resolver.of(node)
    const own =
      step === '*' && shape.items !== undefined
        ? shape.items
        : (shape.properties.get(step!) ??
          // A map with a schema of its own documents every key; `true` and silence document none.
          (typeof shape.rest === 'object' && Object.keys(shape.rest.schema).length > 0
            ? shape.rest
            : undefined))
    return [...(own === undefined ? [] : [own]), ...shape.branches.flatMap(children)]
  }
  return children(root).flatMap((child) => nodesAt(resolver, child, rest))
}

/** Whether the schema names the path's value. Strings have to be listed; booleans, null and numbers in range need not. */
function allows(
  resolver: SchemaResolver,
  node: SchemaNode,
  apiPath: ParsedApiPath,
  seen: Set<SchemaNode['schema']> = new Set(),
): boolean {
  // Unions of unions lead to the same schema again and again.
  if (seen.has(node.schema)) return false
  seen.add(node.schema)
  const shape = resolver.of(node)
  if (apiPath.type !== undefined) return shape.types?.has(apiPath.type) ?? false
  if (apiPath.value === undefined) return true
  const value = apiPath.value
  if (shape.branches.some((branch) => allows(resolver, branch, apiPath, seen))) return true
  if (shape.values !== undefined) return shape.values.includes(value)
  if (
    jsonTypeOf(value) === 'string' ||
    shape.types === undefined ||
    !isAllowedType(shape.types, value)
  ) {
    return shape.parts.some(({ schema }) => {
      const shown = schema['examples']
      return schema['default'] === value || (Array.isArray(shown) && shown.includes(value))
    })
  }
  return shape.parts.every(({ schema }) => inRange(schema, value))
}

function inRange(schema: SchemaNode['schema'], value: Json): boolean {
  const { minimum, maximum } = schema
  return (
    typeof value !== 'number' ||
    ((typeof minimum !== 'number' || value >= minimum) &&
      (typeof maximum !== 'number' || value <= maximum))
  )
}

function fromSample(grounds: Grounds, apiPath: ParsedApiPath): Claim | undefined {
  if (apiPath.scope !== 'request' && apiPath.scope !== 'response' && apiPath.scope !== 'error')
    return
  for (const sample of grounds.samples) {
    if (sample.operation !== 'create') continue
    const failed = (sample.status ?? 200) >= 400
    const body = apiPath.scope === 'request' ? sample.request : sample.response
    if (
      body === undefined ||
      (apiPath.scope !== 'request' && failed !== (apiPath.scope === 'error'))
    )
      continue
    const placeholders = apiPath.scope === 'request' ? sample.placeholders : []
    const shown = valuesAt(body, apiPath.steps, '')
      .filter(({ at }) => !placeholders.some((one) => `${at}/`.startsWith(`${one}/`)))
      .find(
        ({ value }) =>
          (apiPath.value === undefined || value === apiPath.value) &&
          (apiPath.type === undefined || isAllowedType(new Set([apiPath.type]), value)),
      )
    if (shown !== undefined) {
      const words = `"${apiPath.steps.at(-1)}": ${show(shown.value)}`
      return { status: 'documented', words, source: sample.source }
    }
  }
  return undefined
}

function valuesAt(
  value: Json,
  steps: readonly string[],
  at: string,
): readonly { readonly value: Json; readonly at: string }[] {
  const [step, ...rest] = steps
  if (step === undefined) return [{ value, at }]
  if (Array.isArray(value)) {
    return value.flatMap((entry: Json, index) =>
      step === '*' || step === String(index) ? valuesAt(entry, rest, `${at}/${index}`) : [],
    )
  }
  if (!isObject(value)) return []
  return Object.keys(value)
    .filter((key) => key === step || step === '*')
    .flatMap((key) => valuesAt(value[key]!, rest, `${at}/${key}`))
}
