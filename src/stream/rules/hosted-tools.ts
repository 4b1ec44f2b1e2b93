// Judges the progress of hosted tools, citations, and the event names of raw reasoning.

import { field, show } from '../../base/json.ts'
import type { Json } from '../../types/index.ts'
import { diffJson } from '../../base/json-diff.ts'
import type { RuleViolation } from '../rule-ids-and-violations.ts'
import { PHASES, ROLES } from '../event-types.ts'
import { doneItemOf, itemNameOf } from './items.ts'
import { partNameOf } from './parts.ts'
import { channelsOf, eventTypeOf } from '../timeline.ts'
import type { TimelineItem, TimelinePart, StreamTimeline } from '../timeline.ts'

export function judgeHostedTools({ items }: StreamTimeline): readonly RuleViolation[] {
  return items.flatMap((item) => [
    ...phases(item),
    ...images(item),
    ...item.parts.flatMap((part) => annotations(item, part)),
    ...reasoningNames(item),
  ])
}

function phases(item: TimelineItem): readonly RuleViolation[] {
  const groups = PHASES.get(item.type ?? '')
  if (groups === undefined || item.phases.length === 0) return []
  const violations: RuleViolation[] = []
  const expected = `${groups.map((names) => names.join(' or ')).join(', ')} in this order`
  let reached = -1
  for (const event of item.phases) {
    const role = ROLES.get(eventTypeOf(event))
    if (role?.role !== 'phase') continue
    if (role.item !== item.type) {
      const actual = `${eventTypeOf(event)} for ${itemNameOf(item)}`
      violations.push({ rule: 'hosted-phases', event, expected, actual })
      continue
    }
    const last = groups.length - 1
    if (role.rank < reached || (role.rank === last && reached === last)) {
      violations.push({
        rule: 'hosted-phases',
        event,
        expected,
        actual: `${eventTypeOf(event)} after ${groups[reached]!.join(' or ')}`,
      })
    }
    reached = Math.max(reached, role.rank)
  }
  const event = item.done[0]
  const status = doneItemOf(item)?.['status']
  const ended = status === undefined || status === 'completed'
  if (event !== undefined && ended && reached < groups.length - 1) {
    violations.push({
      rule: 'hosted-phases',
      event,
      expected,
      actual: `${itemNameOf(item)} done without ${groups.at(-1)!.join(' or ')}`,
      lost: [item.first.index, event.index],
    })
  }
  return violations
}

function images(item: TimelineItem): readonly RuleViolation[] {
  const partial = item.phases.filter((event) => eventTypeOf(event).endsWith('.partial_image'))
  return partial.flatMap((event, index): readonly RuleViolation[] => {
    const reported = field(event.data, '/partial_image_index')
    return reported === index
      ? []
      : [
          {
            rule: 'partial-images',
            event,
            pointer: '/partial_image_index',
            expected: `partial_image_index ${index}: from 0, by 1`,
            actual: show(reported),
            same: 'index',
          },
        ]
  })
}

function annotations(item: TimelineItem, part: TimelinePart): readonly RuleViolation[] {
  if (part.annotations.length === 0) return []
  const closed = part.closed[0]
  const reported =
    field(closed?.data, '/part/annotations') ??
    field(doneItemOf(item), `/content/${part.index}/annotations`)
  return part.annotations.flatMap((event, place): readonly RuleViolation[] => {
    const index = field(event.data, '/annotation_index')
    if (typeof index === 'number' && index !== place) {
      return [
        {
          rule: 'annotations',
          event,
          pointer: '/annotation_index',
          expected: `annotation_index ${place} for the next annotation of ${partNameOf(item, part)}`,
          actual: show(index),
          same: 'index',
        },
      ]
    }
    if (!Array.isArray(reported)) return []
    const [gap] = diffJson(
      (reported as readonly Json[])[place],
      field(event.data, '/annotation'),
      1,
    )
    return gap === undefined
      ? []
      : [
          {
            rule: 'annotations',
            event,
            pointer: `/annotation${gap.pointer}`,
            expected: `${show(gap.expected)}, as annotation ${place} of the finished part`,
            actual: show(gap.actual),
            same: 'value',
          },
        ]
  })
}

/** Each of two names is right by one yardstick only. */
function reasoningNames(item: TimelineItem): readonly RuleViolation[] {
  return channelsOf(item)
    .filter(({ kind }) => kind.part === 'reasoning_text')
    .map(({ kind, first }) => {
      const open = kind.delta === 'response.reasoning.delta'
      return {
        rule: open ? 'reasoning-name-openai' : 'reasoning-name-open-responses',
        event: first,
        pointer: '/type',
        expected: open
          ? '`response.reasoning_text.delta` and `.done` for raw reasoning'
          : '`response.reasoning.delta` and `.done` for raw reasoning',
        actual: eventTypeOf(first),
      }
    })
}
