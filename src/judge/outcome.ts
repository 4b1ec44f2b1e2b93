// A judgement → an outcome: the only place where a level, a claim or a dispute decides.

import { HarnessError } from '../base/errors.ts'
import type { PlannedJudgement, Yardsticks } from '../plan/plan.ts'
import { isDocumentedPlace, isFormatPromised } from './documented-place.ts'
import { field, isObject } from '../base/json.ts'
import { memoize2 } from '../base/memoize.ts'
import { isNoRoute } from '../authoring/refusal.ts'
import type {
  Check,
  Contract,
  Doubt,
  Exchange,
  Finding,
  Judgement,
  Outcome,
  Reason,
  Scenario,
} from '../types/index.ts'

export interface Conclusion {
  readonly outcome: Outcome
  readonly reason?: Reason
  readonly note?: string
  readonly findings: readonly Finding[]
}

export function concludeFrom(
  judgement: Judgement,
  plannedJudgement: PlannedJudgement,
  exchanges: readonly Exchange[],
  scenario: Scenario,
  yardsticks: Yardsticks,
): Conclusion {
  switch (judgement.kind) {
    case 'holds':
      return { outcome: 'pass', findings: [] }
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
      if (!isClaimed(scenario, yardsticks)) {
        return {
          outcome: 'not-applicable',
          reason: 'refused',
          note: judgement.because,
          findings: [],
        }
      }
      const finding = { step: '', at: 'status', expected: 'an answer', actual: judgement.because }
      return violation([finding], plannedJudgement)
    }
    case 'ignored':
      return violation(
        judgement.findings,
        plannedJudgement,
        judgement.isEchoed === true ? 'echoed-only' : 'ignored',
      )
    case 'violated':
      return violated(judgement.findings, plannedJudgement, exchanges, scenario, yardsticks)
  }
}

function violated(
  findings: readonly Finding[],
  plannedJudgement: PlannedJudgement,
  exchanges: readonly Exchange[],
  scenario: Scenario,
  yardsticks: Yardsticks,
): Conclusion {
  const openai = yardsticks.openai
  if (plannedJudgement.yardstick !== 'own') return violation(findings, plannedJudgement)
  if (plannedJudgement.check.shape !== true || openai === undefined)
    return unkept(findings, exchanges, scenario, plannedJudgement)
  const wrongEverywhere = new Set(
    Object.values(exchanges)
      .flatMap((exchange) => openai.flaws(exchange) ?? [])
      .map(({ at }) => at),
  )
  const real = findings.filter(({ at }) => wrongEverywhere.has(at))
  if (real.length > 0) return violation(real, plannedJudgement)
  // What was tried before anybody is judged by it is taken at its word.
  if (plannedJudgement.contract.isTried) return violation(findings, plannedJudgement)
  return {
    outcome: 'warn',
    reason: 'documents-wrong',
    note: 'right by OpenAI, different from the page',
    findings,
  }
}

/**
 * A verdict by the provider's own documents rests on what they say: on the place that they name, or
 * else, and then as a warning at most, on the promise of a whole format.
 */
function unkept(
  findings: readonly Finding[],
  exchanges: readonly Exchange[],
  scenario: Scenario,
  plannedJudgement: PlannedJudgement,
): Conclusion {
  // The exchanges of a scenario come in the order of its steps; a check of every exchange has one.
  const steps = Object.keys(scenario.steps)
  const only = exchanges.length === 1 ? exchanges[0] : undefined
  const named = findings.filter((finding) =>
    isDocumentedPlace(
      finding,
      only ?? exchanges[steps.indexOf(finding.step)],
      plannedJudgement.contract,
    ),
  )
  if (named.length > 0) return violation(named, plannedJudgement)
  if (isFormatPromised(plannedJudgement.contract))
    return violation(findings, { ...plannedJudgement, level: 'should' })
  return {
    outcome: 'not-applicable',
    reason: 'not-claimed',
    note: `the documents do not name it: ${findings[0]?.at ?? ''}`,
    findings: [],
  }
}

function violation(
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
  const outcome = plannedJudgement.level === 'must' ? 'fail' : 'warn'
  return { outcome, findings, ...(reason === undefined ? {} : { reason }) }
}

export function concludeDoubt({ reason, note }: Doubt): Conclusion {
  return { outcome: 'inconclusive', reason, note, findings: [] }
}

export function concludeSkipped(plannedJudgement: PlannedJudgement): Conclusion {
  const { reason, note } = plannedJudgement.skipReason ?? { reason: 'not-shown' as const, note: '' }
  return { outcome: 'not-applicable', reason, note, findings: [] }
}

export function runJudge(
  check: Check,
  exchanges: Readonly<Record<string, Exchange>>,
  context: Parameters<Check['judge']>[1],
): Judgement {
  try {
    return check.judge(exchanges, context)
  } catch (error) {
    throw new HarnessError(
      `${check.id} threw while it judged ${context.scenario.id}: ${String(error)}`,
      { cause: error },
    )
  }
}

export const isPromised: (contract: Contract, scenario: Scenario) => boolean = memoize2(
  (contract: Contract, scenario: Scenario) => {
    const { status } = contract.claim(scenario.apiPaths)
    return status === 'documented' || status === 'conditional'
  },
)

/** A feature that the provider's own documents promise, or that is part of every Responses API. */
export function isClaimed(scenario: Scenario, yardsticks: Yardsticks): boolean {
  if (scenario.tier === 'core') return true
  const status = yardsticks.own?.claim(scenario.apiPaths).status
  return status === 'documented' || status === 'conditional'
}

export function isCleanRefusal(exchange: Exchange): boolean {
  const { status, body } = exchange
  if (isNoRoute(exchange)) return true
  // 501 says that something is not implemented: no accident.
  if (status < 400 || (status >= 500 && status !== 501)) return false
  if (status === 408 || status === 429) return false
  return body.kind === 'json' && isObject(body.value) && isObject(field(body.value, '/error'))
}
