// Readers of a reply that never throw, whatever came.

import type { Exchange, Json, JsonObject, StreamEvent } from '../types/index.ts'

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value at a JSON pointer, or undefined. Own properties only: `__proto__` reads nothing. */
export function field(value: Json | undefined, pointer: string): Json | undefined {
  let current: Json | undefined = value
  if (pointer === '') return current
  for (const token of pointer.slice(1).split('/')) {
    const key = keyIn(token)
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, key))
      return undefined
    current = (current as JsonObject)[key]
  }
  return current
}

/** A JSON pointer's token. */
export function token(key: string | number): string {
  return String(key).replaceAll('~', '~0').replaceAll('/', '~1')
}

/** The key that a JSON pointer's token stands for. */
export function keyIn(token: string): string {
  return token.includes('~') ? token.replaceAll('~1', '/').replaceAll('~0', '~') : token
}

/** The first header of this name, whatever its case. */
export function header(exchange: Exchange, name: string): string | undefined {
  const wanted = name.toLowerCase()
  return exchange.headers.find(([key]) => key.toLowerCase() === wanted)?.[1]
}

/** The media type without parameters, in lower case; empty when there is none. */
export function mediaType(exchange: Exchange): string {
  return (header(exchange, 'content-type') ?? '').split(';')[0]!.trim().toLowerCase()
}

export function isStream(exchange: Exchange): boolean {
  return exchange.body.kind === 'events'
}

/** The JSON events in order, without a closing `[DONE]`. */
export function events(exchange: Exchange): readonly StreamEvent[] {
  return exchange.body.kind === 'events'
    ? exchange.body.events.filter((event) => isObject(event.data))
    : []
}

/** The `type` of an event's payload, or the `event:` line when the payload has none. */
export function eventType(event: StreamEvent): string | undefined {
  const type = isObject(event.data) ? event.data['type'] : undefined
  return typeof type === 'string' ? type : event.name
}

export const TERMINAL_EVENTS: readonly string[] = [
  'response.completed',
  'response.incomplete',
  'response.failed',
]

/** The response object: the JSON body, or the one inside the last terminal event of a stream. */
export function response(exchange: Exchange): JsonObject | undefined {
  if (exchange.body.kind === 'json') {
    return isObject(exchange.body.value) ? exchange.body.value : undefined
  }
  const terminal = events(exchange).findLast((event) =>
    TERMINAL_EVENTS.includes(eventType(event) ?? ''),
  )
  const inside = field(terminal?.data, '/response')
  return isObject(inside) ? inside : undefined
}

/** JSON pointer of `response(exchange)` inside the body. */
export function responseAt(exchange: Exchange): string {
  if (exchange.body.kind !== 'events') return ''
  const terminal = events(exchange).findLast((event) =>
    TERMINAL_EVENTS.includes(eventType(event) ?? ''),
  )
  return terminal === undefined ? '/events' : `/events/${terminal.index}/response`
}

/** The response's id, read from the first event where a stream broke off; something unknown when there is none. */
export function responseId(exchange: Exchange): string | undefined {
  const opening = field(events(exchange)[0]?.data, '/response/id')
  const id = field(response(exchange), '/id') ?? opening
  return typeof id === 'string' && id !== '' ? id : undefined
}

/** The objects of `output`, of one type if given. */
export function items(exchange: Exchange, type?: string): readonly JsonObject[] {
  const output = field(response(exchange), '/output')
  if (!Array.isArray(output)) return []
  return output.filter(isObject).filter((item) => type === undefined || item['type'] === type)
}

/** The content parts of all output messages, of one type if given. */
export function parts(exchange: Exchange, type?: string): readonly JsonObject[] {
  return items(exchange, 'message')
    .flatMap((item) => (Array.isArray(item['content']) ? (item['content'] as Json[]) : []))
    .filter(isObject)
    .filter((part) => type === undefined || part['type'] === type)
}

/** All `output_text` of all messages, joined. */
export function text(exchange: Exchange): string {
  return parts(exchange, 'output_text')
    .map((part) => part['text'])
    .filter((value) => typeof value === 'string')
    .join('')
}

/** The body that was sent, if it was JSON. */
export function sent(exchange: Exchange): JsonObject | undefined {
  const body = exchange.request.body
  return body !== undefined && 'json' in body ? body.json : undefined
}

/** Deeper nesting than any API needs would overflow the stack of whoever walks it. */
const DEEPEST = 256

/** More values than any API needs would fill the memory of whoever keeps them. */
const MOST_VALUES = 100_000

/** The parsed value; undefined when it is not JSON, nested deeper than 256 levels, or made of more than 100,000 values. */
export function parse(source: unknown): Json | undefined {
  if (typeof source !== 'string' || isTooMuch(source)) return undefined
  try {
    return JSON.parse(source) as Json
  } catch {
    return undefined
  }
}

function isTooMuch(source: string): boolean {
  if (source.length < 2 * DEEPEST) return false
  let depth = 0
  let values = 0
  let inString = false
  for (let at = 0; at < source.length; at++) {
    const code = source.charCodeAt(at)
    if (inString) {
      if (code === 0x5c) at++
      else if (code === 0x22) inString = false
    } else if (code === 0x22) inString = true
    else if (code === 0x7b || code === 0x5b) {
      if (++depth > DEEPEST || ++values > MOST_VALUES) return true
    } else if (code === 0x2c) {
      if (++values > MOST_VALUES) return true
    } else if (code === 0x7d || code === 0x5d) depth--
  }
  return false
}

/** A value for a person: JSON, at most `limit` characters. */
export function show(value: Json | undefined, limit = 120): string {
  if (value === undefined) return 'absent'
  const text = stringify(value)
  return text.length <= limit ? text : `${text.slice(0, limit)}… (${text.length} characters)`
}

/** Nested more deeply than the stack allows, a value cannot be written as JSON. */
function stringify(value: Json): string {
  try {
    return JSON.stringify(value)
  } catch {
    return Array.isArray(value) ? '[… too deep to show]' : '{… too deep to show}'
  }
}

export function isError(exchange: Exchange): boolean {
  return exchange.status >= 400
}
