// Judges the life of each output item: added, its body, done; and what its opening and closing say.

import { field, isObject, show } from '../../base/json.ts'
import type { JsonObject, StreamEvent } from '../../types/index.ts'
import type { RuleId, RuleViolation } from '../rule-ids-and-violations.ts'
import { payloadOf, eventTypeOf } from '../timeline.ts'
import type { TimelineItem, StreamTimeline } from '../timeline.ts'

export function judgeItems(timeline: StreamTimeline): readonly RuleViolation[] {
  return [
    ...timeline.items.flatMap((item) => [
      ...opening(item, timeline),
      ...objects(item),
      ...starts(item),
      ...closing(item, timeline),
      ...judgeItemEnd(item, timeline),
      ...judgeCompleteness(item),
    ]),
    ...reasoningFirst(timeline),
  ]
}

function opening(item: TimelineItem, { resumed }: StreamTimeline): readonly RuleViolation[] {
  const [added, ...again] = item.added
  const rule = 'item-added'
  if (added === undefined) {
    if (resumed) return []
    return [
      {
        rule: rule,
        event: item.first,
        pointer: '/output_index',
        expected: '`response.output_item.added` before any other event of its item',
        actual: `${eventTypeOf(item.first)} for ${itemNameOf(item)}, which was never added`,
        lost: [item.first.index - 1, item.first.index],
      },
    ]
  }
  const violations = again.map((event): RuleViolation => ({
    rule: 'output-index',
    event,
    pointer: '/output_index',
    expected: 'each item added once, at an output_index of its own',
    actual: `${itemNameOf(item)} added again, first in event ${added.index}`,
    same: 'again',
  }))
  if (added === item.first) return violations
  return [
    {
      rule: rule,
      event: item.first,
      pointer: '/output_index',
      expected: '`response.output_item.added` before any other event of its item',
      actual: `${eventTypeOf(item.first)} for ${itemNameOf(item)}, which is added later, in event ${added.index}`,
    },
    ...violations,
  ]
}

function objects(item: TimelineItem): readonly RuleViolation[] {
  return [...item.added, ...item.done].flatMap((event): readonly RuleViolation[] => {
    const reported = payloadOf(event)['item']
    return isObject(reported)
      ? []
      : [
          {
            rule: 'item-object',
            event,
            pointer: '/item',
            expected: 'an output item',
            actual: show(reported),
          },
        ]
  })
}

/** What an item looks like before anything was said. */
function starts(item: TimelineItem): readonly RuleViolation[] {
  const event = item.added[0]
  const reported = event === undefined ? undefined : payloadOf(event)['item']
  if (event === undefined || !isObject(reported)) return []
  const violations: RuleViolation[] = []
  const wrong = (rule: RuleId, key: string, expected: string): RuleViolation => ({
    rule,
    event,
    pointer: `/item/${key}`,
    expected,
    actual: show(reported[key]),
  })
  const { type, status } = reported
  const spoken = type === 'message' || type === 'function_call'
  if (spoken && typeof status === 'string' && status !== 'in_progress') {
    violations.push(
      wrong('item-starts', 'status', `a ${type} with status in_progress when it is added`),
    )
  }
  if (type === 'message') {
    if (reported['role'] !== 'assistant')
      violations.push(wrong('message-added', 'role', 'role assistant'))
    const { content } = reported
    if (!Array.isArray(content) || content.length > 0) {
      violations.push(wrong('message-added', 'content', 'content [] when a message is added'))
    }
  }
  if (type === 'function_call') {
    for (const key of ['name', 'call_id']) {
      if (typeof reported[key] !== 'string' || reported[key] === '') {
        violations.push(wrong('function-added', key, `the call's ${key} when it is added`))
      }
    }
    if (reported['arguments'] !== '') {
      violations.push(wrong('function-added', 'arguments', 'arguments "" when a call is added'))
    }
  }
  return violations
}

