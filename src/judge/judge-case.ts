// Judges one case by the evidence of its scenario: one verdict row for each yardstick.

import { isAnswered } from '../evidence/is-answered.ts'
import {
  askCheck,
  StepMissing,
  concludeDoubt,
  concludeSkipped,
  concludeViolation,
  isClaimed,
  isCleanRefusal,
  type Conclusion,
} from './conclude-outcome.ts'
import { subjectOf, type Case, type PlannedJudgement } from '../plan/plan.ts'
import { createRow, evidenceIdsOf, originOf, type RunContext } from './verdict-row.ts'
import { eventType, events, header, response } from '../authoring/read.ts'
import { isNoRoute, isUnsupported } from '../authoring/judge-refusal.ts'
import { listGathered } from './gather-all-scenarios.ts'
import { readClosedDoor, readRefusal } from './confirm-refusal-by-control.ts'
import { readWord } from './confirm-word-by-meter.ts'
import {
  isUnknownTo,
  judgeAcceptance,
  describeUnknownOperation,
} from './judge-acceptance-checks.ts'
import { judgeEveryExchange } from './judge-every-exchange.ts'
import { findUndocumentedForm } from '../contract/request-validity.ts'
import { answerFacts } from './answer-facts.ts'
import type { Doubt, Evidence, Exchange, Scenario, Step, Verdict } from '../types/index.ts'

export async function judgeScenario(
  planned: Case,
  runContext: RunContext,
): Promise<readonly Verdict[]> {
  const verdicts = await judgeCase(planned, runContext)
  const isAccused = verdicts.some(({ outcome }) => outcome === 'fail' || outcome === 'warn')
  if (!isAccused || !(await isNoApi(runContext))) return verdicts
  return verdicts.map((verdict) =>
    verdict.outcome === 'fail' || verdict.outcome === 'warn'
      ? { ...verdict, outcome: 'inconclusive', reason: 'unreachable', note: NO_API, findings: [] }
      : verdict,
  )
}

const NO_API =
  'everything is answered by a page of HTML: this is no API, or something stands before it'

/** Whether a web server or a challenge refused whatever was asked, what is right too. */
async function isNoApi(runContext: RunContext): Promise<boolean> {
  const gathered = await Promise.all(listGathered(runContext))
  const all = gathered.flatMap((each) =>
    Object.entries(each?.evidence.exchanges ?? {}).flatMap(([name, exchange]) =>
      exchange === undefined ? [] : [{ exchange, step: each?.scenario.steps[name] }],
    ),
  )
  return (
    all.some(({ step }) => step?.expect === 'success') &&
    all.every(
      ({ exchange }) =>
        exchange.status >= 400 && /\bhtml\b/i.test(header(exchange, 'content-type') ?? ''),
    )
  )
}

async function judgeCase(planned: Case, runContext: RunContext): Promise<readonly Verdict[]> {
  if (planned.judgements.every(({ skipReason }) => skipReason !== undefined)) {
    const subject = subjectOf(planned)
    return planned.judgements.map((each) =>
      createRow(planned, each, subject, runContext.target, concludeSkipped(each)),
    )
  }
  if (planned.scenario !== 'every') return decideScenario(planned, planned.scenario, runContext)
  const check = planned.judgements[0].check
  return check.acceptanceCheck === true
    ? judgeAcceptance(planned, runContext)
    : judgeEveryExchange(planned, runContext)
}

// ── one scenario ─────────────────────────────────────────────────────────────

async function decideScenario(
  planned: Case,
  scenario: Scenario,
  runContext: RunContext,
): Promise<readonly Verdict[]> {
  const first = await runContext.source.gather(scenario, 0)
  return Promise.all(
    planned.judgements.map((plannedJudgement) =>
      settle(planned, plannedJudgement, scenario, first, runContext),
    ),
  )
}

/**
 * Judges, and asks again where a model may have had a bad moment: an attempt that clears the
 * endpoint clears it, and a red needs two that agree. What rests on a word is then read by what the
 * instruments say of the model and of the place.
 */
