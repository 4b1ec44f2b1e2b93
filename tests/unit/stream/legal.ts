// Legal streams, from the grammar: a random one for properties, one with everything for mutations.

import * as fc from 'fast-check'
import type { JsonObject } from '../../../src/types/index.ts'
import { createEmptyResponse } from '../../exchange.ts'

// ── items ────────────────────────────────────────────────────────────────────

type PartSpec =
  | { readonly kind: 'text'; readonly deltas: readonly string[]; readonly citations: number }
  | { readonly kind: 'refusal'; readonly deltas: readonly string[] }

type ItemSpec =
  | { readonly kind: 'message'; readonly parts: readonly PartSpec[] }
  | {
      readonly kind: 'reasoning'
      readonly summaries: readonly (readonly string[])[]
      readonly raw: readonly (readonly string[])[]
      readonly encrypted: boolean
    }
  | { readonly kind: 'call'; readonly deltas: readonly string[]; readonly named: boolean }
  | { readonly kind: 'custom'; readonly deltas: readonly string[] }
  | { readonly kind: 'search' | 'files'; readonly searches: number }
  | { readonly kind: 'code'; readonly deltas: readonly string[] }
  | { readonly kind: 'image'; readonly partial: number }
  | { readonly kind: 'mcp-tools' }
  | { readonly kind: 'mcp-call'; readonly deltas: readonly string[]; readonly fails: boolean }
  | { readonly kind: 'unknown' }

export interface StreamSpec {
  readonly items: readonly ItemSpec[]
  readonly queued: boolean
  readonly end: 'completed' | 'incomplete' | 'failed' | 'error-failed'
  readonly dialect: 'openai' | 'open-responses'
  /** Which item speaks next, for interleaving. */
  readonly turns: readonly number[]
  /** Where a keepalive or a vendor's own event comes in. */
  readonly asides: readonly { readonly at: number; readonly keepalive: boolean }[]
}

interface Streamed {
  readonly events: readonly JsonObject[]
  /** As it is done; undefined for an item that a failed response leaves open. */
  readonly item: JsonObject
}

