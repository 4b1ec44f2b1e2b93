import { holds, violated } from '../../src/authoring/define.ts'
import { isStream } from '../../src/authoring/read.ts'
import { isNoRoute, quoteReply, doubtMissingRoute } from '../../src/authoring/judge-refusal.ts'
import type { Exchange, Judgement, Reply } from '../../src/types/index.ts'

/** Whether the answer is 401, and no stream. */
export function isUnauthorised(step: string, exchange: Exchange, because: string): Judgement {
  if (exchange.status === 401 && !isStream(exchange)) return holds
  // A route that is not there lets nobody in.
  if (isNoRoute(exchange)) return doubtMissingRoute(exchange)
  return violated({
    step,
    at: 'status',
    expected: `401, because ${because}`,
    actual: quoteReply(exchange),
  })
}

/** Answers to those who are not let in, as a provider that lets them in. */
export function admitAnyone(reply: Reply): Reply {
  if (reply.status !== 401) return reply
  const json = { id: 'resp_0', object: 'response', status: 'completed', output: [] }
  return { ...reply, status: 200, body: { json } }
}
