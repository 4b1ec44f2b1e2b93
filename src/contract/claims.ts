// What the documents say about a hinge: declared with a quote, named by a schema, or shown by a sample.

import { isObject, show } from '../base/json.ts'
import type {
  AuthScheme,
  Claim,
  ClaimStatus,
  Hinge,
  Json,
  Sample,
  StreamEventShape,
} from '../types/index.ts'
import { coverage, isCatchAll, parseHinge, type ParsedHinge } from './api-path.ts'
import type { Node, Shapes } from '../schema/resolved-schema.ts'
import { admits, typeOf } from '../schema/resolved-schema.ts'

const STRENGTH: readonly ClaimStatus[] = ['denied', 'silent', 'conditional', 'documented']

/** By which a document says whose format it follows. */
const FORMATS: readonly string[] = ['promise openai-format', 'promise open-responses-format']

/** What claims are derived from. */
export interface Grounds {
  readonly shapes: Shapes
  readonly roots: Readonly<Record<'request' | 'response' | 'error', readonly Node[]>>
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

export function claimsOf(grounds: Grounds): (hinges: readonly Hinge[]) => Claim {
  const declared = grounds.declared.flatMap((claim) => {
    const parsed = claim.hinge === undefined ? undefined : parseHinge(claim.hinge)
    return parsed === undefined ? [] : [{ claim, parsed }]
  })
  const known = new Map<Hinge, Claim>()

  function lookUp(hinge: ParsedHinge, catchAll: boolean): Claim | undefined {
    return declared
      .filter(({ parsed }) => isCatchAll(parsed) === catchAll)
      .map(({ claim, parsed }) => ({ claim, score: coverage(parsed, hinge) ?? -1 }))
      .filter(({ score }) => score >= 0)
      .toSorted((one, other) => other.score - one.score)[0]?.claim
  }

  function one(hinge: Hinge): Claim {
    const parsed = parseHinge(hinge)
    if (parsed === undefined) return { status: 'silent', hinge }
    const said = lookUp(parsed, false)
    const found =
      said !== undefined && speaksOf(said, parsed) ? said : (derive(parsed) ?? lookUp(parsed, true))
    return { ...(found ?? { status: 'silent' }), hinge }
  }

  /** That something is offered says nothing about what is inside it; a condition or a denial does. */
  function speaksOf(claim: Claim, hinge: ParsedHinge): boolean {
    if (claim.status !== 'documented') return true
    return parseHinge(claim.hinge ?? '')?.steps.length === hinge.steps.length
  }

  function derive(hinge: ParsedHinge): Claim | undefined {
    const found = fromSchema(grounds, hinge)
    if (found !== undefined && grounds.states(found)) return { status: 'documented', source: found }
    const shown = fromSample(grounds, hinge)
    if (shown !== undefined) return shown
    if (found === undefined) return undefined
    const promise = declared.find(({ claim }) => FORMATS.includes(claim.hinge ?? ''))?.claim
    return {
      status: 'conditional',
      says: 'Taken over with the format that the documents say they follow; not named by themselves.',
      ...(promise?.words === undefined ? {} : { words: promise.words }),
      source: promise?.source ?? '#/x-follows',
    }
  }

  return (hinges) => {
    const claims = hinges.map((hinge) => {
      const claim = known.get(hinge) ?? one(hinge)
      known.set(hinge, claim)
      return claim
    })
    return claims.reduce<Claim>(
      (weakest, claim) =>
        STRENGTH.indexOf(claim.status) < STRENGTH.indexOf(weakest.status) ? claim : weakest,
      claims[0] ?? { status: 'documented' },
    )
  }
}

/** The pointer of the schema that names the hinge. */
function fromSchema(grounds: Grounds, hinge: ParsedHinge): string | undefined {
  switch (hinge.scope) {
    case 'request':
    case 'response':
    case 'error':
      return grounds.roots[hinge.scope]
        .flatMap((root) => nodesAt(grounds.shapes, root, hinge.steps))
        .find((node) => allows(grounds.shapes, node, hinge))?.at
    case 'auth':
      return grounds.auth.some(({ header }) => header.toLowerCase() === hinge.name.toLowerCase())
        ? '#/components/securitySchemes'
        : undefined
    case 'operation':
      return grounds.operations.get(hinge.name)
    case 'stream':
      return hinge.name === 'sse' || grounds.events.some(({ type }) => type === hinge.name)
        ? grounds.stream
        : undefined
    case 'promise':
      return undefined
  }
}

/** The schemas at a pointer, through references and all variants of a union. */
function nodesAt(shapes: Shapes, root: Node, steps: readonly string[]): readonly Node[] {
  const [step, ...rest] = steps
  if (step === undefined) return [root]
  const open = new Set<Node['schema']>()
  function children(node: Node): readonly Node[] {
    if (open.has(node.schema)) return []
    open.add(node.schema)
    const shape = shapes.of(node)
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
  return children(root).flatMap((child) => nodesAt(shapes, child, rest))
}

/** Does the schema name the hinge's value? Strings have to be listed; booleans, null and numbers in range need not. */
function allows(
  shapes: Shapes,
  node: Node,
  hinge: ParsedHinge,
  seen: Set<Node['schema']> = new Set(),
): boolean {
  // Unions of unions lead to the same schema again and again.
  if (seen.has(node.schema)) return false
  seen.add(node.schema)
  const shape = shapes.of(node)
  if (hinge.type !== undefined) return shape.types?.has(hinge.type) ?? false
  if (hinge.value === undefined) return true
  const value = hinge.value
  if (shape.branches.some((branch) => allows(shapes, branch, hinge, seen))) return true
  if (shape.values !== undefined) return shape.values.includes(value)
  if (typeOf(value) === 'string' || shape.types === undefined || !admits(shape.types, value)) {
    return shape.parts.some(({ schema }) => {
      const shown = schema['examples']
      return schema['default'] === value || (Array.isArray(shown) && shown.includes(value))
    })
  }
  return shape.parts.every(({ schema }) => inRange(schema, value))
}

function inRange(schema: Node['schema'], value: Json): boolean {
  const { minimum, maximum } = schema
  return (
    typeof value !== 'number' ||
    ((typeof minimum !== 'number' || value >= minimum) &&
      (typeof maximum !== 'number' || value <= maximum))
  )
}

function fromSample(grounds: Grounds, hinge: ParsedHinge): Claim | undefined {
  if (hinge.scope !== 'request' && hinge.scope !== 'response' && hinge.scope !== 'error') return
  for (const sample of grounds.samples) {
    if (sample.operation !== 'create') continue
    const failed = (sample.status ?? 200) >= 400
    const body = hinge.scope === 'request' ? sample.request : sample.response
    if (body === undefined || (hinge.scope !== 'request' && failed !== (hinge.scope === 'error')))
      continue
    const placeholders = hinge.scope === 'request' ? sample.placeholders : []
    const shown = valuesAt(body, hinge.steps, '')
      .filter(({ at }) => !placeholders.some((one) => `${at}/`.startsWith(`${one}/`)))
      .find(
        ({ value }) =>
          (hinge.value === undefined || value === hinge.value) &&
          (hinge.type === undefined || admits(new Set([hinge.type]), value)),
      )
    if (shown !== undefined) {
      const words = `"${hinge.steps.at(-1)}": ${show(shown.value)}`
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