async function settle(
  planned: Case,
  plannedJudgement: PlannedJudgement,
  scenario: Scenario,
  first: Evidence,
  runContext: RunContext,
): Promise<Verdict> {
  let evidence = first
  let conclusion = conclude(plannedJudgement, scenario, first, runContext)
  let made = 1
  let passed = conclusion.outcome === 'pass' ? 1 : 0
  const mayAskAgain = (): boolean =>
    plannedJudgement.check.kind === 'wire'
      ? conclusion.reason === 'model-declined'
      : conclusion.outcome === 'fail' ||
        conclusion.outcome === 'warn' ||
        conclusion.reason === 'model-declined'
  const most = Math.min(
    runContext.attempts,
    runContext.source.attemptsOf?.(scenario) ?? runContext.attempts,
  )
  while (made < most && plannedJudgement.skipReason === undefined && mayAskAgain()) {
    const next = await runContext.source.gather(scenario, made)
    const again = conclude(plannedJudgement, scenario, next, runContext)
    if (again.outcome === 'inconclusive' && again.reason !== 'model-declined') {
      conclusion = unrepeated(conclusion, again)
      break
    }
    made++
    if (again.outcome === 'pass') passed++
    if (again.outcome === 'pass' && conclusion.reason !== 'model-declined') {
      conclusion = flaky(conclusion, passed, made)
      break
    }
    conclusion = again
    evidence = next
  }
  const heard = await readWord(
    conclusion,
    scenario,
    plannedJudgement.check,
    runContext,
    (finding) => concludeViolation([finding], plannedJudgement),
  )
  const refused = await readRefusal(heard, scenario, evidence, runContext)
  const read = await readClosedDoor(refused, evidence, runContext)
  return {
    ...createRow(planned, plannedJudgement, scenario.id, originOf(runContext, evidence), read),
    attempts: { made, passed },
    evidence: evidenceIdsOf(evidence),
  }
}

function flaky(conclusion: Conclusion, passed: number, made: number): Conclusion {
  const note = `passed in ${passed} of ${made} attempts`
  return { ...conclusion, outcome: 'warn', reason: 'flaky', note }
}

/** A red that could not be asked for a second time is no red. */
function unrepeated(first: Conclusion, again: Conclusion): Conclusion {
  if (first.outcome !== 'fail' && first.outcome !== 'warn') return first
  return { ...again, note: `wrong once, and the second attempt tells nothing: ${again.note}` }
}

function conclude(
  plannedJudgement: PlannedJudgement,
  scenario: Scenario,
  evidence: Evidence,
  runContext: RunContext,
): Conclusion {
  if (plannedJudgement.skipReason !== undefined) return concludeSkipped(plannedJudgement)
  const steps = Object.entries<Step>(scenario.steps)
  for (const [name, step] of steps) {
    const exchange = evidence.exchanges[name]
    const flaw =
      step.expect === 'success' &&
      exchange !== undefined &&
      scenario.asClient === undefined &&
      findUndocumentedForm(plannedJudgement.contract, exchange)
    if (typeof flaw === 'string') {
      return {
        outcome: 'not-applicable',
        reason: 'not-claimed',
        note: `this form is not documented: ${flaw}`,
        findings: [],
      }
    }
  }
  if (scenario.asClient !== undefined) {
    return concludeAsClient(plannedJudgement, scenario, evidence, runContext)
  }
  if (evidence.stopped !== undefined) {
    const { step, doubt } = evidence.stopped
    return (
      judgeAnswered(plannedJudgement, scenario, evidence, runContext) ??
      concludeDoubt({ ...doubt, ...blockedAt(scenario, step, evidence) })
    )
  }
  const unanswered = steps.find(([name, step]) => {
    const exchange = evidence.exchanges[name]
    return exchange === undefined ? step.expect === 'success' : !isJudgeable(step, exchange)
  })
  if (unanswered !== undefined) {
    const [name] = unanswered
    const exchange = evidence.exchanges[name]
    // The steps after it were not sent: an acceptance check judges those that were.
    if (plannedJudgement.check.acceptanceCheck !== true || exchange === undefined) {
      return (
        judgeAnswered(plannedJudgement, scenario, evidence, runContext) ??
        withoutAnswer(plannedJudgement, scenario, name, evidence, runContext)
      )
    }
  }
  if (
    scenario.cooperated !== undefined &&
    unanswered === undefined &&
    !scenario.cooperated(complete(evidence))
  ) {
    return concludeDoubt({
      reason: 'model-declined',
      note: 'the model did not do what the check needs',
    })
  }
  const mute =
    plannedJudgement.check.kind === 'wire'
      ? undefined
      : (withoutOutput(steps, evidence) ?? afterFailure(scenario, evidence))
  if (mute !== undefined) return concludeDoubt(mute)
  return judgeSteps(plannedJudgement, scenario, evidence, complete(evidence), runContext)
}

