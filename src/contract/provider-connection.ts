// Reads how to call a provider from its contract: `x-provider`, `servers` and `security`.

import { isObject, spell } from '../base/json.ts'
import type { AuthScheme, Json, JsonObject, ProviderProfile } from '../types/index.ts'

const DEFAULT_LIMITS = { concurrency: 4, deadline: 120 }

export function providerProfileOf(document: JsonObject): ProviderProfile | undefined {
  const provider = document['x-provider']
  if (!isObject(provider)) return undefined
  const models = isObject(provider['models']) ? provider['models'] : {}
  const limits = isObject(provider['limits']) ? provider['limits'] : {}
  const baseUrl = serverOf(document)
  return {
    name: spell(provider['name'] ?? ''),
    ...(baseUrl === undefined ? {} : { baseUrl }),
    auth: authSchemesOf(document, document['security']),
    ...(typeof provider['key'] === 'string' ? { keyEnv: provider['key'] } : {}),
    ...(isObject(provider['query']) ? { query: textsOf(provider['query']) } : {}),
    models: {
      ...(typeof models['text'] === 'string' ? { text: models['text'] } : {}),
      ...(typeof models['vision'] === 'string' ? { vision: models['vision'] } : {}),
    },
    limits: {
      concurrency: number(limits['concurrency'], DEFAULT_LIMITS.concurrency),
      // A day: a clock that counts longer would be over at once.
      deadlineMs: Math.min(86_400, number(limits['deadline'], DEFAULT_LIMITS.deadline)) * 1000,
    },
  }
}

/** The first server, of the create operation if it has any; undefined where a variable has no default. */
function serverOf(document: JsonObject): string | undefined {
  const [first] = [...serversOfCreate(document), ...list(document['servers'])]
  const { url, variables } = first ?? {}
  if (typeof url !== 'string') return undefined
  const filled = url.replaceAll(/\{([^}]+)\}/g, (whole, name: string) => {
    const variable = isObject(variables) ? variables[name] : undefined
    const value = isObject(variable) ? variable['default'] : undefined
    return typeof value === 'string' ? value : whole
  })
  return URL.canParse(filled) && !filled.includes('{') ? filled.replace(/\/+$/, '') : undefined
}

/** With what their path has before `/responses`. */
function serversOfCreate(document: JsonObject): readonly JsonObject[] {
  const paths = isObject(document['paths']) ? document['paths'] : {}
  return Object.entries(paths).flatMap(([path, item]) => {
    const create = isObject(item) ? item['post'] : undefined
    if (!isObject(item) || !isObject(create) || create['operationId'] !== 'create') return []
    const own = [...list(create['servers']), ...list(item['servers'])]
    const prefix = path.replace(/\/responses$/, '')
    return own.map((one) => ({ ...one, url: spell(one['url']).replace(/\/+$/, '') + prefix }))
  })
}

function list(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

function textsOf(value: JsonObject): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, spell(one)]))
}

/** The schemes of a `security` list, in its order. */
export function authSchemesOf(
  document: JsonObject,
  security: Json | undefined,
): readonly AuthScheme[] {
  const components = isObject(document['components']) ? document['components'] : {}
  const schemes = isObject(components['securitySchemes']) ? components['securitySchemes'] : {}
  const names = Array.isArray(security)
    ? security.filter(isObject).flatMap((entry) => Object.keys(entry))
    : []
  const found = names.flatMap((name): readonly AuthScheme[] => {
    const scheme = schemes[name]
    return isObject(scheme) ? formsOf(scheme) : []
  })
  // Several schemes may be one way of sending a key.
  return [...new Map(found.map((one) => [JSON.stringify(one), one])).values()]
}

const BEARER: AuthScheme = { header: 'Authorization', prefix: 'Bearer ' }

function formsOf({ type, scheme, in: place, name }: JsonObject): readonly AuthScheme[] {
  if (type === 'http' && spell(scheme).toLowerCase() === 'basic') {
    return [{ header: 'Authorization', prefix: 'Basic ', form: 'basic' }]
  }
  // How a token is had is the user's matter; it is sent like any other.
  if (type === 'http' || type === 'oauth2' || type === 'openIdConnect') return [BEARER]
  if (type !== 'apiKey' || typeof name !== 'string') return []
  if (place === 'query') return [{ header: name, prefix: '', form: 'query' }]
  if (place === 'cookie') return [{ header: 'Cookie', prefix: `${name}=` }]
  return name.toLowerCase() === 'authorization' ? [BEARER] : [{ header: name, prefix: '' }]
}

function number(value: Json | undefined, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise
}
