// Judges the sequence numbers of a stream: one counter over all its events.

import { show } from '../../base/json.ts'
import type { StreamEvent } from '../../types/index.ts'
import type { RuleViolation } from '../rule-ids-and-violations.ts'
import { ROLES } from '../event-types.ts'
import { payloadOf, eventTypeOf } from '../timeline.ts'

interface Numbering {
  readonly violations: readonly RuleViolation[]
  /** Numbers that no event has, to be blamed on a lost event where another rule misses one. */
  readonly gaps: readonly RuleViolation[]
  /** The numbers do not increase, so that the order of delivery is in doubt. */
  readonly disordered: boolean
  /** Events without any type: what they say is unknown. */
  readonly nameless: readonly StreamEvent[]
}

function numberOf(event: StreamEvent): number | undefined {
  const value = payloadOf(event)['sequence_number']
  return typeof value === 'number' && Number.isInteger(value) ? value : undefined
}

/** `events`: the JSON events in the order of delivery. `resumed`: the first number follows the cursor. */
export function judgeNumbering(events: readonly StreamEvent[], resumed: boolean): Numbering {
  const violations: RuleViolation[] = []
  const gaps: RuleViolation[] = []
  let last: StreamEvent | undefined
  let lastNumber = -1
  let unnumbered = 0
  let disordered = false
  const nameless: StreamEvent[] = []

  for (const event of events) {
    const data = payloadOf(event)
    const type = eventTypeOf(event)
    if (type === '') nameless.push(event)
    if (typeof data['type'] !== 'string') {
      violations.push({
        rule: 'numbered',
        event,
        pointer: '/type',
        expected: 'a string `type` in the data of every event',
        actual: show(data['type']),
      })
    }
    const number = numberOf(event)
    // A vendor's own event may take part in the count, and need not.
    if (type !== '' && !ROLES.has(type)) {
      if (number === lastNumber + 1) lastNumber = number
      continue
    }
    if (number === undefined) {
      unnumbered += 1
      violations.push({
        rule: 'numbered',
        event,
        pointer: '/sequence_number',
        expected: 'an integer `sequence_number` on every event',
        actual: show(data['sequence_number']),
      })
      continue
    }
    if (last === undefined) {
      // A stream that begins with something else has lost its beginning, which another rule reports.
      if (!resumed && number !== 0 && type === 'response.created') {
        violations.push({
          rule: 'numbers-from-zero',
          event,
          pointer: '/sequence_number',
          expected: 'sequence_number 0 on the first event',
          actual: String(number),
        })
      }
    } else if (number <= lastNumber) {
      disordered = true
      violations.push({
        rule: 'numbers-increase',
        event,
        pointer: '/sequence_number',
        expected: `a sequence_number above ${lastNumber}, that of the event before`,
        actual: String(number),
        ...(event.raw === last.raw ? { message: 'The event before was sent twice.' } : {}),
        same: 'not above',
      })
    } else if (number > lastNumber + 1 + unnumbered) {
      gaps.push({
        rule: 'numbers-contiguous',
        event,
        pointer: '/sequence_number',
        expected: `sequence_number ${lastNumber + 1}, next after the event before`,
        actual: String(number),
        message: `The numbers jump from ${lastNumber} to ${number}: something was numbered and never sent.`,
        same: 'gap',
        lost: [last.index, event.index],
      })
    }
    last = event
    lastNumber = number
    unnumbered = 0
  }
  return { violations, gaps, disordered, nameless }
}

/**
 * Other readings of a stream whose numbers do not increase: without what was sent twice, and in
 * the order of the numbers. If one of them keeps all rules, the numbers are the only mistake.
 */
export function otherReadingsOf(
  events: readonly StreamEvent[],
): readonly (readonly StreamEvent[])[] {
  const seen = new Set<string>()
  const once = events.filter((event) => {
    if (numberOf(event) === undefined) return true
    if (seen.has(event.raw)) return false
    seen.add(event.raw)
    return true
  })
  const sorted = events.toSorted(
    (a, b) => (numberOf(a) ?? a.index) - (numberOf(b) ?? b.index) || a.index - b.index,
  )
  return [once, sorted]
}
