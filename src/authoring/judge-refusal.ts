// Judges how a wrong request was refused: a 4xx status and an error object that names what is wrong.

import { holds, unsure, violated } from './define.ts'
import { response } from './read.ts'
import { field, isObject, show } from '../base/json.ts'
import type { Exchange, JsonObject, Judgement, Scenario } from '../types/index.ts'

/** Whether the request was refused; `because` completes "a 4xx status, because …". */
export function judgeRefusal(step: string, exchange: Exchange, because: string): Judgement {
  if (isNoRoute(exchange)) return doubtMissingRoute(exchange)
  if (exchange.status >= 400 && exchange.status < 500) {
    return { kind: 'holds', by: 'refusal', step }
  }
  return violated({
    step,
    at: 'status',
    expected: `a 4xx status, because ${because}`,
    actual: quoteReply(exchange),
    by: 'refusal',
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
  return request.operation !== 'create' && [404, 405, 501].includes(status)
}

/**
 * Whether the refusal says, by its code and by name, that what the scenario is about is not offered:
 * not a mistake but an answer.
 */
export function isUnsupported(exchange: Exchange, { apiPaths }: Scenario): boolean {
  const { code, param } = errorOf(exchange) ?? {}
  if (typeof code !== 'string' || typeof param !== 'string') return false
  if (exchange.status >= 500 || !code.startsWith('unsupported_')) return false
  const [field = ''] = param.split(/[.[]/)
  return apiPaths.some((apiPath) => apiPath.split(/[ /=*]+/)[1] === field)
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
