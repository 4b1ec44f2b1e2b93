// Faults that nobody thought of: one event or one field, somewhere in an answer, dropped or changed,
// or the events of one type sent twice, late, early, once, or all but once.

import { isObject, token } from '../../src/base/json.ts'
import type { Json, JsonObject, Reply, Mutation } from '../../src/types/index.ts'

export interface Damage {
  readonly fault: string
  readonly sabotage: Mutation
}

const VALUES = {
  null: null,
  number: 7,
  text: 'other',
  list: [],
  object: {},
  true: true,
  empty: '',
} as const satisfies Readonly<Record<string, Json>>
export type DamageKind = 'drop' | keyof typeof VALUES

/**
 * Draws `count` different faults from what an answer of this shape has. `events` are those of a
 * stream; what is changed in `response.completed` is changed in the answer that is not streamed.
 */
export function drawDamage(
  events: readonly JsonObject[],
  kinds: readonly DamageKind[],
  count: number,
  random: () => number,
): readonly Damage[] {
  const places = [
    ...new Set(
      events.flatMap((event) =>
        pointers(event).map((pointer) => `${String(event['type'])} ${pointer}`),
      ),
    ),
  ].toSorted()
  const drawn = new Map<string, Damage>()
  while (drawn.size < count) {
    const place = places[Math.floor(random() * places.length)]!
    const kind = kinds[Math.floor(random() * kinds.length)]!
    const fault = `${kind} ${place}`
    const [type, pointer] = place.split(' ') as [string, string]
    drawn.set(fault, { fault, sabotage: { reply: (reply) => damaged(reply, type, pointer, kind) } })
  }
  return [...drawn.values()]
}

type Event = JsonObject | string

const DISORDERS = {
  twice: (events, type) =>
    events.flatMap((event) => (typeOf(event) === type ? [event, event] : [event])),
  'all but the first of': (events, type) =>
    events.toSpliced(
      events.findIndex((event) => typeOf(event) === type),
      1,
    ),
  'only the first of': (events, type) =>
    events.filter(
      (event, index) =>
        typeOf(event) !== type || events.findIndex((one) => typeOf(one) === type) === index,
    ),
  early: (events, type) => swapped(events, type, -1),
  late: (events, type) => swapped(events, type, 1),
  'only the last of': (events, type) =>
    events.filter(
      (event, index) =>
        typeOf(event) !== type || events.findLastIndex((one) => typeOf(one) === type) === index,
    ),
  'all but the last of': (events, type) =>
    events.toSpliced(
      events.findLastIndex((event) => typeOf(event) === type),
      1,
    ),
  'at the beginning': (events, type) => [...of(events, type), ...others(events, type)],
  'at the end': (events, type) => [...others(events, type), ...of(events, type)],
  backwards: (events, type) => {
    const left = [...of(events, type)]
    return events.map((event) => (typeOf(event) === type ? left.pop()! : event))
  },
} as const satisfies Readonly<
  Record<string, (events: readonly Event[], type: string) => readonly Event[]>
>
export type Disorder = keyof typeof DISORDERS

const of = (events: readonly Event[], type: string): readonly Event[] =>
  events.filter((event) => typeOf(event) === type)
const others = (events: readonly Event[], type: string): readonly Event[] =>
  events.filter((event) => typeOf(event) !== type)

/** Draws `count` different disorders of the events that an answer of this shape has. */
export function drawDisorder(
  events: readonly JsonObject[],
  kinds: readonly Disorder[],
  count: number,
  random: () => number,
): readonly Damage[] {
  const all = [...new Set(events.map(typeOf))].toSorted().flatMap((type) =>
    kinds.map((how): Damage => ({
      fault: `${how} ${type}`,
      sabotage: {
        reply: (reply) =>
          'events' in reply.body && reply.body.events.some((event) => typeOf(event) === type)
            ? { ...reply, body: { events: [...DISORDERS[how](reply.body.events, type)] } }
            : reply,
      },
    })),
  )
  return all
    .map((one) => [random(), one] as const)
    .toSorted(([a], [b]) => a - b)
    .slice(0, count)
    .map(([, one]) => one)
}

function typeOf(event: Event): string {
  return typeof event === 'string' ? '' : String(event['type'])
}

/** The first event of a type changes places with the one before or after it. */
function swapped(events: readonly Event[], type: string, way: 1 | -1): readonly Event[] {
  const at = events.findIndex((event) => typeOf(event) === type)
  const other = events[at + way]
  return other === undefined ? events : events.with(at, other).with(at + way, events[at]!)
}

/** Every place of a value, `*` for each index, the value itself as the empty pointer. */
function pointers(value: Json): readonly string[] {
  const below = (inner: Json, name: string): readonly string[] =>
    pointers(inner).map((rest) => `/${name}${rest}`)
  if (Array.isArray(value)) {
    return ['', ...(value as readonly Json[]).flatMap((inner) => below(inner, '*'))]
  }
  if (!isObject(value)) return ['']
  return ['', ...Object.entries(value).flatMap(([key, inner]) => below(inner, token(key)))]
}

function damaged(reply: Reply, type: string, pointer: string, kind: DamageKind): Reply {
  const { body } = reply
  if ('events' in body) {
    const events = body.events.flatMap((event): readonly (JsonObject | string)[] => {
      if (typeof event === 'string' || event['type'] !== type) return [event]
      const changed = change(event, pointer.split('/').slice(1), kind)
      return isObject(changed) ? [changed] : []
    })
    return { ...reply, body: { events } }
  }
  const inside = /^\/response(\/.*)$/.exec(pointer)?.[1]
  if (type !== 'response.completed' || inside === undefined || !('json' in body)) return reply
  return { ...reply, body: { json: change(body.json, inside.split('/').slice(1), kind) ?? {} } }
}

/** Undefined: dropped. */
function change(value: Json, tokens: readonly string[], kind: DamageKind): Json | undefined {
  const [first, ...rest] = tokens
  if (first === undefined) return kind === 'drop' ? undefined : VALUES[kind]
  if (Array.isArray(value)) {
    return (value as readonly Json[]).flatMap((inner) => {
      const changed = change(inner, rest, kind)
      return changed === undefined ? [] : [changed]
    })
  }
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => {
      if (token(key) !== first) return [[key, inner]]
      const changed = change(inner, rest, kind)
      return changed === undefined ? [] : [[key, changed]]
    }),
  )
}
