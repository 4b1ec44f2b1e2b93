// Which operations of a published document are those of the Responses API.

import { UsageError } from '../../base/errors.ts'
import { isObject } from '../../base/json.ts'
import type { Operation } from '../../types/index.ts'
import { METHODS } from '../find-operation-nodes.ts'
import type { Located, References } from './references.ts'

export interface FoundOperation {
  readonly operation: Operation
  readonly method: string
  /** As the document writes it. */
  readonly path: string
  /** Below the base URL, as we ask for it. */
  readonly asked: string
  readonly item: Located
  readonly node: Located
}

export interface FoundOperations {
  readonly all: readonly FoundOperation[]
  readonly create: FoundOperation
  /** What the create path has before `/responses`: it belongs to the base URL. */
  readonly prefix: string
  /** Create paths that were not taken. */
  readonly others: readonly string[]
}

/** Paths below `/responses`, after the create path. */
const BELOW: readonly (readonly [RegExp, string, Operation])[] = [
  [/^\/\{[^/]+\}$/, 'get', 'retrieve'],
  [/^\/\{[^/]+\}$/, 'delete', 'delete'],
  [/^\/\{[^/]+\}\/cancel$/, 'post', 'cancel'],
  [/^\/\{[^/]+\}\/input_items$/, 'get', 'input-items'],
  [/^\/input_tokens$/, 'post', 'input-tokens'],
  [/^\/compact$/, 'post', 'compact'],
]

/** Paths beside `/responses`, after what they have in common. */
const BESIDE: readonly (readonly [RegExp, string, Operation])[] = [
  [/^\/conversations$/, 'post', 'create-conversation'],
  [/^\/conversations\/\{[^/]+\}$/, 'get', 'retrieve-conversation'],
  [/^\/conversations\/\{[^/]+\}$/, 'post', 'update-conversation'],
  [/^\/conversations\/\{[^/]+\}$/, 'delete', 'delete-conversation'],
  [/^\/conversations\/\{[^/]+\}\/items$/, 'post', 'create-conversation-items'],
  [/^\/conversations\/\{[^/]+\}\/items$/, 'get', 'list-conversation-items'],
  [/^\/conversations\/\{[^/]+\}\/items\/\{[^/]+\}$/, 'get', 'retrieve-conversation-item'],
  [/^\/conversations\/\{[^/]+\}\/items\/\{[^/]+\}$/, 'delete', 'delete-conversation-item'],
  [/^\/models$/, 'get', 'list-models'],
  [/^\/files$/, 'post', 'upload-file'],
]

/** Undefined when the document creates no response anywhere. Throws where `chosen` is none of its paths. */
export function findOperations(
  references: References,
  root: Located,
  chosen: string | undefined,
): FoundOperations | undefined {
  const paths = references.child(root, 'paths')
  if (paths === undefined || !isObject(paths.value)) return undefined
  const names = Object.keys(paths.value)

  function operationAt(
    path: string,
    method: string,
  ): Omit<FoundOperation, 'operation' | 'asked'> | undefined {
    const entry = references.child(paths!, path)
    const item = entry && references.follow(entry)
    const found = item && references.child(item, method)
    const node = found && references.follow(found)
    return node !== undefined && isObject(node.value)
      ? { method, path, item: item!, node }
      : undefined
  }

  const candidates = names
    .filter((path) => /\/responses?$/i.test(bare(path)))
    .filter((path) => operationAt(path, 'post') !== undefined)
    .toSorted((one, other) => oddity(one) - oddity(other) || one.length - other.length)
  const path = chosen === undefined ? candidates[0] : named(chosen, names)
  const create = path === undefined ? undefined : operationAt(path, 'post')
  if (path === undefined || create === undefined) {
    if (chosen === undefined) return undefined
    throw new UsageError(
      `--path ${chosen}: the document has no POST there; it creates responses at ${candidates.join(', ') || 'no path'}`,
    )
  }
  if (!/\/responses?$/i.test(bare(path))) {
    throw new UsageError(
      `--path ${chosen}: a Responses API is asked at a path that ends in /responses; the document has ${candidates.join(', ') || 'none'}`,
    )
  }

  const base = bare(path)
  const prefix = base.slice(0, base.lastIndexOf('/'))
  const others = names.flatMap((name): FoundOperation[] =>
    METHODS.flatMap((method) => {
      const whole = bare(name)
      if (name !== whole || name === path) return []
      const [table, rest, asked] = whole.startsWith(`${base}/`)
        ? [BELOW, whole.slice(base.length), `/responses${whole.slice(base.length)}`]
        : [BESIDE, whole.slice(prefix.length), whole.slice(prefix.length)]
      if (!whole.startsWith(prefix)) return []
      const operation = table.find(([form, by]) => by === method && form.test(rest))?.[2]
      if (operation === undefined) return []
      const found = operationAt(name, method)
      return found === undefined ? [] : [{ ...found, operation, asked }]
    }),
  )
  const first: FoundOperation = { ...create, operation: 'create', asked: '/responses' }
  const all = [first, ...others]
  return {
    all: all.filter(
      ({ operation }, index) => all.findIndex((one) => one.operation === operation) === index,
    ),
    create: first,
    prefix,
    others: candidates.filter((name) => name !== path),
  }
}

/** A path without query, fragment and trailing slash. */
function bare(path: string): string {
  return path.replace(/[?#].*$/, '').replace(/(.)\/+$/, '$1')
}

/** Variants of an operation and paths with parameters are what few mean. */
function oddity(path: string): number {
  return (
    (path === bare(path) ? 0 : 4) +
    (/\{/.test(path) ? 2 : 0) +
    (/async|batch|beta/i.test(path) ? 1 : 0)
  )
}

function named(chosen: string, names: readonly string[]): string | undefined {
  return names.find((name) => name === chosen) ?? names.find((name) => bare(name) === bare(chosen))
}
