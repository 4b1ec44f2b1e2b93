// Chat Completions: `POST /chat/completions`. Keys, errors and `/models` are those of the Responses API.

import type { JsonObject } from '../../src/types/index.ts'
import { ApiError, createErrorReply } from '../api-error.ts'
import type { OtherApi } from '../http/accounts-and-headers.ts'
import type { RouteAnswer, RouteCall } from '../http/router.ts'
import { createJsonAnswer } from '../http/router.ts'
import { newId } from '../ids.ts'
import { isRecord } from '../json.ts'
import { askModel } from './ask-through-responses.ts'
import { writeChunks, writeCompletion } from './responses-to-chat.ts'
import { readChatRequest } from './chat-to-responses.ts'

export const chatApi: OtherApi = {
  routes: [{ method: 'POST', path: '/chat/completions', handler: complete }],
  hears: ({ path }) => path === '/chat/completions',
  keyOf: () => undefined,
  writeError: createErrorReply,
}

async function complete(call: RouteCall): Promise<RouteAnswer> {
  const translated = readChatRequest(call.request.body)
  const answer = await askModel(translated, call)
  const body = call.request.body as JsonObject
  const options = isRecord(body['stream_options']) ? body['stream_options'] : {}
  const frame = {
    id: newId('chatcmpl').replace('_', '-'),
    created: Math.floor(call.provider.now() / 1000),
    model: String(body['model']),
    logprobs: body['logprobs'] === true ? Number(body['top_logprobs'] ?? 0) : undefined,
    countsAtEnd: options['include_usage'] === true,
  }
  if (body['stream'] === true) {
    return { reply: { status: 200, headers: {}, body: { events: writeChunks(answer, frame) } } }
  }
  if (answer.ending === 'failed') {
    throw new ApiError(500, 'The model failed while answering, as asked.', {
      type: 'server_error',
      code: 'server_error',
    })
  }
  return createJsonAnswer(writeCompletion(answer, frame))
}
