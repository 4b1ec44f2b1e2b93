// What a story is, and the ways of being wrong that several stories share.

import { mapEvents, mapJson } from '../../../src/authoring/define.ts'
import { field, isObject } from '../../../src/base/json.ts'
import type {
  Dialect,
  Json,
  JsonObject,
  ReferenceRequest,
  Reply,
  Mutation,
} from '../../../src/types/index.ts'

/** A provider that is wrong in the way that somebody met in public. */
interface Story extends Mutation {
  /** What goes wrong, in our words. */
  readonly story: string
  /** Where it was reported: `owner/repository#number`. */
  readonly source: readonly string[]
  readonly dialect?: Dialect
}

/** Connections in frames of another kind are proven apart, and clients are asked about apart. */
export const LEFT_OUT: readonly string[] = ['clients', 'websocket']

export type Stories = Readonly<Record<string, Story>>

export function isStreamReply({ body }: ReferenceRequest): boolean {
  return isObject(body) && body['stream'] === true
}

export function isCreate({ method, path }: ReferenceRequest): boolean {
  return method === 'POST' && path === '/responses'
}

/** A stream that is told once: what is read again later has to agree with it. */
export function isTold({ body }: ReferenceRequest): boolean {
  return isObject(body) && body['stream'] === true && body['background'] !== true
}

/** An answer that declines in OpenAI's shape. */
export function declined(status: number, message: string, param: string | null = null): Reply {
  const error = { message, type: 'invalid_request_error', param, code: null }
  return { status, headers: {}, body: { json: { error } } }
}

/** The type of a stream event. */
export function typeOfEvent(event: JsonObject): string {
  return String(event['type'])
}

/** Ends a stream before the first event for which this is so. */
export function endingBefore(reply: Reply, isEnd: (event: JsonObject) => boolean): Reply {
  let isOver = false
  return mapEvents(reply, (event) => {
    isOver ||= isEnd(event)
    return isOver ? undefined : event
  })
}

/** The same replacement in the text of everything that is said. */
export function respelled(reply: Reply, from: RegExp, to: string): Reply {
  const change = (value: JsonObject): JsonObject =>
    JSON.parse(JSON.stringify(value).replaceAll(from, to)) as JsonObject
  return mapJson(mapEvents(reply, change), change)
}

/** The same replacement in the path and the body of what is heard. */
export function misheard(request: ReferenceRequest, from: RegExp, to: string): ReferenceRequest {
  const path = request.path.replaceAll(from, to)
  const query = new URLSearchParams(request.query.toString().replaceAll(from, to))
  if (request.body === undefined) return { ...request, path, query }
  const text = JSON.stringify(request.body).replaceAll(from, to)
  return { ...request, path, query, body: JSON.parse(text) as Json, text }
}

/** Whether an object of this type is anywhere in a value. */
export function mentions(
  value: Json | undefined,
  isMeant: (object: JsonObject) => boolean,
): boolean {
  if (Array.isArray(value)) return (value as readonly Json[]).some((one) => mentions(one, isMeant))
  if (!isObject(value)) return false
  return isMeant(value) || Object.values(value).some((one) => mentions(one, isMeant))
}

/** The list at a JSON pointer; empty where there is none. */
export function listIn(body: Json | undefined, at: string): readonly Json[] {
  const list = field(body, at)
  return Array.isArray(list) ? (list as readonly Json[]) : []
}

/** Refuses the requests of which this is so; leaves alone what is refused anyhow. */
export function refusing(
  isMeant: (body: Json | undefined, request: ReferenceRequest) => boolean,
  status: number,
  message: string,
  param: string | null = null,
): Pick<Stories[string], 'reply'> {
  return {
    reply: (reply, request) =>
      isCreate(request) && reply.status < 400 && isMeant(request.body, request)
        ? declined(status, message, param)
        : reply,
  }
}

/** Whether there is something at a JSON pointer of a body. */
export const has =
  (at: string) =>
  (body: Json | undefined): boolean =>
    field(body, at) !== undefined && field(body, at) !== null

/** Whether such an item is in the input. */
export const sendsItem =
  (isMeant: (item: JsonObject) => boolean) =>
  (body: Json | undefined): boolean =>
    listIn(body, '/input').some((item) => isObject(item) && isMeant(item))
