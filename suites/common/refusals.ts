// Judges whether a request was accepted or refused, and makes mutants that accept too much or too little.

import { holds, violated } from '../../src/authoring/define.ts'
import { judgeRefusal, quoteReply } from '../../src/authoring/judge-refusal.ts'
import type {
  Check,
  Exchange,
  JsonObject,
  Judgement,
  ReferenceRequest,
  Reply,
} from '../../src/types/index.ts'

/** A provider that answers where it should refuse. */
export function answerAnyway(reply: Reply, request: ReferenceRequest): Reply {
  const stream = /"stream"\s*:\s*true/.test(request.text)
  if (reply.status < 400 || stream) return reply
  return {
    ...reply,
    status: 200,
    body: { json: { ...ANSWER, created_at: Math.floor(Date.now() / 1000) } },
  }
}

/** A whole answer: nothing is wrong with it but that it came. */
const ANSWER: JsonObject = {
  id: 'resp_0',
  object: 'response',
  status: 'completed',
  error: null,
  incomplete_details: null,
  instructions: null,
  metadata: {},
  model: 'reference',
  output: [],
  parallel_tool_calls: true,
  temperature: 1,
  tool_choice: 'auto',
  tools: [],
  top_p: 1,
}

/**
 * What a check needs whose step `ask` has to be refused; `because` completes "a 4xx status, because …".
 * `about` is where the mistake is, if it is one by meaning: the request is valid by its schema.
 */
export function requireRefusal(
  because: string,
  story: string,
  about?: string,
): Pick<Check<'ask'>, 'judge' | 'mutants'> {
  return {
    judge: ({ ask }) => judgeRefusal('ask', ask, because, about),
    mutants: [{ story, reply: answerAnyway }],
  }
}

/** For requests whose acceptance is the question: holds when the request was answered. */
export function judgeAccepted(step: string, exchange: Exchange): Judgement {
  if (exchange.status >= 200 && exchange.status < 300) return holds
  return violated({ step, at: 'status', expected: 'a 2xx status', actual: quoteReply(exchange) })
}

/** A provider that refuses what it should answer. */
export function refuseParameter(
  reply: Reply,
  param: string | null,
  code: string | null = null,
): Reply {
  const error = {
    message: 'This cannot be done.',
    type: 'invalid_request_error',
    param,
    code,
  }
  return { ...reply, status: 400, body: { json: { error } } }
}
