// A judgement → an outcome: the only place where a level, a claim or a dispute decides.

import { HarnessError } from '../base/errors.ts'
import type { Ruling, Yardsticks } from '../plan/plan.ts'
import { isNamed, promisesFormat } from './documented-place.ts'
import { field, isObject } from '../base/json.ts'
import { remembered } from '../base/memoize.ts'
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

export function weigh(
  judgement: Judgement,
  ruling: Ruling,
  exchanges: readonly Exchange[],
  scenario: Scenario,
  yardsticks: Yardsticks,
): Conclusion {
  switch (judgement.kind) {
    case 'holds':
      return { outcome: 'pass', findings: [] }
    case 'moot':
      return {
        outcome: 'not-applicable',
        reason: 'not-shown',
        note: judgement.because,
        findings: [],
      }
    case 'inconclusive':
      return doubtful(judgement.doubt)
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
      return violation([finding], ruling)
    }
    case 'ignored':
      return violation(
        judgement.findings,
        ruling,
        judgement.isEchoed === true ? 'echoed-only' : 'ignored',
      )
    case 'violated':
      return violated(judgement.findings, ruling, exchanges, scenario, yardsticks)
  }
}

function violated(
  findings: readonly Finding[],
  ruling: Ruling,
  exchanges: readonly Exchange[],
  scenario: Scenario,
  yardsticks: Yardsticks,
): Conclusion {
  const openai = yardsticks.openai
  if (ruling.yardstick !== 'own') return violation(findings, ruling)
  if (ruling.check.shape !== true || openai === undefined)
    return unkept(findings, exchanges, scenario, ruling)
  const wrongEverywhere = new Set(
    Object.values(exchanges)
      .flatMap((exchange) => openai.flaws(exchange) ?? [])
      .map(({ at }) => at),
  )
  const real = findings.filter(({ at }) => wrongEverywhere.has(at))
  if (real.length > 0) return violation(real, ruling)
  // What was tried before anybody is judged by it is taken at its word.
  if (ruling.contract.isTried) return violation(findings, ruling)
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
  ruling: Ruling,
): Conclusion {
  // The exchanges of a scenario come in the order of its steps; a check of every exchange has one.
  const steps = Object.keys(scenario.steps)
  const only = exchanges.length === 1 ? exchanges[0] : undefined
  const named = findings.filter((finding) =>
    isNamed(finding, only ?? exchanges[steps.indexOf(finding.step)], ruling.contract),
  )
  if (named.length > 0) return violation(named, ruling)
  if (promisesFormat(ruling.contract)) return violation(findings, { ...ruling, level: 'should' })
  return {
    outcome: 'not-applicable',
    reason: 'not-claimed',
    note: `the documents do not name it: ${findings[0]?.at ?? ''}`,
    findings: [],
  }
}

function violation(findings: readonly Finding[], ruling: Ruling, reason?: Reason): Conclusion {
  const disputed =
    ruling.contested ??
    (findings.every(({ contested }) => contested !== undefined)
      ? findings[0]?.contested
      : undefined)
  if (disputed !== undefined)
    return { outcome: 'warn', reason: 'contested', note: disputed, findings }
  const outcome = ruling.level === 'must' ? 'fail' : 'warn'
  return { outcome, findings, ...(reason === undefined ? {} : { reason }) }
}

export function doubtful({ reason, note }: Doubt): Conclusion {
  return { outcome: 'inconclusive', reason, note, findings: [] }
}

export function excuse(ruling: Ruling): Conclusion {
  const { reason, note } = ruling.excused ?? { reason: 'not-shown' as const, note: '' }
  return { outcome: 'not-applicable', reason, note, findings: [] }
}

export function ask(
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

export const isPromised: (contract: Contract, scenario: Scenario) => boolean = remembered(
  (contract: Contract, scenario: Scenario) => {
    const { status } = contract.claim(scenario.hinges)
    return status === 'documented' || status === 'conditional'
  },
)

/** A feature that the provider's own documents promise, or that is part of every Responses API. */
export function isClaimed(scenario: Scenario, yardsticks: Yardsticks): boolean {
  if (scenario.tier === 'core') return true
  const status = yardsticks.own?.claim(scenario.hinges).status
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
