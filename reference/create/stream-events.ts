// A finished response told as the events that would have led to it.

import type { Dialect, Json, JsonObject } from '../../src/types/index.ts'
import { unfinished } from './background.ts'
import type { Item } from '../store.ts'
import { logprob } from './output-items.ts'
import type { Place } from './hosted-tool-events.ts'
import { phasesOf } from './hosted-tool-events.ts'
import { tokenize } from '../model/tokenizer.ts'
import type { Delta } from './delta.ts'

export interface Telling {
  readonly dialect: Dialect
  /** Random padding on deltas; made by this function. */
  readonly obfuscation?: (() => string) | undefined
  /** Set when log probabilities were asked for: how many alternatives. */
  readonly logprobs?: number | undefined
}

type Unnumbered = JsonObject & { readonly type: string }

export function tell(final: JsonObject, telling: Telling): readonly JsonObject[] {
  const queued = final['background'] === true
  const begin = (type: string, status: string): Unnumbered => ({
    type,
    response: unfinished(final, status),
  })
  const opening = queued
    ? [
        begin('response.created', 'queued'),
        begin('response.queued', 'queued'),
        begin('response.in_progress', 'in_progress'),
      ]
    : [begin('response.created', 'in_progress'), begin('response.in_progress', 'in_progress')]
  const items = final['output'] as readonly Item[]
  const events = [
    ...opening,
    ...items.flatMap((item, index) => tellItem(item, index, telling)),
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

function tellItem(item: Item, index: number, telling: Telling): readonly Unnumbered[] {
  const at = { output_index: index }
  const { added, body } = bodyOf(item, { item_id: item.id, ...at }, telling)
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

function bodyOf(item: Item, place: Place, telling: Telling): Body {
  switch (item.type) {
    case 'message': {
      const parts = item['content'] as readonly JsonObject[]
      return {
        added: { ...item, status: 'in_progress', content: [] },
        body: parts.flatMap((part, index) =>
          tellPart(part, { ...place, content_index: index }, telling),
        ),
      }
    }
    case 'reasoning':
      return tellReasoning(item, place, telling)
    case 'function_call':
      return tellInput(item, 'arguments', 'response.function_call_arguments', place, telling)
    case 'custom_tool_call':
      return tellInput(item, 'input', 'response.custom_tool_call_input', place, telling)
    default:
      return phasesOf(item, place, (text) => deltas(text, telling))
  }
}

function tellPart(
  part: JsonObject,
  place: Place & { readonly content_index: number },
  telling: Telling,
): readonly Unnumbered[] {
  const framed = (empty: JsonObject, inside: readonly Unnumbered[]): readonly Unnumbered[] => [
    { type: 'response.content_part.added', ...place, part: empty },
    ...inside,
    { type: 'response.content_part.done', ...place, part },
  ]
  if (part['type'] === 'refusal') {
    const refusal = String(part['refusal'])
    // Open Responses declares no padding for this event.
    const plain = telling.dialect === 'openai' ? telling : { ...telling, obfuscation: undefined }
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
  const inEvent = telling.dialect === 'openai' ? withoutBytes : (entry: JsonObject) => entry
  const annotations = part['annotations'] as readonly Json[]
  const empty = { type: 'output_text', annotations: [], logprobs: [], text: '' }
  return framed(empty, [
    ...deltas(text, telling).map((one) => ({
      type: 'response.output_text.delta',
      ...place,
      ...one,
      logprobs:
        telling.logprobs === undefined ? [] : [logprob(one.delta, telling.logprobs)].map(inEvent),
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

function tellReasoning(item: Item, place: Place, telling: Telling): Body {
  const summary = item['summary'] as readonly JsonObject[]
  const content = (item['content'] ?? []) as readonly JsonObject[]
  const prefix = telling.dialect === 'openai' ? 'response.reasoning_text' : 'response.reasoning'
  const { content: _content, status: _status, ...rest } = item
  return {
    added: { ...rest, summary: [], ...(item['content'] === undefined ? {} : { content: [] }) },
    body: [
      ...summary.flatMap((part, index) =>
        tellSummary(part, { ...place, summary_index: index }, telling),
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
          ...deltas(text, telling).map((one) => ({ type: `${prefix}.delta`, ...at, ...one })),
          { type: `${prefix}.done`, ...at, text },
          { type: 'response.content_part.done', ...at, part },
        ]
      }),
    ],
  }
}

function tellSummary(
  part: JsonObject,
  at: Place & { readonly summary_index: number },
  telling: Telling,
): readonly Unnumbered[] {
  const text = String(part['text'])
  const empty = { type: 'summary_text', text: '' }
  return [
    { type: 'response.reasoning_summary_part.added', ...at, part: empty },
    ...deltas(text, telling).map((one) => ({
      type: 'response.reasoning_summary_text.delta',
      ...at,
      ...one,
    })),
    { type: 'response.reasoning_summary_text.done', ...at, text },
    { type: 'response.reasoning_summary_part.done', ...at, part },
  ]
}

function tellInput(
  item: Item,
  key: 'arguments' | 'input',
  prefix: string,
  place: Place,
  telling: Telling,
): Body {
  const text = String(item[key])
  return {
    added: { ...item, status: 'in_progress', [key]: '' },
    body: [
      ...deltas(text, telling).map((one) => ({ type: `${prefix}.delta`, ...place, ...one })),
      { type: `${prefix}.done`, ...place, [key]: text },
    ],
  }
}

function deltas(text: string, { obfuscation }: Telling): readonly Delta[] {
  return tokenize(text).map((delta) =>
    obfuscation === undefined ? { delta } : { delta, obfuscation: obfuscation() },
  )
}