function closing(item: TimelineItem, timeline: StreamTimeline): readonly RuleViolation[] {
  const [done, ...again] = item.done
  const rule = 'item-done'
  const expected = '`response.output_item.done` once for each item, behind all its other events'
  if (done === undefined) {
    const end = timeline.terminals[0]
    // Without an end, the missing end is the mistake; a failed response may leave items open.
    if (end === undefined || eventTypeOf(end) === 'response.failed') return []
    return [
      {
        rule: eventTypeOf(end) === 'response.incomplete' ? 'incomplete-closes' : rule,
        event: end,
        expected,
        actual: `${eventTypeOf(end)} while ${itemNameOf(item)} is open`,
        ...(item.type === 'mcp_list_tools'
          ? { contested: 'OpenAI was recorded leaving it out for parallel mcp_list_tools items.' }
          : {}),
        same: `open ${item.type === 'mcp_list_tools'}`,
        lost: [item.last.index, end.index],
      },
    ]
  }
  const repeated = again.map((event): RuleViolation => ({
    rule: rule,
    event,
    expected,
    actual: `${itemNameOf(item)} done again, first in event ${done.index}`,
    same: 'again',
  }))
  const late = item.late.map((event): RuleViolation => ({
    rule: rule,
    event,
    expected,
    actual: `${eventTypeOf(event)} for ${itemNameOf(item)}, done in event ${done.index}`,
    same: 'late',
  }))
  return [...repeated, ...late]
}

// Hosted tools may fail without making the response incomplete.
const ENDS = ['completed', 'incomplete', 'failed']

export function judgeItemEnd(
  item: TimelineItem,
  { terminals }: StreamTimeline,
): readonly RuleViolation[] {
  const event = item.done[0]
  if (event === undefined) return []
  const status = field(event.data, '/item/status')
  if (typeof status !== 'string') return []
  const whole = terminals[0] !== undefined && eventTypeOf(terminals[0]) === 'response.completed'
  const spoken = item.type === 'message' || item.type === 'function_call'
  const right = whole && spoken ? status === 'completed' : ENDS.includes(status)
  return right
    ? []
    : [
        {
          rule: 'item-ends',
          event,
          pointer: '/item/status',
          expected:
            whole && spoken
              ? 'status completed when an item of a completed response is done'
              : 'status completed, incomplete or failed when an item is done',
          actual: show(status),
        },
      ]
}

/** The done item has at least the parts that were streamed and closed. */
export function judgeCompleteness(item: TimelineItem): readonly RuleViolation[] {
  const done = doneItemOf(item)
  if (done === undefined) return []
  return (['content', 'summary'] as const).flatMap((key): readonly RuleViolation[] => {
    const reported = done[key]
    const parts = item.parts.filter((part) => part.by === `${key}_index` && part.closed.length > 0)
    return !Array.isArray(reported) || reported.length >= parts.length
      ? []
      : [
          {
            rule: 'item-done',
            event: item.done[0],
            pointer: `/item/${key}`,
            expected: `the complete item, with the ${parts.length} parts that were streamed`,
            actual: show(reported),
            same: 'complete',
          },
        ]
  })
}

function reasoningFirst({ items }: StreamTimeline): readonly RuleViolation[] {
  const thought = items.findIndex((item) => item.type === 'reasoning' && item.added.length > 0)
  const spoken = items.findIndex((item) => item.type === 'message' || item.type === 'function_call')
  const item = items[thought]
  // Reasoning between two calls is usual; reasoning that only comes behind the whole answer is not.
  const behind = items.slice(thought + 1).some((next) => next.type !== 'reasoning')
  if (item === undefined || spoken === -1 || spoken > thought || behind) return []
  return [
    {
      rule: 'reasoning-first',
      event: item.added[0],
      expected: 'a reasoning item before the message or call that it led to',
      actual: `reasoning after ${itemNameOf(items[spoken]!)}`,
    },
  ]
}

export function itemNameOf(item: TimelineItem): string {
  const type = item.type ?? 'item'
  return item.index === undefined ? `${type} ${show(item.id)}` : `${type} ${item.index}`
}

/** The item as its closing event has it. */
export function doneItemOf(item: TimelineItem): JsonObject | undefined {
  const event: StreamEvent | undefined = item.done[0]
  const reported = event === undefined ? undefined : payloadOf(event)['item']
  return isObject(reported) ? reported : undefined
}

export function addedItemOf(item: TimelineItem): JsonObject | undefined {
  const event: StreamEvent | undefined = item.added[0]
  const reported = event === undefined ? undefined : payloadOf(event)['item']
  return isObject(reported) ? reported : undefined
}
