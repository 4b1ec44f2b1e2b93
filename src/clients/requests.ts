// A client's profile → the requests that it sends, turn by turn.

import { createHash } from 'node:crypto'
import { idOf, needed } from '../authoring/define.ts'
import { field, isObject, spell } from '../base/json.ts'
import type { Exchange, Json, JsonObject, RequestBuilder, WireRequest } from '../types/index.ts'
import type { ClientMode, ClientProfile, Mode } from './profile.ts'
import { readOutputItems } from './items-a-client-reads.ts'

/**
 * What a client does in one mode: asks, asks with fewer tools where it was refused, calls tools, returns
 * results, wants an object, goes on.
 */
export type Turn = 'text' | 'trimmed' | 'tools' | 'results' | 'object' | 'again'

/** The turns that a client takes in a mode, the most important first. */
export function turnsOf(profile: ClientProfile, mode: Mode): readonly Turn[] {
  const alone = profile.toolsAlways === true
  return [
    'text',
    ...(profile.settings === undefined ? [] : (['trimmed'] as const)),
    'tools',
    'results',
    ...(profile.object === undefined ? [] : (['object'] as const)),
    ...(alone || mode === 'json' ? (['again'] as const) : []),
  ]
}

/** Text that a careless adapter spoils. */
const BEYOND_ASCII = '— 港'

export function renderTurn(
  profile: ClientProfile,
  mode: Mode,
  turn: Turn,
  builder: RequestBuilder<Turn>,
): WireRequest {
  switch (turn) {
    case 'text':
      return render(profile, mode, builder, {
        prompt: `Reply with exactly: ${builder.nonce} ${BEYOND_ASCII}`,
      })
    case 'trimmed': {
      const { status } = builder.prior('text')
      needed(status >= 400 ? status : undefined, 'refusal')
      const drops = (profile.settings ?? []).map((setting) => setting.drops)
      const tools = profile.tools.filter(({ type }) => !drops.includes(spell(type)))
      return renderTurn({ ...profile, tools }, mode, 'text', builder)
    }
    case 'tools':
      return render(profile, mode, builder, { prompt: toolPrompt(profile), tools: true })
    case 'results':
      return render(profile, mode, builder, {
        prompt: toolPrompt(profile),
        tools: true,
        ...(profile.chains === true
          ? {
              fields: { previous_response_id: idOf(builder.prior('tools')) },
              alone: outputsOf(profile, builder),
            }
          : { more: loopOf(profile, builder) }),
      })
    case 'object':
      return render(profile, mode, builder, {
        prompt: `The code word is ${builder.nonce}. Which code word did I tell you?`,
        fields: profile.object ?? {},
      })
    case 'again': {
      const next = fillingOf(builder, `Reply with exactly: ${builder.word(1)}`, 99)
      const user = filled(profile.input.user, next) as JsonObject
      // A client that never asks without tools goes on where its tool loop ended, if it had one.
      return profile.toolsAlways === true && callsOf(profile, builder).length > 0
        ? render(profile, mode, builder, {
            prompt: toolPrompt(profile),
            more: [...loopOf(profile, builder), ...echoesOf(profile, builder, 'results'), user],
          })
        : render(profile, mode, builder, {
            prompt: `Reply with exactly: ${builder.nonce} ${BEYOND_ASCII}`,
            more: [...echoesOf(profile, builder, 'text'), user],
          })
    }
  }
}

/** What an answer comes to in the next request. */
function echoesOf(
  profile: ClientProfile,
  builder: RequestBuilder<Turn>,
  turn: Turn,
): readonly JsonObject[] {
  const items = readOutputItems(builder.prior(turn), profile.modes.stream?.reads)
  needed(items[0], 'item')
  return items.map((item) => echoed(profile, item))
}

function callsOf(profile: ClientProfile, builder: RequestBuilder<Turn>): readonly JsonObject[] {
  return readOutputItems(builder.prior('tools'), profile.modes.stream?.reads).filter(
    ({ type }) => type === 'function_call',
  )
}

/** The calls of the model, and their results. */
function loopOf(profile: ClientProfile, builder: RequestBuilder<Turn>): readonly JsonObject[] {
  return [...echoesOf(profile, builder, 'tools'), ...outputsOf(profile, builder)]
}

function outputsOf(profile: ClientProfile, builder: RequestBuilder<Turn>): readonly JsonObject[] {
  const calls = callsOf(profile, builder)
  needed(calls[0], 'call')
  return calls.map((one, index) => ({
    type: 'function_call_output',
    call_id: one['call_id'] ?? null,
    output: (profile.call.result ?? '<word>').replace('<word>', builder.word(index + 1)),
    ...(filled(profile.output, fillingOf(builder, '', index)) as JsonObject),
  }))
}

function toolPrompt({ call }: ClientProfile): string {
  return `Call ${call.tool} once for each of: ${call.values.join(', ')}.`
}

interface Content {
  readonly prompt: string
  readonly tools?: boolean
  readonly fields?: JsonObject
  /** Items after the user's message. */
  readonly more?: readonly JsonObject[]
  /** Items instead of it. */
  readonly alone?: readonly JsonObject[]
}