function streamItem(spec: ItemSpec, output_index: number, cut: boolean, raw: string): Streamed {
  const events: JsonObject[] = []
  const id = `${spec.kind}_${output_index}`
  const status = cut ? 'incomplete' : 'completed'
  const at = { item_id: id, output_index }
  const say = (type: string, more: JsonObject): void => {
    events.push({ type: `response.${type}`, ...more })
  }
  const open = (item: JsonObject): void => say('output_item.added', { output_index, item })
  const close = (item: JsonObject): Streamed => {
    say('output_item.done', { output_index, item })
    return { events, item }
  }
  const speak = (
    stem: string,
    deltas: readonly string[],
    key: string,
    where: JsonObject,
  ): string => {
    for (const delta of deltas) say(`${stem}.delta`, { ...where, delta })
    const text = deltas.join('')
    say(`${stem}.done`, { ...where, [key]: text })
    return text
  }

  switch (spec.kind) {
    case 'message': {
      const message = { id, type: 'message', role: 'assistant' }
      open({ ...message, status: 'in_progress', content: [] })
      const content = spec.parts.map((part, content_index) => {
        const where = { ...at, content_index }
        if (part.kind === 'refusal') {
          say('content_part.added', { ...where, part: { type: 'refusal', refusal: '' } })
          const whole = {
            type: 'refusal',
            refusal: speak('refusal', part.deltas, 'refusal', where),
          }
          say('content_part.done', { ...where, part: whole })
          return whole
        }
        const empty = { type: 'output_text', text: '', annotations: [], logprobs: [] }
        say('content_part.added', { ...where, part: empty })
        const annotations = Array.from({ length: part.citations }, (_, annotation_index) => {
          const annotation = { type: 'url_citation', url: `https://x.test/${annotation_index}` }
          say('output_text.annotation.added', { ...where, annotation_index, annotation })
          return annotation
        })
        const text = speak('output_text', part.deltas, 'text', where)
        const whole = { ...empty, text, annotations }
        say('content_part.done', { ...where, part: whole })
        return whole
      })
      return close({ ...message, status, content })
    }
    case 'reasoning': {
      open({
        id,
        type: 'reasoning',
        summary: [],
        ...(spec.encrypted ? { encrypted_content: 'a' } : {}),
      })
      const summary = spec.summaries.map((deltas, summary_index) => {
        const where = { ...at, summary_index }
        say('reasoning_summary_part.added', { ...where, part: { type: 'summary_text', text: '' } })
        const part = {
          type: 'summary_text',
          text: speak('reasoning_summary_text', deltas, 'text', where),
        }
        say('reasoning_summary_part.done', { ...where, part })
        return part
      })
      const content = spec.raw.map((deltas, content_index) => {
        const where = { ...at, content_index }
        say('content_part.added', { ...where, part: { type: 'reasoning_text', text: '' } })
        const part = { type: 'reasoning_text', text: speak(raw, deltas, 'text', where) }
        say('content_part.done', { ...where, part })
        return part
      })
      return close({
        id,
        type: 'reasoning',
        summary,
        ...(content.length > 0 ? { content } : {}),
        ...(spec.encrypted ? { encrypted_content: 'b' } : {}),
      })
    }
    case 'call': {
      const call = { id, type: 'function_call', call_id: `id_${output_index}`, name: 'look' }
      open({ ...call, status: 'in_progress', arguments: '' })
      const more = spec.named ? { ...at, name: 'look' } : at
      for (const delta of spec.deltas) say('function_call_arguments.delta', { ...at, delta })
      const text = spec.deltas.join('')
      say('function_call_arguments.done', { ...more, arguments: text })
      return close({ ...call, status, arguments: text })
    }
    case 'custom': {
      const call = { id, type: 'custom_tool_call', call_id: `id_${output_index}`, name: 'patch' }
      open({ ...call, input: '' })
      return close({ ...call, input: speak('custom_tool_call_input', spec.deltas, 'input', at) })
    }
    case 'search':
    case 'files': {
      const type = spec.kind === 'search' ? 'web_search_call' : 'file_search_call'
      open({ id, type, status: 'in_progress' })
      say(`${type}.in_progress`, at)
      for (let search = 0; search < spec.searches; search += 1) say(`${type}.searching`, at)
      say(`${type}.completed`, at)
      return close({ id, type, status: 'completed' })
    }
    case 'code': {
      const item = { id, type: 'code_interpreter_call', container_id: 'c', outputs: null }
      open({ ...item, status: 'in_progress', code: '' })
      say('code_interpreter_call.in_progress', at)
      const code = speak('code_interpreter_call_code', spec.deltas, 'code', at)
      say('code_interpreter_call.interpreting', at)
      say('code_interpreter_call.completed', at)
      return close({ ...item, status: 'completed', code })
    }
    case 'image': {
      const type = 'image_generation_call'
      open({ id, type, status: 'in_progress', result: null })
      say(`${type}.in_progress`, at)
      say(`${type}.generating`, at)
      for (
        let partial_image_index = 0;
        partial_image_index < spec.partial;
        partial_image_index += 1
      ) {
        say(`${type}.partial_image`, { ...at, partial_image_index, partial_image_b64: 'aaaa' })
      }
      say(`${type}.completed`, at)
      return close({ id, type, status: 'completed', result: 'aaaa' })
    }
    case 'mcp-tools': {
      const item = { id, type: 'mcp_list_tools', server_label: 's' }
      open({ ...item, tools: [] })
      say('mcp_list_tools.in_progress', at)
      say('mcp_list_tools.completed', at)
      return close({ ...item, tools: [{ name: 'n' }] })
    }
    case 'mcp-call': {
      const item = { id, type: 'mcp_call', server_label: 's', name: 'n' }
      open({ ...item, status: 'in_progress', arguments: '' })
      say('mcp_call.in_progress', at)
      const text = speak('mcp_call_arguments', spec.deltas, 'arguments', at)
      say(`mcp_call.${spec.fails ? 'failed' : 'completed'}`, at)
      return close({ ...item, status: spec.fails ? 'failed' : 'completed', arguments: text })
    }
    case 'unknown':
      open({ id, type: 'acme:thought' })
      events.push({ type: 'acme:thinking', output_index, item_id: id })
      return close({ id, type: 'acme:thought' })
  }
}

// ── streams ──────────────────────────────────────────────────────────────────

