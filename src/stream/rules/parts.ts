// Judges the life of each content and summary part: added, its text, done.

import { field, isObject, show } from '../../base/json.ts'
import type { Json, StreamEvent } from '../../types/index.ts'
import type { RuleId, RuleViolation } from '../rule-ids-and-violations.ts'
import { CHANNELS } from '../event-types.ts'
import { doneItemOf, itemNameOf } from './items.ts'
import { payloadOf, eventTypeOf } from '../timeline.ts'
import type { Channel, TimelineItem, TimelinePart, StreamTimeline } from '../timeline.ts'

export function judgeParts(timeline: StreamTimeline): readonly RuleViolation[] {
  return timeline.items.flatMap((item) => {
    if (item.type === 'function_call' && item.parts.length > 0) return [callWithParts(item)]
    return [
      ...item.parts.flatMap((part) => [
        ...opening(item, part, timeline),
        ...starts(part),
        ...hosts(item, part),
        ...order(item, part),
        ...closing(item, part, timeline),
      ]),
      ...indexes(item, timeline),
      ...unstreamed(item),
    ]
  })
}

function callWithParts(item: TimelineItem): RuleViolation {
  const event = item.parts[0]!.first
  return {
    rule: 'function-parts',
    event,
    expected: 'no content parts and no text in a function_call',
    actual: `${eventTypeOf(event)} for ${itemNameOf(item)}`,
  }
}

/** The type that a part was added with, or that its text says. */
export function partTypeOf(part: TimelinePart): string | undefined {
  const reported =
    field(part.added[0]?.data, '/part/type') ?? field(part.closed[0]?.data, '/part/type')
  return typeof reported === 'string' ? reported : part.channels[0]?.kind.part
}

/** Reasoning has rules of its own; text and refusals share those of content parts. */
function ruleOf(part: TimelinePart, general: RuleId): RuleId {
  if (part.by === 'summary_index') return 'summary'
  return partTypeOf(part) === 'reasoning_text' ? 'reasoning-text' : general
}

const STEM = {
  content_index: 'response.content_part',
  summary_index: 'response.reasoning_summary_part',
}

export function partNameOf(item: TimelineItem, part: TimelinePart): string {
  return `${part.by === 'content_index' ? 'content' : 'summary'} part ${part.index} of ${itemNameOf(item)}`
}

function opening(
  item: TimelineItem,
  part: TimelinePart,
  { resumed }: StreamTimeline,
): readonly RuleViolation[] {
  const [added, ...again] = part.added
  const type = `${STEM[part.by]}.added`
  const expected = `\`${type}\` before any other event of its part`
  if (added === undefined) {
    if (resumed) return []
    return [
      {
        rule: ruleOf(part, 'part-added'),
        event: part.first,
        expected,
        actual: `${eventTypeOf(part.first)} for ${partNameOf(item, part)}, which was never added`,
        lost: [part.first.index - 1, part.first.index],
      },
    ]
  }
  const repeated = again.map((event): RuleViolation => ({
    rule: ruleOf(part, 'part-order'),
    event,
    expected: `\`${type}\` once for each part`,
    actual: `${partNameOf(item, part)} added again, first in event ${added.index}`,
  }))
  if (added === part.first) return repeated
  return [
    {
      rule: ruleOf(part, 'part-added'),
      event: part.first,
      expected,
      actual: `${eventTypeOf(part.first)} for ${partNameOf(item, part)}, added later in event ${added.index}`,
    },
    ...repeated,
  ]
}

/** Published part types: the item that has them, and the key of their text. */
const PARTS: ReadonlyMap<string, { readonly host: string; readonly text: string }> = new Map([
  ['output_text', { host: 'message', text: 'text' }],
  ['refusal', { host: 'message', text: 'refusal' }],
  ['reasoning_text', { host: 'reasoning', text: 'text' }],
  ['summary_text', { host: 'reasoning', text: 'text' }],
])

/** What a part looks like before anything was said. */
function starts(part: TimelinePart): readonly RuleViolation[] {
  const event = part.added[0]
  const reported = event === undefined ? undefined : payloadOf(event)['part']
  const key = PARTS.get(partTypeOf(part) ?? '')?.text
  if (!isObject(reported) || key === undefined) return []
  const wrong = (name: string, expected: string): RuleViolation => ({
    rule: ruleOf(part, 'part-starts'),
    event,
    pointer: `/part/${name}`,
    expected,
    actual: show(reported[name]),
  })
  const { annotations } = reported
  return [
    ...(typeof reported[key] === 'string' && reported[key] !== ''
      ? [wrong(key, `${key} "" when a part is added`)]
      : []),
    ...(Array.isArray(annotations) && annotations.length > 0
      ? [wrong('annotations', 'annotations [] when a part is added')]
      : []),
  ]
}

function hosts(item: TimelineItem, part: TimelinePart): readonly RuleViolation[] {
  const type = partTypeOf(part)
  const host = PARTS.get(type ?? '')?.host
  if (type === undefined || host === undefined || item.type === undefined || item.type === host) {
    return []
  }
  return [
    {
      rule: 'part-host',
      event: part.first,
      expected: `a part of type ${type} in an item of type ${host}`,
      actual: `in ${itemNameOf(item)}`,
    },
  ]
}