function render(
  profile: ClientProfile,
  mode: Mode,
  builder: RequestBuilder<Turn>,
  { prompt, tools: withTools = false, fields = {}, more = [], alone }: Content,
): WireRequest {
  const { input } = profile
  const own = profile.modes[mode] as ClientMode
  const hasTools = withTools || profile.toolsAlways === true
  const known = profile.knows?.find(({ model }) => builder.model().includes(model))
  const tools = [
    ...profile.tools.filter(({ type }) => known?.drops?.includes(spell(type)) !== true),
    ...(known?.adds ?? []),
  ]
  const text = { ...asObject(known?.body?.['text']), ...asObject(fields['text']) }
  const isString = input.text?.string === true && more.length === 0 && !hasTools
  const body: JsonObject = {
    model: builder.model(),
    ...profile.body,
    ...known?.body,
    ...(hasTools ? { ...profile.toolBody, tools } : {}),
    ...fields,
    ...(Object.keys(text).length === 0 ? {} : { text }),
    ...own.body,
    input: alone ?? (isString ? '<prompt>' : [...(input.opening ?? []), input.user]),
  }
  const rendered = filled(lengthened(body, profile), fillingOf(builder, prompt)) as JsonObject
  const list = Array.isArray(rendered['input']) ? (rendered['input'] as readonly Json[]) : []
  return {
    ...builder.create(more.length === 0 ? rendered : { ...rendered, input: [...list, ...more] }),
    headers: filled({ ...profile.headers, ...own.headers }, fillingOf(builder, prompt)) as Record<
      string,
      string
    >,
  }
}

function asObject(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {}
}

function echoed(profile: ClientProfile, item: JsonObject): JsonObject {
  const echo = profile.echo[spell(item['type'])]
  if (echo?.reference === true) return { type: 'item_reference', id: item['id'] ?? null }
  if (echo?.text === true) return { role: item['role'] ?? null, content: textOfMessage(item) }
  const { keep } = echo ?? {}
  if (!Array.isArray(keep)) return { ...item, ...echo?.add }
  const kept = Object.entries(item).filter(([key]) => (keep as readonly string[]).includes(key))
  return { ...Object.fromEntries(kept), ...echo?.add }
}

function textOfMessage({ content }: JsonObject): string {
  const parts: readonly Json[] = Array.isArray(content) ? content : []
  return parts.map((part) => spell(field(part, '/text') ?? '')).join('')
}

// ── placeholders ─────────────────────────────────────────────────────────────

/** Where a capture's texts were cut, the instructions make up for it. */
function lengthened(body: JsonObject, { bytes, toolsAlways }: ClientProfile): JsonObject {
  const { instructions } = body
  if (bytes === undefined || toolsAlways !== true || typeof instructions !== 'string') return body
  const size = JSON.stringify(body).replaceAll(TEXT, (_, length) =>
    'x'.repeat(Number(length)),
  ).length
  return size >= bytes ? body : { ...body, instructions: `<text of ${bytes - size} characters>` }
}

const TEXT = /<text of (\d+) characters>/g
const WORDS = 'the project keeps each file small and every change is tested before it is shown '

interface Filling {
  readonly prompt: string
  readonly nonce: string
  /** Ids of items that were written so far: each item has its own, the session has one. */
  readonly written: { ids: number }
}

const fillingOf = (builder: Pick<RequestBuilder, 'nonce'>, prompt: string, ids = 0): Filling => ({
  prompt,
  nonce: builder.nonce,
  written: { ids },
})

function filled(value: Json, filling: Filling): Json {
  if (Array.isArray(value)) return value.map((inner: Json) => filled(inner, filling))
  if (isObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, filled(inner, filling)]),
    )
  }
  if (typeof value !== 'string' || !value.includes('<')) return value
  const { prompt, nonce, written } = filling
  return value
    .replaceAll(TEXT, (_, length: string) => textOf(Number(length)))
    .replaceAll('<prompt>', prompt)
    .replaceAll('<nonce>', nonce)
    .replaceAll(/(\w_)<uuid>/g, (_, prefix: string) => prefix + uuidOf(`${nonce}/${written.ids++}`))
    .replaceAll('<uuid>', uuidOf(nonce))
    .replaceAll('<hex32>', uuidOf(nonce).replaceAll('-', ''))
    .replaceAll('<id>', uuidOf(nonce).slice(0, 8))
    .replaceAll('<os>', 'Linux')
}

function textOf(length: number): string {
  return WORDS.repeat(length / WORDS.length + 1).slice(0, length)
}

function uuidOf(seed: string): string {
  const hex = createHash('sha256').update(seed).digest('hex')
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-')
}

/** The exchanges of a client's turns that took place. */
export function findTakenTurns(
  exchanges: Readonly<Partial<Record<string, Exchange>>>,
): readonly (readonly [Turn, Exchange])[] {
  return Object.entries(exchanges).flatMap(([turn, exchange]) =>
    exchange === undefined ? [] : [[turn as Turn, exchange] as const],
  )
}
