// Controls: the same request without the thing under test. Two answers that differ in one thing tell
// what caused the difference; one answer does not.

import { isAnswered } from '../evidence/answered.ts'
import { isObject } from '../base/json.ts'
import { parseHinge } from '../contract/api-path.ts'
import type { Exchange, JsonObject, Kit, Scenario, Step, WireRequest } from '../types/index.ts'
import type { Bench } from './verdict-row.ts'

/** What the control and the repeated request showed. */
export interface Control {
  /** The answer to the request without the thing under test; absent where nothing can be left out. */
  readonly control?: Exchange
  /** The answer to the same request, asked again after the control. */
  readonly again?: Exchange
}

/** Asks for the control of a step that failed, and for the step once more after it. */
export async function askControl(
  scenario: Scenario,
  step: string,
  { source }: Bench,
): Promise<Control> {
  const { exchanges } = await source.gather(controlOf(scenario, step), 0)
  return {
    ...(exchanges['control'] === undefined ? {} : { control: exchanges['control'] }),
    ...(exchanges['again'] === undefined ? {} : { again: exchanges['again'] }),
  }
}

/** Whether the control was answered as a plain request should be. */
export function isControlRight({ control }: Control): boolean {
  return control !== undefined && isAnswered(control)
}

const known = new WeakMap<Scenario, Map<string, Scenario>>()

/** The scenario up to a step, then that step without the thing under test, then the step again. */
function controlOf(scenario: Scenario, name: string): Scenario {
  const mine = known.get(scenario) ?? new Map<string, Scenario>()
  known.set(scenario, mine)
  const found = mine.get(name) ?? makeControl(scenario, name)
  mine.set(name, found)
  return found
}

function makeControl(scenario: Scenario, name: string): Scenario {
  const steps: Record<string, Step> = {}
  for (const [earlier, step] of Object.entries<Step>(scenario.steps)) {
    if (earlier === name) break
    steps[earlier] = step
  }
  const step = scenario.steps[name]!
  steps['control'] = {
    expect: 'either',
    once: true,
    request: (kit) =>
      step.control?.(kit) ?? leaveOut(step.request(kit), fieldsOf(scenario, step), kit),
  }
  steps['again'] = { ...step, expect: 'either', once: true }
  return {
    id: `${scenario.id}~control-${name}`,
    title: `${scenario.title}: without it, and again`,
    hinges: scenario.hinges,
    tier: scenario.tier,
    steps,
  }
}

/** Names of the request's fields under test. */
function fieldsOf({ hinges }: Scenario, { invalidAt }: Step): readonly string[] {
  if (invalidAt !== undefined) return [invalidAt.split('/')[1] ?? '']
  return hinges.flatMap((hinge) => {
    const parsed = parseHinge(hinge)
    return parsed?.scope === 'request' ? [parsed.steps[0]!] : []
  })
}

const PLAIN = 'Reply with the single word: ready.'

/** The request without these fields; where that changes nothing, a plain question. */
function leaveOut(request: WireRequest, fields: readonly string[], kit: Kit): WireRequest {
  const plain = kit.ask(PLAIN)
  if (request.operation !== 'create' || request.body === undefined || !('json' in request.body)) {
    return plain
  }
  const body = request.body.json
  const kept: JsonObject = Object.fromEntries(
    Object.entries(body).filter(
      ([key]) => !fields.includes(key) && key !== 'input' && key !== 'model',
    ),
  )
  // An input under test, and one that is beside a field without which it makes no sense.
  const input = fields.includes('input') || fields.length === 0 ? plainInput(plain) : body['input']
  const without = {
    model: body['model'] ?? kit.model(),
    input: input ?? plainInput(plain),
    ...kept,
  }
  return {
    ...plain,
    body: {
      json: Object.keys(kept).length === 0 && fields.length > 0 ? bare(plain, without) : without,
    },
  }
}

function plainInput({ body }: WireRequest): JsonObject['input'] {
  return body !== undefined && 'json' in body ? (body.json['input'] ?? null) : null
}

/** Equal plain questions are one question, sent once. */
function bare(plain: WireRequest, without: JsonObject): JsonObject {
  const body = plain.body !== undefined && 'json' in plain.body ? plain.body.json : {}
  return isObject(body) && body['model'] === without['model'] ? body : without
}
