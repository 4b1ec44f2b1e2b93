// Creates the stream events that lead to a finished response.

import type { Dialect, Json, JsonObject } from '../../src/types/index.ts'
import { unfinishedOf } from './background-clock.ts'
import type { StoredItem } from '../store.ts'
import { logprobOf } from './output-items.ts'
import type { EventPlace } from './hosted-tool-events.ts'
import { hostedToolEventsOf } from './hosted-tool-events.ts'
import { tokenize } from '../model/tokenizer.ts'
import type { Delta } from './delta-type.ts'

interface StreamOptions {
  readonly dialect: Dialect
  /** Random padding on deltas; made by this function. */
  readonly obfuscation?: (() => string) | undefined
  /** Set when log probabilities were asked for: how many alternatives. */
  readonly logprobs?: number | undefined
}

type Unnumbered = JsonObject & { readonly type: string }

export function createStreamEvents(
  final: JsonObject,
  failure: StreamOptions,
): readonly JsonObject[] {
  const queued = final['background'] === true
  const begin = (type: string, status: string): Unnumbered => ({
    type,
    response: unfinishedOf(final, status),
  })
  const opening = queued
    ? [
        begin('response.created', 'queued'),
        begin('response.queued', 'queued'),
        begin('response.in_progress', 'in_progress'),
      ]
    : [begin('response.created', 'in_progress'), begin('response.in_progress', 'in_progress')]
  const items = final['output'] as readonly StoredItem[]
  const events = [
    ...opening,
    ...items.flatMap((item, index) => tellItem(item, index, failure)),
    ...tellFailure(final),
    { type: `response.${String(final['status'])}`, response: final },
  ]
  return events.map((event, index) => ({ ...event, sequence_number: index }))
}

/** OpenAI nests the error on the wire, and ends with `response.failed`. */
function tellFailure(final: JsonObject): readonly Unnumbered[] {
  const error = final['error'] as JsonObject | null
  if (final['status'] !== 'failed' || error === null) return []
  const { code, message } = error
  return [
    { type: 'error', error: { type: 'server_error', code: code!, message: message!, param: null } },
  ]
}

function tellItem(item: StoredItem, index: number, failure: StreamOptions): readonly Unnumbered[] {
  const at = { output_index: index }
  const { added, body } = bodyOf(item, { item_id: item.id, ...at }, failure)
  return [
    { type: 'response.output_item.added', item: added, ...at },
    ...body,
    { type: 'response.output_item.done', item, ...at },
  ]
}

interface Body {
  readonly added: JsonObject
  readonly body: readonly Unnumbered[]
}

function bodyOf(item: StoredItem, place: EventPlace, failure: StreamOptions): Body {
  switch (item.type) {
    case 'message': {
      const parts = item['content'] as readonly JsonObject[]
      return {
        added: { ...item, status: 'in_progress', content: [] },
        body: parts.flatMap((part, index) =>
          tellPart(part, { ...place, content_index: index }, failure),
        ),
      }
    }
    case 'reasoning':
      return tellReasoning(item, place, failure)
    case 'function_call':
      return tellInput(item, 'arguments', 'response.function_call_arguments', place, failure)
    case 'custom_tool_call':
      return tellInput(item, 'input', 'response.custom_tool_call_input', place, failure)
    default:
      return hostedToolEventsOf(item, place, (text) => deltas(text, failure))
  }
}

