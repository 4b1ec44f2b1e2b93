// Judges the life of the response, from `response.created` on.

import { TERMINAL_EVENTS } from '../../authoring/read.ts'
import { field, isObject, show, token } from '../../base/json.ts'
import type { Json, JsonObject, StreamEvent } from '../../types/index.ts'
import { diffJson } from '../../base/json-diff.ts'
import type { RuleViolation } from '../rule-ids-and-violations.ts'
import { ROLES } from '../event-types.ts'
import { payloadOf, eventTypeOf } from '../timeline.ts'
import type { StreamTimeline } from '../timeline.ts'

// Echoes of the request and facts that cannot change while an answer is made. `service_tier` may:
// `auto` becomes the tier that was used.
const STABLE = [
  'created_at',
  'model',
  'instructions',
  'temperature',
  'top_p',
  'max_output_tokens',
  'tools',
  'tool_choice',
  'parallel_tool_calls',
  'previous_response_id',
  'metadata',
  'truncation',
  'store',
  'background',
  'text',
]

export function judgeLifecycle(timeline: StreamTimeline): readonly RuleViolation[] {
  return [
    ...opening(timeline),
    ...order(timeline),
    ...objects(timeline),
    ...initialState(timeline),
    ...identity(timeline),
    ...usage(timeline),
  ]
}

function opening({ events, lifecycle: life, resumed }: StreamTimeline): readonly RuleViolation[] {
  if (resumed) return []
  const first = events.find((event) => ROLES.has(eventTypeOf(event)))
  const created = life.filter((event) => eventTypeOf(event) === 'response.created')
  const expected = '`response.created` first, exactly once'
  if (first === undefined) {
    return [{ rule: 'created-first', event: events[0], expected, actual: 'no event of a response' }]
  }
  if (created.length === 0) {
    // A refusal in a stream consists of the error alone.
    if (eventTypeOf(first) === 'error') return []
    const lost: readonly [number, number] = [-1, first.index]
    return [{ rule: 'created-first', event: first, expected, actual: eventTypeOf(first), lost }]
  }
  const again = created.slice(1).map((event): RuleViolation => ({
    rule: 'created-first',
    event,
    expected,
    actual: 'response.created again',
  }))
  if (first === created[0]) return again
  return [
    {
      rule: 'created-first',
      event: first,
      expected,
      actual: `${eventTypeOf(first)} before it`,
    },
    ...again,
  ]
}

function order({
  events,
  lifecycle: life,
  items,
  terminals,
  resumed,
}: StreamTimeline): readonly RuleViolation[] {
  if (resumed) return []
  const first = (type: string): number => life.findIndex((event) => eventTypeOf(event) === type)
  const created = first('response.created')
  const begun = first('response.in_progress')
  const output = items[0]?.first
  const rule = 'in-progress'
  const expected =
    '`response.in_progress` after `response.created` and before any output, at most once'
  const violations: RuleViolation[] = []
  const started = life[begun]
  const next = output ?? terminals[0]
  if (started === undefined) {
    if (life[created] !== undefined && next !== undefined) {
      const lost: readonly [number, number] = [life[created].index, next.index]
      violations.push({
        rule: rule,
        event: next,
        expected,
        actual: `${eventTypeOf(next)} without it`,
        lost,
      })
    }
  } else if (output !== undefined && events.indexOf(output) < events.indexOf(started)) {
    const actual = `after ${eventTypeOf(output)} (event ${output.index})`
    violations.push({ rule: rule, event: started, expected, actual })
  }
  life.forEach((event, place) => {
    const type = eventTypeOf(event)
    if (type === 'response.in_progress' && place > begun) {
      violations.push({ rule: rule, event, expected, actual: 'response.in_progress again' })
    }
    // Before `response.created`, the rule of the first event reports it.
    if (type !== 'response.queued' || begun === -1 || place < begun) return
    violations.push({
      rule: 'queued-order',
      event,
      expected: '`response.queued` between `response.created` and `response.in_progress`',
      actual: 'after response.in_progress',
    })
  })
  return violations
}

// Every response has these by the published schemas: a field of the end that need not be there is
// nothing that the beginning lacks. What one schema alone requires is judged by that schema.
const REQUIRED = [
  'id',
  'object',
  'created_at',
  'status',
  'error',
  'incomplete_details',
  'instructions',
  'model',
  'output',
  'parallel_tool_calls',
  'metadata',
  'temperature',
  'tool_choice',
  'tools',
  'top_p',
]

