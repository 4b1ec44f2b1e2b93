// Tells an answer of the model as a message, whole or as events.
// Sources: Claude API reference, Messages, and "Streaming messages" (order of events), as typed in the npm
// package @anthropic-ai/sdk 1.14.0, read 2026-11-30.

import type { JsonObject } from '../../src/types/index.ts'
import { tokenize } from '../model/tokenizer.ts'
import type { ModelAnswer } from './ask-through-responses.ts'

interface MessageFrame {
  readonly id: string
  readonly model: string
}

/** A content block, and the deltas of which it is made in a stream. */
interface Block {
  readonly whole: JsonObject
  readonly empty: JsonObject
  readonly deltas: readonly JsonObject[]
}

export function writeMessage(answer: ModelAnswer, frame: MessageFrame): JsonObject {
  const content = blocksOf(answer).map(({ whole }) => whole)
  return { ...head(frame), content, ...endOf(answer), usage: usageOf(answer, answer.usage.output) }
}

/** An answer that failed ends with an `error` event, and without `message_stop`. */
export function writeMessageEvents(
  answer: ModelAnswer,
  frame: MessageFrame,
): readonly JsonObject[] {
  const start = {
    type: 'message_start',
    message: {
      ...head(frame),
      content: [],
      stop_reason: null,
      stop_sequence: null,
      stop_details: null,
      usage: usageOf(answer, Math.min(1, answer.usage.output)),
    },
  }
  if (answer.ending === 'failed') return [start, FAILURE]
  const blocks = blocksOf(answer).flatMap(({ empty, deltas }, index) => [
    { type: 'content_block_start', index, content_block: empty },
    // A client must bear a ping anywhere; one is enough to see whether it does.
    ...(index === 0 ? [{ type: 'ping' }] : []),
    ...deltas.map((delta) => ({ type: 'content_block_delta', index, delta })),
    { type: 'content_block_stop', index },
  ])
  const usage = usageOf(answer, answer.usage.output)
  return [
    start,
    ...blocks,
    { type: 'message_delta', delta: endOf(answer), usage },
    { type: 'message_stop' },
  ]
}

const FAILURE = {
  type: 'error',
  error: { type: 'api_error', message: 'The model failed while answering, as asked.' },
}

function head({ id, model }: MessageFrame): JsonObject {
  return { id, type: 'message', role: 'assistant', model, container: null }
}

function blocksOf({ thoughts, text, refusal, calls }: ModelAnswer): readonly Block[] {
  const said = `${text ?? ''}${refusal ?? ''}`
  return [
    ...thoughts.map(thinkingBlock),
    ...(said === '' ? [] : [textBlock(said)]),
    ...calls.map(({ id, name, input }) => {
      // Ids of tool uses have a prefix of their own.
      const use = { type: 'tool_use', id: id.replace('call_', 'toolu_'), name }
      return {
        whole: { ...use, input: parseInput(input) },
        empty: { ...use, input: {} },
        deltas: ['', ...tokenize(input)].map((partial_json) => ({
          type: 'input_json_delta',
          partial_json,
        })),
      }
    }),
  ]
}

function textBlock(text: string): Block {
  const block = { type: 'text', citations: null }
  return {
    whole: { ...block, text },
    empty: { ...block, text: '' },
    deltas: tokenize(text).map((token) => ({ type: 'text_delta', text: token })),
  }
}

function thinkingBlock(thinking: string): Block {
  const signature = Buffer.from(`signed: ${thinking}`).toString('base64')
  return {
    whole: { type: 'thinking', thinking, signature },
    empty: { type: 'thinking', thinking: '', signature: '' },
    deltas: [
      ...tokenize(thinking).map((token) => ({ type: 'thinking_delta', thinking: token })),
      { type: 'signature_delta', signature },
    ],
  }
}

/** An input that was cut is no JSON: it is left out. */
function parseInput(input: string): JsonObject {
  try {
    return JSON.parse(input) as JsonObject
  } catch {
    return {}
  }
}

function endOf(answer: ModelAnswer): JsonObject {
  const { ending, calls, refusal, stop } = answer
  const reason =
    ending === 'cut'
      ? 'max_tokens'
      : ending === 'stopped'
        ? 'stop_sequence'
        : calls.length > 0
          ? 'tool_use'
          : refusal === undefined
            ? 'end_turn'
            : 'refusal'
  return { stop_reason: reason, stop_sequence: stop ?? null, stop_details: null }
}

function usageOf({ usage }: ModelAnswer, output: number): JsonObject {
  return {
    input_tokens: usage.input - usage.cached,
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: usage.cached,
    cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 },
    output_tokens: output,
    service_tier: 'standard',
  }
}
