// Judges how a wrong request was refused: a 4xx status and an error object that names what is wrong.

import { holds, unsure, violated } from './define.ts'
import { response } from './read.ts'
import { field, isObject, show } from '../base/json.ts'
import type { Exchange, Json, JsonObject, Judgement, Scenario } from '../types/index.ts'

/**
 * Whether the request was refused; `because` completes "a 4xx status, because …". `about` is the field
 * with the mistake, where the step's `invalidAt` does not tell.
 */
export function judgeRefusal(
  step: string,
  exchange: Exchange,
  because: string,
  about?: string,
): Judgement {
  if (isNoRoute(exchange)) return doubtMissingRoute(exchange)
  // That a refusal comes as an event of a stream is the business of errors/streamed.
  const late = streamedRefusalOf(exchange)
  const isLate = late !== undefined && !isAccident(late)
  if ((exchange.status >= 400 && exchange.status < 500) || isLate) {
    return { kind: 'holds', by: 'refusal', step }
  }
  return violated({
    step,
    at: 'status',
    expected: `a 4xx status, because ${because}`,
    actual: quoteReply(exchange),
    by: 'refusal',
    ...(about === undefined ? {} : { about: [about] }),
  })
}

/** Whether the answer says that this does not exist: 404, in whatever words. */
export function judgeUnknown(step: string, exchange: Exchange, what: string): Judgement {
  if (exchange.status === 404) return holds
  if (isNoRoute(exchange)) return doubtMissingRoute(exchange)
  return violated({
    step,
    at: 'status',
    expected: `404, because ${what}`,
    actual: quoteReply(exchange),
  })
}

/**
 * The same where no other answer shows that there is such a route: a 404 that is not JSON is as
 * likely that of a web server that has none.
 */
export function judgeUnknownId(step: string, exchange: Exchange): Judgement {
  return exchange.status === 404 && exchange.body.kind !== 'json'
    ? doubtMissingRoute(exchange)
    : judgeUnknown(step, exchange, 'nobody has given out this id')
}

/**
 * Whether HTTP itself says that there is nothing of the kind here, whatever the body. Of responses
 * every provider has at least the one route that creates them.
 */
export function isNoRoute({ request, status }: Exchange): boolean {
  // Who does not speak WebSocket answers the upgrade as any other request.
  if (request.transport === 'websocket') return [404, 405, 426, 501].includes(status)
  return request.operation !== 'create' && [404, 405, 501].includes(status)
}

/**
 * Whether the refusal says by name that what the scenario is about is not offered: not a mistake but
 * an answer.
 */
