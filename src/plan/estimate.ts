// Estimates the requests, tokens and seconds of a run, before anything is sent.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createRequestBuilder, canonicalizeRequest, AnswerNeededError } from '../request/builder.ts'
import { compareText } from '../base/sort-text-and-ranks.ts'
import { scenariosOf, type Case, type Yardsticks } from './plan.ts'
import { packageRoot } from '../base/package-root.ts'
import type { Target } from '../target/target-and-keys.ts'
import type { Feature, JsonObject, Scenario, Step, WireRequest } from '../types/index.ts'

export interface Estimate {
  readonly suites: readonly SuiteForecast[]
  readonly requests: number
  readonly inputTokens: number
  readonly outputTokens: number
  /** Requests that come on top if every model declines as often as it may. */
  readonly again: number
  /** By the assumed time of one answer, the limits on concurrency and rate included. */
  readonly seconds: number
  /** Why checks are left out, and how many. */
  readonly leftOut: readonly { readonly note: string; readonly checks: number }[]
}

interface SuiteForecast {
  readonly feature: Feature
  readonly requests: number
  readonly inputTokens: number
  readonly outputTokens: number
}

/** Input and output tokens of one step, measured on the reference provider: `fixtures/cost.json`. */
type Costs = Readonly<Record<string, readonly [input: number, output: number]>>

/** How long one answer is assumed to take. */
export const SECONDS_PER_ANSWER = 3

export function readCosts(): Costs {
  return JSON.parse(readFileSync(join(packageRoot, 'fixtures', 'cost.json'), 'utf8')) as Costs
}

/** What it costs to find out whether a model repeats words: asked once, for the checks that rest on one. */
const CALIBRATION = { requests: 3, inputTokens: 120, outputTokens: 30 }

function asksForWords({ judgements }: Case): boolean {
  return judgements.some(
    ({ check, skipReason }) => check.kind === 'behavioural' && skipReason === undefined,
  )
}

export interface EstimateOptions {
  readonly attempts: number
  readonly costs: Costs
  /** What is sent besides the steps of a scenario, each under a step called `control`. */
  readonly controlsOf: (scenario: Scenario) => readonly Scenario[]
}

/** What a control asks for is one word. */
const CONTROL = [20, 15] as const

/** What a run asks before anything else. */
const PREFLIGHT = { requests: 1, inputTokens: 20, outputTokens: 10 }

export function estimateCosts(
  target: Target,
  yardsticks: Yardsticks,
  cases: readonly Case[],
  { attempts, costs, controlsOf }: EstimateOptions,
): Estimate {
  const sent = new Set<string>()
  const rows = new Map<Feature, { requests: number; inputTokens: number; outputTokens: number }>()
  const count = (feature: Feature, scenario: Scenario, only?: string): void => {
    const row = rows.get(feature) ?? { requests: 0, inputTokens: 0, outputTokens: 0 }
    rows.set(feature, row)
    for (const { step, request } of requestsOf(scenario, target, yardsticks)) {
      if (only !== undefined && step !== only) continue
      // As in a run: equal requests are sent once, unless a scenario wants words of its own.
      const key =
        request === undefined || scenario.fresh === true ? undefined : canonicalizeRequest(request)
      if (key !== undefined && sent.has(key)) continue
      if (key !== undefined) sent.add(key)
      const [input, output] = tokensOf(
        request,
        costs[`${scenario.id}#${step}`] ?? (only === undefined ? undefined : CONTROL),
        costs,
      )
      row.requests++
      row.inputTokens += input
      row.outputTokens += output
    }
  }
  const scenarios = scenariosOf(cases)
  for (const scenario of scenarios) count(scenario.id.split('/')[0]!, scenario)
  // Refused requests are compared with the same without what is wrong in them.
  for (const control of scenarios.flatMap(controlsOf)) {
    if (isHttp(control, target, yardsticks)) count('controls', control, 'control')
  }
  if (target.contract !== 'reference') rows.set('preflight', PREFLIGHT)
  if (cases.some(asksForWords)) rows.set('calibration', CALIBRATION)
  const suites = [...rows]
    .map(([feature, row]) => ({ feature, ...row }))
    .toSorted((a, b) => compareText(a.feature, b.feature))
  const requests = sum(suites, (row) => row.requests)
  const { concurrency, perMinute } = target.limits
  const byTime = (requests * SECONDS_PER_ANSWER) / concurrency
  return {
    suites,
    requests,
    inputTokens: sum(suites, (row) => row.inputTokens),
    outputTokens: sum(suites, (row) => row.outputTokens),
    again: (attempts - 1) * sum(repeatable(cases), ({ steps }) => Object.keys(steps).length),
    seconds: Math.max(byTime, perMinute === undefined ? 0 : (requests / perMinute) * 60),
    leftOut: leftOut(cases),
  }
}

