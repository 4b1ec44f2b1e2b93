// The errors of the API: status, type, code, param and message.

import type { JsonObject, Reply } from '../src/types/index.ts'

interface ApiErrorDetails {
  readonly code?: string | null
  /** The place in the request, in OpenAI's notation: `input[0].content[0].type`. */
  readonly param?: string | null
  readonly type?: string
  readonly headers?: Readonly<Record<string, string>>
}

export class ApiError extends Error {
  override readonly name = 'Problem'
  readonly status: number
  readonly type: string
  readonly code: string | null
  readonly param: string | null
  readonly headers: Readonly<Record<string, string>>

  constructor(status: number, message: string, details: ApiErrorDetails = {}) {
    super(message)
    this.status = status
    this.type = details.type ?? 'invalid_request_error'
    this.code = details.code ?? null
    this.param = details.param ?? null
    this.headers = details.headers ?? {}
  }
}

export function createBadRequest(
  code: string | null,
  param: string | null,
  message: string,
): ApiError {
  return new ApiError(400, message, { code, param })
}

export function createNotFound(message: string): ApiError {
  return new ApiError(404, message)
}

function problemBody(problem: ApiError): JsonObject {
  const { message, type, param, code } = problem
  return { error: { message, type, param, code } }
}

export function createErrorReply(problem: ApiError): Reply {
  return { status: problem.status, headers: problem.headers, body: { json: problemBody(problem) } }
}

/** Anything that was thrown: what is not a `Problem` is this server's own fault. */
export function toApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown
  return new ApiError(500, 'The server had an error while processing your request.', {
    type: 'server_error',
    code: 'server_error',
  })
}
