// Judges checks of every exchange: one row for a whole run, or one for each scenario.

import {
  runJudge,
  concludeDoubt,
  concludeViolation,
  isPromised,
  concludeFrom,
  type Conclusion,
} from './outcome.ts'
import { acceptanceCheckIdOf, type Case, type PlannedJudgement } from '../plan/plan.ts'
import { dedupeFindings } from './finding-data.ts'
import { isNoRoute } from '../authoring/refusal.ts'
import { answerFacts } from './answer-facts.ts'
import { readUnanswered } from './read-refusal.ts'
import {
  originOf,
  evidenceIdsOf,
  fetchedWordsOf,
  createRow,
  type RunContext,
} from './verdict-row.ts'
import { NotRecorded, viewRecorded } from './recorded-view.ts'
import { findUndocumentedForm } from '../contract/request-validity.ts'
import type {
  Doubt,
  Evidence,
  Exchange,
  Finding,
  Judgement,
  Outcome,
  Scenario,
  Step,
  Verdict,
} from '../types/index.ts'

interface ObservedExchange {
  readonly scenario: Scenario
  readonly step: string
  readonly expect: Step['expect']
  readonly exchange: Exchange
  readonly evidence: Evidence
}

/** What one scenario showed. */
interface ScenarioExchanges {
  readonly seen: readonly ObservedExchange[]
  /** The run ended before everything was asked: what was not seen may be wrong. */
  readonly cutShort?: Doubt
}

interface Gathered {
  readonly scenario: Scenario
  readonly evidence: Evidence
}

/** The scenarios but those of clients, which have checks of their own. */
function ours(scenarios: readonly Scenario[]): readonly Scenario[] {
  return scenarios.filter(({ asClient }) => asClient === undefined)
}

/** What could be gathered: where an error of this project prevented it, the cases of that scenario report it. */
function gatherAll({ scenarios, source }: RunContext): readonly Promise<Gathered | undefined>[] {
  return ours(scenarios).map((scenario) =>
    source.gather(scenario, 0).then(
      (evidence) => ({ scenario, evidence }),
      () => undefined,
    ),
  )
}

const begunWalks = new WeakMap<RunContext, readonly Promise<ScenarioExchanges>[]>()

/**
 * The scenarios in the order of the plan, each as soon as it and all before it are known. So every
 * check sees them in one order, and judges while the provider is still being asked.
 */
function walk(runContext: RunContext): readonly Promise<ScenarioExchanges>[] {
  const begun = begunWalks.get(runContext)
  if (begun !== undefined) return begun
  const known = new Set<string>()
  let before: Promise<unknown> = Promise.resolve()
  const shownByScenario = gatherAll(runContext).map((gathered) => {
    const fromScenario = before.then(() => gathered).then((found) => listUnseen(found, known))
    before = fromScenario
    return fromScenario
  })
  begunWalks.set(runContext, shownByScenario)
  return shownByScenario
}

function listUnseen(gathered: Gathered | undefined, known: Set<string>): ScenarioExchanges {
  if (gathered === undefined) return { seen: [] }
  const { scenario, evidence } = gathered
  const seen = Object.entries<Step>(scenario.steps).flatMap(([step, { expect }]) => {
    const exchange = evidence.exchanges[step]
    if (exchange === undefined || evidence.stopped?.step === step) return []
    // Shared exchanges belong to several scenarios and are judged once.
    if (exchange.evidence !== undefined && known.has(exchange.evidence)) return []
    if (exchange.evidence !== undefined) known.add(exchange.evidence)
    return [{ scenario, step, expect, exchange, evidence }]
  })
  const doubt = evidence.stopped?.doubt
  const isCutShort = doubt?.reason === 'interrupted' || doubt?.reason === 'budget'
  return { seen, ...(isCutShort ? { cutShort: doubt } : {}) }
}

/** The worst that was seen so far, and where. */
interface WorstSoFar {
  readonly ruling: PlannedJudgement
  worst?: Outcome
  /** Exchanges that showed it. */
  many: number
  examples: Example[]
}

