// Faults that nobody thought of: one event or one field, somewhere in an answer, dropped or changed.

import { isObject, token } from '../../src/read.ts'
import type { Json, JsonObject, Reply, Sabotage } from '../../src/types.ts'

export interface Damage {
  readonly fault: string
  readonly sabotage: Sabotage
}

type Kind = 'drop' | 'null' | 'number' | 'text' | 'list'
const KINDS: readonly Kind[] = ['drop', 'drop', 'null', 'number', 'text', 'list']
const VALUES: Readonly<Record<Exclude<Kind, 'drop'>, Json>> = {
  null: null,
  number: 7,
  text: 'other',
  list: [],
}

/**
 * Draws `count` different faults from what an answer of this shape has. `events` are those of a
 * stream; what is changed in `response.completed` is changed in the answer that is not streamed.
 */
export function drawDamage(
  events: readonly JsonObject[],
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
    const kind = KINDS[Math.floor(random() * KINDS.length)]!
    const fault = `${kind} ${place}`
    const [type, pointer] = place.split(' ') as [string, string]
    drawn.set(fault, { fault, sabotage: { reply: (reply) => damaged(reply, type, pointer, kind) } })
  }
  return [...drawn.values()]
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

function damaged(reply: Reply, type: string, pointer: string, kind: Kind): Reply {
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
function change(value: Json, tokens: readonly string[], kind: Kind): Json | undefined {
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