function tellPart(
  part: JsonObject,
  place: EventPlace & { readonly content_index: number },
  failure: StreamOptions,
): readonly Unnumbered[] {
  const framed = (empty: JsonObject, inside: readonly Unnumbered[]): readonly Unnumbered[] => [
    { type: 'response.content_part.added', ...place, part: empty },
    ...inside,
    { type: 'response.content_part.done', ...place, part },
  ]
  if (part['type'] === 'refusal') {
    const refusal = String(part['refusal'])
    // Open Responses declares no padding for this event.
    const plain = failure.dialect === 'openai' ? failure : { ...failure, obfuscation: undefined }
    return framed({ type: 'refusal', refusal: '' }, [
      ...deltas(refusal, plain).map((one) => ({
        type: 'response.refusal.delta',
        ...place,
        ...one,
      })),
      { type: 'response.refusal.done', ...place, refusal },
    ])
  }
  const text = String(part['text'])
  const inEvent = failure.dialect === 'openai' ? withoutBytes : (entry: JsonObject) => entry
  const annotations = part['annotations'] as readonly Json[]
  const empty = { type: 'output_text', annotations: [], logprobs: [], text: '' }
  return framed(empty, [
    ...deltas(text, failure).map((one) => ({
      type: 'response.output_text.delta',
      ...place,
      ...one,
      logprobs:
        failure.logprobs === undefined ? [] : [logprobOf(one.delta, failure.logprobs)].map(inEvent),
    })),
    ...annotations.map((annotation, index) => ({
      type: 'response.output_text.annotation.added',
      ...place,
      annotation,
      annotation_index: index,
    })),
    {
      type: 'response.output_text.done',
      ...place,
      logprobs: (part['logprobs'] as readonly JsonObject[]).map(inEvent),
      text,
    },
  ])
}

/** OpenAI's events list tokens and their probabilities only; the bytes are in the finished part. */
function withoutBytes(entry: JsonObject): JsonObject {
  const { token, logprob: value, top_logprobs } = entry
  const top = (top_logprobs as readonly JsonObject[]).map((one) => ({
    token: one['token']!,
    logprob: one['logprob']!,
  }))
  return { token: token!, logprob: value!, top_logprobs: top }
}

function tellReasoning(item: StoredItem, place: EventPlace, failure: StreamOptions): Body {
  const summary = item['summary'] as readonly JsonObject[]
  const content = (item['content'] ?? []) as readonly JsonObject[]
  const prefix = failure.dialect === 'openai' ? 'response.reasoning_text' : 'response.reasoning'
  const { content: _content, status: _status, ...rest } = item
  return {
    added: { ...rest, summary: [], ...(item['content'] === undefined ? {} : { content: [] }) },
    body: [
      ...summary.flatMap((part, index) =>
        tellSummary(part, { ...place, summary_index: index }, failure),
      ),
      ...content.flatMap((part, index): readonly Unnumbered[] => {
        const at = { ...place, content_index: index }
        const text = String(part['text'])
        return [
          {
            type: 'response.content_part.added',
            ...at,
            part: { type: 'reasoning_text', text: '' },
          },
          ...deltas(text, failure).map((one) => ({ type: `${prefix}.delta`, ...at, ...one })),
          { type: `${prefix}.done`, ...at, text },
          { type: 'response.content_part.done', ...at, part },
        ]
      }),
    ],
  }
}

function tellSummary(
  part: JsonObject,
  at: EventPlace & { readonly summary_index: number },
  failure: StreamOptions,
): readonly Unnumbered[] {
  const text = String(part['text'])
  const empty = { type: 'summary_text', text: '' }
  return [
    { type: 'response.reasoning_summary_part.added', ...at, part: empty },
    ...deltas(text, failure).map((one) => ({
      type: 'response.reasoning_summary_text.delta',
      ...at,
      ...one,
    })),
    { type: 'response.reasoning_summary_text.done', ...at, text },
    { type: 'response.reasoning_summary_part.done', ...at, part },
  ]
}

function tellInput(
  item: StoredItem,
  key: 'arguments' | 'input',
  prefix: string,
  place: EventPlace,
  failure: StreamOptions,
): Body {
  const text = String(item[key])
  return {
    added: { ...item, status: 'in_progress', [key]: '' },
    body: [
      ...deltas(text, failure).map((one) => ({ type: `${prefix}.delta`, ...place, ...one })),
      { type: `${prefix}.done`, ...place, [key]: text },
    ],
  }
}

function deltas(text: string, { obfuscation }: StreamOptions): readonly Delta[] {
  return tokenize(text).map((delta) =>
    obfuscation === undefined ? { delta } : { delta, obfuscation: obfuscation() },
  )
}