interface Example {
  readonly conclusion: Conclusion
  readonly origin: Evidence['origin']
  readonly at: string
  readonly evidence: string | undefined
}

/** Exchanges whose evidence a row names. */
const MOST_EXAMPLES = 5

export async function judgeEveryExchange(
  planned: Case,
  runContext: RunContext,
): Promise<readonly Verdict[]> {
  const worstOfEach = planned.judgements.map((plannedJudgement): WorstSoFar => ({
    ruling: plannedJudgement,
    many: 0,
    examples: [],
  }))
  let cutShort: Doubt | undefined
  for (const next of walk(runContext)) {
    const fromScenario = await next
    cutShort ??= fromScenario.cutShort
    for (const observed of fromScenario.seen) {
      for (const worstSoFar of worstOfEach) count(worstSoFar, observed, runContext)
    }
  }
  return worstOfEach.map((worstSoFar) => concludeWorst(worstSoFar, planned, cutShort, runContext))
}

function count(worstSoFar: WorstSoFar, observed: ObservedExchange, runContext: RunContext): void {
  const conclusion = concludeObserved(worstSoFar.ruling, observed, runContext)
  if (conclusion === undefined) return
  const { outcome } = conclusion
  if (worstSoFar.worst !== undefined && severity(outcome) > severity(worstSoFar.worst)) return
  if (outcome !== worstSoFar.worst) Object.assign(worstSoFar, { examples: [], many: 0 })
  worstSoFar.worst = outcome
  worstSoFar.many += 1
  // Without findings a later one adds nothing to those that are named.
  if (conclusion.findings.length === 0 && worstSoFar.examples.length >= MOST_EXAMPLES) return
  const { scenario, step, evidence, exchange } = observed
  const at = `${scenario.id}#${step}`
  worstSoFar.examples.push({ conclusion, origin: evidence.origin, at, evidence: exchange.evidence })
}

function severity(outcome: Outcome): number {
  return WORST_FIRST.indexOf(outcome)
}

function concludeWorst(
  { ruling: plannedJudgement, worst, many, examples }: WorstSoFar,
  planned: Case,
  cutShort: Doubt | undefined,
  runContext: RunContext,
): Verdict {
  const [example] = examples
  if (cutShort !== undefined && (worst === 'pass' || worst === undefined)) {
    return createRow(planned, plannedJudgement, 'every', runContext.target, concludeDoubt(cutShort))
  }
  if (example === undefined) {
    const nothing = {
      outcome: 'not-applicable',
      reason: 'not-shown',
      note: 'no exchange of this run shows it',
      findings: [],
    } as const
    return createRow(planned, plannedJudgement, 'every', runContext.target, nothing)
  }
  const findings = dedupeFindings(examples.flatMap(({ conclusion }) => conclusion.findings))
  return {
    ...createRow(planned, plannedJudgement, 'every', originOf(runContext, example), {
      ...example.conclusion,
      ...(worst === 'not-applicable' && many > 1
        ? { note: `${example.conclusion.note ?? ''}, in ${many} exchanges` }
        : {}),
      findings,
    }),
    evidence: Object.fromEntries(
      examples
        .slice(0, MOST_EXAMPLES)
        .flatMap(({ at, evidence }) => (evidence === undefined ? [] : [[at, evidence]])),
    ),
  }
}

/** Which outcome a row about many exchanges gets: a concludeViolation anywhere, else a pass anywhere. */
const WORST_FIRST: readonly Outcome[] = ['fail', 'warn', 'pass', 'inconclusive', 'not-applicable']

