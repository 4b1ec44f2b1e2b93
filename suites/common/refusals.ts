// What must be refused, and whether it was. How an error looks is judged where errors are provoked.

import { holds, violated } from '../../src/define.ts'
import { show } from '../../src/read.ts'
import type { Exchange, Judgement, ReferenceRequest, Reply } from '../../src/types.ts'

/** Holds when the request met a 4xx status. `because` says why it must, as a sentence part. */
export function refusal(step: string, exchange: Exchange, because: string): Judgement {
  if (exchange.status >= 400 && exchange.status < 500) return holds
  const { body } = exchange
  const told = body.kind === 'json' ? show(body.value) : body.kind
  return violated({
    step,
    at: 'status',
    expected: `a 4xx status: ${because}`,
    actual: `${exchange.status}: ${told}`,
  })
}

/** A provider that answers where it should refuse. */
export function answersAnyway(reply: Reply, request: ReferenceRequest): Reply {
  const stream = /"stream"\s*:\s*true/.test(request.text)
  if (reply.status < 400 || stream) return reply
  return {
    ...reply,
    status: 200,
    body: { json: { id: 'resp_0', object: 'response', status: 'completed', output: [] } },
  }
}

/** For requests whose acceptance is the question: holds when the request was answered. */
export function acceptance(step: string, exchange: Exchange): Judgement {
  if (exchange.status >= 200 && exchange.status < 300) return holds
  const { body } = exchange
  const told = body.kind === 'json' ? show(body.value, 200) : body.kind
  return violated({
    step,
    at: 'status',
    expected: 'a 2xx status',
    actual: `${exchange.status}: ${told}`,
  })
}

/** A provider that refuses what it should answer. */
export function refuses(reply: Reply, param: string): Reply {
  const error = { message: 'Unknown parameter.', type: 'invalid_request_error', param, code: null }
  return { ...reply, status: 400, body: { json: { error } } }
}
