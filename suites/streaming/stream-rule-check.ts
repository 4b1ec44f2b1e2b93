// Defines checks that report the violations of some stream rules: most of this suite.

import { defineCheck, notShown, verdictOf } from '../../src/authoring/define.ts'
import { eventType, events, field, isStream, items } from '../../src/authoring/read.ts'
import type {
  AnomalyKind,
  Check,
  Contract,
  EveryExchange,
  Exchange,
  Finding,
  Judgement,
  Mutants,
  RequirementId,
  StreamEvent,
  Yardstick,
} from '../../src/types/index.ts'
import { findViolatedRules } from '../../src/stream/rules/judge-stream.ts'
import type { RuleId } from '../../src/stream/rule-ids-and-violations.ts'

interface StreamRuleCheck {
  readonly id: string
  readonly title: string
  readonly rules: readonly RuleId[]
  readonly covers: readonly RequirementId[]
  readonly only?: readonly Yardstick[]
  /** Whether a stream has anything that these rules are about; any event with a type unless given. */
  readonly about?: (event: StreamEvent) => boolean
  readonly mutants: Mutants
}

export function defineStreamRuleCheck({
  rules,
  about = isNamed,
  ...check
}: StreamRuleCheck): Check {
  return defineCheck({
    ...check,
    kind: 'wire',
    scenario: 'every',
    judge({ exchange }: EveryExchange, { contract }): Judgement {
      if (!isStream(exchange)) return notShown('no event stream')
      if (isUnasked(exchange)) return notShown('nobody asked for this stream')
      if (isRefusedTurn(exchange)) return notShown('a turn that was refused')
      const findings = findViolatedRules(exchange, rules).filter(isOfPublishedField(contract))
      if (findings.length === 0 && !events(exchange).some(about)) {
        return notShown('nothing of the kind in this stream')
      }
      return verdictOf(findings)
    },
  })
}

/** A stream in place of the body that was asked for has a check of its own: its form is no more news. */
export function isUnasked({ request, unrecorded }: Exchange): boolean {
  if (unrecorded?.includes('request') === true) return false
  const body = request.body !== undefined && 'json' in request.body ? request.body.json : undefined
  return (
    request.operation === 'create' &&
    request.transport !== 'websocket' &&
    body !== undefined &&
    body['stream'] !== true
  )
}

/** On a connection a request that is refused is answered by one frame, where HTTP has a status. */
function isRefusedTurn(exchange: Exchange): boolean {
  const [first] = events(exchange)
  if (exchange.request.transport !== 'websocket' || first === undefined) return false
  return eventType(first) === 'error'
}

/** A field of an item that no yardstick knows is the provider's own: nobody says that it comes back at the end. */
function isOfPublishedField(contract: Contract): (finding: Finding) => boolean {
  return ({ at }) => {
    const key = /\/response\/output\/\d+\/([^/]+)/.exec(at)?.[1]
    if (key === undefined || contract.kind !== 'yardstick') return true
    return contract.claim([`response /output/*/${key}`]).status !== 'silent'
  }
}

function isNamed(event: StreamEvent): boolean {
  return (eventType(event) ?? '') !== ''
}

/** Events whose type begins with one of these, `response.` left out. */
export function hasTypePrefix(...stems: readonly string[]): (event: StreamEvent) => boolean {
  return (event) => {
    const type = eventType(event) ?? ''
    return stems.some((stem) => type.startsWith(`response.${stem}`))
  }
}

export function isNumbered(event: StreamEvent): boolean {
  return field(event.data, '/sequence_number') !== undefined
}

/** Events that carry an item of one of these types. */
export function hasItemType(...types: readonly string[]): (event: StreamEvent) => boolean {
  return (event) => types.includes(String(field(event.data, '/item/type')))
}

/** Events of this very type. */
export function isType(...types: readonly string[]): (event: StreamEvent) => boolean {
  return (event) => types.includes(eventType(event) ?? '')
}

/** What a stream's framing shows, as findings: one for each kind. */
export function framingFindingsOf(
  exchange: Exchange,
  expected: Readonly<Partial<Record<AnomalyKind, string>>>,
): readonly Finding[] {
  const { body } = exchange
  if (body.kind !== 'events') return []
  return body.anomalies.flatMap(({ kind, offset, event, count, note }): readonly Finding[] => {
    const wanted = expected[kind]
    if (wanted === undefined) return []
    const shown = event === undefined ? undefined : body.events[event]
    const raw = shown === undefined ? '' : `: ${shown.raw.slice(0, 120)}`
    return [
      {
        step: 'exchange',
        at: shown === undefined ? 'framing' : `/events/${shown.index}`,
        expected: wanted,
        actual: `${note}${raw}`,
        place: `at byte ${offset}${count === 1 ? '' : `, and ${count - 1} more times`}`,
      },
    ]
  })
}

/** Framing exists over HTTP only: a WebSocket has frames of its own. */
export function isFramed(exchange: Exchange): boolean {
  return isStream(exchange) && exchange.request.transport !== 'websocket'
}

/** A hosted tool that was used said so while it ran. */
export function findMissingProgress(exchange: Exchange, type: string): readonly Finding[] {
  const used = items(exchange, type).length > 0
  const last = events(exchange).find(isType(`response.${type}.completed`))
  if (used && last !== undefined) return []
  return [
    {
      step: 'stream',
      at: '/events',
      expected: `a ${type} with its events, from response.${type}.in_progress to .completed`,
      actual: used ? 'the item without its last event' : `no ${type}`,
      kind: 'missing-event',
    },
  ]
}