/**
 * By the turns of a client that were answered, one way or another: a refused one tells of itself, and
 * undoes nothing that others show.
 */
function concludeAsClient(
  plannedJudgement: PlannedJudgement,
  scenario: Scenario,
  evidence: Evidence,
  runContext: RunContext,
): Conclusion {
  const { stopped } = evidence
  const answered = Object.entries(complete(evidence)).filter(([step]) => step !== stopped?.step)
  const doubt = stopped && { ...stopped.doubt, ...blockedAt(scenario, stopped.step, evidence) }
  if (answered.length === 0 && doubt !== undefined) return concludeDoubt(doubt)
  const told = Object.fromEntries(answered)
  const found = judgeSteps(plannedJudgement, scenario, evidence, told, runContext)
  const isOpen = found.outcome === 'inconclusive' && found.reason === 'prerequisite'
  return isOpen && doubt !== undefined ? concludeDoubt(doubt) : found
}

function judgeSteps(
  plannedJudgement: PlannedJudgement,
  scenario: Scenario,
  { nonce }: Evidence,
  exchanges: Readonly<Record<string, Exchange>>,
  runContext: RunContext,
): Conclusion {
  const sent = Object.fromEntries(
    Object.entries(exchanges).filter(([, exchange]) => exchange !== ABSENT),
  )
  const expect = Object.values<Step>(scenario.steps).at(-1)?.expect ?? 'success'
  return askCheck(plannedJudgement, { scenario, exchanges, sent, nonce, expect }, runContext)
}

/** Stands for a step without an answer: whoever reads it learns that there is none. */
const ABSENT = new Proxy({} as Exchange, {
  get() {
    throw new StepMissing()
  },
})

/**
 * What a check says of the steps that were answered before one was not: nothing that they showed is
 * undone by a later refusal. Undefined where the check asks for more.
 */
function judgeAnswered(
  plannedJudgement: PlannedJudgement,
  scenario: Scenario,
  evidence: Evidence,
  runContext: RunContext,
): Conclusion | undefined {
  const steps = Object.entries<Step>(scenario.steps).map(([name, step]) => {
    const exchange = evidence.exchanges[name]
    const isThere =
      exchange !== undefined && evidence.stopped?.step !== name && isJudgeable(step, exchange)
    return [name, isThere ? exchange : ABSENT] as const
  })
  if (steps.every(([, exchange]) => exchange === ABSENT)) return undefined
  try {
    const exchanges = Object.fromEntries(steps)
    const found = judgeSteps(plannedJudgement, scenario, evidence, exchanges, runContext)
    return found.outcome === 'fail' || found.outcome === 'warn' || found.outcome === 'pass'
      ? found
      : undefined
  } catch (error) {
    if (error instanceof StepMissing) return undefined
    throw error
  }
}