export function createStream(spec: StreamSpec): readonly JsonObject[] {
  const raw = spec.dialect === 'openai' ? 'reasoning_text' : 'reasoning'
  const last = spec.items.length - 1
  const fails = spec.end === 'failed' || spec.end === 'error-failed'
  const streamed = spec.items.map((item, index) =>
    streamItem(item, index, spec.end === 'incomplete' && index === last, raw),
  )
  // A failure leaves its last item open.
  const queues = streamed.map(({ events }, index) =>
    fails && index === last ? events.slice(0, Math.ceil(events.length / 2)) : events,
  )
  const body = interleave(queues, spec.turns)
  const started = createEmptyResponse('in_progress')
  const output = streamed.map(({ item }) => item)
  const usage = { input_tokens: 1, output_tokens: 1, total_tokens: 2 }
  const failure = createEmptyResponse('failed', { error: { code: 'server_error', message: 'no' } })
  const ends: Record<StreamSpec['end'], readonly JsonObject[]> = {
    completed: [
      { type: 'response.completed', response: createEmptyResponse('completed', { output, usage }) },
    ],
    incomplete: [
      {
        type: 'response.incomplete',
        response: createEmptyResponse('incomplete', {
          output,
          usage,
          incomplete_details: { reason: 'max_output_tokens' },
        }),
      },
    ],
    failed: [{ type: 'response.failed', response: failure }],
    'error-failed': [
      { type: 'error', error: { type: 'server_error', code: 'x', message: 'no', param: null } },
      { type: 'response.failed', response: failure },
    ],
  }
  const events: JsonObject[] = [
    { type: 'response.created', response: spec.queued ? createEmptyResponse('queued') : started },
    ...(spec.queued ? [{ type: 'response.queued', response: createEmptyResponse('queued') }] : []),
    { type: 'response.in_progress', response: started },
    ...body,
    ...ends[spec.end],
  ]
  for (const { at, keepalive } of spec.asides) {
    const place = 1 + (at % (events.length - 1))
    events.splice(place, 0, { type: keepalive ? 'keepalive' : 'acme:trace' })
  }
  return numberEvents(events)
}

export function numberEvents(events: readonly JsonObject[]): readonly JsonObject[] {
  return events.map((event, sequence_number) => ({ ...event, sequence_number }))
}

/** Bodies of items may interleave; items are added in order. */
function interleave(
  queues: readonly (readonly JsonObject[])[],
  turns: readonly number[],
): readonly JsonObject[] {
  const next = queues.map(() => 0)
  const events: JsonObject[] = []
  let opened = 0
  let turn = 0
  for (;;) {
    const ready = queues.flatMap((queue, index) =>
      index <= opened && next[index]! < queue.length ? [index] : [],
    )
    if (ready.length === 0) return events
    const index = ready[(turns[turn % Math.max(turns.length, 1)] ?? 0) % ready.length]!
    turn += 1
    events.push(queues[index]![next[index]!]!)
    next[index]! += 1
    if (index === opened) opened += 1
  }
}

// ── random ones ──────────────────────────────────────────────────────────────

const word = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 6 }).map((text) => text.replaceAll('\uFFFD', '')),
  fc.constantFrom('', 'a', 'ü', '😀', ' \n'),
)
const deltas = fc.array(word, { maxLength: 4 })
const spoken = fc.array(word, { minLength: 1, maxLength: 4 })

const part: fc.Arbitrary<PartSpec> = fc.oneof(
  fc.record({
    kind: fc.constant('text' as const),
    // Text that is not empty has a delta.
    deltas: spoken,
    citations: fc.nat(2),
  }),
  fc.record({ kind: fc.constant('refusal' as const), deltas }),
)

const item: fc.Arbitrary<ItemSpec> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('message' as const),
      parts: fc.array(part, { maxLength: 3 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('call' as const),
      deltas: spoken,
      named: fc.boolean(),
    }),
  },
  fc.record({ kind: fc.constant('custom' as const), deltas }),
  fc.record({ kind: fc.constantFrom('search' as const, 'files' as const), searches: fc.nat(2) }),
  fc.record({ kind: fc.constant('code' as const), deltas }),
  fc.record({ kind: fc.constant('image' as const), partial: fc.nat(2) }),
  fc.record({ kind: fc.constant('mcp-tools' as const) }),
  fc.record({ kind: fc.constant('mcp-call' as const), deltas, fails: fc.boolean() }),
  fc.record({ kind: fc.constant('unknown' as const) }),
)

const reasoning: fc.Arbitrary<ItemSpec> = fc.record({
  kind: fc.constant('reasoning' as const),
  summaries: fc.array(deltas, { maxLength: 2 }),
  raw: fc.array(deltas, { maxLength: 2 }),
  encrypted: fc.boolean(),
})

export const legalStream: fc.Arbitrary<StreamSpec> = fc.record({
  // Thought comes before what it led to.
  items: fc
    .tuple(fc.array(reasoning, { maxLength: 1 }), fc.array(item, { maxLength: 4 }))
    .map((groups) => groups.flat()),
  queued: fc.boolean(),
  end: fc.constantFrom(
    'completed' as const,
    'completed' as const,
    'incomplete' as const,
    'failed' as const,
    'error-failed' as const,
  ),
  dialect: fc.constantFrom('openai' as const, 'open-responses' as const),
  turns: fc.array(fc.nat(9), { maxLength: 12 }),
  asides: fc.array(fc.record({ at: fc.nat(60), keepalive: fc.boolean() }), { maxLength: 3 }),
})
