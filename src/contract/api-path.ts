// Parses and compares API paths: `<scope> <pointer or name>[ = <value>]`, see `ApiPath` in types/documented-claim.ts.

import { keyIn, parse } from '../base/json.ts'
import type { ApiPath, Contract, Json, JsonType } from '../types/index.ts'

const SCOPES = ['request', 'response', 'error', 'stream', 'auth', 'operation', 'promise'] as const
type Scope = (typeof SCOPES)[number]

const TYPES: readonly string[] = [
  'null',
  'boolean',
  'integer',
  'number',
  'string',
  'array',
  'object',
]

export interface ParsedApiPath {
  readonly scope: Scope
  /** A JSON pointer for `request`, `response` and `error`, a name otherwise. */
  readonly name: string
  /** `*` stands for any index or key. */
  readonly steps: readonly string[]
  readonly value?: Json
  /** `= <string>`: any value of this JSON type. */
  readonly type?: JsonType
}

/** The parts of an API path; undefined when it is not written like one. */
export function parseApiPath(apiPath: ApiPath): ParsedApiPath | undefined {
  const match = /^(\S+) (\S+)(?: = (.+))?$/s.exec(apiPath.trim())
  if (match === null) return undefined
  const [, scope, name, value] = match
  if (!SCOPES.includes(scope as Scope)) return undefined
  const pointer = name!.startsWith('/')
  if (pointer !== ['request', 'response', 'error'].includes(scope!)) return undefined
  const steps = pointer ? name!.slice(1).split('/').map(keyIn) : [name!]
  const type = value === undefined ? undefined : /^<(\w+)>$/.exec(value)?.[1]
  return {
    scope: scope as Scope,
    name: name!,
    steps,
    ...(type !== undefined && TYPES.includes(type)
      ? { type: type as JsonType }
      : value === undefined
        ? {}
        : // A value is written bare; `1`, `true` and `null` are JSON.
          { value: parse(value) ?? (value === 'null' ? null : value) }),
  }
}

/**
 * How exactly a claim covers an API path or what contains it; undefined when it does not. A
 * claim without a value covers every value.
 */
export function coverageOf(claim: ParsedApiPath, apiPath: ParsedApiPath): number | undefined {
  if (claim.scope !== apiPath.scope || claim.steps.length > apiPath.steps.length) return undefined
  const valued = claim.value !== undefined || claim.type !== undefined
  if (valued && (claim.value !== apiPath.value || claim.type !== apiPath.type)) return undefined
  if (valued && claim.steps.length !== apiPath.steps.length) return undefined
  let score = valued ? 1 : 0
  for (const [index, step] of claim.steps.entries()) {
    const other = apiPath.steps[index]!
    const same =
      claim.scope === 'auth' ? step.toLowerCase() === other.toLowerCase() : step === other
    if (!same && step !== '*') return undefined
    score += same ? 4 : 2
  }
  return score
}

/** `request /*`: what the documents say about everything that they do not name. */
export function isCatchAll(claim: ParsedApiPath): boolean {
  return claim.steps.every((step) => step === '*')
}

/** What the documents say against themselves about this API path or what contains it, where it matters. */
export function findContradictionAt(
  { contradictions }: Pick<Contract, 'contradictions'>,
  apiPath: ApiPath,
): string | undefined {
  const wanted = parseApiPath(apiPath)
  if (wanted === undefined) return undefined
  return contradictions.find(({ at, weight }) => {
    const parsed = parseApiPath(at)
    return (
      weight === 'material' &&
      parsed !== undefined &&
      !isCatchAll(parsed) &&
      coverageOf(parsed, wanted) !== undefined
    )
  })?.says
}
