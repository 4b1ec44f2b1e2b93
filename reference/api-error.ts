// What the provider says when it declines.

import type { JsonObject, Reply } from '../src/types/index.ts'

export interface ProblemDetails {
  readonly code?: string | null
  /** The place in the request, in OpenAI's notation: `input[0].content[0].type`. */
  readonly param?: string | null
  readonly type?: string
  readonly headers?: Readonly<Record<string, string>>
}

export class Problem extends Error {
  override readonly name = 'Problem'
  readonly status: number
  readonly type: string
  readonly code: string | null
  readonly param: string | null
  readonly headers: Readonly<Record<string, string>>

  constructor(status: number, message: string, details: ProblemDetails = {}) {
    super(message)
    this.status = status
    this.type = details.type ?? 'invalid_request_error'
    this.code = details.code ?? null
    this.param = details.param ?? null
    this.headers = details.headers ?? {}
  }
}

export function bad(code: string | null, param: string | null, message: string): Problem {
  return new Problem(400, message, { code, param })
}

export function notFound(message: string): Problem {
  return new Problem(404, message)
}

function problemBody(problem: Problem): JsonObject {
  const { message, type, param, code } = problem
  return { error: { message, type, param, code } }
}

export function problemReply(problem: Problem): Reply {
  return { status: problem.status, headers: problem.headers, body: { json: problemBody(problem) } }
}

/** Anything that was thrown: what is not a `Problem` is this server's own fault. */
export function asProblem(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown
  return new Problem(500, 'The server had an error while processing your request.', {
    type: 'server_error',
    code: 'server_error',
  })
}
