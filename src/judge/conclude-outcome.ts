// Turns a judgement into an outcome: the only place where a level, a claim or a dispute decides.

import { isDeepStrictEqual } from 'node:util'
import { HarnessError } from '../base/errors.ts'
import { isStated, type PlannedJudgement, type Yardsticks } from '../plan/plan.ts'
import type { Target } from '../target/target-and-keys.ts'
import { isDocumentedPlace, isFormatPromised } from './is-place-documented.ts'
import { completeFinding, dedupeFindings, kindOf } from './complete-findings.ts'
import { generalizePlace } from '../base/json.ts'
import { findContradictionAt } from '../contract/api-path.ts'
import { field } from '../base/json.ts'
import { memoize2 } from '../base/memoize.ts'
import { NotRecorded } from '../evidence/guard-unrecorded.ts'
import { levelOfAll } from '../plan/requirements/requirement-catalogue.ts'
import { monthOf } from '../plan/requirements/recorded-traffic.ts'
import { isNoRoute } from '../authoring/judge-refusal.ts'
import type {
  Blocker,
  Check,
  ClientImpact,
  Contract,
  Doubt,
  Exchange,
  Finding,
  Instrument,
  Json,
  JudgeContext,
  Judgement,
  Level,
  Outcome,
  Reason,
  Scenario,
} from '../types/index.ts'

export interface Conclusion {
  readonly outcome: Outcome
  readonly reason?: Reason
  readonly note?: string
  readonly findings: readonly Finding[]
  readonly blockedBy?: Blocker
  /** What it rests on: see read-word.ts and confirm-refusal-by-control.ts. */
  readonly by?: Instrument
  /** The step of which that is said. */
  readonly of?: string
}

/** What was said of a scenario, and what it is weighed by. */
interface WeighedJudgement {
  readonly judgement: Judgement
  readonly plannedJudgement: PlannedJudgement
  /** By step, in the order in which they were sent. */
  readonly exchanges: Readonly<Record<string, Exchange>>
  readonly scenario: Scenario
  readonly yardsticks: Yardsticks
  readonly impactOf: (exchange: Exchange, finding: Finding) => ReturnType<ImpactOf>
}

/** What client programs make of an answer; undefined where it cannot be told. */
export type ImpactOf = (
  exchange: Exchange,
  finding: Finding,
  context: JudgeContext,
) => readonly ClientImpact[] | undefined

function concludeFrom(weighed: WeighedJudgement): Conclusion {
  const { plannedJudgement, exchanges, scenario, yardsticks, impactOf } = weighed
  const planned = contestByDate(plannedJudgement, exchanges)
  const conclusion = weighWords({ ...weighed, plannedJudgement: planned })
  const contracts = [plannedJudgement.contract, ...Object.values(yardsticks)]
  const isEvery = plannedJudgement.check.scenario === 'every'
  const findings = conclusion.findings.map((finding) => {
    const step = stepOf(finding, exchanges)
    const exchange = exchanges[step]
    const whole = completeFinding(finding, { scenario, step, exchange, contracts, isEvery })
    const breaks = whole.breaks ?? (exchange === undefined ? undefined : impactOf(exchange, whole))
    return breaks === undefined ? whole : { ...whole, breaks }
  })
  return { ...conclusion, findings: dedupeFindings(findings) }
}

/** What was answered while the yardstick's own API still broke it is contested. */
function contestByDate(
  planned: PlannedJudgement,
  exchanges: Readonly<Record<string, Exchange>>,
): PlannedJudgement {
  const { contestedBefore: contest, contested } = planned
  if (contest === undefined || contested !== undefined) return planned
  const isOld = Object.values(exchanges).every((exchange) => {
    const month = monthOf(exchange)
    return month !== undefined && month < contest.month
  })
  return isOld ? { ...planned, contested: contest.words } : planned
}

/** The step that a finding names; a check of every exchange has one, and a refusal is where it was refused. */
function stepOf({ step }: Finding, exchanges: Readonly<Record<string, Exchange>>): string {
  if (Object.hasOwn(exchanges, step)) return step
  const sent = Object.entries(exchanges)
  return (sent.find(([, { status }]) => status >= 400) ?? sent.at(-1))?.[0] ?? step
}

