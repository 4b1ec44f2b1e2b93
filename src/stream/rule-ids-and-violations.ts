// The ids of the stream rules, and the findings that report their violations.

import { eventType } from '../authoring/read.ts'
import { show } from '../base/json.ts'
import type { Finding, FindingKind, StreamEvent } from '../types/index.ts'

/** Every stream rule. A check reports the violations of one or a few of them. */
export type RuleId =
  // the response's life
  | 'created-first'
  | 'in-progress'
  | 'queued-order'
  | 'lifecycle-object'
  | 'initial-state'
  | 'response-id'
  | 'echo-stable'
  | 'usage-at-end'
  // its end
  | 'single-terminal'
  | 'terminal-status'
  | 'incomplete-details'
  | 'incomplete-closes'
  | 'failed-error'
  | 'error-shape'
  | 'error-nested'
  | 'error-then-failed'
  | 'nothing-after'
  // items
  | 'item-added'
  | 'item-done'
  | 'item-object'
  | 'item-starts'
  | 'item-ends'
  | 'message-added'
  | 'function-added'
  | 'reasoning-first'
  | 'output-index'
  | 'item-id'
  | 'item-type'
  | 'terminal-output'
  // parts
  | 'part-added'
  | 'part-closed'
  | 'part-order'
  | 'part-starts'
  | 'part-host'
  | 'content-index'
  | 'annotations'
  | 'refusal'
  | 'summary'
  | 'summary-assembly'
  | 'reasoning-text'
  | 'reasoning-name-openai'
  | 'reasoning-name-open-responses'
  // assembly
  | 'text-assembly'
  | 'arguments-assembly'
  | 'arguments-delta'
  | 'arguments-done'
  | 'arguments-name'
  | 'function-parts'
  | 'custom-input'
  | 'hosted-phases'
  | 'partial-images'
  // numbering and characters
  | 'numbered'
  | 'numbers-from-zero'
  | 'numbers-increase'
  | 'numbers-contiguous'
  | 'characters'

/** Laws that speak of several places of a stream together; of the others the place tells what is wrong. */
const KINDS: Readonly<Partial<Record<RuleId, FindingKind>>> = {
  'created-first': 'order',
  'in-progress': 'order',
  'queued-order': 'order',
  'response-id': 'differs',
  'echo-stable': 'differs',
  'single-terminal': 'order',
  'incomplete-closes': 'order',
  'error-then-failed': 'missing-event',
  'nothing-after': 'order',
  'item-added': 'order',
  'item-done': 'order',
  'reasoning-first': 'order',
  'output-index': 'order',
  'item-id': 'differs',
  'item-type': 'differs',
  'terminal-output': 'differs',
  'part-added': 'order',
  'part-closed': 'order',
  'part-order': 'order',
  'content-index': 'order',
  annotations: 'order',
  refusal: 'differs',
  summary: 'order',
  'summary-assembly': 'differs',
  'reasoning-text': 'differs',
  'text-assembly': 'differs',
  'arguments-assembly': 'differs',
  'arguments-delta': 'missing-event',
  'arguments-done': 'missing-event',
  'arguments-name': 'differs',
  'function-parts': 'order',
  'custom-input': 'missing-event',
  'hosted-phases': 'order',
  'partial-images': 'order',
  'numbers-from-zero': 'order',
  'numbers-increase': 'order',
  'numbers-contiguous': 'order',
}

export interface RuleFinding extends Finding {
  readonly rule: RuleId
}

export interface RuleViolation {
  readonly rule: RuleId
  /** The event that shows it; undefined when the stream has none at all. */
  readonly event: StreamEvent | undefined
  /** JSON pointer inside the event's payload. */
  readonly pointer?: string
  readonly expected: string
  readonly actual: string
  readonly message?: string
  /** Why this point is disputed. */
  readonly contested?: string
  /** Violations with the same text are reported once. */
  readonly same?: string
  /** An event got lost behind the first and before or at the second of these event numbers. */
  readonly lost?: readonly [number, number]
}

/**
 * Mistakes of the same kind are one finding, at the first place, that counts the others. `why`: what
 * the rest of the stream says about it.
 */
export function reportViolations(
  violations: readonly RuleViolation[],
  events: readonly StreamEvent[],
  step: string,
  why: (violation: RuleViolation) => string | undefined,
): readonly RuleFinding[] {
  const groups = new Map<string, RuleViolation[]>()
  for (const violation of violations) {
    const key = `${violation.rule} ${violation.same ?? violation.expected}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [violation])
    else group.push(violation)
  }
  return [...groups.values()].map((group) => {
    const { rule, event, pointer, expected, actual, contested } = group[0]!
    const message = [...new Set([group[0]!.message ?? '', why(group[0]!) ?? ''])].join(' ').trim()
    const places = [
      ...(event === undefined
        ? []
        : [`event ${event.index}, after ${event.ms} ms, at byte ${event.offset}`]),
      ...(group.length === 1 ? [] : [`the same ${others(group)}`]),
    ]
    return {
      rule,
      step,
      at: event === undefined ? '/events' : `/events/${event.index}${pointer ?? ''}`,
      expected,
      actual,
      ...(contested === undefined ? {} : { contested }),
      ...(message === '' ? {} : { message }),
      ...(places.length === 0 ? {} : { place: places.join('; ') }),
      ...(event === undefined
        ? {}
        : { near: neighbours(events, event), event: eventType(event) ?? '?' }),
      ...(KINDS[rule] === undefined ? {} : { kind: KINDS[rule] }),
    }
  })
}

function others([first, ...group]: readonly RuleViolation[]): string {
  const places = new Set(group.flatMap(({ event }) => (event ? [event.index] : [])))
  places.delete(first?.event?.index ?? -1)
  if (places.size === 0)
    return `${group.length === 1 ? 'once' : `${group.length} times`} more there`
  const named = [...places].slice(0, 5).join(', ')
  const rest = Math.max(0, places.size - 5)
  return `at event${places.size === 1 ? '' : 's'} ${named}${rest === 0 ? '' : ` and ${rest} more`}`
}

/** The event with two before and two after it. */
function neighbours(events: readonly StreamEvent[], event: StreamEvent): readonly string[] {
  const from = Math.max(0, event.index - 2)
  return events
    .slice(from, event.index + 3)
    .map((near) => `${near.index} ${eventType(near) ?? (near.raw === '[DONE]' ? '[DONE]' : '?')}`)
}

/** Where two texts begin to differ, each shown from there. */
export function excerptDifference(
  expected: string,
  actual: string,
): { readonly expected: string; readonly actual: string; readonly offset: number } {
  let offset = 0
  const end = Math.min(expected.length, actual.length)
  while (offset < end && expected.charCodeAt(offset) === actual.charCodeAt(offset)) offset += 1
  return { expected: window(expected, offset), actual: window(actual, offset), offset }
}

function window(text: string, offset: number): string {
  const from = Math.max(0, offset - 20)
  return `${from > 0 ? '…' : ''}${show(text.slice(from, offset + 40))}${offset + 40 < text.length ? '…' : ''}`
}
