// Applies what differs between Open Responses and OpenAI to a reply.

import type { Dialect, JsonObject, Reply } from '../src/types/index.ts'
import { isRecord } from './json.ts'

/** What an Open Responses error is called, by status. */
function errorType(status: number): string {
  if (status === 404) return 'not_found'
  if (status === 429) return 'too_many_requests'
  return status >= 500 ? 'server_error' : 'invalid_request'
}

export function applyDialect(dialect: Dialect, reply: Reply): Reply {
  if (dialect === 'openai') return reply
  const { body } = reply
  if ('events' in body) return { ...reply, body: { events: [...body.events, '[DONE]'] } }
  if (!('json' in body) || reply.status < 400 || !isRecord(body.json)) return reply
  const error = body.json['error']
  if (!isRecord(error)) return reply
  const renamed = { ...(error as JsonObject), type: errorType(reply.status) }
  return { ...reply, body: { json: { error: renamed } } }
}