function weighWords({
  judgement,
  plannedJudgement,
  exchanges,
  scenario,
  yardsticks,
}: WeighedJudgement): Conclusion {
  switch (judgement.kind) {
    case 'holds':
      return {
        outcome: 'pass',
        findings: [],
        ...restsOn([judgement]),
      }
    case 'not-shown':
      return {
        outcome: 'not-applicable',
        reason: 'not-shown',
        note: judgement.because,
        findings: [],
      }
    case 'inconclusive':
      return concludeDoubt(judgement.doubt)
    case 'refused': {
      if (!isClaimedByOwn(scenario, yardsticks)) {
        return {
          outcome: 'not-applicable',
          reason: 'refused',
          note: judgement.because,
          findings: [],
        }
      }
      const finding = { step: '', at: 'status', expected: 'an answer', actual: judgement.because }
      return concludeViolation([finding], plannedJudgement)
    }
    case 'ignored':
      return concludeViolation(
        judgement.findings.map((finding) => ({ kind: 'no-effect' as const, ...finding })),
        plannedJudgement,
        judgement.isEchoed === true ? 'echoed-only' : 'ignored',
      )
    case 'violated':
      return violated(judgement.findings, plannedJudgement, exchanges, yardsticks)
  }
}

function violated(
  findings: readonly Finding[],
  plannedJudgement: PlannedJudgement,
  exchanges: Readonly<Record<string, Exchange>>,
  yardsticks: Yardsticks,
): Conclusion {
  const openai = yardsticks.openai
  if (plannedJudgement.yardstick !== 'own') {
    const { contract } = plannedJudgement
    return concludeViolation(
      findings.map((one) => contestSeenOnly(one, contract)),
      plannedJudgement,
    )
  }
  if (
    plannedJudgement.check.shape !== true ||
    openai === undefined ||
    plannedJudgement.contract.isFollower
  )
    return unkept(findings, exchanges, plannedJudgement)
  const wrongEverywhere = new Set(
    Object.values(exchanges)
      .flatMap((exchange) => openai.flaws(exchange) ?? [])
      .map(({ at }) => at),
  )
  const { contract } = plannedJudgement
  const real = findings.filter(
    (finding) => wrongEverywhere.has(finding.at) || isOnlyTheirs(finding, openai, exchanges),
  )
  if (real.length > 0) {
    return concludeViolation(
      real.map((one) => withContradiction(one, contract, exchanges)),
      plannedJudgement,
    )
  }
  // What was tried before anybody is judged by it is taken at its word.
  if (contract.isTried) return concludeViolation(findings, plannedJudgement)
  return {
    outcome: 'warn',
    reason: 'documents-wrong',
    note: 'right by OpenAI, different from the page',
    findings,
  }
}

/** What is there, and stands at a place of the answer that OpenAI does not know: nobody but the page can be right. */
function isOnlyTheirs(
  finding: Finding,
  openai: Contract,
  exchanges: Readonly<Record<string, Exchange>>,
): boolean {
  const exchange = exchanges[finding.step] ?? Object.values(exchanges)[0]
  const scope = (exchange?.status ?? 200) < 400 ? 'response' : 'error'
  return (
    /^(\/[a-z_]+)+$/.test(finding.at) &&
    kindOf(finding, exchange) !== 'absent' &&
    openai.claim([`${scope} ${finding.at}`]).status === 'silent'
  )
}

/**
 * Disputed where the documents contradict themselves about the place: who keeps one half breaks the other.
 * A value that is of neither half is no half.
 */
