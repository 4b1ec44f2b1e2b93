// Finds each streamed item in the output of the terminal event, and compares the two.

import { isObject, show } from '../../base/json.ts'
import type { Json, JsonObject } from '../../types/index.ts'
import { diffJson } from '../../base/json-diff.ts'
import type { RuleViolation } from '../rule-ids-and-violations.ts'
import { judgeCompleteness, doneItemOf, judgeItemEnd } from './items.ts'
import { eventTypeOf } from '../timeline.ts'
import type { TimelineItem, StreamTimeline } from '../timeline.ts'

/** Where an item stands in the final output. */
export interface FinalPlace {
  readonly index: number
  readonly item: JsonObject
}

interface Alignment {
  readonly violations: readonly RuleViolation[]
  readonly places: ReadonlyMap<TimelineItem, FinalPlace>
}

/** Finds each streamed item in the final output: by its place, which must be its `output_index`. */
export function findFinalPlaces({ items, final, terminals, resumed }: StreamTimeline): Alignment {
  const nothing = { violations: [], places: new Map<TimelineItem, FinalPlace>() }
  const event = terminals[0]
  const output = final?.['output']
  if (event === undefined || !Array.isArray(output) || resumed) return nothing
  const reported = output as readonly Json[]
  const type = eventTypeOf(event)
  const streamed = items.toSorted((a, b) => (a.index ?? 0) - (b.index ?? 0))
  // A response that did not complete need not repeat what was never finished.
  const closed = streamed.filter((item) => item.done.length > 0)
  const source =
    type !== 'response.completed' && reported.length === closed.length ? closed : streamed
  if (reported.length !== source.length) {
    if (type === 'response.failed' && reported.length === 0) return nothing
    const wrong: RuleViolation = {
      rule: 'terminal-output',
      event,
      pointer: '/response/output',
      expected: `the ${count(source.length)} that the stream told`,
      actual: count(reported.length),
    }
    return { violations: [wrong], places: nothing.places }
  }
  const ids = source.map((item) => item.id)
  const finalIds = reported.map((item) => (isObject(item) ? item['id'] : undefined))
  const known = new Set<Json | undefined>(ids)
  const moved = finalIds.findIndex(
    (id, index) => typeof id === 'string' && id !== ids[index] && known.has(id),
  )
  if (moved !== -1) {
    const wrong: RuleViolation = {
      rule: 'output-index',
      event,
      pointer: `/response/output/${moved}/id`,
      expected: `${show(ids[moved])}, whose output_index is ${source[moved]!.index}`,
      actual: show(finalIds[moved]),
    }
    return { violations: [wrong], places: nothing.places }
  }
  const places = new Map<TimelineItem, FinalPlace>()
  const violations: RuleViolation[] = []
  reported.forEach((item, index) => {
    if (isObject(item)) places.set(source[index]!, { index, item })
    else {
      violations.push({
        rule: 'terminal-output',
        event,
        pointer: `/response/output/${index}`,
        expected: 'an output item',
        actual: show(item),
      })
    }
  })
  return { violations, places }
}

function count(items: number): string {
  return `${items} item${items === 1 ? '' : 's'}`
}

// Compared elsewhere: names by the rules of ids, texts part by part by the laws of assembly. Copies of
// `encrypted_content` are each valid and need not be equal.
const ELSEWHERE =
  /^\/(?:id|type|call_id|name|arguments|input|code|encrypted_content)$|^\/(?:content|summary)\/\d+\/(?:text|refusal)$/

/** Everything else in the final item, against the item as it was done. */
export function judgeFinalItem(
  item: TimelineItem,
  timeline: StreamTimeline,
  place: FinalPlace,
): readonly RuleViolation[] {
  const done = doneItemOf(item)
  if (done === undefined) return []
  // Where the done item is wrong already, the final one is not blamed for differing from it.
  const reported = [...judgeItemEnd(item, timeline), ...judgeCompleteness(item)].flatMap(
    ({ pointer }) => (pointer === undefined ? [] : [pointer.replace('/item', '')]),
  )
  return diffJson(done, place.item)
    .filter(
      ({ pointer, expected, actual }) =>
        // What is left out and what is null say the same.
        (expected ?? null) !== (actual ?? null) &&
        !ELSEWHERE.test(pointer) &&
        !reported.some((known) => pointer === known || pointer.startsWith(`${known}/`)),
    )
    .map(({ pointer, expected, actual }) => ({
      rule: 'terminal-output',
      event: timeline.terminals[0],
      pointer: `/response/output/${place.index}${pointer}`,
      expected: `${show(expected)}, as in event ${item.done[0]!.index}`,
      actual: show(actual),
      same: `item ${place.index}`,
    }))
}
