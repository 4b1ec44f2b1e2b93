// Judges ids and indexes of items: ids stay, indexes count up, and the final output agrees.

import { isObject, show } from '../../base/json.ts'
import type { Json, JsonObject } from '../../types/index.ts'
import { diffJson } from '../../base/json-diff.ts'
import type { RuleViolation } from '../finding.ts'
import { addedItemOf, judgeCompleteness, doneItemOf, judgeItemEnd, itemNameOf } from './items.ts'
import { eventTypeOf } from '../timeline.ts'
import type { TimelineItem, StreamTimeline } from '../timeline.ts'

export function judgeIdentity(timeline: StreamTimeline): readonly RuleViolation[] {
  const { violations, places } = align(timeline)
  return [
    ...indexes(timeline),
    ...violations,
    ...timeline.items.flatMap((item) => {
      const place = places.get(item)
      return [
        ...ids(item, timeline, place),
        ...names(item, timeline, place),
        ...(place === undefined ? [] : rest(item, timeline, place)),
      ]
    }),
  ]
}

/** Where an item stands in the final output. */
interface Place {
  readonly index: number
  readonly item: JsonObject
}

function indexes({ items, resumed }: StreamTimeline): readonly RuleViolation[] {
  const violations = items.flatMap((item) =>
    item.wrongIndexes.map(({ event, pointer, reported: said }): RuleViolation => ({
      rule: 'output-index',
      event,
      pointer,
      expected: `output_index ${item.index} of ${show(item.id)}`,
      actual: show(said),
      same: 'differs',
    })),
  )
  const used = new Map<number, TimelineItem>()
  let next = 0
  for (const item of items) {
    if (item.index === undefined) continue
    const before = used.get(item.index)
    if (before !== undefined || (item.index !== next && !resumed)) {
      violations.push({
        rule: 'output-index',
        event: item.first,
        pointer: '/output_index',
        expected: `output_index ${next} for the next item: from 0, by 1, never twice`,
        actual:
          before === undefined
            ? String(item.index)
            : `${item.index} again, which is ${itemNameOf(before)} ${show(before.id)}`,
        same: 'counts',
        // An item that is skipped may be one that got lost.
        ...(item.index > next ? { lost: [item.first.index - 1, item.first.index] as const } : {}),
      })
    }
    used.set(item.index, item)
    next = Math.max(next, item.index) + 1
  }
  return violations
}

interface Alignment {
  readonly violations: readonly RuleViolation[]
  readonly places: ReadonlyMap<TimelineItem, Place>
}

/** Finds each streamed item in the final output: by its place, which must be its `output_index`. */
function align({ items, final, terminals, resumed }: StreamTimeline): Alignment {
  const nothing = { violations: [], places: new Map<TimelineItem, Place>() }
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
  const places = new Map<TimelineItem, Place>()
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

function ids(
  item: TimelineItem,
  { terminals }: StreamTimeline,
  place: Place | undefined,
): readonly RuleViolation[] {
  const expected = `${show(item.id)}, the id of ${itemNameOf(item)} since event ${item.first.index}`
  const calls = [addedItemOf(item)?.['call_id'], doneItemOf(item)?.['call_id']]
  const violations = item.wrongIds.map(({ event, pointer, reported: said }): RuleViolation => ({
    rule: 'item-id',
    event,
    pointer,
    expected,
    actual: show(said),
    ...(calls.includes(said) ? { message: 'That is the call_id of the item.' } : {}),
    same: 'id',
  }))
  const last = place?.item['id']
  // A name that changed on the way is reported where it changed.
  const reported = item.wrongIds.some(({ reported: said }) => said === last)
  if (place === undefined || typeof last !== 'string' || last === item.id || reported)
    return violations
  if (item.id === undefined) return violations
  return [
    ...violations,
    {
      rule: 'item-id',
      event: terminals[0],
      pointer: `/response/output/${place.index}/id`,
      expected,
      actual: show(last),
      same: 'final',
    },
  ]
}

/** The type of an item does not change: reported once, where it first differs. */
function names(
  item: TimelineItem,
  { terminals }: StreamTimeline,
  place: Place | undefined,
): readonly RuleViolation[] {
  const copies = [
    { event: item.added[0], item: addedItemOf(item), at: '/item' },
    { event: item.done[0], item: doneItemOf(item), at: '/item' },
    { event: terminals[0], item: place?.item, at: `/response/output/${place?.index}` },
  ]
  return ['type', 'call_id', 'name'].flatMap((key): readonly RuleViolation[] => {
    // Another rule judges what the opening lacks.
    const known = copies.filter((failure) => (failure.item?.[key] ?? '') !== '')
    const first = known[0]
    const other = known.find((failure) => failure.item![key] !== first!.item![key])
    return other === undefined
      ? []
      : [
          {
            rule: 'item-type',
            event: other.event,
            pointer: `${other.at}/${key}`,
            expected: `${show(first!.item![key])}, as in event ${first!.event!.index}`,
            actual: show(other.item![key]),
            ...(item.type === 'tool_search_call' && key === 'call_id'
              ? { contested: 'OpenAI was recorded changing the call_id of a tool_search_call.' }
              : {}),
            same: `${key} ${item.type}`,
          },
        ]
  })
}

// Compared elsewhere: names above, texts part by part by the laws of assembly. Copies of
// `encrypted_content` are each valid and need not be equal.
const ELSEWHERE =
  /^\/(?:id|type|call_id|name|arguments|input|code|encrypted_content)$|^\/(?:content|summary)\/\d+\/(?:text|refusal)$/

/** Everything else in the final item, against the item as it was done. */
function rest(
  item: TimelineItem,
  timeline: StreamTimeline,
  place: Place,
): readonly RuleViolation[] {
  const done = doneItemOf(item)
  if (done === undefined) return []
  // Where the done item is wrong already, the final one is not blamed for differing from it.
  const reported = [...judgeItemEnd(item, timeline), ...judgeCompleteness(item)].flatMap(
    ({ pointer }) => (pointer === undefined ? [] : [pointer.replace('/item', '')]),
  )
  return diffJson(done, place.item)
    .filter(
      ({ pointer }) =>
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
