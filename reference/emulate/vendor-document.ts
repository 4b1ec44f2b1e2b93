// Reads a vendor's contract: its operations, schemas, samples and keys, as plain data.

import { isRecord } from '../json.ts'

export type Node = Readonly<Record<string, unknown>>

export interface VendorDocument {
  readonly root: Node
  /** The path of the base URL, `/v1` where the documents give none. */
  readonly basePath: string
  readonly models: readonly string[]
  operationOf(method: string, path: string): Node | undefined
  follow(schema: unknown): Node
  /** The branch of a union that means this value; the node itself where it is none. */
  branchOf(node: Node, value: unknown): Node
  /** What a status of an operation is documented with, by media type. */
  contentOf(operation: Node | undefined, status: number): Node
  /** Whether the documents claim this without a condition. */
  claims(apiPath: string): boolean
}

export function toNode(value: unknown): Node {
  return isRecord(value) ? value : {}
}

/** The values of the examples of one media type. */
export function listExamples(media: Node): readonly Node[] {
  return Object.values(toNode(media['examples']))
    .map((one) => toNode(one)['value'])
    .filter(isRecord)
}

export function readVendorDocument(root: Node): VendorDocument {
  const paths = Object.entries(toNode(root['paths']))

  function follow(schema: unknown): Node {
    let current = schema
    for (let hops = 0; hops < 10 && isRecord(current); hops += 1) {
      const reference = current['$ref']
      if (typeof reference !== 'string') return current
      current = reference
        .split('/')
        .slice(1)
        .reduce<unknown>((one, token) => toNode(one)[token], root)
    }
    return toNode(current)
  }

  function branchOf(node: Node, value: unknown): Node {
    const branches = node['oneOf'] ?? node['anyOf']
    if (!Array.isArray(branches)) return node
    const nodes = branches.map(follow)
    const type = isRecord(value) ? value['type'] : undefined
    return (
      nodes.find((one) => type !== undefined && names(toNode(one['properties'])['type'], type)) ??
      nodes.find((one) => isOfType(value, one['type']) && !isTagged(one, type)) ??
      {}
    )
  }

  return {
    root,
    basePath: basePathOf(root),
    models: modelsOf(root),
    operationOf(method, path) {
      const found = paths.find(([pattern]) => fits(pattern, path))
      const operation = toNode(found?.[1])[method.toLowerCase()]
      return isRecord(operation) ? operation : undefined
    },
    follow,
    branchOf,
    contentOf(operation, status) {
      const responses = toNode(operation?.['responses'])
      const found =
        responses[String(status)] ??
        responses[`${Math.floor(status / 100)}XX`] ??
        responses['default']
      // Errors are documented once, for one status or another.
      const other = status >= 400 ? Object.entries(responses).find(([key]) => key >= '4')?.[1] : {}
      return toNode(follow(found ?? other)['content'])
    },
    claims(apiPath) {
      const all = Array.isArray(root['x-claims']) ? root['x-claims'].map(toNode) : []
      return all.some((claim) => claim['at'] === apiPath && claim['status'] === 'documented')
    },
  }
}

/** Whether a branch is for objects of another type. */
function isTagged(node: Node, type: unknown): boolean {
  const required = node['required']
  return (
    isRecord(toNode(node['properties'])['type']) &&
    (type !== undefined || (Array.isArray(required) && required.includes('type')))
  )
}

function names(node: unknown, type: unknown): boolean {
  const { const: only, enum: values } = toNode(node)
  return only === type || (Array.isArray(values) && values.includes(type))
}

/** Whether a JSON value has this type, or one of these. */
export function isOfType(value: unknown, type: unknown): boolean {
  if (Array.isArray(type)) return type.some((one) => isOfType(value, one))
  if (type === undefined) return true
  if (type === 'integer') return Number.isInteger(value)
  const own = Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value
  return own === type
}

function fits(pattern: string, path: string): boolean {
  const wanted = pattern.split('/')
  const given = path.split('/')
  return (
    wanted.length === given.length &&
    wanted.every((part, index) => part.startsWith('{') || part === given[index])
  )
}

function basePathOf(root: Node): string {
  const [server] = Array.isArray(root['servers']) ? root['servers'].map(toNode) : []
  const url = server?.['url']
  if (typeof url !== 'string') return '/v1'
  // A template's places are no path of ours.
  const path = url.replace(/^[a-z]+:\/\/[^/]+/i, '').replace(/\/+$/, '')
  return path === '' || path.startsWith('/') ? path.replaceAll(/\{[^}]*\}/g, 'x') : '/v1'
}

function modelsOf(root: Node): readonly string[] {
  const { text, vision } = toNode(toNode(root['x-provider'])['models'])
  return [text, vision].filter((one) => typeof one === 'string')
}

/** The key, in whichever of the documented forms it came. */
export function readKey(root: Node, headers: Readonly<Record<string, string>>): string | undefined {
  const schemes = Object.values(toNode(toNode(root['components'])['securitySchemes']))
  for (const scheme of schemes.map(toNode)) {
    const isBearer = scheme['type'] === 'http'
    const given = headers[isBearer ? 'authorization' : String(scheme['name']).toLowerCase()]
    const key = isBearer ? /^Bearer +(\S+)$/i.exec(given ?? '')?.[1] : given?.trim()
    if (key !== undefined && key !== '') return key
  }
  return undefined
}