function concludeObserved(
  plannedJudgement: PlannedJudgement,
  observed: ObservedExchange,
  runContext: RunContext,
): Conclusion | undefined {
  const { scenario, step, expect, exchange, evidence } = observed
  if (
    expect === 'success' &&
    findUndocumentedForm(plannedJudgement.contract, exchange) !== undefined
  )
    return undefined
  // The check that sent a wrong request reports that it was accepted; the answer is not judged as well.
  if (expect === 'refusal' && exchange.status < 400) return undefined
  if (plannedJudgement.yardstick === 'own' && !isPromised(plannedJudgement.contract, scenario))
    return undefined
  const context = {
    contract: plannedJudgement.contract,
    yardstick: plannedJudgement.yardstick,
    nonce: evidence.nonce,
    ...fetchedWordsOf(runContext),
    scenario,
    expect,
  }
  let judgement: Judgement
  try {
    judgement = runJudge(plannedJudgement.check, { exchange: viewRecorded(exchange) }, context)
  } catch (error) {
    if (error instanceof NotRecorded) return withoutRecord(error.message)
    throw error
  }
  if (judgement.kind === 'not-shown') return undefined
  const conclusion = concludeFrom(
    judgement,
    plannedJudgement,
    { [step]: exchange },
    scenario,
    runContext.yardsticks,
  )
  if (conclusion.findings.length === 0) return conclusion
  const at = `${scenario.id}#${step}`
  const findings = conclusion.findings
    .filter(({ kind }) => kind !== 'null' || exchange.unrecorded?.includes('nulls') !== true)
    .map((each) => ({ ...each, step: at }))
  if (findings.length === 0) return withoutRecord('not recorded: whether null was sent')
  return { ...conclusion, findings }
}

function withoutRecord(note: string): Conclusion {
  return { outcome: 'not-applicable', reason: 'not-shown', note, findings: [] }
}

/** An acceptance check gets a row for each scenario, so that a refusal stands where it belongs. */
export async function judgeAcceptance(
  planned: Case,
  runContext: RunContext,
): Promise<readonly Verdict[]> {
  const gathered = await Promise.all(gatherAll(runContext))
  const found = gathered.filter((each) => each !== undefined)
  const rows = found.filter(asksForSuccess).flatMap(({ scenario, evidence }) =>
    planned.judgements.map(async (each) => {
      const level = acceptanceLevelOf(each, scenario)
      const plannedJudgement = { ...each, level }
      const first = concludeAcceptance(plannedJudgement, scenario, evidence, runContext)
      const [step, exchange] = unanswered(scenario, evidence) ?? []
      const conclusion =
        step === undefined || exchange === undefined
          ? first
          : lacksRoute(exchange, found) && !isPromisedByOwn(scenario, runContext)
            ? declined(exchange)
            : await readUnanswered(exchange, step, first, plannedJudgement, scenario, runContext)
      return {
        ...createRow(
          planned,
          plannedJudgement,
          scenario.id,
          originOf(runContext, evidence),
          conclusion,
        ),
        check: acceptanceCheckIdOf(planned.check, scenario.id.split('/')[0]!),
        evidence: evidenceIdsOf(evidence),
      }
    }),
  )
  return Promise.all(rows)
}

/**
 * Whether the endpoint has no such route, as far as the whole run shows: the status says so, the
 * answer knows nothing of the id that was asked for, and no request of the kind was ever answered.
 */
function lacksRoute(exchange: Exchange, found: readonly Gathered[]): boolean {
  if (!isNoRoute(exchange) || answerFacts(exchange).repeatsId === true) return false
  const { operation } = exchange.request
  return !found.some(({ evidence }) =>
    Object.values(evidence.exchanges).some(
      (other) => other?.request.operation === operation && other.status < 300,
    ),
  )
}

function isPromisedByOwn(scenario: Scenario, { yardsticks }: RunContext): boolean {
  return yardsticks.own !== undefined && isPromised(yardsticks.own, scenario)
}

function declined({ request, status }: Exchange): Conclusion {
  const note = `${request.operation} is answered ${status} everywhere: not offered, and nobody claims it`
  return { outcome: 'not-applicable', reason: 'refused', note, findings: [] }
}

