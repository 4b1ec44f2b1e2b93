// Whether an exchange brought an answer, and how many tokens it cost.

import { response } from '../authoring/read.ts'
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
  const { status, body, ending } = exchange
  if (status < 200 || status > 299) return false
  // A JSON body whose announced end never came may lack anything; a cut stream has rules of its own.
  return body.kind === 'events' ? body.events.length > 0 : body.kind === 'json' && ending !== 'cut'
}
