// Controls: the same request without the thing under test. Two answers that differ in one thing tell
// what caused the difference; one answer does not.

import { isAnswered } from '../evidence/is-answered.ts'
import { DEPENDENTS } from '../evidence/leave-out-refused-fields.ts'
import { NO_ANSWER } from '../evidence/find-shareable-steps.ts'
import { canonicalizeRequest, createRequestBuilder } from '../request/builder.ts'
import { parseApiPath } from '../contract/api-path.ts'
import type {
  Exchange,
  ApiPath,
  JsonObject,
  RequestBuilder,
  Scenario,
  Step,
  WireRequest,
} from '../types/index.ts'
import type { RunContext } from './verdict-row.ts'

/** The answer to a step's request without the thing under test; undefined where it was not sent. */
export async function askControl(
  scenario: Scenario,
  step: string,
  runContext: RunContext,
): Promise<Exchange | undefined> {
  const { exchanges } = await runContext.source.gather(
    controlOf(scenario, step, false, runContext),
    0,
  )
  return exchanges['control']
}

/** The answer to the plainest question that there is: sent once in a run, where a status accuses. */
export async function askPlainest({ source }: RunContext): Promise<Exchange | undefined> {
  const { exchanges } = await source.gather(PLAINEST, 0)
  return exchanges['control']
}

/** What the control and the repeated request showed. */
interface Repeated {
  readonly control: Exchange | undefined
  /** The answer to the same request, asked again after the control. */
  readonly again: Exchange | undefined
}

/** The control, and then the request in question once more, after it. */
export async function askAgain(
  scenario: Scenario,
  step: string,
  runContext: RunContext,
): Promise<Repeated> {
  const { exchanges } = await runContext.source.gather(
    controlOf(scenario, step, true, runContext),
    0,
  )
  return { control: exchanges['control'], again: exchanges['again'] }
}

/** Whether the control was answered as a plain request should be. */
export function isRight(control: Exchange | undefined): boolean {
  return control !== undefined && isAnswered(control)
}

/** Whether nothing can be left out: the plainest question there is. */
export function isPlainest(
  { apiPaths }: Scenario,
  { request: { body, operation } }: Exchange,
): boolean {
  if (apiPaths.length > 0 || operation !== 'create' || body === undefined || !('json' in body))
    return false
  const { model: _, input, ...rest } = body.json
  return Object.keys(rest).length === 0 && Array.isArray(input) && input.length === 1
}

/** The controls of the refusals that a scenario expects: what is sent of it besides its own steps. */
export function listControls(
  scenario: Scenario,
  context: Pick<RunContext, 'target' | 'yardsticks'>,
): readonly Scenario[] {
  return Object.entries<Step>(scenario.steps)
    .filter(([, { expect }]) => expect === 'refusal')
    .map(([name]) => makeControl(scenario, name, false, context))
}

const made = new WeakMap<Scenario, Map<string, Scenario>>()

function controlOf(
  scenario: Scenario,
  step: string,
  again: boolean,
  runContext: RunContext,
): Scenario {
  const mine = made.get(scenario) ?? new Map<string, Scenario>()
  made.set(scenario, mine)
  const key = `${step} ${again}`
  const found = mine.get(key) ?? makeControl(scenario, step, again, runContext)
  mine.set(key, found)
  return found
}

/** The scenario up to a step as far as the control builds on it, then that step without the thing under test. */
function makeControl(
  scenario: Scenario,
  name: string,
  again: boolean,
  runContext: Pick<RunContext, 'target' | 'yardsticks'>,
): Scenario {
  const step = scenario.steps[name]!
  const fields = fieldsOf(scenario, step)
  const control: Step['request'] = (builder) => {
    if (typeof step.control === 'string') return scenario.steps[step.control]!.request(builder)
    return step.control?.(builder) ?? leaveOut(step.request(builder), fields, builder)
  }
  const alone = again ? undefined : standingAlone(control, runContext)
  const all = Object.entries<Step>(scenario.steps)
  const before = all.slice(
    0,
    all.findIndex(([earlier]) => earlier === name),
  )
  const steps: Record<string, Step> = alone === undefined ? Object.fromEntries(before) : {}
  steps['control'] = { expect: 'either', once: true, request: alone ?? control }
  if (again) steps['again'] = { request: step.request, expect: 'either', once: true }
  return {
    id: `${scenario.id}~${again ? 'again' : 'control'}-${name}`,
    title: `${scenario.title}: the control${again ? ', and the request again' : ''}`,
    apiPaths: scenario.apiPaths,
    tier: scenario.tier,
    ...(again ? { fresh: true } : {}),
    steps,
  }
}

/** The request as it is made of no answer, where no earlier answer is in it. */
function standingAlone(
  control: Step['request'],
  { target, yardsticks }: Pick<RunContext, 'target' | 'yardsticks'>,
): Step['request'] | undefined {
  const made = ['resp_0', 'resp_1'].map((id) => {
    const value = { id, object: 'response', output: [] }
    const answer: Exchange = { ...NO_ANSWER, body: { kind: 'json', value, text: '' } }
    const builder = createRequestBuilder({
      target,
      contract: yardsticks.own,
      seed: 'plan',
      prior: () => answer,
    })
    try {
      return canonicalizeRequest(control(builder))
    } catch {
      // It is made of more than an id, and so of an answer.
      return id
    }
  })
  return made[0] === made[1]
    ? (builder) => control({ ...builder, prior: () => NO_ANSWER })
    : undefined
}

/** Names of the request's fields under test. */
function fieldsOf({ apiPaths }: Scenario, { expect, invalidAt }: Step): readonly string[] {
  if (invalidAt !== undefined) return [invalidAt.split('/')[1] ?? '']
  // What is wrong by its meaning is wrong about what it refers to.
  const references = expect === 'refusal' ? ['previous_response_id', 'conversation'] : []
  return [...references, ...named(apiPaths)]
}

function named(apiPaths: readonly ApiPath[]): readonly string[] {
  return apiPaths.flatMap((apiPath) => {
    const parsed = parseApiPath(apiPath)
    return parsed?.scope === 'request' ? [parsed.steps[0]!] : []
  })
}

const PLAIN = 'Reply with the single word: ready.'

const PLAINEST: Scenario = {
  id: 'plainest~control',
  title: 'The plainest question: the control of what is answered alike',
  apiPaths: [],
  tier: 'core',
  steps: {
    control: { expect: 'either', once: true, request: (builder) => builder.createRequest(PLAIN) },
  },
}

/** The request without these fields; a plain question where nothing else is left of it. */
function leaveOut(
  request: WireRequest,
  fields: readonly string[],
  builder: RequestBuilder,
): WireRequest {
  const plain = builder.createRequest(PLAIN)
  const body = bodyOf(request)
  if (request.operation !== 'create' || request.transport === 'websocket' || body === undefined)
    return plain
  const { model, input, ...rest } = body
  const left = [...fields, ...fields.flatMap((name) => DEPENDENTS[name] ?? [])]
  const kept = Object.fromEntries(Object.entries(rest).filter(([key]) => !left.includes(key)))
  const isOfInput = fields.includes('input') || fields.length === 0
  const needsInput = isOfInput || input === undefined || fields.includes('previous_response_id')
  const asked = needsInput ? bodyOf(plain)!['input'] : input
  return builder.create({
    model: model === undefined || fields.includes('model') ? builder.model() : model,
    input: asked ?? [],
    ...kept,
  })
}

function bodyOf({ body }: WireRequest): JsonObject | undefined {
  return body !== undefined && 'json' in body ? body.json : undefined
}
