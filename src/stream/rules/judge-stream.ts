// Applies all stream rules, once for each exchange.

import { eventType, TERMINAL_EVENTS } from '../../authoring/read.ts'
import { isObject } from '../../base/json.ts'
import type { Dialect, Exchange, Finding, StreamEvent } from '../../types/index.ts'
import { judgeDeltas, judgeCharacters } from './deltas.ts'
import { reportViolations } from '../rule-ids-and-violations.ts'
import type { RuleFinding, RuleId, RuleViolation } from '../rule-ids-and-violations.ts'
import { judgeHostedTools } from './hosted-tools.ts'
import { judgeIdentity } from './ids-and-indexes.ts'
import { judgeItems } from './items.ts'
import { judgeLifecycle } from './lifecycle.ts'
import { judgeNumbering, otherReadingsOf } from './sequence-numbers.ts'
import { judgeParts } from './parts.ts'
import { readTimeline } from '../timeline.ts'
import type { StreamTimeline } from '../timeline.ts'
import { judgeEnding } from './ending.ts'

// What only one dialect asks for.
const DIALECT: Readonly<Partial<Record<RuleId, Dialect>>> = {
  'error-nested': 'open-responses',
  'reasoning-name-openai': 'openai',
  'reasoning-name-open-responses': 'open-responses',
}

const judged = new WeakMap<Exchange, readonly RuleFinding[]>()

/** The violations of all stream rules, by the dialect; empty for exchanges that are no stream. */
export function judgeStream(
  exchange: Exchange,
  dialect: Dialect = 'openai',
): readonly RuleFinding[] {
  let findings = judged.get(exchange)
  if (findings === undefined) {
    findings = judge(exchange)
    judged.set(exchange, findings)
  }
  return findings.filter(({ rule }) => (DIALECT[rule] ?? dialect) === dialect)
}

/** The findings of some rules, as a row of a result may carry them. */
export function findViolatedRules(
  exchange: Exchange,
  rules: readonly RuleId[],
): readonly Finding[] {
  if (!judged.has(exchange)) judgeStream(exchange)
  return judged
    .get(exchange)!
    .flatMap(({ rule, ...finding }) => (rules.includes(rule) ? [finding] : []))
}

function judge(exchange: Exchange): readonly RuleFinding[] {
  if (exchange.body.kind !== 'events') return []
  const all = exchange.body.events
  const whole = all.filter((event) => isObject(event.data))
  const { delivered, more } = firstAnswer(whole)
  // Nothing at all came: the end is missing, and with it everything.
  const timeline = readTimeline(exchange, all, delivered)
  const numbers = judgeNumbering(delivered, timeline.resumed)
  // Of events that nothing tells apart, this is the one thing to say.
  const isMute = delivered.length > 0 && numbers.nameless.length === delivered.length
  let rest = isMute ? [] : judgeTimeline(timeline)
  if (numbers.disordered && rest.length > 0) {
    for (const reading of otherReadingsOf(delivered)) {
      const other = judgeTimeline(readTimeline(exchange, all, reading))
      if (other.length < rest.length) rest = other
    }
  }
  rest = rest.filter((violation) => !isMissingAmong(numbers.nameless, violation))
  const gaps = numbers.disordered ? [] : numbers.gaps
  const end = delivered.at(-1)?.index ?? -1
  const behind = more
    ? judgeEnding(readTimeline(exchange, all, whole)).filter(
        ({ event }) => (event?.index ?? -1) > end,
      )
    : []
  const violations = [...numbers.violations, ...unexplained(gaps, rest), ...rest, ...behind]
  const order = (violation: RuleViolation): number => violation.event?.index ?? -1
  return reportViolations(
    violations.toSorted((a, b) => order(a) - order(b)),
    all,
    'exchange',
    ({ lost }) => jumpWithin(gaps, lost),
  )
}

/** Whether one of these events may be the one that a rule misses. */
function isMissingAmong(events: readonly StreamEvent[], { lost }: RuleViolation): boolean {
  return lost !== undefined && events.some(({ index }) => index >= lost[0] && index <= lost[1])
}

/** A number that no event has, where another rule misses an event, is the same mistake. */
function unexplained(
  gaps: readonly RuleViolation[],
  violations: readonly RuleViolation[],
): readonly RuleViolation[] {
  const losses = violations
    .flatMap(({ lost }) => (lost === undefined ? [] : [lost]))
    .toSorted(([a], [b]) => a - b)
  let next = 0
  let reach = -1
  return gaps.filter(({ lost }) => {
    const [from, to] = lost!
    for (; next < losses.length && losses[next]![0] <= from; next += 1) {
      reach = Math.max(reach, losses[next]![1])
    }
    return reach < to
  })
}

/** What the numbers say about an event that got lost. */
function jumpWithin(
  gaps: readonly RuleViolation[],
  lost: RuleViolation['lost'],
): string | undefined {
  if (lost === undefined) return undefined
  const gap = gaps.find((one) => one.lost![0] >= lost[0] && one.lost![1] <= lost[1])
  return gap?.message
}

/** Events up to the end of the first answer where a second one follows: that it does is the one mistake. */
function firstAnswer(events: readonly StreamEvent[]): {
  readonly delivered: readonly StreamEvent[]
  readonly more: boolean
} {
  const end = events.findIndex((event) => TERMINAL_EVENTS.includes(eventType(event) ?? ''))
  const isNext = (event: StreamEvent): boolean => eventType(event) === 'response.created'
  const more = end !== -1 && events.slice(end + 1).some(isNext)
  return { delivered: more ? events.slice(0, end + 1) : events, more }
}

function judgeTimeline(timeline: StreamTimeline): readonly RuleViolation[] {
  return [
    ...judgeLifecycle(timeline),
    ...judgeItems(timeline),
    ...judgeParts(timeline),
    ...judgeIdentity(timeline),
    ...judgeDeltas(timeline),
    ...judgeHostedTools(timeline),
    ...judgeCharacters(timeline),
    ...judgeEnding(timeline),
  ]
}
