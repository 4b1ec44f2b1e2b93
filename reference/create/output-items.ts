// Writes drafts as output items with ids and status, cut where the budget ends.

import type { Json, JsonObject } from '../../src/types/index.ts'
import { newCallId, newItemId } from '../ids.ts'
import type { Draft, DraftPart } from '../model/draft-types.ts'
import { LONGEST_TOKEN, tokenize } from '../model/tokenizer.ts'
import type { StoredItem } from '../store.ts'

interface WrittenOutput {
  readonly items: readonly StoredItem[]
  readonly outputTokens: number
  readonly reasoningTokens: number
  /** The budget ended first. */
  readonly cut: boolean
}

interface OutputStyle {
  readonly encrypt?: ((thought: string) => string) | undefined
  /** Whether raw reasoning is shown, as Open Responses does. */
  readonly rawReasoning: boolean
  /** How many alternatives each token's log probability lists; undefined when not asked for. */
  readonly logprobs?: number | undefined
}

/** Writes the drafts until `budget` tokens are used. */
export function writeOutput(
  drafts: readonly Draft[],
  budget: number,
  style: OutputStyle,
): WrittenOutput {
  const items: StoredItem[] = []
  let left = budget
  let reasoningTokens = 0
  let cut = false
  for (const draft of drafts) {
    if (left <= 0) {
      cut = true
      break
    }
    const { item, tokens, complete } = writeOne(draft, left, style)
    items.push(item)
    left -= tokens
    if (draft.type === 'reasoning') reasoningTokens += tokens
    if (!complete) {
      cut = true
      break
    }
  }
  return { items, outputTokens: budget - left, reasoningTokens, cut }
}

interface One {
  readonly item: StoredItem
  readonly tokens: number
  readonly complete: boolean
}

function writeOne(draft: Draft, left: number, style: OutputStyle): One {
  switch (draft.type) {
    case 'reasoning':
      return writeReasoning(draft, left, style)
    case 'message':
      return writeMessage(draft.parts, left, style)
    case 'function_call': {
      const { text, tokens, complete } = upTo(draft.arguments, left)
      const item = {
        id: newItemId('function_call'),
        type: 'function_call',
        status: statusOf(complete),
        arguments: text,
        call_id: newCallId(),
        name: draft.name,
        ...(draft.namespace === undefined ? {} : { namespace: draft.namespace }),
      }
      return { item, tokens, complete }
    }
    case 'custom_tool_call': {
      const { text, tokens, complete } = upTo(draft.input, left)
      const item = {
        id: newItemId('custom_tool_call'),
        type: 'custom_tool_call',
        status: statusOf(complete),
        call_id: newCallId(),
        input: text,
        name: draft.name,
      }
      return { item, tokens, complete }
    }
    case 'hosted':
      return { item: { id: newItemId(draft.item.type), ...draft.item }, tokens: 0, complete: true }
  }
}

function writeReasoning(
  draft: Draft & { readonly type: 'reasoning' },
  left: number,
  style: OutputStyle,
): One {
  const complete = draft.tokens <= left
  const item = {
    id: newItemId('reasoning'),
    type: 'reasoning',
    ...(style.rawReasoning ? { content: [{ type: 'reasoning_text', text: draft.thought }] } : {}),
    ...(style.encrypt === undefined ? {} : { encrypted_content: style.encrypt(draft.thought) }),
    summary: complete ? draft.summary.map((text) => ({ type: 'summary_text', text })) : [],
    ...(complete ? {} : { status: 'incomplete' }),
  }
  return { item, tokens: Math.min(draft.tokens, left), complete }
}

function writeMessage(parts: readonly DraftPart[], left: number, style: OutputStyle): One {
  const content: JsonObject[] = []
  let used = 0
  let complete = true
  for (const part of parts) {
    const cut = upTo('text' in part ? part.text : part.refusal, left - used)
    used += cut.tokens
    complete = cut.complete
    content.push(
      'text' in part
        ? outputText(cut.text, (complete && part.annotations) || [], style.logprobs)
        : { type: 'refusal', refusal: cut.text },
    )
    if (!complete) break
  }
  const item = {
    id: newItemId('message'),
    type: 'message',
    status: statusOf(complete),
    content,
    role: 'assistant',
  }
  return { item, tokens: used, complete }
}

function outputText(
  text: string,
  annotations: readonly JsonObject[],
  alternatives: number | undefined,
): JsonObject {
  const logprobs =
    alternatives === undefined ? [] : tokenize(text).map((token) => logprobOf(token, alternatives))
  return { type: 'output_text', annotations, logprobs, text }
}

/** A token's log probability; the alternatives are the token with other endings, less and less likely. */
export function logprobOf(token: string, alternatives: number): JsonObject {
  const entry = (one: string, rank: number): JsonObject => ({
    token: one,
    logprob: -0.01 * (rank + 1) ** 3,
    bytes: [...Buffer.from(one)],
  })
  const top: Json[] = Array.from({ length: alternatives }, (_, rank) =>
    entry(rank === 0 ? token : `${token}${'~'.repeat(rank)}`, rank),
  )
  return { ...entry(token, 0), top_logprobs: top }
}

function upTo(
  text: string,
  limit: number,
): { readonly text: string; readonly tokens: number; readonly complete: boolean } {
  // No token is longer: of a text far beyond the limit only the beginning is looked at.
  const tokens = tokenize(text.slice(0, (limit + 1) * LONGEST_TOKEN))
  if (tokens.length <= limit) return { text, tokens: tokens.length, complete: true }
  return { text: tokens.slice(0, limit).join(''), tokens: limit, complete: false }
}

function statusOf(complete: boolean): string {
  return complete ? 'completed' : 'incomplete'
}