/** The first step that should have been answered and was refused, or broke the server. */
function unanswered(
  scenario: Scenario,
  { exchanges }: Evidence,
): readonly [string, Exchange] | undefined {
  for (const [step, { expect }] of Object.entries<Step>(scenario.steps)) {
    const exchange = exchanges[step]
    if (expect === 'success' && exchange !== undefined && exchange.status >= 400) {
      return [step, exchange]
    }
  }
  return undefined
}

function asksForSuccess({ scenario }: { readonly scenario: Scenario }): boolean {
  return Object.values<Step>(scenario.steps).some(({ expect }) => expect === 'success')
}

/** A conditional promise cannot fail its provider. */
function acceptanceLevelOf(
  plannedJudgement: PlannedJudgement,
  scenario: Scenario,
): PlannedJudgement['level'] {
  if (plannedJudgement.yardstick !== 'own' || plannedJudgement.level !== 'must')
    return plannedJudgement.level
  return plannedJudgement.contract.claim(scenario.apiPaths).status === 'conditional'
    ? 'should'
    : 'must'
}

/** Bytes that no HTTP client can read are no answer, however often they come. */
function concludeStopped(
  { step, doubt: { httpFault } }: NonNullable<Evidence['stopped']>,
  plannedJudgement: PlannedJudgement,
): Conclusion | undefined {
  if (httpFault === undefined) return undefined
  const finding: Finding = {
    step,
    at: 'framing',
    kind: 'no-body',
    expected: 'an answer that is a message of HTTP',
    actual: `bytes that are none: ${httpFault}`,
  }
  return concludeViolation([finding], plannedJudgement)
}

function concludeAcceptance(
  plannedJudgement: PlannedJudgement,
  scenario: Scenario,
  evidence: Evidence,
  runContext: RunContext,
): Conclusion {
  if (plannedJudgement.yardstick === 'own' && !isPromised(plannedJudgement.contract, scenario)) {
    return {
      outcome: 'not-applicable',
      reason: 'not-claimed',
      note: 'the documents do not mention it',
      findings: [],
    }
  }
  if (evidence.stopped !== undefined)
    return (
      concludeStopped(evidence.stopped, plannedJudgement) ?? concludeDoubt(evidence.stopped.doubt)
    )
  const conclusions = Object.entries<Step>(scenario.steps).flatMap(
    ([step, { expect }]): readonly Conclusion[] => {
      const exchange = evidence.exchanges[step]
      if (exchange === undefined) return []
      const flaw =
        expect === 'success' ? findUndocumentedForm(plannedJudgement.contract, exchange) : undefined
      if (flaw !== undefined) {
        return [
          {
            outcome: 'not-applicable',
            reason: 'not-claimed',
            note: `this form is not documented: ${flaw}`,
            findings: [],
          } as const,
        ]
      }
      const context = {
        contract: plannedJudgement.contract,
        yardstick: plannedJudgement.yardstick,
        nonce: evidence.nonce,
        ...fetchedWordsOf(runContext),
        scenario,
        expect,
      }
      const judgement = runJudge(plannedJudgement.check, { exchange }, context)
      if (judgement.kind === 'not-shown') return []
      const conclusion = concludeFrom(
        judgement,
        plannedJudgement,
        { [step]: exchange },
        scenario,
        runContext.yardsticks,
      )
      return [
        { ...conclusion, findings: conclusion.findings.map((finding) => ({ ...finding, step })) },
      ]
    },
  )
  const worst = WORST_FIRST.find((outcome) =>
    conclusions.some((conclusion) => conclusion.outcome === outcome),
  )
  // A scenario is accepted when all of it is, not when it begins well.
  const half = conclusions.find(
    ({ outcome, reason }) => outcome === 'inconclusive' || reason === 'refused',
  )
  return (
    (worst === 'pass' ? half : undefined) ??
    conclusions.find(({ outcome }) => outcome === worst) ?? {
      outcome: 'not-applicable',
      reason: 'not-shown',
      note: 'no step of this scenario asks for success',
      findings: [],
    }
  )
}
