// Where a published document says that its API is asked, and how a request carries the key.

import { isObject, token, spell } from '../../base/json.ts'
import type { Json, JsonObject } from '../../types/index.ts'
import type { FoundOperations } from './find-operations.ts'
import type { Located, References } from './references.ts'

interface Access {
  /** Absent where no server can be named from the document alone. */
  readonly baseUrl?: string
  /** A contract's `security` and `components.securitySchemes`. */
  readonly security: readonly JsonObject[]
  readonly schemes: JsonObject
  /** Required query parameters with the value that the document gives them. */
  readonly query: Readonly<Record<string, string>>
}

type Report = (pointer: string, because: string) => void

export function findAccess(
  references: References,
  root: Located,
  found: FoundOperations,
  report: Report,
): Access {
  const baseUrl = serverOf(root, found, report)
  return {
    ...(baseUrl === undefined ? {} : { baseUrl }),
    ...securityOf(references, root, found, report),
    query: queryOf(references, found, report),
  }
}

function serverOf(root: Located, found: FoundOperations, report: Report): string | undefined {
  const { create, prefix } = found
  const places: readonly Located[] = [create.node, create.item, root]
  const owner = places.find(({ value }) => list(object(value)['servers']).length > 0)
  if (owner === undefined) {
    report('/servers', 'the document names no server: give --base-url')
    return undefined
  }
  const pointer = `${owner.pointer.slice(1)}/servers`
  for (const [index, server] of list(object(owner.value)['servers']).entries()) {
    const { url, variables } = object(server)
    if (typeof url !== 'string') continue
    const filled = url.replaceAll(/\{([^}]+)\}/g, (whole, name: string) => {
      const value = object(object(variables)[name])['default']
      return value === undefined || value === '' || value === whole ? whole : spell(value)
    })
    const whole = filled.replace(/\/+$/, '') + prefix
    if (!/^https?:\/\//i.test(whole) || !URL.canParse(whole) || /[{}<>]/.test(whole)) {
      const said = 'is relative or has parts without a value: give --base-url'
      report(`${pointer}/${index}`, `the address ${JSON.stringify(whole).slice(0, 120)} ${said}`)
      continue
    }
    const { username, password } = new URL(whole)
    if (username === '' && password === '') return whole
    report(`${pointer}/${index}`, 'the address holds a user name: give --base-url')
  }
  return undefined
}

function securityOf(
  references: References,
  root: Located,
  { create }: FoundOperations,
  report: Report,
): Pick<Access, 'security' | 'schemes'> {
  const own = object(create.node.value)['security']
  const wanted = own ?? object(root.value)['security']
  const components = references.child(root, 'components')
  const declared = components && references.child(components, 'securitySchemes')
  const names = new Set(list(wanted).flatMap((entry) => Object.keys(object(entry))))
  // A document that does not say whether a key is needed does not say that none is.
  const known = wanted === undefined ? Object.keys(object(declared?.value)) : [...names]

  const schemes: Record<string, Json> =
    wanted === undefined && known.length === 0 ? { bearer: BEARER } : {}
  for (const name of known) {
    const place = `/components/securitySchemes/${token(name)}`
    const entry = declared && references.child(declared, name)
    const scheme = entry && references.follow(entry)
    if (scheme === undefined) {
      report(place, 'the scheme is not defined: its key is sent as a bearer token')
      schemes[name] = BEARER
      continue
    }
    const readable = schemeOf(object(scheme.value))
    if (readable === undefined) {
      report(place, `a scheme of type ${JSON.stringify(object(scheme.value)['type'])} is not known`)
    } else schemes[name] = readable
  }
  const [first, ...others] = Object.keys(schemes).toSorted(
    (one, other) => rank(schemes[one]!) - rank(schemes[other]!),
  )
  if (first === undefined) return { schemes: {}, security: [] }
  for (const name of others) {
    // Each takes a credential of its own, and a run has one.
    if (JSON.stringify(schemes[name]) === JSON.stringify(schemes[first])) continue
    report(`/components/securitySchemes/${token(name)}`, `the key is sent as ${first} says`)
  }
  const sent = schemes[first]!
  return {
    schemes: { [first]: object(sent)['type'] === 'token' ? BEARER : sent },
    security: [{ [first]: [] }],
  }
}

const BEARER: JsonObject = { type: 'http', scheme: 'bearer' }

/** One of the forms in which we can send a key; undefined for what takes more than a key. */
function schemeOf(scheme: JsonObject): JsonObject | undefined {
  const { type, in: place, name } = scheme
  const word = spell(scheme['scheme'] ?? '').toLowerCase()
  if (type === 'http') {
    return word === 'basic'
      ? { type: 'http', scheme: 'basic' }
      : word === 'digest'
        ? undefined
        : BEARER
  }
  if (type === 'oauth2' || type === 'openIdConnect') return { type: 'token' }
  if (type !== 'apiKey' || typeof name !== 'string' || name === '') return undefined
  // A key in this header is a bearer token, whatever the document calls it.
  if (place === 'header' && name.toLowerCase() === 'authorization') return BEARER
  if (place !== 'header' && place !== 'query' && place !== 'cookie') return undefined
  return { type: 'apiKey', in: place, name }
}

/** What most providers mean first; a token takes more than a key to be had. */
function rank(scheme: Json): number {
  const { type, scheme: word, in: place } = object(scheme)
  if (type === 'http') return word === 'bearer' ? 0 : 4
  if (type === 'token') return 2
  return place === 'header' ? 1 : place === 'query' ? 3 : 5
}

function queryOf(
  references: References,
  { create }: FoundOperations,
  report: Report,
): Readonly<Record<string, string>> {
  const query: Record<string, string> = {}
  for (const owner of [create.item, create.node]) {
    const parameters = references.child(owner, 'parameters')
    for (const index of list(parameters?.value).keys()) {
      const entry = {
        value: list(parameters!.value)[index]!,
        file: owner.file,
        pointer: `${parameters!.pointer}/${index}`,
      }
      const parameter = references.follow(entry)
      const {
        name,
        in: place,
        required,
        schema,
        example,
        default: stated,
      } = object(parameter?.value)
      if (typeof name !== 'string' || required !== true || place !== 'query') continue
      const child = parameter && references.child(parameter, 'schema')
      const words = object(child ? references.follow(child)?.value : schema)
      const [first] = [
        stated,
        words['default'],
        words['const'],
        list(words['enum'])[0],
        example,
        words['example'],
        list(words['examples'])[0],
      ].filter((value) => typeof value === 'string' || typeof value === 'number')
      if (first === undefined) {
        report(
          entry.pointer.slice(1),
          `the query parameter ${name} is required and has no value: give it with --base-url 'https://…?${name}=…'`,
        )
      } else query[name] = spell(first)
    }
  }
  return query
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : []
}

function object(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {}
}
