// Readers of an exchange for checks. They never throw, whatever the provider sent.

import type { Exchange, Json, JsonObject, StreamEvent } from '../types/index.ts'
import { isObject, field } from '../base/json.ts'

export { isObject, field, token, keyIn, parse, show } from '../base/json.ts'

/** The first header of this name, whatever its case. */
export function header(exchange: Exchange, name: string): string | undefined {
  const wanted = name.toLowerCase()
  return exchange.headers.find(([key]) => key.toLowerCase() === wanted)?.[1]
}

/** Whether any header is known: some recorders keep the body alone. */
export function hasHeaders({ headers }: Exchange): boolean {
  return headers.length > 0
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

/** Whether a value can be taken for a response object at all: it has output, or says that it is one. */
export function isResponseObject(value: Json | undefined): value is JsonObject {
  return isObject(value) && ('output' in value || value['object'] === 'response')
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

export function isError(exchange: Exchange): boolean {
  return exchange.status >= 400
}