function withContradiction(
  finding: Finding,
  contract: Contract,
  exchanges: Readonly<Record<string, Exchange>>,
): Finding {
  if (finding.contested !== undefined || !finding.at.startsWith('/')) return finding
  const seen = contestSeenOnly(finding, contract)
  if (seen !== finding) return seen
  const place = generalizePlace(finding.at)
  const because = findContradictionAt(contract, `response ${place}`)
  if (because === undefined) return finding
  const exchange = exchanges[finding.step] ?? Object.values(exchanges)[0]
  const kind = kindOf(finding, exchange)
  const isHalf = kind === 'value' ? isDeepStrictEqual : isAlike
  const isOfNeither =
    kind !== 'absent' &&
    // What the table allows is its half, and what a sample shows is the other.
    (kind === 'value' || contract.flaws(exchange!)?.some(({ at }) => at === finding.at) === true) &&
    !contract.samples.some(({ response: shown }) =>
      isHalf(field(shown, finding.at), valueAt(exchange, finding.at)),
    )
  return isOfNeither ? finding : { ...finding, contested: because }
}

/** Disputed where no document has the field: it only comes in answers. */
function contestSeenOnly(finding: Finding, contract: Contract): Finding {
  if (finding.contested !== undefined || !finding.at.startsWith('/')) return finding
  const place = generalizePlace(finding.at)
  return contract.responseFields.some(({ isSeenOnly, at }) => isSeenOnly && place.endsWith(at))
    ? { ...finding, contested: 'No document has this field; answers of OpenAI carry it.' }
    : finding
}

function valueAt(exchange: Exchange | undefined, at: string): Json | undefined {
  return exchange?.body.kind === 'json' ? field(exchange.body.value, at) : undefined
}

function isAlike(one: Json | undefined, other: Json | undefined): boolean {
  const kind = (value: Json): string => (Array.isArray(value) ? 'array' : typeof value)
  return one !== undefined && other !== undefined && kind(one) === kind(other)
}

/**
 * A verdict by the provider's own documents rests on what they say: on the place that they name, or
 * else, and then as a warning at most, on the promise of a whole format.
 */
function unkept(
  findings: readonly Finding[],
  exchanges: Readonly<Record<string, Exchange>>,
  plannedJudgement: PlannedJudgement,
): Conclusion {
  // A check of every exchange has one, whatever it calls the step.
  const [only, ...others] = Object.values(exchanges)
  const exchangeOf = ({ step }: Finding): Exchange | undefined =>
    others.length === 0 ? only : exchanges[step]
  // What was only taken over with a format was asked, and is not their own word.
  const isSaid = isStated(plannedJudgement.check, plannedJudgement.contract)
  const isTheirs = plannedJudgement.claim?.status !== 'inherited'
  const named = findings.filter(
    (finding) =>
      isSaid ||
      (isTheirs && isDocumentedPlace(finding, exchangeOf(finding), plannedJudgement.contract)),
  )
  if (named.length > 0) {
    const { contract } = plannedJudgement
    return concludeViolation(
      named.map((one) => withContradiction(one, contract, exchanges)),
      plannedJudgement,
    )
  }
  if (isFormatPromised(plannedJudgement.contract))
    return concludeViolation(findings, { ...plannedJudgement, level: 'should' })
  return {
    outcome: 'not-applicable',
    reason: 'not-claimed',
    note: `the documents do not name it: ${findings[0]?.at ?? ''}`,
    findings: [],
  }
}

export function concludeViolation(
  findings: readonly Finding[],
  plannedJudgement: PlannedJudgement,
  reason?: Reason,
): Conclusion {
  const disputed =
    plannedJudgement.contested ??
    (findings.every(({ contested }) => contested !== undefined)
      ? findings[0]?.contested
      : undefined)
  if (disputed !== undefined)
    return { outcome: 'warn', reason: 'contested', note: disputed, findings }
  const outcome = levelOfFindings(findings, plannedJudgement) === 'must' ? 'fail' : 'warn'
  return {
    outcome,
    findings,
    ...(reason === undefined ? {} : { reason }),
    ...restsOn(findings),
  }
}

/** That of the sentences which the findings name, where each names one, and of the check otherwise. */
function levelOfFindings(
  findings: readonly Finding[],
  { level, basis, yardstick }: PlannedJudgement,
): Level {
  const named = findings.flatMap(({ requirement }) => requirement ?? [])
  const isWeaker = level === 'must' && basis === undefined && yardstick !== 'own'
  if (!isWeaker || named.length === 0 || named.length < findings.length) return level
  return levelOfAll(named, yardstick) ?? level
}

