import { field, response } from '../../src/authoring/read.ts'
import type { Exchange, Json, JsonObject } from '../../src/types/index.ts'

/** Tokens that end an answer or are nothing but blanks. */
export const OF_SILENCE = 6

/** Output tokens without those of reasoning; 0 where nothing is counted. */
export function countVisibleTokens(exchange: Exchange): number {
  const usage = field(response(exchange), '/usage') as JsonObject | undefined
  return (
    countOf(field(usage, '/output_tokens')) -
    countOf(field(usage, '/output_tokens_details/reasoning_tokens'))
  )
}

function countOf(value: Json | undefined): number {
  return typeof value === 'number' ? value : 0
}
