// Turns schema violations into findings: grouped over the events of a stream, marked where contested.

import { eventType } from '../authoring/read.ts'
import type { Contested, Finding, StreamEvent } from '../types/index.ts'
import type { SchemaViolation } from '../schema/violation.ts'

export function toFindings(
  violations: readonly SchemaViolation[],
  contested: readonly Contested[],
  within = '',
): readonly Finding[] {
  return violations.map(({ at, rule, expected, actual, message, kind, isUndocumented }) => {
    const because = disputeOf(rule, contested)
    return {
      step: '',
      at: within + at,
      expected,
      actual,
      ...(kind === undefined ? {} : { kind }),
      ...(isUndocumented === undefined ? {} : { isUndocumented }),
      ...(message === undefined ? {} : { message }),
      ...(because === undefined ? {} : { contested: because }),
    }
  })
}

/** Why a rule of the contract is disputed, if it is: the rule itself, or what holds it. */
export function disputeOf(rule: string, contested: readonly Contested[]): string | undefined {
  const places = placesOf(contested)
  // The field's entry in `required` is disputed together with the field.
  const alike = rule.replace(/\/required\/([^/]+)$/, '/properties/$1')
  let first = contested.length
  for (const one of alike === rule ? [rule] : [rule, alike]) {
    for (let end = one.length; end > 0; end = one.lastIndexOf('/', end - 1)) {
      first = Math.min(first, places.get(one.slice(0, end)) ?? first)
    }
  }
  return contested[first]?.because
}

const indexed = new WeakMap<readonly Contested[], ReadonlyMap<string, number>>()

/** Where each disputed place stands in the list. */
function placesOf(contested: readonly Contested[]): ReadonlyMap<string, number> {
  let places = indexed.get(contested)
  if (places === undefined) {
    // Of two entries for one place the first counts.
    places = new Map(contested.map(({ at }, index) => [at, index] as const).toReversed())
    indexed.set(contested, places)
  }
  return places
}

/**
 * One finding for each distinct mistake in a stream, at its first event, with the number of events
 * that repeat it: a field that is missing in every delta is one mistake.
 */
export function collectEventFindings(
  events: readonly StreamEvent[],
  judge: (event: StreamEvent) => readonly SchemaViolation[],
  contested: readonly Contested[],
): readonly Finding[] {
  const groups = new Map<
    string,
    { first: Finding; violation: SchemaViolation; events: StreamEvent[] }
  >()
  for (const event of events) {
    for (const violation of judge(event)) {
      const [first] = toFindings([violation], contested, `/events/${event.index}`)
      const place = violation.at.replaceAll(/\/\d+(?=\/|$)/g, '/*')
      const key = [place, violation.expected, violation.kind === 'absent', first!.contested].join(
        '\n',
      )
      const group = groups.get(key)
      if (group === undefined)
        groups.set(key, { first: first!, violation: violation, events: [event] })
      else if (group.events.at(-1) !== event) group.events.push(event)
    }
  }
  return [...groups.values()].map((group) => {
    const types = [...new Set(group.events.map((event) => eventType(event) ?? 'no type'))]
    const shown = types.slice(0, 4).join(', ') + (types.length > 4 ? ', …' : '')
    const count = `In ${group.events.length} of ${events.length} events (${shown}).`
    const message = group.first.message === undefined ? count : `${group.first.message} ${count}`
    return group.events.length === 1 ? group.first : { ...group.first, message }
  })
}
