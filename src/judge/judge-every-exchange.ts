// Checks that hold for every exchange: one row for a whole run, or one for each scenario.

import { ask, doubtful, isPromised, weigh, type Conclusion } from './outcome.ts'
import { gateId, type Case, type Ruling } from '../plan/plan.ts'
import { readUnanswered } from './read-refusal.ts'
import { asked, evidenceIds, fetchedBy, MOST_FINDINGS, row, type Bench } from './verdict-row.ts'
import { outside } from '../contract/request-validity.ts'
import type {
  Doubt,
  Evidence,
  Exchange,
  Finding,
  Outcome,
  Scenario,
  Step,
  Verdict,
} from '../types/index.ts'

interface Sighting {
  readonly scenario: Scenario
  readonly step: string
  readonly expect: Step['expect']
  readonly exchange: Exchange
  readonly evidence: Evidence
}

/** What one scenario showed. */
interface Glimpse {
  readonly seen: readonly Sighting[]
  /** The run ended before everything was asked: what was not seen may be wrong. */
  readonly cutShort?: Doubt
}

interface Gathered {
  readonly scenario: Scenario
  readonly evidence: Evidence
}

/** What clients ask is the business of their own checks. */
function ours(scenarios: readonly Scenario[]): readonly Scenario[] {
  return scenarios.filter(({ asClient }) => asClient === undefined)
}

/** What could be gathered: where that failed by our fault, the cases of that scenario say so. */
function gatherAll({ scenarios, source }: Bench): readonly Promise<Gathered | undefined>[] {
  return ours(scenarios).map((scenario) =>
    source.gather(scenario, 0).then(
      (evidence) => ({ scenario, evidence }),
      () => undefined,
    ),
  )
}

const walks = new WeakMap<Bench, readonly Promise<Glimpse>[]>()

/**
 * The scenarios in the order of the plan, each as soon as it and all before it are known. So every
 * check sees them in one order, and judges while the provider is still being asked.
 */
function walk(bench: Bench): readonly Promise<Glimpse>[] {
  const begun = walks.get(bench)
  if (begun !== undefined) return begun
  const known = new Set<string>()
  let before: Promise<unknown> = Promise.resolve()
  const glimpses = gatherAll(bench).map((gathered) => {
    const glimpse = before.then(() => gathered).then((found) => look(found, known))
    before = glimpse
    return glimpse
  })
  walks.set(bench, glimpses)
  return glimpses
}

