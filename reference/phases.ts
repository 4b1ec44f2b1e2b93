// The events of tools that the provider runs itself, and how their items look when they begin.

import type { JsonObject } from '../src/types.ts'
import type { Item } from './items.ts'
import type { Delta } from './stream.ts'

type Event = JsonObject & { readonly type: string }

export function phasesOf(
  item: Item,
  _place: { readonly item_id: string; readonly output_index: number },
  _deltas: (text: string) => readonly Delta[],
): { readonly added: JsonObject; readonly body: readonly Event[] } {
  return { added: item, body: [] }
}