function objects({ lifecycle: life, final }: StreamTimeline): readonly RuleViolation[] {
  const whole = REQUIRED.filter((key) => Object.hasOwn(final ?? {}, key))
  return life.flatMap((event): readonly RuleViolation[] => {
    const response = payloadOf(event)['response']
    const rule = 'lifecycle-object'
    if (!isObject(response)) {
      const expected = 'the whole response object under `response`'
      return [{ rule: rule, event, pointer: '/response', expected, actual: show(response) }]
    }
    const missing = whole.filter((key) => !Object.hasOwn(response, key))
    const { output } = response
    // What the end lacks too is not a matter of when it is told.
    const never = ['id', 'object', 'status', 'output']
      .filter((key) => !whole.includes(key) && !Object.hasOwn(response, key))
      .map((key): RuleViolation => ({
        rule: rule,
        event,
        pointer: `/response/${key}`,
        expected: `${key}, which every response object has`,
        actual: 'absent',
      }))
    if (never.length > 0) return never
    if (missing.length > 0) {
      return [
        {
          rule: rule,
          event,
          pointer: `/response/${token(missing[0]!)}`,
          expected: 'the required fields of a response object, as at the end',
          actual: `without ${missing.slice(0, 8).join(', ')}${missing.length > 8 ? ', …' : ''}`,
          same: 'whole',
        },
      ]
    }
    const expected = 'an array of output items'
    return Array.isArray(output)
      ? []
      : [{ rule: rule, event, pointer: '/response/output', expected, actual: show(output) }]
  })
}

function initialState({ lifecycle: life }: StreamTimeline): readonly RuleViolation[] {
  const violations: RuleViolation[] = []
  for (const event of life) {
    if (TERMINAL_EVENTS.includes(eventTypeOf(event))) continue
    const response = payloadOf(event)['response']
    const wrong = (key: string, expected: string): RuleViolation => ({
      rule: 'initial-state',
      event,
      pointer: `/response/${key}`,
      expected,
      actual: show(field(response, `/${key}`)),
    })
    const status = field(response, '/status')
    if (typeof status === 'string' && status !== 'in_progress' && status !== 'queued') {
      violations.push(wrong('status', 'status in_progress (or queued) before the end'))
    }
    const output = field(response, '/output')
    if (Array.isArray(output) && output.length > 0)
      violations.push(wrong('output', 'an empty output at first'))
    for (const key of ['error', 'incomplete_details', 'completed_at']) {
      if ((field(response, `/${key}`) ?? null) !== null)
        violations.push(wrong(key, `${key} null before the end`))
    }
  }
  return violations
}

function identity({ lifecycle: life }: StreamTimeline): readonly RuleViolation[] {
  const violations: RuleViolation[] = []
  let first: { readonly event: StreamEvent; readonly response: JsonObject } | undefined
  for (const event of life) {
    const response = payloadOf(event)['response']
    if (!isObject(response)) continue
    if (first === undefined) {
      first = { event, response }
      continue
    }
    const was = first.response
    if (
      typeof was['id'] === 'string' &&
      response['id'] !== undefined &&
      response['id'] !== was['id']
    ) {
      violations.push({
        rule: 'response-id',
        event,
        pointer: '/response/id',
        expected: `${show(was['id'])}, as in event ${first.event.index}`,
        actual: show(response['id']),
      })
    }
    for (const key of STABLE) {
      if (!Object.hasOwn(was, key) || !Object.hasOwn(response, key)) continue
      const [gap] = diffJson(was[key] as Json, response[key] as Json, 1)
      if (gap === undefined) continue
      violations.push({
        rule: 'echo-stable',
        event,
        pointer: `/response/${token(key)}${gap.pointer}`,
        expected: `${show(gap.expected)}, as in event ${first.event.index}`,
        actual: show(gap.actual),
        same: key,
      })
    }
  }
  return violations
}

function usage({ lifecycle: life }: StreamTimeline): readonly RuleViolation[] {
  return life.flatMap((event): readonly RuleViolation[] => {
    const type = eventTypeOf(event)
    const response = payloadOf(event)['response']
    if (!isObject(response)) return []
    const reported = response['usage']
    const pointer = '/response/usage'
    if (!TERMINAL_EVENTS.includes(type)) {
      return (reported ?? null) === null
        ? []
        : [
            {
              rule: 'usage-at-end',
              event,
              pointer,
              expected: 'usage null before the end',
              actual: show(reported),
            },
          ]
    }
    // A failed response may have used nothing.
    if (type === 'response.failed' || isObject(reported)) return []
    return [
      {
        rule: 'usage-at-end',
        event,
        pointer,
        expected: 'usage with its numbers in the terminal event',
        actual: show(reported),
      },
    ]
  })
}
