// Judges ids, types and indexes of items: they stay, and indexes count up.

import { show } from '../../base/json.ts'
import type { RuleViolation } from '../rule-ids-and-violations.ts'
import { findFinalPlaces, judgeFinalItem, type FinalPlace } from './final-output.ts'
import { addedItemOf, doneItemOf, itemNameOf } from './items.ts'
import type { TimelineItem, StreamTimeline } from '../timeline.ts'

export function judgeIdentity(timeline: StreamTimeline): readonly RuleViolation[] {
  const { violations, places } = findFinalPlaces(timeline)
  return [
    ...indexes(timeline),
    ...violations,
    ...timeline.items.flatMap((item) => {
      const place = places.get(item)
      return [
        ...ids(item, timeline, place),
        ...names(item, timeline, place),
        ...(place === undefined ? [] : judgeFinalItem(item, timeline, place)),
      ]
    }),
  ]
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

function ids(
  item: TimelineItem,
  { terminals }: StreamTimeline,
  place: FinalPlace | undefined,
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
  place: FinalPlace | undefined,
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
