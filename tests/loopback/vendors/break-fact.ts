// Breaks one documented fact in front of an emulated vendor. A break is one line:
//
//     refuse /temperature = 2       a request with this value is refused, and the field is blamed
//     refuse without /input         a request that leaves it out
//     ignore /tool_choice = "none"  the field is dropped before anybody reads it
//     send /store = false           the provider hears this value; `fill` only where none was sent
//     answer /created_at = "x"      a field of every response object; `omit` leaves it out
//     default /top_p = 0.3          what is reported where the request says nothing
//     error /error/code = "x"       a field of every error; `accept` answers where a field should be refused
//     route list-models             no such route
//     key authorization             the key is not taken from this header; `open` asks for none
//     stream as json, stream always, stream without names, stream without json, stream without end
//
// A condition is `= <json>`, `<type>` (string, array, object, null), `> n`, `< n`, `longer n`, or nothing.

import { field, isObject, parse } from '../../../src/base/json.ts'
import { mapBody, mapEvents, mapJson, mapResponse } from '../../../src/authoring/define.ts'
import { replaceAt } from '../../../suites/common/mutants.ts'
import { refuseParameter } from '../../../suites/common/refusals.ts'
import { changeFrames } from '../../../suites/streaming/mutants.ts'
import type {
  Json,
  JsonObject,
  Mutation,
  ReferenceRequest,
  Reply,
} from '../../../src/types/index.ts'

interface Place {
  readonly at: string
  readonly how: string
  readonly value: string
}

export function breakFact(line: string): Mutation {
  const [verb = '', ...rest] = line.split(' ')
  const words = rest.join(' ')
  switch (verb) {
    case 'refuse':
      return refusing(words)
    case 'ignore': {
      const place = placeOf(words)
      return {
        request: (request) =>
          holds(place, request.body)
            ? mapBody(request, (body) => put(body, place.at, undefined))
            : request,
      }
    }
    case 'send':
    case 'fill': {
      const { at, value } = placeOf(words)
      return {
        request: (request) =>
          isCreate(request)
            ? mapBody(request, (body) =>
                verb === 'fill' && field(body, at) !== undefined
                  ? body
                  : put(body, at, parse(value)),
              )
            : request,
      }
    }
    case 'default': {
      const { at, value } = placeOf(words)
      return {
        reply: (reply, { body }) =>
          field(body, at) === undefined
            ? mapResponse(reply, (response) => put(response, at, parse(value)))
            : reply,
      }
    }
    case 'answer': {
      const { at, value } = placeOf(words)
      return { reply: (reply) => mapResponse(reply, (response) => put(response, at, parse(value))) }
    }
    case 'omit':
      return { reply: (reply) => mapResponse(reply, (response) => put(response, words, undefined)) }
    case 'error': {
      const { at, value } = placeOf(words)
      return {
        reply: (reply) =>
          reply.status < 400 ? reply : mapJson(reply, (body) => put(body, at, parse(value))),
      }
    }
    case 'list': {
      const { at, value } = placeOf(words)
      return {
        reply: (reply, { path }) =>
          path === '/models' ? mapJson(reply, (body) => put(body, at, parse(value))) : reply,
      }
    }
    case 'route':
      return unrouted(words)
    case 'key':
      return withoutKey(words)
    case 'open':
      return {
        request: (request) => ({
          ...request,
          headers: {
            ...request.headers,
            authorization: 'Bearer reference-key-of-the-first-account',
          },
        }),
      }
    case 'stream':
      return streaming(words)
    default:
      throw new Error(`no way to break a fact by "${line}"`)
  }
}

function isCreate({ method, path }: ReferenceRequest): boolean {
  return method === 'POST' && path === '/responses'
}

function placeOf(words: string): Place {
  const [at = '', how = '', ...value] = words.split(' ')
  return { at, how, value: value.join(' ') }
}

/** Whether a request has what the break is about. */
function holds({ at, how, value }: Place, body: Json | undefined): boolean {
  const found = valuesAt(body, at)
  const is = (one: Json): boolean => {
    switch (how) {
      case '':
        return true
      case '=':
        return JSON.stringify(one) === JSON.stringify(parse(value))
      case '>':
        return typeof one === 'number' && one > Number(value)
      case '<':
        return typeof one === 'number' && one < Number(value)
      case 'longer':
        return typeof one === 'string'
          ? one.length > Number(value)
          : isObject(one) && Object.keys(one).length > Number(value)
      case 'starts':
        return typeof one === 'string' && one.startsWith(value)
      default:
        return (
          (Array.isArray(one) ? 'array' : one === null ? 'null' : typeof one) === how.slice(1, -1)
        )
    }
  }
  return found.some(is)
}

