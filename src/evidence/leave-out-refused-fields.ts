// What a server refuses by name, and nobody asks about, is left out, and the rest is asked again. So is
// the cap that this project adds to most questions.

import { field, isObject } from '../base/json.ts'
import { response } from '../authoring/read.ts'
import { isSaidUnsupported, listBlamed, quoteReply } from '../authoring/judge-refusal.ts'
import { parseApiPath } from '../contract/api-path.ts'
import type { StepAnswer } from './send-step.ts'
import type { Contract, Exchange, LeftOut, Scenario, Step, WireRequest } from '../types/index.ts'

/** How many fields one request may lose: each field of a packed one is asked about by itself. */
export function countLosable({ isPacked }: Scenario): number {
  return isPacked === true ? 12 : 3
}

/** Without these it would be another question. */
const ESSENTIAL: readonly string[] = [
  'model',
  'input',
  'stream',
  'background',
  'previous_response_id',
  'conversation',
]

/** Fields that mean nothing without another. */
export const DEPENDENTS: Readonly<Record<string, readonly string[]>> = {
  tools: ['tool_choice', 'parallel_tool_calls', 'max_tool_calls'],
  stream: ['stream_options'],
}

/** The optional field that a refusal blames, with its dependents, where the scenario is not about it, or about many. */
export function findRefusedFields(
  exchange: Exchange,
  scenario: Scenario,
  { expect }: Step,
): readonly LeftOut[] {
  const { status, request } = exchange
  // What a client sends is sent as it is: it leaves nothing out either.
  if (scenario.asClient !== undefined) return []
  if (expect === 'refusal' || (status !== 400 && status !== 422)) return []
  if (request.operation !== 'create' || request.transport === 'websocket') return []
  if (request.body === undefined || !('json' in request.body)) return []
  const isPacked = scenario.isPacked === true
  const tested = isPacked ? [] : fieldsUnderTest(scenario)
  // Who sends null alone asks whether it may.
  const names = Object.entries(request.body.json).flatMap(([name, value]) =>
    (value === null && !isPacked) || ESSENTIAL.includes(name) || tested.includes(name)
      ? []
      : [name],
  )
  const [blamed] = listBlamed(exchange)
  const [field = ''] = blamed?.split(/[.[]/) ?? []
  if (!names.includes(field)) return []
  const isUnsupported = isSaidUnsupported(exchange)
  const body = request.body.json
  return [field, ...(DEPENDENTS[field] ?? []).filter((name) => name in body)].map((name) => ({
    field: name,
    said: quoteReply(exchange),
    isUnsupported,
    isDependent: name !== field,
  }))
}

function fieldsUnderTest({ apiPaths }: Scenario): readonly string[] {
  return apiPaths.flatMap((apiPath) => {
    const parsed = parseApiPath(apiPath)
    if (parsed?.scope !== 'request') return []
    const name = parsed.steps[0]!
    return [name, ...(DEPENDENTS[name] ?? [])]
  })
}

/** The request without these fields. */
export function removeFields(request: WireRequest, fields: readonly LeftOut[]): WireRequest {
  if (request.body === undefined || !('json' in request.body) || !isObject(request.body.json))
    return request
  const gone = fields.map(({ field }) => field)
  const kept = Object.entries(request.body.json).filter(([key]) => !gone.includes(key))
  return { ...request, body: { json: Object.fromEntries(kept) } }
}

// ── the cap ──────────────────────────────────────────────────────────────────

const CAP = 'max_output_tokens'
/** Ten times what any of these questions is answered with. */
const MOST_TOKENS = 400

const PLAIN: readonly string[] = ['model', 'input', 'stream', 'store']

export interface AnswerCap {
  /** The answer to the request with a cap, or to it as it is where a cap does not do. */
  ask(
    request: WireRequest,
    scenario: Scenario,
    step: Step,
    send: (request: WireRequest) => Promise<StepAnswer>,
  ): Promise<StepAnswer>
}

export function createAnswerCap(contract: Contract | undefined): AnswerCap {
  const status = contract?.claim([`request /${CAP}`]).status ?? 'documented'
  const isKnown = status !== 'denied' && status !== 'silent'
  /** Models that are asked without one from now on, and those that answered with one. */
  const uncapped = new Set<string>()
  const capped = new Set<string>()

  return {
    async ask(request, scenario, step, send) {
      const body = request.body !== undefined && 'json' in request.body && request.body.json
      if (!isKnown || !isObject(body) || !isCapped(request, scenario)) return send(request)
      const model = String(body['model'])
      if (uncapped.has(model)) return send(request)
      const asked = await send({ ...request, body: { json: { ...body, [CAP]: MOST_TOKENS } } })
      if (asked.exchange !== undefined && asked.exchange.status < 300) capped.add(model)
      if (!isHindered(asked, step, capped.has(model))) return asked
      const free = await send(request)
      // A server error that comes without the cap as well has another cause.
      if (free.exchange === undefined || free.exchange.status < 300) uncapped.add(model)
      return free
    },
  }
}

/** Where nobody looks at a cap, and nothing is decided later. */
function isCapped({ operation, transport, body, abortAfter }: WireRequest, scenario: Scenario) {
  if (operation !== 'create' || transport === 'websocket' || abortAfter !== undefined) return false
  if (scenario.asClient !== undefined || scenario.isUncapped === true) return false
  const json = body !== undefined && 'json' in body ? body.json : {}
  if (CAP in json || json['background'] === true || !('model' in json)) return false
  // A conversation remembers what was asked twice.
  if ('conversation' in json) return false
  // The plainest question stays as it is: what a server makes of it is not due to a cap.
  if (Object.keys(json).every((name) => PLAIN.includes(name))) return false
  return scenario.apiPaths.every((apiPath) => {
    const parsed = parseApiPath(apiPath)
    return parsed?.scope !== 'request' || parsed.steps[0] !== CAP
  })
}

/**
 * Whether the cap was refused, broke the server, or cut the answer. Until the model has answered with
 * one, any refusal may be due to it, whatever it says.
 */
function isHindered({ exchange, doubt }: StepAnswer, { expect }: Step, isTaken: boolean): boolean {
  if (exchange === undefined || doubt?.reason === 'budget') return false
  if (exchange.status < 400) return isCut(exchange)
  if (expect === 'refusal') return false
  const { body } = exchange
  return !isTaken || ((body.kind === 'json' || body.kind === 'text') && body.text.includes(CAP))
}

function isCut(exchange: Exchange): boolean {
  const answer = response(exchange)
  const spent = answer === undefined ? undefined : field(answer, '/usage/output_tokens')
  return answer?.['status'] === 'incomplete' || (typeof spent === 'number' && spent >= MOST_TOKENS)
}
