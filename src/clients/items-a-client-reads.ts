// The output items of an exchange, read from the places that a client reads.

import { events, eventType, isStream, items } from '../authoring/read.ts'
import { field, isObject, spell } from '../base/json.ts'
import type { Exchange, Json, JsonObject } from '../types/index.ts'
import type { ItemPlace } from './profile.ts'

/** Those of the whole answer, or those that a stream finished one by one. */
export function readOutputItems(
  exchange: Exchange,
  reads?: readonly ItemPlace[],
): readonly JsonObject[] {
  const isWhole = reads === undefined || reads.includes('output') || !isStream(exchange)
  return isWhole ? items(exchange) : readFinishedItems(exchange)
}

/**
 * What a client may take for the answer: the items of each place that it reads, one list a place. A
 * client that reads several of them has one that wins, which its own needs tell.
 */
export function readItemsByPlace(
  exchange: Exchange,
  reads: readonly ItemPlace[] = ['added', 'done', 'output'],
): readonly (readonly JsonObject[])[] {
  if (!isStream(exchange)) return [items(exchange)]
  return reads.map((place) => READERS[place](exchange))
}

const READERS: Readonly<Record<ItemPlace, (exchange: Exchange) => readonly JsonObject[]>> = {
  added: joinDeltas,
  done: readFinishedItems,
  output: items,
}

function readFinishedItems(exchange: Exchange): readonly JsonObject[] {
  return events(exchange).flatMap((event) => {
    const item = field(event.data, '/item')
    return eventType(event) === 'response.output_item.done' && isObject(item) ? [item] : []
  })
}

/** The announced items with what their deltas add up to; text without an announcement is a message. */
function joinDeltas(exchange: Exchange): readonly JsonObject[] {
  const joined = new Map<string, JsonObject>()
  for (const event of events(exchange)) {
    const type = eventType(event)
    const at = spell(field(event.data, '/output_index') ?? null)
    const item = field(event.data, '/item')
    if (type === 'response.output_item.added' && isObject(item)) {
      // A second item in the same place is one more.
      joined.set(joined.has(at) ? `${at}+${joined.size}` : at, item)
    }
    const delta = field(event.data, '/delta')
    if (typeof delta !== 'string') continue
    const known = joined.get(at)
    if (type === 'response.output_text.delta') {
      joined.set(at, withText(known ?? { type: 'message', role: 'assistant' }, delta))
    }
    if (type === 'response.function_call_arguments.delta' && known !== undefined) {
      joined.set(at, { ...known, arguments: `${asText(known['arguments'])}${delta}` })
    }
  }
  return [...joined.values()]
}

function withText(message: JsonObject, delta: string): JsonObject {
  const text = asText(field(message, '/content/0/text')) + delta
  return { ...message, content: [{ type: 'output_text', text }] }
}

const asText = (value: Json | undefined): string => (typeof value === 'string' ? value : '')
