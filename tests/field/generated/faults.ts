// Faults made from OpenAI's contract: each required field of what the reference says left out, given
// another type, and null; each event left out, doubled, and moved behind the next.

import {
  mapEvents,
  mapJson,
  mapObjects,
  mapResponse,
  without,
} from '../../../src/authoring/define.ts'
import { field, isObject } from '../../../src/base/json.ts'
import type { Contract, Json, JsonObject, Reply, Mutation } from '../../../src/types/index.ts'
import { delayEvents, renumberEvents } from '../../../suites/streaming/mutants.ts'
import { replaceAt } from '../../../suites/common/mutants.ts'

/** By name: `<what> <field> is <dropped, retyped or null>`, `<event> is <dropped, doubled or moved>`. */
type GeneratedFaults = ReadonlyMap<string, Mutation>

const SPOILERS: Readonly<Record<string, (value: Json) => Json | undefined>> = {
  dropped: () => undefined,
  retyped: (value) =>
    typeof value === 'string' ? 7 : typeof value === 'number' ? `${value}` : 'x',
  null: () => null,
}

/** Only what occurs in these replies: what the reference never says cannot be spoilt. */
export function generateFaults(contract: Contract, replies: readonly Reply[]): GeneratedFaults {
  const faults = new Map<string, Mutation>()
  const add = (name: string, reply: (reply: Reply) => Reply): void => {
    const changes = (one: Reply): boolean => JSON.stringify(reply(one)) !== JSON.stringify(one)
    if (replies.some(changes)) faults.set(name, { reply })
  }
  for (const { at, required, types } of contract.responseFields) {
    if (!required || at.includes('*')) continue
    for (const [how, spoil] of spoilersFor(types)) {
      add(`response ${at} is ${how}`, (reply) =>
        mapResponse(reply, (response) => {
          const value = field(response, at)
          return value === undefined || isNullAlready(value, how)
            ? response
            : replaceAt(response, at, spoil(value))
        }),
      )
    }
  }
  for (const [tag, properties] of taggedSchemas(contract)) {
    for (const [key, types] of properties) {
      for (const [how, spoil] of spoilersFor(types)) {
        add(`${tag} ${key} is ${how}`, (reply) =>
          everyObject(reply, (object) =>
            object['type'] === tag && object[key] !== undefined && !isNullAlready(object[key], how)
              ? put(object, key, spoil(object[key]))
              : object,
          ),
        )
      }
    }
  }
  for (const { type, required, schema } of contract.events) {
    for (const key of required) {
      for (const [how, spoil] of spoilersFor(typesOf(field(schema, `/properties/${key}`)))) {
        add(`${type} ${key} is ${how}`, (reply) =>
          mapEvents(reply, (event) =>
            event['type'] === type && event[key] !== undefined && !isNullAlready(event[key], how)
              ? put(event, key, spoil(event[key]))
              : event,
          ),
        )
      }
    }
    const isIt = (event: JsonObject): boolean => event['type'] === type
    add(`${type} is dropped`, (reply) =>
      counted(reply, (event) => (isIt(event) ? undefined : event)),
    )
    add(`${type} is doubled`, (reply) =>
      counted(reply, (event) => (isIt(event) ? [event, event] : event)),
    )
    add(`${type} is moved`, (reply) => delayEvents(reply, type))
  }
  return faults
}

/** A provider that loses or repeats an event still counts what it sends. */
function counted(reply: Reply, change: Parameters<typeof mapEvents>[1]): Reply {
  return renumberEvents(mapEvents(reply, change))
}

function spoilersFor(
  types: readonly string[],
): readonly (readonly [string, (value: Json) => Json | undefined])[] {
  return Object.entries(SPOILERS).filter(([how]) => how !== 'null' || !types.includes('null'))
}

function isNullAlready(value: Json, how: string): boolean {
  return value === null && how !== 'dropped'
}

function put(object: JsonObject, key: string, value: Json | undefined): JsonObject {
  return value === undefined ? without(object, key) : { ...object, [key]: value }
}

/** Items, parts and what is inside them, wherever a reply has them; events themselves are not meant. */
function everyObject(reply: Reply, change: (object: JsonObject) => JsonObject): Reply {
  const inside = (value: JsonObject): JsonObject => mapObjects(value, change)
  return mapJson(mapEvents(reply, inside), inside)
}

/** The required properties of each tagged schema, with their types; where a tag has several, the strictest. */
function taggedSchemas(
  contract: Contract,
): ReadonlyMap<string, readonly (readonly [string, readonly string[]])[]> {
  const schemas = (contract.document.components?.schemas ?? {}) as Readonly<Record<string, Json>>
  const found = new Map<string, readonly (readonly [string, readonly string[]])[]>()
  for (const schema of Object.values(schemas)) {
    const tag = field(schema, '/properties/type/const')
    const required = field(schema, '/required')
    if (typeof tag !== 'string' || tag.includes('.') || !Array.isArray(required)) continue
    const properties = (required as readonly string[]).map(
      (key) => [key, typesOf(field(schema, `/properties/${key}`))] as const,
    )
    if (properties.length > (found.get(tag)?.length ?? 0)) found.set(tag, properties)
  }
  return found
}

/** JSON types that a schema allows at its top, as far as it says so without references. */
function typesOf(schema: Json | undefined): readonly string[] {
  const type = field(schema, '/type')
  const own = typeof type === 'string' ? [type] : Array.isArray(type) ? (type as string[]) : []
  const branches = [field(schema, '/anyOf'), field(schema, '/oneOf')].flatMap((list) =>
    Array.isArray(list) ? (list as readonly Json[]) : [],
  )
  return [...own, ...branches.filter(isObject).flatMap(typesOf)]
}
