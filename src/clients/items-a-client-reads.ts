// The output items of an exchange, read from the places that a client reads.

import { events, eventType, isStream, items } from '../authoring/read.ts'
import { field, isObject } from '../base/json.ts'
import type { Exchange, JsonObject } from '../types/index.ts'
import type { ItemPlace } from './profile.ts'

/** Those of the whole answer, or those that a stream finished one by one. */
export function readOutputItems(
  exchange: Exchange,
  reads?: readonly ItemPlace[],
): readonly JsonObject[] {
  if (reads === undefined || reads.includes('output') || !isStream(exchange)) return items(exchange)
  return events(exchange).flatMap((event) => {
    const item = field(event.data, '/item')
    return eventType(event) === 'response.output_item.done' && isObject(item) ? [item] : []
  })
}
