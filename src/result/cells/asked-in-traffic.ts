// Which capabilities recorded requests ask for, and how often they were answered.

import { parseApiPath } from '../../contract/api-path.ts'
import { isObject } from '../../base/json.ts'
import { loadCapabilities } from '../../plan/requirements/capabilities.ts'
import type { AskedCounts, Exchange, Json, JsonObject } from '../../types/index.ts'

/** What no API path of the request tells apart. */
const BY_BODY: Readonly<Record<string, (body: JsonObject) => boolean>> = {
  'plain-answer': (body) => body['stream'] !== true,
  'stream-ends': (body) => body['stream'] === true,
  'schema-streamed': (body) => body['stream'] === true && hasSchema(body),
  'schema-with-tools': (body) => hasSchema(body) && listAt(body, ['tools', '*']).length > 0,
  'image-data': (body) => imagesOf(body).some((url) => url.startsWith('data:')),
  'image-url': (body) => imagesOf(body).some((url) => /^https?:/.test(url)),
  'file-data': (body) => listAt(body, ['input', '*', 'content', '*', 'file_data']).length > 0,
  'file-url': (body) => listAt(body, ['input', '*', 'content', '*', 'file_url']).length > 0,
  history: (body) => listAt(body, ['input', '*', 'role']).includes('assistant'),
}

/** Operations that are a capability of their own. */
const BY_OPERATION: Readonly<Record<string, string>> = {
  retrieve: 'retrieve',
  delete: 'delete',
  cancel: 'background-cancel',
  'input-items': 'input-items',
  'input-tokens': 'token-count',
  compact: 'compaction',
}

/** By capability id; capabilities that nobody asked for are left out. */
export function countAsked(
  exchanges: readonly Pick<Exchange, 'request' | 'status'>[],
): Readonly<Record<string, AskedCounts>> {
  const counts: Record<string, AskedCounts> = {}
  for (const { request, status } of exchanges) {
    const isAnswered = status >= 200 && status < 300
    for (const id of listAsked(request)) {
      const { answered, refused } = counts[id] ?? { answered: 0, refused: 0 }
      counts[id] = isAnswered
        ? { answered: answered + 1, refused }
        : { answered, refused: refused + 1 }
    }
  }
  return counts
}

function listAsked({ operation, body }: Exchange['request']): readonly string[] {
  const own = BY_OPERATION[operation]
  if (own !== undefined) return [own]
  if (operation !== 'create' || body === undefined || !('json' in body) || !isObject(body.json))
    return []
  const sent = body.json
  return loadCapabilities()
    .filter(({ id, at }) => BY_BODY[id]?.(sent) ?? at.some((path) => usesPath(sent, path)))
    .map(({ id }) => id)
}

function usesPath(body: JsonObject, path: string): boolean {
  const parsed = readPath(path)
  if (parsed?.scope !== 'request') return false
  return listAt(body, parsed.steps).some(
    (value) =>
      value !== null &&
      (parsed.value === undefined || value === parsed.value) &&
      (parsed.type === undefined ||
        (Array.isArray(value) ? 'array' : typeof value) === parsed.type),
  )
}

const paths = new Map<string, ReturnType<typeof parseApiPath>>()

/** The paths are those of the capabilities, a few hundred, and asked of every request. */
function readPath(path: string): ReturnType<typeof parseApiPath> {
  if (!paths.has(path)) paths.set(path, parseApiPath(path))
  return paths.get(path)
}

function hasSchema(body: JsonObject): boolean {
  return listAt(body, ['text', 'format', 'type']).includes('json_schema')
}

function imagesOf(body: JsonObject): readonly string[] {
  return listAt(body, ['input', '*', 'content', '*', 'image_url']).filter(
    (url) => typeof url === 'string',
  )
}

/** The values at a path; `*` is every entry of a list. */
function listAt(value: Json | undefined, steps: readonly string[]): readonly Json[] {
  const [step, ...rest] = steps
  if (step === undefined) return value === undefined ? [] : [value]
  if (Array.isArray(value))
    return step === '*' ? value.flatMap((entry: Json) => listAt(entry, rest)) : []
  return isObject(value) && Object.hasOwn(value, step) ? listAt(value[step], rest) : []
}
