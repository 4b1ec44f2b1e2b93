// What a published document says about the events of a stream. There are six ways of writing it; the
// result is always the schema of one payload, the JSON after `data:`.

import { isObject } from '../../base/json.ts'
import type { Json, JsonObject } from '../../types/index.ts'
import type { Located, References } from './references.ts'

interface StreamSchema {
  readonly payload?: Located
  /** Why nothing is judged by what stands there. */
  readonly because?: string
}

/**
 * - `itemSchema` of OpenAPI 3.2, of the frame or of the payload
 * - a union or an object of payloads
 * - the frame `{ event, data }`
 * - a list of any of these
 * - text, or nothing: only that it streams
 * - the schema of the JSON body once more
 */
export function streamSchema(
  references: References,
  media: Located,
  body: Located | undefined,
): StreamSchema {
  const stated = references.child(media, 'itemSchema') ?? references.child(media, 'schema')
  const meant = stated && references.follow(stated)
  if (stated === undefined || meant === undefined) return {}
  const words = object(meant.value)
  if (isText(words)) return { because: 'a stream described as text says nothing about its events' }
  if (Object.keys(words).every((key) => key === 'title' || key === 'description')) return {}
  if (body !== undefined && meant.file === body.file && meant.pointer === body.pointer) {
    return { because: 'the stream is described as the JSON body, which no event is' }
  }
  const items = words['type'] === 'array' ? references.child(meant, 'items') : undefined
  const one = items ?? stated
  const frame = references.follow(one)
  const properties = frame && references.child(frame, 'properties')
  const data = properties && references.child(properties, 'data')
  if (properties === undefined || 'type' in object(properties.value)) return { payload: one }
  if (data === undefined) {
    const isWhole = !['allOf', 'anyOf', 'oneOf', 'discriminator'].some(
      (key) => key in object(frame?.value),
    )
    return isWhole
      ? { because: 'it describes events without a type, which no event of a response is' }
      : { payload: one }
  }
  const inner = references.follow(data)
  const content = inner && references.child(inner, 'contentSchema')
  if (content !== undefined) return { payload: content }
  return inner === undefined || isText(object(inner.value))
    ? { because: 'the frame of a stream is described, and its data as text' }
    : { payload: data }
}

function isText({ type }: JsonObject): boolean {
  return type === 'string'
}

function object(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {}
}
