// Judges how a stream ends.

import { TERMINAL_EVENTS } from '../../authoring/read.ts'
import { field, isObject, show } from '../../base/json.ts'
import type { StreamEvent } from '../../types/index.ts'
import type { RuleViolation } from '../rule-ids-and-violations.ts'
import { ROLES } from '../event-types.ts'
import { payloadOf, eventTypeOf } from '../timeline.ts'
import type { StreamTimeline } from '../timeline.ts'

export function judgeEnding(timeline: StreamTimeline): readonly RuleViolation[] {
  return [...once(timeline), ...agreement(timeline), ...errors(timeline)]
}

const ONE = 'exactly one of response.completed, response.incomplete, response.failed, at the end'

function once({
  events,
  terminals,
  errors: errorEvents,
  lifecycle,
  exchange,
  ...timeline
}: StreamTimeline) {
  const violations: RuleViolation[] = []
  const first = terminals[0]
  const last = events.at(-1)
  if (first === undefined) {
    // An error has its own rule about what follows it; a stream that this client cut has no end to judge.
    if (errorEvents.length > 0 || timeline.cutByUs || last === undefined) return violations
    const states = lifecycle.map((event) => field(event.data, '/response/status'))
    if (states.includes('cancelled')) return violations
    violations.push({
      rule: 'single-terminal',
      event: last,
      message: 'The stream has no terminal event.',
      expected: ONE,
      actual:
        exchange.ending === 'cut'
          ? `the connection broke after ${nameOf(last)}`
          : `the stream ended after ${nameOf(last)}`,
    })
    return violations
  }
  for (const event of terminals.slice(1)) {
    violations.push({
      rule: 'single-terminal',
      event,
      expected: ONE,
      actual: `${eventTypeOf(event)} after ${eventTypeOf(first)} (event ${first.index})`,
    })
  }
  // Vendors' own events behind the end are not judged here; published ones are.
  const late = events
    .slice(events.indexOf(first) + 1)
    .filter(
      (event) => ROLES.has(eventTypeOf(event)) && !TERMINAL_EVENTS.includes(eventTypeOf(event)),
    )
  for (const event of late) {
    violations.push({
      rule: 'nothing-after',
      event,
      expected: `no event after ${eventTypeOf(first)} (event ${first.index})`,
      actual: eventTypeOf(event),
      same: 'after',
    })
  }
  return violations
}

function nameOf(event: StreamEvent): string {
  return eventTypeOf(event) || 'an event without a type'
}

const STATUS: Readonly<Record<string, string>> = {
  'response.completed': 'completed',
  'response.incomplete': 'incomplete',
  'response.failed': 'failed',
}

function agreement({ terminals }: StreamTimeline): readonly RuleViolation[] {
  return terminals.flatMap((event): readonly RuleViolation[] => {
    const type = eventTypeOf(event)
    const response = payloadOf(event)['response']
    if (!isObject(response)) return []
    const { status } = response
    if (typeof status === 'string' && status !== STATUS[type]) {
      return [
        {
          rule: 'terminal-status',
          event,
          pointer: '/response/status',
          expected: `status ${STATUS[type]} in ${type}`,
          actual: show(status),
        },
      ]
    }
    const reason = field(response, '/incomplete_details/reason')
    if (type === 'response.incomplete' && typeof reason !== 'string') {
      return [
        {
          rule: 'incomplete-details',
          event,
          pointer: '/response/incomplete_details',
          expected: 'incomplete_details with a reason',
          actual: show(response['incomplete_details']),
        },
      ]
    }
    const { error } = response
    const reported = isObject(error) && isText(error['code']) && isText(error['message'])
    if (type === 'response.failed' && !reported) {
      return [
        {
          rule: 'failed-error',
          event,
          pointer: '/response/error',
          expected: 'an error with code and message',
          actual: show(error),
        },
      ]
    }
    return []
  })
}

function errors({
  errors: errorEvents,
  events,
  terminals,
  cutByUs,
}: StreamTimeline): readonly RuleViolation[] {
  if (errorEvents.length === 0) return []
  const failure = events.findLastIndex((event) => eventTypeOf(event) === 'response.failed')
  const answered = new Set(events.slice(0, Math.max(failure, 0)))
  return errorEvents.flatMap((event) => {
    const violations: RuleViolation[] = shape(event)
    if (!answered.has(event) && !cutByUs) {
      violations.push({
        rule: 'error-then-failed',
        event,
        expected: '`response.failed` after an error event',
        actual: terminals[0] === undefined ? 'the end of the stream' : eventTypeOf(terminals[0]),
      })
    }
    return violations
  })
}

/** Both forms are in use: flat as OpenAI's schema has it, nested as its traffic and Open Responses have it. */
function shape(event: StreamEvent): RuleViolation[] {
  const data = payloadOf(event)
  const nested = data['error']
  const reported = isObject(nested) ? nested : data
  const at = isObject(nested) ? '/error' : ''
  if (!isText(reported['message'])) {
    return [
      {
        rule: 'error-shape',
        event,
        pointer: `${at}/message`,
        expected: 'an error event with a message (and code, param), at the top or under `error`',
        actual: show(reported['message']),
      },
    ]
  }
  return isObject(nested)
    ? []
    : [
        {
          rule: 'error-nested',
          event,
          pointer: '/error',
          expected: 'code and message under `error`',
          actual: 'code and message at the top level',
        },
      ]
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== ''
}