/** The values at a pointer; `*` is every entry and every key, `*~` every key itself. */
function valuesAt(value: Json | undefined, at: string): readonly Json[] {
  const [, head, rest] = /^\/([^/]*)(.*)$/s.exec(at) ?? []
  if (head === undefined) return value === undefined ? [] : [value]
  if (head === '*~') return isObject(value) ? Object.keys(value) : []
  if (head === '*') {
    const inner: readonly Json[] = Array.isArray(value)
      ? value
      : isObject(value)
        ? Object.values(value)
        : []
    return inner.flatMap((one) => valuesAt(one, rest!))
  }
  return isObject(value) && head in value ? valuesAt(value[head], rest!) : []
}

/** A copy with another value at a pointer, `*` for every entry. */
function put(value: JsonObject, at: string, next: Json | undefined): JsonObject {
  if (!at.includes('*')) return replaceAt(value, at, next)
  const [before, ...after] = at.split('/*')
  const list = field(value, before!)
  if (!Array.isArray(list)) return value
  const inside = (list as readonly Json[]).map((one) =>
    isObject(one) ? put(one, after.join('/*'), next) : one,
  )
  return replaceAt(value, before!, inside)
}

function refusing(words: string): Mutation {
  const isAbsence = words.startsWith('without ')
  const place = placeOf(isAbsence ? words.slice('without '.length) : words)
  const name = place.at
    .slice(1)
    .replaceAll(/\/\*~?/g, '')
    .replaceAll('/', '.')
  return {
    reply: (reply, request) =>
      isObject(request.body) &&
      request.path === '/responses' &&
      holds(place, request.body) !== isAbsence
        ? refuseParameter(reply, name)
        : reply,
  }
}

const METHODS: Readonly<Record<string, string>> = {
  create: 'POST /responses',
  'list-models': 'GET /models',
}

function unrouted(operation: string): Mutation {
  return {
    reply: (reply, { method, path }) =>
      `${method} ${path}` === METHODS[operation]
        ? {
            ...reply,
            status: 404,
            body: {
              json: {
                error: {
                  message: 'Not found.',
                  type: 'invalid_request_error',
                  param: null,
                  code: null,
                },
              },
            },
          }
        : reply,
  }
}

function withoutKey(header: string): Mutation {
  return {
    reply: (reply, { headers }) =>
      headers[header] === undefined
        ? reply
        : {
            ...reply,
            status: 401,
            body: {
              json: {
                error: {
                  message: 'No key.',
                  type: 'authentication_error',
                  param: null,
                  code: 'invalid_api_key',
                },
              },
            },
          },
  }
}

function streaming(way: string): Mutation {
  const isAsked = ({ body }: ReferenceRequest): boolean => isObject(body) && body['stream'] === true
  switch (way) {
    case 'as json':
      return {
        reply: (reply, request) => (isAsked(request) ? whole(reply) : reply),
      }
    case 'always':
      return {
        request: (request) =>
          request.path === '/responses' && request.method === 'POST'
            ? mapBody(request, (body) => ('stream' in body ? body : { ...body, stream: true }))
            : request,
      }
    case 'without names':
      return framing((frame) => frame.replace(/^event: .*\n/, ''))
    case 'without json':
      return framing((frame) => frame.replace(/^data: \{/m, 'data: <'))
    default:
      return {
        reply: (reply) =>
          mapEvents(reply, (event) =>
            /completed$|incomplete$/.test(String(event['type'])) ? undefined : event,
          ),
      }
  }
}

function framing(change: (frame: string) => string): Mutation {
  return {
    wire: (actions, reply) => ('events' in reply.body ? changeFrames(actions, change) : actions),
  }
}

/** The final response in place of the events that tell it. */
function whole(reply: Reply): Reply {
  if (!('events' in reply.body)) return reply
  const last = reply.body.events.findLast(
    (event) => typeof event !== 'string' && isObject(event['response']),
  )
  return typeof last === 'object' ? { ...reply, body: { json: last['response'] as Json } } : reply
}
