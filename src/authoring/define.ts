// What authors of scenarios, checks, families and mutants import.

import { responseId } from './read.ts'
import { isObject } from '../base/json.ts'
import type {
  Check,
  Doubt,
  Exchange,
  Family,
  Finding,
  Json,
  JsonObject,
  Judgement,
  ReferenceRequest,
  Reply,
  Scenario,
} from '../types/index.ts'

/** A scenario that calls its API paths `hinges`, as version 0.1 did. */
type EarlierScenario<Names extends string> = Omit<Scenario<Names>, 'apiPaths'> & {
  /** @deprecated Write `apiPaths`. */
  readonly hinges: Scenario['apiPaths']
}

export function defineScenario<Names extends string>(
  scenario: Scenario<Names> | EarlierScenario<Names>,
): Scenario<Names> {
  if ('apiPaths' in scenario) return scenario
  const { hinges, ...rest } = scenario
  return { ...rest, apiPaths: hinges }
}

export function defineCheck<Names extends string>(check: Check<Names>): Check {
  // A check only ever reads the steps of its own scenario, so the names may be forgotten here.
  return check as unknown as Check
}

export function defineFamily(family: Family): Family {
  return family
}

/** Thrown by `needed`; the step that needs it is then not sent. */
export class NothingToBuildOn extends Error {
  override readonly name = 'NothingToBuildOn'
}

/** What an earlier answer has to contain before this request makes any sense. */
export function needed<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new NothingToBuildOn(what)
  return value
}

/** The id of an earlier response, for a request that names it. */
export function idOf(exchange: Exchange): string {
  return needed(responseId(exchange), 'id')
}

export const holds: Judgement = { kind: 'holds' }

export function violated(first: Finding, ...rest: readonly Finding[]): Judgement {
  return { kind: 'violated', findings: [first, ...rest] }
}

/** Holds when there is no finding. */
export function verdictOf(findings: readonly Finding[]): Judgement {
  const [first] = findings
  if (first === undefined) return holds
  // Of a flood as arguments the stack would be full.
  return violated(first, ...findings.slice(1, MOST_FINDINGS))
}

/** A row keeps fewer: more of them would say the same again. */
const MOST_FINDINGS = 1_000

/** Holds when all of these hold; the findings of all that do not, else the first doubt. */
export function allOf(...judgements: readonly Judgement[]): Judgement {
  const findings = judgements.flatMap((one) => (one.kind === 'violated' ? one.findings : []))
  const doubt = judgements.find(({ kind }) => kind === 'inconclusive')
  if (findings.length === 0 && doubt !== undefined) return doubt
  const heard = judgements.find((one) => one.kind === 'holds' && one.by !== undefined)
  return findings.length === 0 && heard !== undefined ? heard : verdictOf(findings)
}

/** Accepted without any effect; `isEchoed` when the answer claims all the same that it was heard. */
export function ignored(finding: Finding, isEchoed = false): Judgement {
  return { kind: 'ignored', findings: [finding], ...(isEchoed ? { isEchoed: true as const } : {}) }
}

/** `blockedBy`: the check or request field that tells what stands in the way. */
export function unsure(
  reason: Doubt['reason'],
  note: string,
  blockedBy?: Doubt['blockedBy'],
): Judgement {
  const blocked = blockedBy === undefined ? {} : { blockedBy }
  return { kind: 'inconclusive', doubt: { reason, note, ...blocked } }
}

/** Nothing in this exchange to judge. */
export function notShown(because: string): Judgement {
  return { kind: 'not-shown', because }
}

/** @deprecated Use `notShown`. */
export const moot = notShown

/** The capability was declined cleanly; whether that is a failure depends on who claims it. */
export function refused(because: string): Judgement {
  return { kind: 'refused', because }
}

// ── for mutants ──────────────────────────────────────────────────────────────

/** Changes a JSON body; leaves streams and raw bodies alone. */
export function mapJson(reply: Reply, change: (body: JsonObject) => Json): Reply {
  if (!('json' in reply.body) || !isObject(reply.body.json)) return reply
  return { ...reply, body: { json: change(reply.body.json) } }
}

/** Changes, drops (undefined) or multiplies (array) the events of a stream; leaves other bodies and `[DONE]` alone. */
export function mapEvents(
  reply: Reply,
  change: (event: JsonObject, index: number) => JsonObject | readonly JsonObject[] | undefined,
): Reply {
  if (!('events' in reply.body)) return reply
  const events = reply.body.events.flatMap((event, index) => {
    if (typeof event === 'string') return [event]
    const changed = change(event, index)
    return changed === undefined ? [] : Array.isArray(changed) ? changed : [changed as JsonObject]
  })
  return { ...reply, body: { events } }
}

/** Changes the response object wherever it appears: as the JSON body, and inside the events of a stream. */
export function mapResponse(reply: Reply, change: (response: JsonObject) => JsonObject): Reply {
  if ('events' in reply.body) {
    return mapEvents(reply, (event) =>
      isObject(event['response']) ? { ...event, response: change(event['response']) } : event,
    )
  }
  return mapJson(reply, (body) => (body['object'] === 'response' ? change(body) : body))
}

/** Changes the JSON body that the provider hears; leaves other bodies alone. */
export function mapBody(
  request: ReferenceRequest,
  change: (body: JsonObject) => JsonObject,
): ReferenceRequest {
  if (!isObject(request.body)) return request
  const body = change(request.body)
  return { ...request, body, text: JSON.stringify(body) }
}

/** Changes the body of a request for an answer, and of no other: fields of one operation are wrong in another. */
export function mapQuestion(
  request: ReferenceRequest,
  change: (body: JsonObject) => JsonObject,
): ReferenceRequest {
  return request.path === '/responses' ? mapBody(request, change) : request
}

/** Changes every object inside a value, outermost first; undefined drops it from its list. */
export function mapObjects(
  value: JsonObject,
  change: (object: JsonObject) => JsonObject | undefined,
): JsonObject {
  const inside = (inner: Json): readonly Json[] => {
    if (Array.isArray(inner)) return [(inner as readonly Json[]).flatMap(inside)]
    if (!isObject(inner)) return [inner]
    const changed = change(inner)
    return changed === undefined ? [] : [descend(changed)]
  }
  const descend = (object: JsonObject): JsonObject =>
    Object.fromEntries(
      Object.entries(object).flatMap(([key, inner]) => inside(inner).map((to) => [key, to])),
    )
  return descend(value)
}

/** A copy without these keys. */
export function without(value: JsonObject, ...keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)))
}