/** The instrument on which all of the findings rest. */
function restsOn(
  said: readonly { readonly by?: Instrument; readonly step?: string }[],
): Pick<Conclusion, 'by' | 'of'> {
  const [first] = said
  if (first?.by === undefined || said.some(({ by }) => by !== first.by)) return {}
  return { by: first.by, ...(first.step === undefined ? {} : { of: first.step }) }
}

export function concludeDoubt({ reason, note, blockedBy }: Doubt): Conclusion {
  const blocked = blockedBy === undefined ? {} : { blockedBy }
  return { outcome: 'inconclusive', reason, note, findings: [], ...blocked }
}

export function concludeSkipped(plannedJudgement: PlannedJudgement): Conclusion {
  const { reason, note } = plannedJudgement.skipReason ?? { reason: 'not-shown' as const, note: '' }
  return { outcome: 'not-applicable', reason, note, findings: [] }
}

/** Thrown where a judge reads a step that was not answered. */
export class StepMissing extends Error {
  override readonly name = 'StepMissing'
}

interface JudgedExchanges extends Pick<JudgeContext, 'nonce' | 'expect'> {
  readonly scenario: Scenario
  /** By the names under which the check reads them. */
  readonly exchanges: Readonly<Record<string, Exchange>>
  /** By step, in the order in which they were sent. */
  readonly sent: Readonly<Record<string, Exchange>>
}

/** What of a run a check may know. */
interface AskingContext {
  readonly target: Pick<Target, 'fixtures'>
  readonly yardsticks: Yardsticks
  readonly impactOf?: ImpactOf
}

/** Asks a check: what follows for one yardstick; the reason is `not-shown` where there is nothing to judge. */
export function askCheck(
  plannedJudgement: PlannedJudgement,
  { scenario, exchanges, sent, nonce, expect }: JudgedExchanges,
  { target: { fixtures }, yardsticks, impactOf }: AskingContext,
): Conclusion {
  const { check, contract, yardstick } = plannedJudgement
  const fetched = fixtures && { fetched: { image: fixtures.image.word, pdf: fixtures.pdf.word } }
  const context = { contract, yardstick, nonce, ...fetched, scenario, expect }
  const judgement = runJudge(check, exchanges, context)
  return concludeFrom({
    judgement,
    plannedJudgement,
    exchanges: sent,
    scenario,
    yardsticks,
    impactOf: (exchange, finding) => impactOf?.(exchange, finding, context),
  })
}

export function runJudge(
  check: Check,
  exchanges: Readonly<Record<string, Exchange>>,
  context: JudgeContext,
): Judgement {
  try {
    return check.judge(exchanges, context)
  } catch (error) {
    if (error instanceof StepMissing || error instanceof NotRecorded) throw error
    throw new HarnessError(
      `${check.id} threw while it judged ${context.scenario.id}: ${String(error)}`,
      { cause: error },
    )
  }
}

export const isPromised: (contract: Contract, scenario: Scenario) => boolean = memoize2(
  (contract: Contract, scenario: Scenario) => {
    const { status } = contract.claim(scenario.apiPaths)
    return status !== 'denied' && status !== 'silent'
  },
)

/** A feature that the provider's own documents promise, or that is part of every Responses API. */
export function isClaimed(scenario: Scenario, yardsticks: Yardsticks): boolean {
  return scenario.tier === 'core' || isClaimedByOwn(scenario, yardsticks)
}

/** What a provider says that it does not offer is its own affair, unless its documents promise it. */
function isClaimedByOwn({ apiPaths }: Scenario, yardsticks: Yardsticks): boolean {
  const status = yardsticks.own?.claim(apiPaths).status
  return status !== undefined && status !== 'denied' && status !== 'silent'
}

export function isCleanRefusal(exchange: Exchange): boolean {
  const { status } = exchange
  if (isNoRoute(exchange)) return true
  // 501 says that something is not implemented: no accident.
  if (status < 400 || (status >= 500 && status !== 501)) return false
  // In which form a refusal comes is the business of the checks of errors.
  return status !== 408 && status !== 429
}
