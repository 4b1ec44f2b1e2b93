import { holds, unsure, violated } from '../../src/authoring/define.ts'
import { events, eventType, field, show } from '../../src/authoring/read.ts'
import type { Exchange, Json, Judgement } from '../../src/types/index.ts'

/** The error frame of a turn, if there is one. */
export function errorFrameOf(exchange: Exchange): Json | undefined {
  return errorEventOf(exchange)?.data
}

function errorEventOf(exchange: Exchange) {
  return events(exchange).find((event) => eventType(event) === 'error')
}

/** Whether the turn ended with an error frame; `because` completes "an error frame, because …". */
export function judgeFailedTurn(step: string, exchange: Exchange, because: string): Judgement {
  if (errorFrameOf(exchange) !== undefined) return holds
  if (exchange.status >= 400) {
    return unsure('prerequisite', `the connection was refused with ${exchange.status}`)
  }
  return violated({
    step,
    at: '/events',
    expected: `a frame with type error, because ${because}`,
    actual: frames(exchange),
    kind: 'taken',
  })
}

/** Whether the turn failed because the previous response is not known here. */
export function judgeForgotten(step: string, exchange: Exchange, because: string): Judgement {
  const event = errorEventOf(exchange)
  const frame = event?.data
  const isCode = field(frame, '/error/code') === 'previous_response_not_found'
  if (isCode && field(frame, '/status') === 400) return holds
  return violated({
    step,
    at:
      event === undefined
        ? '/events'
        : `/events/${event.index}/${isCode ? 'status' : 'error/code'}`,
    expected: `an error frame with status 400 and code previous_response_not_found, because ${because}`,
    actual: frame === undefined ? frames(exchange) : show(frame),
    ...(isRefusalFrame(frame) ? {} : { kind: 'taken' }),
  })
}

/** Whether a frame says that the turn was refused, in whatever form. */
export function isRefusalFrame(frame: Json | undefined): boolean {
  const status = field(frame, '/status')
  return field(frame, '/type') === 'error' && !(typeof status === 'number' && status < 400)
}

function frames(exchange: Exchange): string {
  const types = events(exchange).map((event) => eventType(event) ?? 'no type')
  return types.length === 0 ? `no frame (connection: ${exchange.ending})` : show(types.slice(-4))
}
