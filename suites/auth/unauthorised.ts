import { holds, notShown, unsure, violated } from '../../src/authoring/define.ts'
import { isResponseObject, isStream } from '../../src/authoring/read.ts'
import { isNoRoute, quoteReply, doubtMissingRoute } from '../../src/authoring/judge-refusal.ts'
import type { Exchange, Judgement, Reply } from '../../src/types/index.ts'

export const WRONG = 'the key is wrong'

/** What is told where nobody needs a key: the sentences on keys are about endpoints that ask for one. */
export const OPEN: Judgement = notShown(
  'the endpoint answers without a right key: it asks for none',
)

/** Whether the request got what only a right key should get. */
export function isLetIn({ request, status, body }: Exchange): boolean {
  if (status < 200 || status > 299) return false
  if (request.operation !== 'create' || body.kind === 'events') return true
  return body.kind === 'json' && isResponseObject(body.value)
}

/** Whether the answer is 401, and no stream. */
export function judgeUnauthorised(step: string, exchange: Exchange, because: string): Judgement {
  if (exchange.status === 401 && !isStream(exchange)) return holds
  // A route that is not there lets nobody in.
  if (isNoRoute(exchange)) return doubtMissingRoute(exchange)
  const { status } = exchange
  return violated({
    step,
    at: 'status',
    expected: `401, because ${because}`,
    actual: quoteReply(exchange),
    // Status 200 around nothing refuses as little as it lets in, and 500 may be everybody's: what a right key
    // gets tells which.
    ...((status < 400 && !isLetIn(exchange)) || status >= 500 ? { by: 'refusal' as const } : {}),
  })
}

/** Whether who has no right key got nothing, in whatever words. */
export function judgeRefused(step: string, exchange: Exchange): Judgement {
  const { status } = exchange
  if (isNoRoute(exchange)) return doubtMissingRoute(exchange)
  if (status >= 500) return unsure('prerequisite', `answered ${status}: neither let in nor refused`)
  return status >= 400 && !isStream(exchange) ? holds : judgeUnauthorised(step, exchange, WRONG)
}

/** Answers to those who are not let in, as a provider that lets them in. */
export function admitAnyone(reply: Reply): Reply {
  if (reply.status !== 401) return reply
  const json = { id: 'resp_0', object: 'response', status: 'completed', output: [] }
  return { ...reply, status: 200, body: { json } }
}
