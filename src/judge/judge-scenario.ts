// A case and its evidence → verdict rows.

import { isAnswered } from '../evidence/answered.ts'
import {
  runJudge,
  concludeDoubt,
  concludeSkipped,
  isClaimed,
  isCleanRefusal,
  concludeFrom,
  type Conclusion,
} from './outcome.ts'
import type { Case, PlannedJudgement } from '../plan/plan.ts'
import { originOf, evidenceIdsOf, createRow, type RunContext } from './verdict-row.ts'
import { response } from '../authoring/read.ts'
import { judgeEveryExchange, judgeAcceptance } from './judge-every-exchange.ts'
import { findUndocumentedForm } from '../contract/request-validity.ts'
import type { Doubt, Evidence, Exchange, Scenario, Step, Verdict } from '../types/index.ts'

export async function judgeScenario(
  planned: Case,
  runContext: RunContext,
): Promise<readonly Verdict[]> {
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
  if (planned.judgements.every(({ skipReason }) => skipReason !== undefined)) {
    return planned.judgements.map((plannedJudgement) =>
      createRow(
        planned,
        plannedJudgement,
        scenario.id,
        runContext.target,
        concludeSkipped(plannedJudgement),
      ),
    )
  }
  const first = await runContext.source.gather(scenario, 0)
  return Promise.all(
    planned.judgements.map((plannedJudgement) =>
      settle(planned, plannedJudgement, scenario, first, runContext),
    ),
  )
}

/** Judges, and asks again where a model may have had a bad moment. */
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
  while (made < runContext.attempts && plannedJudgement.skipReason === undefined && mayAskAgain()) {
    const next = await runContext.source.gather(scenario, made)
    const again = conclude(plannedJudgement, scenario, next, runContext)
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
    ...createRow(
      planned,
      plannedJudgement,
      scenario.id,
      originOf(runContext, evidence),
      conclusion,
    ),
    attempts: { made, passed },
    evidence: evidenceIdsOf(evidence),
  }
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
  if (evidence.stopped !== undefined) return concludeDoubt(evidence.stopped.doubt)
  const unanswered = steps.find(
    ([name, step]) => step.expect === 'success' && !isPresentAnswer(evidence.exchanges[name]),
  )
  if (unanswered !== undefined) {
    const [name] = unanswered
    const exchange = evidence.exchanges[name]
    // The steps after it were not sent: a gate check judges those that were.
    if (plannedJudgement.check.acceptanceCheck !== true || exchange === undefined) {
      return withoutAnswer(scenario, exchange, runContext)
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
  const mute = plannedJudgement.check.kind === 'wire' ? undefined : withoutOutput(steps, evidence)
  if (mute !== undefined) return concludeDoubt(mute)
  const judgement = runJudge(plannedJudgement.check, complete(evidence), {
    contract: plannedJudgement.contract,
    yardstick: plannedJudgement.yardstick,
    nonce: evidence.nonce,
    scenario,
    expect: steps.at(-1)?.[1].expect ?? 'success',
  })
  return concludeFrom(
    judgement,
    plannedJudgement,
    Object.values(complete(evidence)),
    scenario,
    runContext.yardsticks,
  )
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
  const note = `the answer to "${mute[0]}" has no list of output: see basic/output-is-a-list`
  return { reason: 'prerequisite', note }
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
  runContext: RunContext,
): Conclusion {
  if (
    exchange !== undefined &&
    isCleanRefusal(exchange) &&
    !isClaimed(scenario, runContext.yardsticks)
  ) {
    return refusedUnclaimed(exchange)
  }
  return concludeDoubt({
    reason: 'prerequisite',
    note: `${scenario.id} got no usable answer (${exchange === undefined ? 'not sent' : `HTTP ${exchange.status}`})`,
  })
}

function refusedUnclaimed(exchange: Exchange): Conclusion {
  const note = `HTTP ${exchange.status}: declined cleanly, and nobody claims it`
  return { outcome: 'not-applicable', reason: 'refused', note, findings: [] }
}
