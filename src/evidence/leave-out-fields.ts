// What a server refuses by name, and nobody asks about, is left out, and the rest is asked again.

import { isObject, spell } from '../base/json.ts'
import { errorOf, listBlamed, quoteReply } from '../authoring/judge-refusal.ts'
import { parseApiPath } from '../contract/api-path.ts'
import type { Exchange, LeftOut, Scenario, Step, WireRequest } from '../types/index.ts'

/** Fields that one request may lose. */
export const MOST_LEFT_OUT = 3

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
  const tested = scenario.isPacked === true ? [] : fieldsUnderTest(scenario)
  // Who sends null asks whether it may.
  const names = Object.entries(request.body.json).flatMap(([name, value]) =>
    value === null || ESSENTIAL.includes(name) || tested.includes(name) ? [] : [name],
  )
  const [blamed] = listBlamed(exchange)
  const [field = ''] = blamed?.split(/[.[]/) ?? []
  if (!names.includes(field)) return []
  const isUnsupported = spell(errorOf(exchange)?.['code']).startsWith('unsupported_')
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
