// A case and its evidence → verdict rows.

import type { Source } from './evidence/live.ts'
import { isAnswered } from './evidence/live.ts'
import {
  ask,
  doubtful,
  excuse,
  isClaimed,
  isCleanRefusal,
  isPromised,
  outside,
  weigh,
  type Conclusion,
} from './conclusion.ts'
import { gateId, type Case, type Ruling, type Yardsticks } from './plan.ts'
import type { Target } from './target.ts'
import type { Evidence, Exchange, Finding, Outcome, Scenario, Step, Verdict } from './types.ts'

export interface Bench {
  readonly target: Target
  readonly yardsticks: Yardsticks
  readonly source: Source
  /** Every scenario of the run, for checks of every exchange. */
  readonly scenarios: readonly Scenario[]
  /** How often a forced or behavioural check may ask. */
  readonly attempts: number
}

/** Findings of one row; more of them would say the same again. */
const MOST_FINDINGS = 5

export async function decide(planned: Case, bench: Bench): Promise<readonly Verdict[]> {
  if (planned.scenario !== 'every') return decideScenario(planned, planned.scenario, bench)
  const check = planned.rulings[0].check
  return check.gate === true ? decideGate(planned, bench) : decideEvery(planned, bench)
}

// ── one scenario ─────────────────────────────────────────────────────────────

async function decideScenario(
  planned: Case,
  scenario: Scenario,
  bench: Bench,
): Promise<readonly Verdict[]> {
  if (planned.rulings.every(({ excused }) => excused !== undefined)) {
    return planned.rulings.map((ruling) =>
      row(planned, ruling, scenario.id, bench.target.origin, excuse(ruling)),
    )
  }
  const first = await bench.source.gather(scenario, 0)
  return Promise.all(
    planned.rulings.map((ruling) => settle(planned, ruling, scenario, first, bench)),
  )
}

/** Judges, and asks again where a model may have had a bad moment. */
async function settle(
  planned: Case,
  ruling: Ruling,
  scenario: Scenario,
  first: Evidence,
  bench: Bench,
): Promise<Verdict> {
  let evidence = first
  let conclusion = conclude(ruling, scenario, first, bench)
  let made = 1
  let passed = conclusion.outcome === 'pass' ? 1 : 0
  const mayAskAgain = (): boolean =>
    ruling.check.kind === 'wire'
      ? conclusion.reason === 'model-declined'
      : conclusion.outcome === 'fail' ||
        conclusion.outcome === 'warn' ||
        conclusion.reason === 'model-declined'
  while (made < bench.attempts && ruling.excused === undefined && mayAskAgain()) {
    const next = await bench.source.gather(scenario, made)
    const again = conclude(ruling, scenario, next, bench)
    // A later attempt that could not be made says nothing about the first.
    if (again.outcome === 'inconclusive' && again.reason !== 'model-declined') break
    made++
    if (again.outcome === 'pass') passed++
    if (again.outcome === 'pass' && conclusion.reason !== 'model-declined') {
      conclusion = {
        ...conclusion,
        outcome: 'warn',
        reason: 'flaky',
        note: `passed in ${passed} of ${made} attempts`,
      }
      break
    }
    conclusion = again
    evidence = next
  }
  return {
    ...row(planned, ruling, scenario.id, evidence.origin, conclusion),
    attempts: { made, passed },
    evidence: evidenceIds(evidence),
  }
}

function conclude(
  ruling: Ruling,
  scenario: Scenario,
  evidence: Evidence,
  bench: Bench,
): Conclusion {
  if (ruling.excused !== undefined) return excuse(ruling)
  const steps = Object.entries<Step>(scenario.steps)
  for (const [name, step] of steps) {
    const exchange = evidence.exchanges[name]
    const flaw =
      step.expect === 'success' && exchange !== undefined && outside(ruling.contract, exchange)
    if (typeof flaw === 'string') {
      return {
        outcome: 'not-applicable',
        reason: 'not-claimed',
        note: `this form is not documented: ${flaw}`,
        findings: [],
      }
    }
  }
  if (evidence.stopped !== undefined) return doubtful(evidence.stopped.doubt)
  const unanswered = steps.find(
    ([name, step]) => step.expect === 'success' && !isPresentAnswer(evidence.exchanges[name]),
  )
  if (unanswered !== undefined && ruling.check.gate !== true) {
    return withoutAnswer(scenario, evidence.exchanges[unanswered[0]], bench)
  }
  if (
    scenario.cooperated !== undefined &&
    unanswered === undefined &&
    !scenario.cooperated(complete(evidence))
  ) {
    return doubtful({ reason: 'model-declined', note: 'the model did not do what the check needs' })
  }
  const judgement = ask(ruling.check, complete(evidence), {
    contract: ruling.contract,
    yardstick: ruling.yardstick,
    nonce: evidence.nonce,
    scenario,
    expect: steps.at(-1)?.[1].expect ?? 'success',
  })
  return weigh(judgement, ruling, Object.values(complete(evidence)), scenario, bench.yardsticks)
}

/** Exchanges as a check may index them: judged only once every step is there. */
function complete(evidence: Evidence): Readonly<Record<string, Exchange>> {
  return evidence.exchanges as Readonly<Record<string, Exchange>>
}

function isPresentAnswer(exchange: Exchange | undefined): boolean {
  return exchange !== undefined && isAnswered(exchange)
}

