import { field, isObject } from '../../src/authoring/read.ts'
import type { Exchange, Json, JsonObject } from '../../src/types/index.ts'

/** The body of a list reply. */
export function listingOf({ body }: Exchange): Json | undefined {
  return body.kind === 'json' ? body.value : undefined
}

/** The objects of its `data`. */
export function entriesOf(exchange: Exchange): readonly JsonObject[] {
  const data = field(listingOf(exchange), '/data')
  return Array.isArray(data) ? (data as readonly Json[]).filter(isObject) : []
}

export function idsOf(exchange: Exchange): readonly string[] {
  return entriesOf(exchange).map((entry) => String(entry['id']))
}