/** The doubt about what a model did where no list of output says what it did. */
function withoutOutput(
  steps: readonly (readonly [string, Step])[],
  { exchanges }: Evidence,
): Doubt | undefined {
  const mute = steps.find(([name, { expect }]) => {
    const exchange = exchanges[name]
    if (expect !== 'success' || exchange?.request.operation !== 'create') return false
    const answer = response(exchange)
    return answer !== undefined && !Array.isArray(answer['output'])
  })
  if (mute === undefined) return
  const check = 'basic/output-is-a-list'
  const note = `the answer to "${mute[0]}" has no list of output: see ${check}`
  return { reason: 'prerequisite', note, blockedBy: { check } }
}

/** The doubt about what a model would have done where the answer says itself that it failed. */
function afterFailure(scenario: Scenario, { exchanges }: Evidence): Doubt | undefined {
  const failed = Object.entries<Step>(scenario.steps).find(([name, { expect }]) => {
    const exchange = exchanges[name]
    if (expect !== 'success' || exchange === undefined) return false
    return (
      response(exchange)?.['status'] === 'failed' ||
      events(exchange).some((event) => eventType(event) === 'error')
    )
  })
  if (failed === undefined) return undefined
  const [name] = failed
  return {
    reason: 'prerequisite',
    note: `the answer to "${name}" says that it failed`,
    ...blockedAt(scenario, name, { exchanges }),
  }
}

/** Exchanges as a check may index them: judged only once every step is there. */
function complete(evidence: Evidence): Readonly<Record<string, Exchange>> {
  return evidence.exchanges as Readonly<Record<string, Exchange>>
}

/** Whether a step got what it asks for: an answer, or at least none that says nothing. */
function isJudgeable({ expect, once }: Step, exchange: Exchange): boolean {
  if (once === true) return true
  if (expect === 'success') return isAnswered(exchange)
  const { request, status } = exchange
  const isTaken = request.operation === 'create' && status >= 200 && status < 300
  return expect === 'refusal' || !isTaken || isAnswered(exchange)
}

/** The exchange in which a scenario came to its end: that of this step, or the last before it. */
function blockedAt(
  scenario: Scenario,
  step: string,
  { exchanges }: Pick<Evidence, 'exchanges'>,
): Pick<Doubt, 'blockedBy'> {
  const [last] = Object.entries(exchanges).toReversed()
  const [name, exchange] = exchanges[step] === undefined ? (last ?? []) : [step, exchanges[step]]
  if (exchange === undefined) return {}
  return { blockedBy: { exchange: `${scenario.id}#${name}`, answer: answerFacts(exchange) } }
}

function withoutAnswer(
  plannedJudgement: PlannedJudgement,
  scenario: Scenario,
  step: string,
  evidence: Evidence,
  runContext: RunContext,
): Conclusion {
  const exchange = evidence.exchanges[step]
  if (exchange !== undefined && isDeclinedCleanly(exchange, scenario, runContext)) {
    return refusedUnclaimed(exchange)
  }
  // A way that leads over what a yardstick has no word about is not its way.
  if (exchange !== undefined && isNoRoute(exchange) && isUnknownTo(plannedJudgement, exchange)) {
    return describeUnknownOperation(exchange)
  }
  return concludeDoubt({
    reason: 'prerequisite',
    note: `${scenario.id} got no usable answer (${exchange === undefined ? 'not sent' : `HTTP ${exchange.status}`})`,
    ...blockedAt(scenario, step, evidence),
  })
}

/** What is part of every Responses API is declined by its code and name alone, and where no documents promise it. */
function isDeclinedCleanly(
  exchange: Exchange,
  scenario: Scenario,
  { yardsticks }: RunContext,
): boolean {
  return isClaimed(scenario, yardsticks)
    ? yardsticks.own === undefined && isUnsupported(exchange, scenario)
    : isCleanRefusal(exchange)
}

function refusedUnclaimed(exchange: Exchange): Conclusion {
  const note = `HTTP ${exchange.status}: declined cleanly, and nobody claims it`
  return { outcome: 'not-applicable', reason: 'refused', note, findings: [] }
}
