// Judges checks of every exchange: one row for a whole run.

import { askCheck, concludeDoubt, isPromised, type Conclusion } from './conclude-outcome.ts'
import type { Case, PlannedJudgement } from '../plan/plan.ts'
import { dedupeFindings } from './complete-findings.ts'
import { doubtClosedDoor } from './confirm-refusal-by-control.ts'
import { listGathered, type Gathered } from './gather-all-scenarios.ts'
import { NotRecorded, withGuards } from '../evidence/guard-unrecorded.ts'
import { severityOf } from './outcome-severity.ts'
import { createRow, originOf, type RunContext } from './verdict-row.ts'
import { findUndocumentedForm } from '../contract/request-validity.ts'
import type { Doubt, Evidence, Exchange, Outcome, Scenario, Step, Verdict } from '../types/index.ts'

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
  const shownByScenario = listGathered(runContext).map((gathered) => {
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
  held: number
  failed: number
  examples: Example[]
}

interface Example {
  readonly conclusion: Conclusion
  readonly origin: Evidence['origin']
  readonly at: string
  readonly evidence: string | undefined
  readonly exchange: Exchange
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
    held: 0,
    failed: 0,
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
  return Promise.all(
    worstOfEach.map(async (worstSoFar) => {
      const { worst, examples } = worstSoFar
      const accused = worst === 'fail' || worst === 'warn' ? examples : []
      const doubt = await doubtClosedDoor(
        accused.map(({ exchange }) => exchange),
        runContext,
      )
      return doubt === undefined
        ? concludeWorst(worstSoFar, planned, cutShort, runContext)
        : createRow(planned, worstSoFar.ruling, 'every', runContext.target, doubt)
    }),
  )
}

function count(worstSoFar: WorstSoFar, observed: ObservedExchange, runContext: RunContext): void {
  const conclusion = concludeObserved(worstSoFar.ruling, observed, runContext)
  if (conclusion === undefined) return
  const { outcome } = conclusion
  if (outcome === 'pass') worstSoFar.held += 1
  if (outcome === 'fail' || outcome === 'warn') worstSoFar.failed += 1
  if (worstSoFar.worst !== undefined && severityOf(outcome) > severityOf(worstSoFar.worst)) return
  if (outcome !== worstSoFar.worst) Object.assign(worstSoFar, { examples: [], many: 0 })
  worstSoFar.worst = outcome
  worstSoFar.many += 1
  // Without findings a later one adds nothing to those that are named.
  if (conclusion.findings.length === 0 && worstSoFar.examples.length >= MOST_EXAMPLES) return
  const { scenario, step, evidence, exchange } = observed
  const at = `${scenario.id}#${step}`
  worstSoFar.examples.push({
    conclusion,
    origin: evidence.origin,
    at,
    evidence: exchange.evidence,
    exchange,
  })
}

function concludeWorst(
  { ruling: plannedJudgement, worst, many, held, failed, examples }: WorstSoFar,
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
    ...(held + failed === 0 ? {} : { exchanges: { held, failed } }),
    evidence: Object.fromEntries(
      examples
        .slice(0, MOST_EXAMPLES)
        .flatMap(({ at, evidence }) => (evidence === undefined ? [] : [[at, evidence]])),
    ),
  }
}

function concludeObserved(
  plannedJudgement: PlannedJudgement,
  observed: ObservedExchange,
  runContext: RunContext,
): Conclusion | undefined {
  const { scenario, step, expect, exchange } = observed
  if (
    expect === 'success' &&
    findUndocumentedForm(plannedJudgement.contract, exchange) !== undefined
  )
    return undefined
  // The check that sent a wrong request reports that it was accepted; the answer is not judged as well.
  if (expect === 'refusal' && exchange.status < 400) return undefined
  if (plannedJudgement.yardstick === 'own' && !isPromised(plannedJudgement.contract, scenario))
    return undefined
  const conclusion = askAboutRecorded(plannedJudgement, observed, runContext)
  if (conclusion === undefined) return undefined
  if (conclusion.findings.length === 0) return conclusion
  const at = `${scenario.id}#${step}`
  const findings = conclusion.findings
    .filter(({ kind }) => kind !== 'null' || exchange.unrecorded?.includes('nulls') !== true)
    .map((each) => ({ ...each, step: at }))
  if (findings.length === 0) return withoutRecord('not recorded: whether null was sent')
  return { ...conclusion, findings }
}

/** Undefined where there is nothing to judge; what was not recorded is said to be that. */
function askAboutRecorded(
  plannedJudgement: PlannedJudgement,
  { scenario, step, expect, exchange, evidence: { nonce } }: ObservedExchange,
  runContext: RunContext,
): Conclusion | undefined {
  const exchanges = { exchange: withGuards(exchange) }
  const judged = { scenario, exchanges, sent: { [step]: exchange }, nonce, expect }
  try {
    const conclusion = askCheck(plannedJudgement, judged, runContext)
    return conclusion.reason === 'not-shown' ? undefined : conclusion
  } catch (error) {
    if (error instanceof NotRecorded) return withoutRecord(error.message)
    throw error
  }
}

function withoutRecord(note: string): Conclusion {
  return { outcome: 'not-applicable', reason: 'not-shown', note, findings: [] }
}
