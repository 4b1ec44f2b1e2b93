// Messages: `POST /messages` and `POST /messages/count_tokens`.
// Sources: Claude API reference, "Errors" (shape, types by status) and "Versions" (the required header),
// https://docs.claude.com/en/api, as of the npm package @anthropic-ai/sdk 1.14.0, read 2026-11-30.

import type { JsonObject, Reply } from '../../src/types/index.ts'
import { ApiError, createBadRequest } from '../api-error.ts'
import type { OtherApi } from '../http/accounts-and-headers.ts'
import type { RouteAnswer, RouteCall } from '../http/router.ts'
import { createJsonAnswer } from '../http/router.ts'
import { newId } from '../ids.ts'
import type { Fields } from '../validate/rules.ts'
import type { ModelAnswer } from './ask-through-responses.ts'
import { askModel } from './ask-through-responses.ts'
import { writeMessage, writeMessageEvents } from './responses-to-messages.ts'
import { readMessagesRequest } from './messages-to-responses.ts'
import { countFields, messagesFields } from './messages-fields.ts'

export const messagesApi: OtherApi = {
  routes: [
    { method: 'POST', path: '/messages', handler: createMessage },
    { method: 'POST', path: '/messages/count_tokens', handler: countMessage },
  ],
  hears: ({ path }) => path === '/messages' || path === '/messages/count_tokens',
  keyOf: (headers) => headers['x-api-key']?.trim(),
  writeError,
}

async function createMessage(call: RouteCall): Promise<RouteAnswer> {
  const answer = await ask(call, messagesFields)
  const body = call.request.body as JsonObject
  const frame = { id: newId('msg'), model: String(body['model']) }
  const headers = { 'request-id': newId('req') }
  if (body['stream'] === true) {
    return { reply: { status: 200, headers, body: { events: writeMessageEvents(answer, frame) } } }
  }
  if (answer.ending === 'failed')
    throw new ApiError(500, 'The model failed while answering, as asked.')
  return { reply: { status: 200, headers, body: { json: writeMessage(answer, frame) } } }
}

async function countMessage(call: RouteCall): Promise<RouteAnswer> {
  const { usage } = await ask(call, countFields)
  return createJsonAnswer({ input_tokens: usage.input })
}

async function ask(call: RouteCall, fields: Fields): Promise<ModelAnswer> {
  const { headers, body } = call.request
  if (headers['anthropic-version'] === undefined) {
    throw createBadRequest(null, null, 'anthropic-version: header is required')
  }
  return askModel(readMessagesRequest(body, fields), call)
}

const TYPES: Readonly<Record<number, string>> = {
  401: 'authentication_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
}

function writeError(problem: ApiError): Reply {
  const { status } = problem
  const type = TYPES[status] ?? (status >= 500 ? 'api_error' : 'invalid_request_error')
  const request_id = newId('req')
  return {
    status,
    headers: { 'request-id': request_id, ...problem.headers },
    body: { json: { type: 'error', error: { type, message: messageOf(problem) }, request_id } },
  }
}

/** The place and what is wrong there, since the error has no field for the place: `messages.0.role: …`. */
function messageOf({ message, code, param }: ApiError): string {
  if (param === null) return message
  const place = param.replaceAll(/\[(\d+)\]/g, '.$1')
  if (code === 'unknown_parameter') return `${place}: Extra inputs are not permitted`
  if (code === 'missing_required_parameter') return `${place}: Field required`
  return `${place}: ${message}`
}