/** The requests of a scenario; undefined for those that depend on an answer. */
function requestsOf(
  scenario: Scenario,
  target: Target,
  yardsticks: Yardsticks,
): readonly { readonly step: string; readonly request: WireRequest | undefined }[] {
  const builder = createRequestBuilder({
    target,
    contract: yardsticks.own,
    seed: 'forecast',
    isForecast: true,
    prior(step) {
      throw new AnswerNeededError(step)
    },
  })
  // What an earlier answer usually shows is asked of few.
  const asked = Object.entries<Step>(scenario.steps).filter(([, { spared }]) => !spared)
  return asked.map(([step, { request }]) => {
    try {
      return { step, request: request(builder) }
    } catch (error) {
      if (error instanceof AnswerNeededError) return { step, request: undefined }
      throw error
    }
  })
}

/** Whether a control is one of a request for an answer over HTTP, or cannot be known. */
function isHttp(control: Scenario, target: Target, yardsticks: Yardsticks): boolean {
  const [last] = requestsOf(control, target, yardsticks).slice(-1)
  const request = last?.request
  return (
    request === undefined || (request.operation === 'create' && request.transport !== 'websocket')
  )
}

/** A provider's own count of a token differs; four characters of English are a fair middle. */
const CHARACTERS_PER_TOKEN = 4
/** What a picture or a page costs at most providers, roughly. */
const TOKENS_PER_FILE = 300

function tokensOf(
  request: WireRequest | undefined,
  measured: readonly [number, number] | undefined,
  costs: Costs,
): readonly [number, number] {
  const body = request?.body !== undefined && 'json' in request.body ? request.body.json : undefined
  if (request !== undefined && (request.operation !== 'create' || body === undefined)) return [0, 0]
  const [input, output] = measured ?? typical(costs)
  if (body === undefined) return [input, output]
  const cap = body['max_output_tokens']
  const capped = typeof cap === 'number' && cap > 0 ? Math.min(cap, output) : output
  // What is refused costs nothing.
  return measured !== undefined && input === 0 ? [0, 0] : [sizeOf(body), capped]
}

/** Blanks that are one token of a large vocabulary. */
const BLANKS = / {128}/g

function sizeOf(body: JsonObject): number {
  let files = 0
  const { model: _, ...said } = body
  const text = JSON.stringify(said, (_key, value: unknown) => {
    if (typeof value !== 'string' || !value.startsWith('data:')) return value
    files++
    return ''
  })
  return (
    Math.ceil(text.replaceAll(BLANKS, 'four').length / CHARACTERS_PER_TOKEN) +
    files * TOKENS_PER_FILE
  )
}

const typicalOf = new WeakMap<Costs, readonly [number, number]>()

/** The mean of everything measured that cost something: for steps that were not measured. */
function typical(costs: Costs): readonly [number, number] {
  const known = typicalOf.get(costs)
  if (known !== undefined) return known
  const paid = Object.values(costs).filter(([input]) => input > 0)
  const mean = (side: 0 | 1): number =>
    paid.length === 0 ? 0 : Math.round(sum(paid, (pair) => pair[side]) / paid.length)
  const found = [mean(0), mean(1)] as const
  typicalOf.set(costs, found)
  return found
}

/** Scenarios that may be asked again: those of checks where the model has a say. */
function repeatable(cases: readonly Case[]): readonly Scenario[] {
  return scenariosOf(
    cases.filter(({ judgements: plannedJudgements }) => plannedJudgements[0].check.kind !== 'wire'),
  )
}

function leftOut(cases: readonly Case[]): Estimate['leftOut'] {
  const counts = new Map<string, number>()
  for (const { judgements: plannedJudgements } of cases) {
    const notes = new Set(
      plannedJudgements.map(({ skipReason }) =>
        skipReason === undefined
          ? undefined
          : skipReason.reason === 'not-claimed'
            ? 'the documents do not promise it'
            : skipReason.note,
      ),
    )
    const [note] = notes
    if (notes.size === 1 && note !== undefined) counts.set(note, (counts.get(note) ?? 0) + 1)
  }
  return [...counts]
    .map(([note, checks]) => ({ note, checks }))
    .toSorted((a, b) => b.checks - a.checks)
}

function sum<T>(rows: readonly T[], of: (row: T) => number): number {
  return rows.reduce((total, row) => total + of(row), 0)
}
