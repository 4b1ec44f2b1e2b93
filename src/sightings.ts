// Checks that hold for every exchange: one row for a whole run, or one for each scenario.

import { ask, doubtful, isPromised, weigh, type Conclusion } from './conclusion.ts'
import { gateId, type Case, type Ruling } from './plan.ts'
import { evidenceIds, MOST_FINDINGS, row, type Bench } from './row.ts'
import { outside } from './validity.ts'
import type {
  Doubt,
  Evidence,
  Exchange,
  Finding,
  Outcome,
  Scenario,
  Step,
  Verdict,
} from './types.ts'

interface Sighting {
  readonly scenario: Scenario
  readonly step: string
  readonly expect: Step['expect']
  readonly exchange: Exchange
  readonly evidence: Evidence
}

interface Sightings {
  readonly seen: readonly Sighting[]
  /** The run ended before everything was asked: what was not seen may be wrong. */
  readonly cutShort?: Doubt
}

/** What clients ask is the business of their own checks. */
function ours(scenarios: readonly Scenario[]): readonly Scenario[] {
  return scenarios.filter(({ asClient }) => asClient === undefined)
}

/** What could be gathered: where that failed by our fault, the cases of that scenario say so. */
async function gatherAll({
  scenarios,
  source,
}: Bench): Promise<readonly { readonly scenario: Scenario; readonly evidence: Evidence }[]> {
  const settled = await Promise.allSettled(
    ours(scenarios).map(async (scenario) => ({
      scenario,
      evidence: await source.gather(scenario, 0),
    })),
  )
  return settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
}

async function sightings(bench: Bench): Promise<Sightings> {
  const gathered = await gatherAll(bench)
  const known = new Set<string>()
  const cutShort = gathered
    .map(({ evidence }) => evidence.stopped?.doubt)
    .find((doubt) => doubt?.reason === 'interrupted' || doubt?.reason === 'budget')
  const seen = gathered.flatMap(({ scenario, evidence }) =>
    Object.entries<Step>(scenario.steps).flatMap(([step, { expect }]) => {
      const exchange = evidence.exchanges[step]
      if (exchange === undefined || evidence.stopped?.step === step) return []
      // Shared exchanges belong to several scenarios and are judged once.
      if (exchange.evidence !== undefined && known.has(exchange.evidence)) return []
      if (exchange.evidence !== undefined) known.add(exchange.evidence)
      return [{ scenario, step, expect, exchange, evidence }]
    }),
  )
  return { seen, ...(cutShort === undefined ? {} : { cutShort }) }
}

export async function decideEvery(planned: Case, bench: Bench): Promise<readonly Verdict[]> {
  const { seen, cutShort } = await sightings(bench)
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
    if (cutShort !== undefined && (worst === 'pass' || worst === undefined)) {
      return row(planned, ruling, 'every', bench.target.origin, doubtful(cutShort))
    }
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
export async function decideGate(planned: Case, bench: Bench): Promise<readonly Verdict[]> {
  const gathered = await gatherAll(bench)
  return gathered.filter(asksForSuccess).flatMap(({ scenario, evidence }) =>
    planned.rulings.map((ruling) => {
      const level = levelForGate(ruling, scenario)
      const conclusion = concludeGate({ ...ruling, level }, scenario, evidence, bench)
      return {
        ...row(planned, { ...ruling, level }, scenario.id, evidence.origin, conclusion),
        check: gateId(planned.check, scenario.id.split('/')[0]!),
        evidence: evidenceIds(evidence),
      }
    }),
  )
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