function withoutAnswer(
  scenario: Scenario,
  exchange: Exchange | undefined,
  bench: Bench,
): Conclusion {
  if (
    exchange !== undefined &&
    isCleanRefusal(exchange) &&
    !isClaimed(scenario, bench.yardsticks)
  ) {
    return refusedUnclaimed(exchange)
  }
  return doubtful({
    reason: 'prerequisite',
    note: `${scenario.id} got no usable answer (${exchange === undefined ? 'not sent' : `HTTP ${exchange.status}`})`,
  })
}

function refusedUnclaimed(exchange: Exchange): Conclusion {
  const note = `HTTP ${exchange.status}: declined cleanly, and nobody claims it`
  return { outcome: 'not-applicable', reason: 'refused', note, findings: [] }
}

// ── every exchange of the run ────────────────────────────────────────────────

interface Sighting {
  readonly scenario: Scenario
  readonly step: string
  readonly expect: Step['expect']
  readonly exchange: Exchange
  readonly evidence: Evidence
}

async function sightings({ scenarios, source }: Bench): Promise<readonly Sighting[]> {
  const gathered = await Promise.all(
    scenarios.map(async (scenario) => ({ scenario, evidence: await source.gather(scenario, 0) })),
  )
  const seen = new Set<string>()
  return gathered.flatMap(({ scenario, evidence }) =>
    Object.entries<Step>(scenario.steps).flatMap(([step, { expect }]) => {
      const exchange = evidence.exchanges[step]
      if (exchange === undefined || evidence.stopped?.step === step) return []
      // Shared exchanges belong to several scenarios and are judged once.
      if (exchange.evidence !== undefined && seen.has(exchange.evidence)) return []
      if (exchange.evidence !== undefined) seen.add(exchange.evidence)
      return [{ scenario, step, expect, exchange, evidence }]
    }),
  )
}

async function decideEvery(planned: Case, bench: Bench): Promise<readonly Verdict[]> {
  const seen = await sightings(bench)
  return planned.rulings.map((ruling) => {
    const verdicts = seen.flatMap((sighting) => {
      const conclusion = concludeSighting(ruling, sighting, bench)
      return conclusion === undefined ? [] : [{ sighting, conclusion }]
    })
    const worst = WORST_FIRST.find((outcome) =>
      verdicts.some(({ conclusion }) => conclusion.outcome === outcome),
    )
    const shown = verdicts.filter(({ conclusion }) => conclusion.outcome === worst)
    const example = shown[0]
    if (worst === undefined || example === undefined) {
      const nothing = {
        outcome: 'not-applicable',
        reason: 'not-shown',
        note: 'no exchange of this run shows it',
        findings: [],
      } as const
      return row(planned, ruling, 'every', bench.target.origin, nothing)
    }
    const findings = distinct(shown.flatMap(({ conclusion }) => conclusion.findings))
    return {
      ...row(planned, ruling, 'every', example.sighting.evidence.origin, {
        ...example.conclusion,
        findings,
      }),
      evidence: Object.fromEntries(
        shown
          .slice(0, MOST_FINDINGS)
          .flatMap(({ sighting: { scenario, step, exchange } }) =>
            exchange.evidence === undefined ? [] : [[`${scenario.id}#${step}`, exchange.evidence]],
          ),
      ),
    }
  })
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
  if (ruling.yardstick === 'own' && !isPromised(ruling.contract, scenario)) return undefined
  const judgement = ask(
    ruling.check,
    { exchange },
    {
      contract: ruling.contract,
      yardstick: ruling.yardstick,
      nonce: evidence.nonce,
      scenario,
      expect,
    },
  )
  if (judgement.kind === 'moot') return undefined
  const conclusion = weigh(judgement, ruling, [exchange], scenario, bench.yardsticks)
  const findings = conclusion.findings.map((finding) => ({
    ...finding,
    step: `${scenario.id}#${step}`,
  }))
  return { ...conclusion, findings }
}

/** A gate check gets a row for each scenario, so that a refusal stands where it belongs. */
async function decideGate(planned: Case, bench: Bench): Promise<readonly Verdict[]> {
  const rows = await Promise.all(
    bench.scenarios.map(async (scenario) => {
      const evidence = await bench.source.gather(scenario, 0)
      return planned.rulings.map((ruling) => {
        const level = levelForGate(ruling, scenario)
        const conclusion = concludeGate({ ...ruling, level }, scenario, evidence, bench)
        return {
          ...row(planned, { ...ruling, level }, scenario.id, evidence.origin, conclusion),
          check: gateId(planned.check, scenario.id.split('/')[0]!),
          evidence: evidenceIds(evidence),
        }
      })
    }),
  )
  return rows.flat()
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
  return (
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

function evidenceIds(evidence: Evidence): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(evidence.exchanges).flatMap(([step, exchange]) =>
      exchange?.evidence === undefined ? [] : [[step, exchange.evidence]],
    ),
  )
}

function row(
  planned: Case,
  ruling: Ruling,
  scenario: string,
  origin: Verdict['origin'],
  conclusion: Conclusion,
): Verdict {
  return {
    target: planned.target,
    scenario,
    check: planned.check,
    yardstick: ruling.yardstick,
    origin,
    level: ruling.level,
    requirements: ruling.requirements,
    ...(ruling.claim === undefined ? {} : { claim: ruling.claim }),
    attempts: { made: 1, passed: conclusion.outcome === 'pass' ? 1 : 0 },
    evidence: {},
    ...conclusion,
    findings: conclusion.findings.slice(0, MOST_FINDINGS),
  }
}
