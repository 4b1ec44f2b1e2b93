// Judges that a larger request counts more input tokens.

import { holds, mapResponse, notShown, violated } from '../../src/authoring/define.ts'
import { field, response, responseAt } from '../../src/authoring/read.ts'
import type { Exchange, Json, Judgement, Reply } from '../../src/types/index.ts'

/** Holds when `step` took more input tokens than the request before it; `than` says what that was. */
export function judgeInputCost(
  fewer: Exchange,
  step: string,
  more: Exchange,
  than: string,
): Judgement {
  const [few, many] = [tokens(fewer), tokens(more)]
  if (typeof few !== 'number' || typeof many !== 'number') return notShown('no input tokens told')
  if (many > few) return holds
  return violated({
    step,
    at: `${responseAt(more)}/usage/input_tokens`,
    expected: `more than ${few}, ${than}`,
    actual: String(many),
  })
}

/** Whether `more` took no more input tokens than the request before it; undefined where nothing is told. */
export function isNoDearer(fewer: Exchange, more: Exchange): boolean | undefined {
  const [few, many] = [tokens(fewer), tokens(more)]
  return typeof few === 'number' && typeof many === 'number' ? many <= few : undefined
}

function tokens(exchange: Exchange): Json | undefined {
  return field(response(exchange), '/usage/input_tokens')
}

/** The same number of input tokens, whatever went in. */
export function fixInputTokens(reply: Reply): Reply {
  return mapResponse(reply, (body) => ({
    ...body,
    usage: { ...(body['usage'] as object), input_tokens: 30 },
  }))
}
