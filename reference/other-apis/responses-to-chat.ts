// Tells an answer of the model as a chat completion, whole or in chunks.
// Source: OpenAI API reference, Chat Completions: the chat completion object and the chunk object, as typed in
// the npm package openai 7.55.0, read 2026-11-30.

import type { JsonObject } from '../../src/types/index.ts'
import { logprobOf } from '../create/output-items.ts'
import { tokenize } from '../model/tokenizer.ts'
import type { ModelAnswer, ModelCall } from './ask-through-responses.ts'

interface ChatFrame {
  readonly id: string
  /** Seconds since 1970. */
  readonly created: number
  readonly model: string
  /** How many alternatives each token lists; undefined when log probabilities were not asked for. */
  readonly logprobs?: number | undefined
  /** Whether the last chunk but `[DONE]` counts the tokens. */
  readonly countsAtEnd: boolean
}

export function writeCompletion(answer: ModelAnswer, frame: ChatFrame): JsonObject {
  const { refusal, calls } = answer
  return {
    ...head(answer, frame, 'chat.completion'),
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: contentOf(answer),
          refusal: refusal ?? null,
          annotations: [],
          ...(calls.length === 0
            ? {}
            : { tool_calls: calls.map((call) => toolCall(call, call.input)) }),
        },
        logprobs: logprobsOf(tokenize(answer.text ?? ''), tokenize(refusal ?? ''), frame),
        finish_reason: reasonOf(answer),
      },
    ],
    usage: usageOf(answer),
  }
}

/** The payloads of the stream. An answer that failed ends with the error, and without `[DONE]`. */
export function writeChunks(answer: ModelAnswer, frame: ChatFrame): readonly string[] {
  const payload = (choices: readonly JsonObject[], usage: JsonObject | null): string =>
    JSON.stringify({
      ...head(answer, frame, 'chat.completion.chunk'),
      choices,
      ...(frame.countsAtEnd ? { usage } : {}),
    })
  const chunk = (delta: JsonObject, logprobs: JsonObject | null, reason: string | null): string =>
    payload([{ index: 0, delta, logprobs, finish_reason: reason }], null)
  const say = (delta: JsonObject): string => chunk(delta, null, null)
  const { text, refusal, calls } = answer
  const first = say({
    role: 'assistant',
    content: contentOf(answer) === null ? null : '',
    refusal: null,
  })
  if (answer.ending === 'failed') return [first, JSON.stringify(FAILURE)]
  return [
    first,
    ...tokenize(text ?? '').map((token) =>
      chunk({ content: token }, logprobsOf([token], [], frame), null),
    ),
    ...tokenize(refusal ?? '').map((token) =>
      chunk({ refusal: token }, logprobsOf([], [token], frame), null),
    ),
    ...calls.flatMap((call, index) => [
      say({ tool_calls: [{ index, ...toolCall(call, '') }] }),
      ...tokenize(call.input).map((token) =>
        say({ tool_calls: [{ index, ...inputOf(call, token) }] }),
      ),
    ]),
    chunk({}, null, reasonOf(answer)),
    ...(frame.countsAtEnd ? [payload([], usageOf(answer))] : []),
    '[DONE]',
  ]
}

const FAILURE = {
  error: {
    message: 'The model failed while answering, as asked.',
    type: 'server_error',
    param: null,
    code: 'server_error',
  },
}

function head(answer: ModelAnswer, frame: ChatFrame, object: string): JsonObject {
  const { id, created, model } = frame
  const named = { id, object, created, model }
  return { ...named, service_tier: answer.tier, system_fingerprint: 'fp_reference' }
}

/** `null` where there is something else: a refusal or calls. */
function contentOf({ text, refusal, calls }: ModelAnswer): string | null {
  if (text !== undefined) return text
  return refusal === undefined && calls.length === 0 ? '' : null
}

function toolCall(call: ModelCall, input: string): JsonObject {
  const { id, kind: type, name } = call
  const inner = type === 'function' ? { name, arguments: input } : { name, input }
  return { id, type, [type]: inner }
}

function inputOf({ kind }: ModelCall, delta: string): JsonObject {
  return { [kind]: kind === 'function' ? { arguments: delta } : { input: delta } }
}

function logprobsOf(
  content: readonly string[],
  refusal: readonly string[],
  { logprobs: alternatives }: ChatFrame,
): JsonObject | null {
  if (alternatives === undefined) return null
  const weighed = (tokens: readonly string[]): readonly JsonObject[] | null =>
    tokens.length === 0 ? null : tokens.map((token) => logprobOf(token, alternatives))
  return { content: weighed(content), refusal: weighed(refusal) }
}

function reasonOf({ ending, calls }: ModelAnswer): string {
  if (ending === 'cut') return 'length'
  return calls.length > 0 ? 'tool_calls' : 'stop'
}

function usageOf({ usage }: ModelAnswer): JsonObject {
  const { input, output, cached, reasoning } = usage
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    prompt_tokens_details: { cached_tokens: cached, audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: reasoning,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  }
}
