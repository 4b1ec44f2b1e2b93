// Changes to requests and replies that mutants are made of.

import { mapBody, mapObjects, mapResponse, without } from '../../src/authoring/define.ts'
import { isObject } from '../../src/authoring/read.ts'
import type { Json, JsonObject, ReferenceRequest, Reply } from '../../src/types/index.ts'

type Change = (value: JsonObject) => Json
/** Undefined drops it from its list. */
type ChangeOrDrop = (value: JsonObject) => Json | undefined

/** Changes or drops the items of `output`, of one type if given. */
export function mapItems(reply: Reply, type: string | undefined, change: ChangeOrDrop): Reply {
  return mapResponse(reply, (response) =>
    response['output'] === undefined
      ? response
      : {
          ...response,
          output: each(response['output'], (item) =>
            type === undefined || item['type'] === type ? change(item) : item,
          ),
        },
  )
}

/** Changes the content parts of every message. */
export function mapParts(reply: Reply, change: Change): Reply {
  return mapItems(reply, 'message', (item) => ({ ...item, content: each(item['content'], change) }))
}

/** Replaces the text of every message. */
export function replaceText(reply: Reply, text: (was: string) => string): Reply {
  return mapParts(reply, (part) =>
    typeof part['text'] === 'string' ? { ...part, text: text(part['text']) } : part,
  )
}

/** Calls every answer completed, however it ended. */
export function markCompleted(reply: Reply): Reply {
  return mapResponse(reply, (response) => ({
    ...response,
    status: 'completed',
    incomplete_details: null,
  }))
}

/** Changes `usage`. */
export function mapUsage(reply: Reply, change: Change): Reply {
  return mapResponse(reply, (response) =>
    isObject(response['usage']) ? { ...response, usage: change(response['usage']) } : response,
  )
}

/** Counts nothing, and says so in numbers. */
export function countNothing(reply: Reply): Reply {
  return mapUsage(reply, (usage) => ({
    ...usage,
    input_tokens: 0,
    output_tokens: 0,
    total_tokens: 0,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens_details: { reasoning_tokens: 0 },
  }))
}

function each(list: Json | undefined, change: ChangeOrDrop): Json {
  if (!Array.isArray(list)) return list ?? null
  return (list as readonly Json[])
    .map((value) => (isObject(value) ? change(value) : value))
    .filter((value) => value !== undefined)
}

/** Changes the items of `input` that the provider hears. */
export function changeInput(
  request: ReferenceRequest,
  change: (items: readonly JsonObject[]) => readonly Json[],
): ReferenceRequest {
  return mapBody(request, (body) =>
    Array.isArray(body['input'])
      ? { ...body, input: change((body['input'] as readonly Json[]).filter(isObject)) }
      : body,
  )
}

/** The request as a provider hears it that drops these parts of the input. */
export function dropInputParts(
  request: ReferenceRequest,
  type: string,
  which: (part: JsonObject) => boolean,
): ReferenceRequest {
  return mapBody(request, (body) =>
    mapObjects(body, (object) => (object['type'] === type && which(object) ? undefined : object)),
  )
}

/** The request as a provider hears it that does not know this parameter. */
export function dropParameter(
  request: ReferenceRequest,
  key: string,
  when: (body: JsonObject) => boolean = () => true,
): ReferenceRequest {
  return mapBody(request, (body) => (when(body) ? without(body, key) : body))
}

/** The request as a provider hears it that does not know this parameter of a query. */
export function ignoreQuery(request: ReferenceRequest, name: string): ReferenceRequest {
  const query = new URLSearchParams(request.query)
  query.delete(name)
  return { ...request, query }
}

/** A copy with another value at a JSON pointer without list indexes; without its last key for undefined. */
export function replaceAt(object: JsonObject, at: string, value: Json | undefined): JsonObject {
  const [key = '', ...rest] = at.slice(1).split('/')
  const inner = object[key]
  const next =
    rest.length === 0 ? value : replaceAt(isObject(inner) ? inner : {}, `/${rest.join('/')}`, value)
  return Object.fromEntries(
    [...Object.entries(object).filter(([name]) => name !== key), [key, next] as const].filter(
      (entry): entry is [string, Json] => entry[1] !== undefined,
    ),
  )
}
