// Whether an exchange brought an answer, and how many tokens it cost.

import { isResponseObject, response } from '../authoring/read.ts'
import { field } from '../base/json.ts'
import type { Exchange } from '../types/index.ts'

/** No answer costs more; what a provider claims beyond would make sums that are no numbers. */
const MOST_TOKENS = 1e9

/** What an exchange cost by the provider's own account; `[0, 0]` where it says nothing. */
export function tokensOf(exchange: Exchange): readonly [number, number] {
  const usage = field(response(exchange), '/usage')
  const number = (at: string): number => {
    const value = field(usage, at)
    return typeof value === 'number' && value >= 0 ? Math.min(value, MOST_TOKENS) : 0
  }
  return [number('/input_tokens'), number('/output_tokens')]
}

/** Whether a reply can be judged as an answer at all. */
export function isAnswered(exchange: Exchange): boolean {
  const { request, status, body, ending } = exchange
  if (status < 200 || status > 299) return false
  if (body.kind === 'events') return body.events.length > 0
  // A JSON body whose announced end never came may lack anything; a cut stream has rules of its own.
  if (body.kind !== 'json' || ending === 'cut') return false
  // Status 200 around `null` or an error is no answer, whatever was asked.
  return request.operation !== 'create' || isResponseObject(body.value)
}