export function isUnsupported(exchange: Exchange, { apiPaths }: Scenario): boolean {
  if (!isSaidUnsupported(exchange)) return false
  // Of another operation than the one that asks the model, nothing but itself can be meant.
  if (exchange.request.operation !== 'create') return true
  const { param, message } = refusalOf(exchange) ?? {}
  const [blamed] = typeof param === 'string' ? param.split(/[.[]/) : []
  return apiPaths.some((apiPath) => {
    const field = apiPath.split(/[ /=*]+/)[1] ?? ''
    if (blamed !== undefined) return blamed === field
    return typeof message === 'string' && isNamedIn(message, field)
  })
}

/** In words as well, because few servers have a code for it, and whatever the status is. */
export function isSaidUnsupported(exchange: Exchange): boolean {
  const { code, message } = refusalOf(exchange) ?? {}
  if (typeof code === 'string' && code.startsWith('unsupported_')) return true
  return typeof message === 'string' && NOT_SUPPORTED.test(message.slice(0, MOST_OF_A_MESSAGE))
}

const NOT_SUPPORTED =
  /\bnot (?:currently |yet )?support|n't (?:currently |yet )?support|\bunsupported\b|\bsupported values are\b|\b(?:unknown|unrecognized) (?:request )?(?:parameter|argument|field)\b/i

/** No maker of an error needs more to say what is not supported. */
const MOST_OF_A_MESSAGE = 2000

/** Quoted, or of a form that no other word of a sentence has. */
function isNamedIn(message: string, field: string): boolean {
  const words = message.slice(0, MOST_OF_A_MESSAGE).split(/[^\w"'`]+/)
  const isName = field.includes('_') || field === 'tools'
  return words.some(
    (word) => (isName ? word.replaceAll(/["'`]/g, '') : word.slice(1, -1)) === field,
  )
}

/** Who has no such route neither keeps its rules nor breaks them. */
export function doubtMissingRoute({ request, status }: Exchange): Judgement {
  return unsure(
    'prerequisite',
    `${request.operation} is answered ${status}: no such route, it seems`,
  )
}

/** The `error` object of a reply. */
export function errorOf(exchange: Exchange): JsonObject | undefined {
  const error = exchange.body.kind === 'json' ? field(exchange.body.value, '/error') : undefined
  return isObject(error) ? error : undefined
}

/** The error of a refusal: of a status of 400 and above, or all that a stream tells. */
function refusalOf(exchange: Exchange): JsonObject | undefined {
  return exchange.status < 400 ? streamedRefusalOf(exchange) : errorOf(exchange)
}

/** The error of a stream that has nothing else to tell, whatever its events call it: an error, or a response that failed before any output. */
export function streamedRefusalOf({ body }: Exchange): JsonObject | undefined {
  if (body.kind !== 'events' || body.events.length > MOST_EVENTS_OF_A_REFUSAL) return undefined
  let refusal: JsonObject | undefined
  for (const { data, name } of body.events) {
    const type = field(data, '/type') ?? name
    const inside = field(data, '/response/error') ?? field(data, '/error')
    const said = isObject(inside) ? inside : FAILURES.has(type) ? data : undefined
    if (isObject(said)) refusal ??= said
    else if (!OPENING.has(type)) return undefined
  }
  return refusal
}

/** Whether an error calls itself the server's, and no status of a refusal stands in its words. */
function isAccident({ type, code, message }: JsonObject): boolean {
  return /server|internal/i.test(`${show(type)} ${show(code)}`) && !/\b4\d\d\b/.test(show(message))
}

/** Created, queued, in progress, an error, a failed response, and what else stands between them. */
const MOST_EVENTS_OF_A_REFUSAL = 8

const FAILURES: ReadonlySet<Json | undefined> = new Set(['error', 'response.failed'])

const OPENING: ReadonlySet<Json | undefined> = new Set([
  'response.created',
  'response.queued',
  'response.in_progress',
])

/** The provider's own words, wherever error bodies carry them. */
export function readProviderWords({ body }: Exchange): string {
  if (body.kind === 'text') return body.text
  if (body.kind !== 'json') return ''
  const { value } = body
  const inside = [
    '/error/message',
    '/message',
    '/detail',
    '/detail/0/msg',
    '/error',
    '/error/detail',
  ]
  for (const pointer of inside) {
    const text = field(value, pointer)
    if (typeof text === 'string' && text !== '') return text
  }
  return show(value, MOST_OF_A_MESSAGE)
}

/** The status and what the reply says, for a finding; `limit` is its length in characters. */
export function quoteReply(exchange: Exchange, limit?: number): string {
  const { status, body } = exchange
  const answer = response(exchange)
  if (status < 400 && answer !== undefined && 'status' in answer) {
    return `${status}: a response with status ${show(answer['status'])}`
  }
  if (body.kind === 'json')
    return `${status}: ${show(field(body.value, '/error') ?? body.value, limit)}`
  if (body.kind === 'text') return `${status}: ${show(body.text, limit)}`
  return body.kind === 'events' ? `${status} with an event stream` : `${status} without a body`
}

/**
 * What a refusal blames, the likeliest first: `param`, then the names in its message. A word counts
 * only where it stands as a name: `include` is also a verb.
 */
export function listBlamed(exchange: Exchange): readonly string[] {
  const { param, message = readProviderWords(exchange) } = errorOf(exchange) ?? {}
  return [
    ...(typeof param === 'string' ? [param] : []),
    ...(typeof message === 'string' ? namesIn(message) : []),
  ]
}

/** Quoted, called a parameter, of a form that no word has, or what the sentence is about. */
const NAMES: readonly RegExp[] = [
  /[`'"]([\w.[\]]+)[`'"]/g,
  /\b(?:parameter|field|argument|property):? +([\w.[\]]+)/gi,
  /\b([a-z]+(?:_[a-z]+|[.[][\w.[\]]*\w)[\w.[\]]*)/g,
  /^([\w.[\]]+)(?=:| is | are | must | should | cannot )/g,
]

function namesIn(message: string): readonly string[] {
  return NAMES.flatMap((name) => [...message.matchAll(name)].map(([, found]) => found!))
}
