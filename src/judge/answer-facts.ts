// What an answer was, as data: findings and doubts carry it, so that causes need no evidence.

import { mediaType, sent } from '../authoring/read.ts'
import { errorOf, readProviderWords } from '../authoring/judge-refusal.ts'
import { decodePart, field, isObject } from '../base/json.ts'
import type { AnswerFacts, Exchange } from '../types/index.ts'

const known = new WeakMap<Exchange, AnswerFacts>()

/** What an answer was; worked out once, as many findings speak of one exchange. */
export function answerFacts(exchange: Exchange): AnswerFacts {
  let facts = known.get(exchange)
  if (facts === undefined) known.set(exchange, (facts = readFacts(exchange)))
  return facts
}

function readFacts(exchange: Exchange): AnswerFacts {
  const { request, status, body } = exchange
  const isUsable = status < 400 && (body.kind === 'events' || bodyKindOf(exchange) === 'object')
  const message = isUsable ? undefined : normaliseMessage(readProviderWords(exchange))
  return {
    operation: request.operation,
    status,
    mediaType: mediaType(exchange),
    body: bodyKindOf(exchange),
    ...(message === undefined || message === '' ? {} : { message }),
    ...(status < 400 ? {} : { errorForm: errorFormOf(exchange) }),
    ...(status >= 400 && repeatsId(exchange) ? { repeatsId: true } : {}),
  }
}

/** What the body is. */
export function bodyKindOf({ body }: Exchange): AnswerFacts['body'] {
  if (body.kind !== 'json') return body.kind
  if (body.value === null) return 'null'
  if (Array.isArray(body.value)) return 'list'
  return isObject(body.value) ? 'object' : 'scalar'
}

function errorFormOf(exchange: Exchange): string {
  const { body } = exchange
  if (errorOf(exchange) !== undefined) return 'object'
  if (body.kind === 'empty') return 'nothing'
  if (body.kind !== 'json' || !isObject(body.value)) return 'text'
  const [key] = Object.keys(body.value)
  // An `error` that is no object is text, with a key before it.
  return key === undefined ? 'nothing' : key === 'error' ? 'text' : key.slice(0, MOST_OF_A_MESSAGE)
}

/** Whether the answer names an id from the request's path, or the response that it goes on from. */
function repeatsId(exchange: Exchange): boolean {
  const { path } = exchange.request
  const previous = field(sent(exchange), '/previous_response_id')
  const ids = [previous, ...path.split('/').map(decodePart)].filter((id) => typeof id === 'string')
  const text = readProviderWords(exchange).slice(0, MOST_OF_A_TEXT)
  return ids.some((id) => /\d/.test(id) && id.length > LEAST_OF_A_MESSAGE && text.includes(id))
}

/** A page for people may be long. */
const MOST_OF_A_TEXT = 2000
const MOST_OF_A_MESSAGE = 60
/** Shorter, the beginning of a message says nothing. */
const LEAST_OF_A_MESSAGE = 8

/** What holds for every request that is answered so: the beginning, without what differs. */
export function normaliseMessage(text: string): string {
  const steady = text
    .slice(0, MOST_OF_A_TEXT)
    .replaceAll(/\b[a-z]+[_-][\w=-]{6,}/gi, (id) => (/\d/.test(id) ? '…' : id))
    .replaceAll(/\bZX7-[\dA-F]{5,8}/gi, '…')
    .replaceAll(/\b\d{4}-\d\d-\d\d[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?/g, '…')
    .replaceAll(/\b(GET|POST|DELETE|PUT|PATCH) \/[^\s"'<]*/g, '$1 …')
    .replaceAll(/\s+/g, ' ')
    .trim()
  const beginning = steady.split(/["'`{(]/)[0]!.trim()
  return (beginning.length > LEAST_OF_A_MESSAGE ? beginning : steady).slice(0, MOST_OF_A_MESSAGE)
}
