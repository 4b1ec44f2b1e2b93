// A stream with everything, and the ways to change it in one place.

import { without } from '../../../src/authoring/define.ts'
import { isObject } from '../../../src/base/json.ts'
import type { RuleId } from '../../../src/stream/rule-ids-and-violations.ts'
import type { Dialect, Json, JsonObject } from '../../../src/types/index.ts'
import { numberEvents, createStream } from './legal.ts'
import type { StreamSpec } from './legal.ts'

export const SPEC: StreamSpec = {
  items: [
    {
      kind: 'reasoning',
      summaries: [
        ['First ', 'thought'],
        ['Second ', 'thought'],
      ],
      raw: [['raw ', 'thought']],
      encrypted: true,
    },
    {
      kind: 'message',
      parts: [
        { kind: 'text', deltas: ['😀 Hello', ' wide', ' world'], citations: 2 },
        { kind: 'refusal', deltas: ['I ', 'cannot'] },
      ],
    },
    { kind: 'call', deltas: ['{"a"', ':1}'], named: true },
    { kind: 'call', deltas: ['{"b"', ':2}'], named: true },
    { kind: 'custom', deltas: ['*** ', 'patch'] },
    { kind: 'search', searches: 1 },
    { kind: 'code', deltas: ['print', '()'] },
    { kind: 'image', partial: 2 },
  ],
  queued: true,
  end: 'completed',
  dialect: 'openai',
  turns: [],
  asides: [{ at: 3, keepalive: true }],
}
export const LEGAL_STREAM = createStream(SPEC)
export const INCOMPLETE = createStream({
  ...SPEC,
  items: SPEC.items.slice(0, 2),
  end: 'incomplete',
})
export const OPEN_FAILED = createStream({
  ...SPEC,
  items: SPEC.items.slice(1, 2),
  dialect: 'open-responses',
  end: 'error-failed',
})
export const FAILED = createStream({ ...SPEC, items: SPEC.items.slice(0, 2), end: 'error-failed' })

type Events = readonly JsonObject[]
type Change = (event: JsonObject) => Json | readonly JsonObject[] | undefined

/** The nth event of a type, 0 unless given. */
export const place = (events: Events, type: string, nth = 0): number => {
  const found = events.flatMap((event, at) => (event['type'] === type ? [at] : []))[nth]
  if (found === undefined) throw new Error(`no ${type} ${nth}`)
  return found
}
export const R = (type: string): string => (type === 'error' ? type : `response.${type}`)
export const edit = (
  type: string,
  change: Change,
  nth = 0,
  from: Events = LEGAL_STREAM,
): Events => {
  const at = place(from, R(type), nth)
  const changed = change(from[at]!)
  const into = changed === undefined ? [] : Array.isArray(changed) ? changed : [changed]
  return [...from.slice(0, at), ...(into as Events), ...from.slice(at + 1)]
}
export const all = (
  change: (event: JsonObject) => JsonObject,
  from: Events = LEGAL_STREAM,
): Events => from.map(change)
export const drop = (type: string, nth = 0, from: Events = LEGAL_STREAM): Events =>
  edit(type, () => undefined, nth, from)
export const dropAll = (type: string): Events =>
  numberEvents(LEGAL_STREAM.filter((event) => event['type'] !== R(type)))
export const lacksOne = (response: Json | undefined, place: number): Json =>
  (response as { output: Json[] }).output.filter((_, at) => at !== place)
export const twice = (type: string, nth = 0): Events =>
  numberEvents(edit(type, (event) => [event, event], nth))
export const set =
  (pointer: string, value: Json | undefined): ((event: JsonObject) => JsonObject) =>
  (event) =>
    put(event, pointer.slice(1).split('/'), value) as JsonObject
export const put = (
  target: Json,
  [key, ...rest]: readonly string[],
  value: Json | undefined,
): Json => {
  if (Array.isArray(target)) {
    return (target as Json[]).map((item, at) =>
      String(at) !== key ? item : rest.length === 0 ? (value ?? null) : put(item, rest, value),
    )
  }
  if (!isObject(target)) throw new Error(`no ${key}`)
  if (rest.length > 0) return { ...target, [key!]: put(target[key!]!, rest, value) }
  return value === undefined ? without(target, key!) : { ...target, [key!]: value }
}
/** Moves an event behind (or before) another one, and numbers the stream afterwards. */
export const move = (
  type: string,
  nth: number,
  behind: string,
  other: number,
  shift = 1,
  from: Events = LEGAL_STREAM,
): Events => {
  const at = place(from, R(type), nth)
  const rest = from.filter((_, index) => index !== at)
  const to = place(rest, R(behind), other) + shift
  return numberEvents([...rest.slice(0, to), from[at]!, ...rest.slice(to)])
}
export const swap = (at: number): Events => {
  const events = [...LEGAL_STREAM]
  ;[events[at], events[at + 1]] = [events[at + 1]!, events[at]!]
  return events
}
export const insert = (event: JsonObject, behind: string, nth = 0): Events =>
  numberEvents(edit(behind, (was) => [was, event], nth))

export const CREATED = 'created'

/** What a provider does, its events, and the rules that must say so; `legal` where none may. */
export type StreamMutation = readonly [
  string,
  Events,
  RuleId | 'legal' | readonly RuleId[],
  Dialect?,
]