function order(item: TimelineItem, part: TimelinePart): readonly RuleViolation[] {
  const wrong = (event: StreamEvent, actual: string, same: string): RuleViolation => ({
    rule: ruleOf(part, 'part-order'),
    event,
    expected: `for each part: added, deltas (and annotations), one done, then \`${STEM[part.by]}.done\``,
    actual,
    same,
  })
  const name = partNameOf(item, part)
  const type = partTypeOf(part)
  const reported = new Set(part.late)
  return [
    ...part.late.map((event) =>
      wrong(event, `${eventTypeOf(event)} after ${name} was done`, 'late'),
    ),
    ...part.closed.slice(1).map((event) => wrong(event, `${name} done again`, 'again')),
    ...part.channels.flatMap(({ kind, first, dones, late }) => {
      const [done, ...again] = dones
      const isOdd = kind.part !== type && PARTS.has(type ?? '')
      return [
        ...(isOdd ? [wrong(first, `${eventTypeOf(first)} in a part of type ${type}`, 'kind')] : []),
        ...late
          .filter((event) => !reported.has(event))
          .map((event) =>
            wrong(
              event,
              `${eventTypeOf(event)} after ${eventTypeOf(done!)} (event ${done!.index})`,
              'after',
            ),
          ),
        ...again
          .filter((event) => !reported.has(event))
          .map((event) =>
            wrong(event, `${eventTypeOf(event)} again, first in event ${done!.index}`, 'twice'),
          ),
      ]
    }),
  ]
}

/** The event by which everything in an item must be closed, if that point was reached. */
export function deadlineOf(
  item: TimelineItem,
  { terminals }: StreamTimeline,
): StreamEvent | undefined {
  const end = terminals[0]
  if (item.done[0] !== undefined) return item.done[0]
  // Without an end, the missing end is the mistake; a failed response may leave anything open.
  return end === undefined || eventTypeOf(end) === 'response.failed' ? undefined : end
}

export function isEndIncomplete({ terminals }: StreamTimeline): boolean {
  return terminals[0] !== undefined && eventTypeOf(terminals[0]) === 'response.incomplete'
}

function closing(
  item: TimelineItem,
  part: TimelinePart,
  timeline: StreamTimeline,
): readonly RuleViolation[] {
  const end = deadlineOf(item, timeline)
  if (end === undefined) return []
  const incomplete = isEndIncomplete(timeline)
  const violations: RuleViolation[] = []
  const missing = (
    general: RuleId,
    type: string,
    by: StreamEvent,
    from: StreamEvent,
  ): RuleViolation => ({
    rule: incomplete ? 'incomplete-closes' : ruleOf(part, general),
    event: by,
    expected: `\`${type}\` for every part`,
    actual: `${eventTypeOf(by)} while ${partNameOf(item, part)} is open`,
    lost: [from.index, by.index],
  })
  const by = part.closed[0] ?? end
  const kind = CHANNELS.find(({ part: type }) => type !== undefined && type === partTypeOf(part))
  const channel: Channel | undefined = part.channels[0]
  if (channel === undefined) {
    const text = kind === undefined ? undefined : field(by.data, `/part/${kind.text}`)
    // The rules of assembly report text that was not streamed.
    if (kind !== undefined && (text === '' || text === undefined)) {
      const from = part.last === by ? part.first : part.last
      violations.push(missing('part-closed', kind.done, by, from))
    }
  } else if (channel.dones.length === 0) {
    const general = channel.kind.part === 'refusal' ? 'refusal' : 'part-closed'
    violations.push(missing(general, channel.kind.done, by, channel.last))
  }
  // Who opens no part closes none: that is one mistake.
  const isOpened = part.added.length > 0 || timeline.resumed
  if (part.closed.length === 0 && isOpened) {
    violations.push(missing('part-closed', `${STEM[part.by]}.done`, end, part.last))
  }
  return violations
}

function indexes(item: TimelineItem, { resumed }: StreamTimeline): readonly RuleViolation[] {
  const violations: RuleViolation[] = []
  const expectedIndex = { content_index: 0, summary_index: 0 }
  for (const part of item.parts) {
    const next = expectedIndex[part.by]
    expectedIndex[part.by] = Math.max(next, part.index) + 1
    const which = part.by === 'content_index' ? 'content-index' : 'summary'
    for (const { event, pointer, reported: said } of part.wrongIndexes) {
      violations.push({
        rule: which,
        event,
        pointer,
        expected: `${part.by} ${part.index} of the part that is open in ${itemNameOf(item)}`,
        actual: show(said),
        same: `${part.by} differs`,
      })
    }
    if (part.index === next || resumed || part.wrongIndexes.length > 0) continue
    violations.push({
      rule: which,
      event: part.first,
      pointer: `/${part.by}`,
      expected: `${part.by} ${next} for the next part of ${itemNameOf(item)}: from 0, by 1`,
      actual: String(part.index),
      same: `${part.by} counts`,
    })
  }
  return violations
}

/** Parts that the finished item has and that were not streamed. */
function unstreamed(item: TimelineItem): readonly RuleViolation[] {
  const done = doneItemOf(item)
  // A part that `output_item.done` alone reports lacks its opening, which has a rule of its own.
  if (done === undefined || item.added.length === 0) return []
  return (['content', 'summary'] as const).flatMap((key): readonly RuleViolation[] => {
    const by = `${key}_index` as TimelinePart['by']
    const reported = done[key]
    const own = item.parts.filter((part) => part.by === by)
    const parts = Array.isArray(reported) ? (reported as readonly Json[]) : []
    if (own.length >= parts.length) return []
    const streamed = new Set(own.map(({ index: place }) => place))
    const index = parts.findIndex((_, place) => !streamed.has(place))
    if (index === -1) return []
    const type = field(parts[index], '/type')
    return [
      {
        rule:
          key === 'summary'
            ? 'summary'
            : type === 'reasoning_text'
              ? 'reasoning-text'
              : 'part-added',
        event: item.done[0],
        pointer: `/item/${key}/${index}`,
        expected: `every part of an item streamed, from \`${STEM[by]}.added\` on`,
        actual: `${key} part ${index} of ${itemNameOf(item)} without any event`,
        lost: [item.first.index, item.done[0]!.index],
      },
    ]
  })
}
