// Reads how to call a provider from its contract: `x-provider`, `servers` and `security`.

import { isObject } from '../base/json.ts'
import type { AuthScheme, Json, JsonObject, ProviderProfile } from '../types/index.ts'

const DEFAULT_LIMITS = { concurrency: 4, deadline: 120 }

export function providerProfileOf(document: JsonObject): ProviderProfile | undefined {
  const provider = document['x-provider']
  if (!isObject(provider)) return undefined
  const models = isObject(provider['models']) ? provider['models'] : {}
  const limits = isObject(provider['limits']) ? provider['limits'] : {}
  const baseUrl = serverOf(document)
  return {
    name: String(provider['name'] ?? ''),
    ...(baseUrl === undefined ? {} : { baseUrl }),
    auth: authSchemesOf(document, document['security']),
    keyEnv: String(provider['key'] ?? ''),
    models: {
      ...(typeof models['text'] === 'string' ? { text: models['text'] } : {}),
      ...(typeof models['vision'] === 'string' ? { vision: models['vision'] } : {}),
    },
    limits: {
      concurrency: number(limits['concurrency'], DEFAULT_LIMITS.concurrency),
      deadlineMs: number(limits['deadline'], DEFAULT_LIMITS.deadline) * 1000,
    },
  }
}

function serverOf(document: JsonObject): string | undefined {
  const servers = document['servers']
  const [first] = Array.isArray(servers) ? servers.filter(isObject) : []
  const url = first?.['url']
  return typeof url === 'string' ? url.replace(/\/+$/, '') : undefined
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
  return names.flatMap((name): readonly AuthScheme[] => {
    const scheme = schemes[name]
    if (!isObject(scheme)) return []
    if (scheme['type'] === 'http') return [{ header: 'Authorization', prefix: 'Bearer ' }]
    if (scheme['type'] === 'apiKey' && scheme['in'] === 'header') {
      return [{ header: String(scheme['name']), prefix: '' }]
    }
    return []
  })
}

function number(value: Json | undefined, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise
}