function look(gathered: Gathered | undefined, known: Set<string>): Glimpse {
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
interface Tally {
  readonly ruling: Ruling
  worst?: Outcome
  shown: Shown[]
}

interface Shown {
  readonly conclusion: Conclusion
  readonly origin: Evidence['origin']
  readonly at: string
  readonly evidence: string | undefined
}

export async function decideEvery(planned: Case, bench: Bench): Promise<readonly Verdict[]> {
  const tallies = planned.rulings.map((ruling): Tally => ({ ruling, shown: [] }))
  let cutShort: Doubt | undefined
  for (const next of walk(bench)) {
    const glimpse = await next
    cutShort ??= glimpse.cutShort
    for (const sighting of glimpse.seen) {
      for (const tally of tallies) count(tally, sighting, bench)
    }
  }
  return tallies.map((tally) => concludeTally(tally, planned, cutShort, bench))
}

function count(tally: Tally, sighting: Sighting, bench: Bench): void {
  const conclusion = concludeSighting(tally.ruling, sighting, bench)
  if (conclusion === undefined) return
  const { outcome } = conclusion
  if (tally.worst !== undefined && severity(outcome) > severity(tally.worst)) return
  if (outcome !== tally.worst) tally.shown = []
  tally.worst = outcome
  // Without findings a later one adds nothing to those that are named.
  if (conclusion.findings.length === 0 && tally.shown.length >= MOST_FINDINGS) return
  const { scenario, step, evidence, exchange } = sighting
  const at = `${scenario.id}#${step}`
  tally.shown.push({ conclusion, origin: evidence.origin, at, evidence: exchange.evidence })
}

function severity(outcome: Outcome): number {
  return WORST_FIRST.indexOf(outcome)
}

function concludeTally(
  { ruling, worst, shown }: Tally,
  planned: Case,
  cutShort: Doubt | undefined,
  bench: Bench,
): Verdict {
  const [example] = shown
  if (cutShort !== undefined && (worst === 'pass' || worst === undefined)) {
    return row(planned, ruling, 'every', bench.target, doubtful(cutShort))
  }
  if (example === undefined) {
    const nothing = {
      outcome: 'not-applicable',
      reason: 'not-shown',
      note: 'no exchange of this run shows it',
      findings: [],
    } as const
    return row(planned, ruling, 'every', bench.target, nothing)
  }
  const findings = distinct(shown.flatMap(({ conclusion }) => conclusion.findings))
  return {
    ...row(planned, ruling, 'every', asked(bench, example), { ...example.conclusion, findings }),
    evidence: Object.fromEntries(
      shown
        .slice(0, MOST_FINDINGS)
        .flatMap(({ at, evidence }) => (evidence === undefined ? [] : [[at, evidence]])),
    ),
  }
}

/** What decides about a row that speaks of many exchanges: a violation anywhere, else a pass anywhere. */
const WORST_FIRST: readonly Outcome[] = ['fail', 'warn', 'pass', 'inconclusive', 'not-applicable']

function concludeSighting(
  ruling: Ruling,
  sighting: Sighting,
  bench: Bench,
): Conclusion | undefined {
  const { scenario, step, expect, exchange, evidence } = sighting
  if (expect === 'success' && outside(ruling.contract, exchange) !== undefined) return undefined
  // That a mistake of ours was answered at all is told where it was made, not by what came back.
  if (expect === 'refusal' && exchange.status < 400) return undefined
  if (ruling.yardstick === 'own' && !isPromised(ruling.contract, scenario)) return undefined
  const judgement = ask(
    ruling.check,
    { exchange },
    {
      contract: ruling.contract,
      yardstick: ruling.yardstick,
      nonce: evidence.nonce,
      ...fetchedBy(bench),
      scenario,
      expect,
    },
  )
  if (judgement.kind === 'moot') return undefined
  const conclusion = weigh(judgement, ruling, [exchange], scenario, bench.yardsticks)
  if (conclusion.findings.length === 0) return conclusion
  const at = `${scenario.id}#${step}`
  return { ...conclusion, findings: conclusion.findings.map((each) => ({ ...each, step: at })) }
}

/** A gate check gets a row for each scenario, so that a refusal stands where it belongs. */
export async function decideGate(planned: Case, bench: Bench): Promise<readonly Verdict[]> {
  const gathered = await Promise.all(gatherAll(bench))
  const found = gathered.filter((each) => each !== undefined)
  const rows = found.filter(asksForSuccess).flatMap(({ scenario, evidence }) =>
    planned.rulings.map(async (each) => {
      const level = levelForGate(each, scenario)
      const ruling = { ...each, level }
      const first = concludeGate(ruling, scenario, evidence, bench)
      const [step, exchange] = unanswered(scenario, evidence) ?? []
      const conclusion =
        step === undefined || exchange === undefined
          ? first
          : await readUnanswered(exchange, step, first, ruling, scenario, bench)
      return {
        ...row(planned, ruling, scenario.id, asked(bench, evidence), conclusion),
        check: gateId(planned.check, scenario.id.split('/')[0]!),
        evidence: evidenceIds(evidence),
      }
    }),
  )
  return Promise.all(rows)
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
function levelForGate(ruling: Ruling, scenario: Scenario): Ruling['level'] {
  if (ruling.yardstick !== 'own' || ruling.level !== 'must') return ruling.level
  return ruling.contract.claim(scenario.hinges).status === 'conditional' ? 'should' : 'must'
}

function concludeGate(
  ruling: Ruling,
  scenario: Scenario,
  evidence: Evidence,
  bench: Bench,
): Conclusion {
  if (ruling.yardstick === 'own' && !isPromised(ruling.contract, scenario)) {
    return {
      outcome: 'not-applicable',
      reason: 'not-claimed',
      note: 'the documents do not mention it',
      findings: [],
    }
  }
  if (evidence.stopped !== undefined) return doubtful(evidence.stopped.doubt)
  const conclusions = Object.entries<Step>(scenario.steps).flatMap(
    ([step, { expect }]): readonly Conclusion[] => {
      const exchange = evidence.exchanges[step]
      if (exchange === undefined) return []
      const flaw = expect === 'success' ? outside(ruling.contract, exchange) : undefined
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
        contract: ruling.contract,
        yardstick: ruling.yardstick,
        nonce: evidence.nonce,
        ...fetchedBy(bench),
        scenario,
        expect,
      }
      const judgement = ask(ruling.check, { exchange }, context)
      if (judgement.kind === 'moot') return []
      const conclusion = weigh(judgement, ruling, [exchange], scenario, bench.yardsticks)
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

function distinct(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Set<string>()
  return findings
    .filter(({ at, expected }) => {
      const key = `${at.replaceAll(/\d+/g, '#')} ${expected}`
      return !seen.has(key) && seen.add(key)
    })
    .slice(0, MOST_FINDINGS)
}
