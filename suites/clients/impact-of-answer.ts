// What client programs make of an answer that was not theirs: whether what is wrong with it is what they need.

import { events, eventType, field, response, sent } from '../../src/authoring/read.ts'
import { loadProfiles, MODES, type ClientMode, type Mode } from '../../src/clients/profile.ts'
import type { ClientImpact, Exchange, Finding, JudgeContext } from '../../src/types/index.ts'
import { isAnswerTaken } from './client-got-answer.ts'
import type { ClientNeed } from './needs/define-need.ts'
import { NEEDS } from './needs/index.ts'
import { TYPES, typeNeedsOf } from './needs/types.ts'

/** Needs that depend on what the client itself asked. */
const ABOUT_THE_QUESTION: readonly string[] = [
  'answers-as-asked',
  'known-calls',
  'results-alone',
  'not-incomplete',
  'not-failed',
  'settled',
]
/** Places of which everything is a part: that something is wrong there too tells nothing. */
const EVERYWHERE: readonly string[] = ['', '/', '/events', '/output', 'framing', 'status']

export interface PlacedImpact extends ClientImpact {
  readonly need: string
  readonly place: string
}

const known = new WeakMap<Exchange, readonly PlacedImpact[]>()

/**
 * The clients whose needs this answer does not meet at the place of the finding; empty where it meets
 * the needs of all. Undefined where that cannot be told: no client gets such an answer, or the place is
 * the whole of it.
 */
export function impactOfAnswer(
  exchange: Exchange,
  finding: Finding,
  context: JudgeContext,
): readonly ClientImpact[] | undefined {
  const { operation, transport } = exchange.request
  if (operation !== 'create' || transport === 'websocket') return undefined
  if (finding.kind === 'taken') return undefined
  const place = placeOf(exchange, finding.at)
  if (EVERYWHERE.includes(place)) return undefined
  const all = known.get(exchange) ?? findImpacts(exchange, context)
  if (all === undefined) return undefined
  known.set(exchange, all)
  const clients = new Map<string, ClientImpact>()
  for (const { client, effect, place: needed } of all) {
    const isSame = needed === place || isWithin(needed, place) || isWithin(place, needed)
    if (isSame && !clients.has(client)) clients.set(client, { client, effect })
  }
  return [...clients.values()]
}

/**
 * Every place of an answer at which it breaks a client, whatever it was asked for. Undefined for what is
 * no whole answer: the question may have asked for less.
 */
export function findImpacts(
  exchange: Exchange,
  context: JudgeContext,
): readonly PlacedImpact[] | undefined {
  const status = field(response(exchange), '/status') ?? 'completed'
  const isError = events(exchange).some((event) => eventType(event) === 'error')
  if (!isAnswerTaken(exchange) || status !== 'completed' || isError) return undefined
  const mode: Mode = field(sent(exchange), '/stream') === true ? 'stream' : 'json'
  // Clients that read alike see the same: each need is judged once for all of them.
  const judged = new Map<string, ReturnType<ClientNeed['judge']>>()
  const judge = (need: ClientNeed, own: ClientMode): ReturnType<ClientNeed['judge']> => {
    if (need.id === TYPES) return need.judge(exchange, context, own)
    const key = JSON.stringify([need.id, own.reads, own.text])
    if (!judged.has(key)) judged.set(key, need.judge(exchange, context, own))
    return judged.get(key)
  }
  return loadProfiles().flatMap(({ id: client, modes }) => {
    const own = MODES.includes(mode) ? modes[mode] : undefined
    if (own === undefined) return []
    return [...NEEDS, ...typeNeedsOf(own)].flatMap((need): readonly PlacedImpact[] => {
      const effect = own.needs[need.id]
      if (effect === undefined || effect === 'degraded') return []
      if (ABOUT_THE_QUESTION.includes(need.id)) return []
      const flaw = judge(need, own)
      if (flaw === undefined) return []
      const place = placeOf(exchange, flaw.at)
      return EVERYWHERE.includes(place) ? [] : [{ client, effect, need: need.id, place }]
    })
  })
}

/** A pointer without indexes, and with the event's type for its number. */
function placeOf(exchange: Exchange, at: string): string {
  return at
    .replace(/^\/events\/(\d+)/, (_, index: string) => {
      const event = events(exchange).find((one) => one.index === Number(index))
      return event === undefined ? '/events' : `/events/${eventType(event) ?? 'untyped'}`
    })
    .replaceAll(/\/\d+(?=\/|$)/g, '/*')
}

const isWithin = (inner: string, outer: string): boolean => inner.startsWith(`${outer}/`)
