// What a refusal, or the lack of one, says: a wrong value is refused for itself only where the same
// request with a right one is accepted.

import { isNoRoute, quoteReply } from '../authoring/refusal.ts'
import { answerFacts } from './answer-fingerprint.ts'
import { fieldsOf } from '../plan/tested-fields.ts'
import { askAgain, askControl, isPlainest, isRight } from './control.ts'
import { concludeDoubt, concludeViolation, type Conclusion } from './outcome.ts'
import type { PlannedJudgement } from '../plan/plan.ts'
import type { RunContext } from './verdict-row.ts'
import type { Evidence, Exchange, Finding, Scenario } from '../types/index.ts'

/**
 * For a check that asks whether a mistake is refused, by the control:
 *
 * | mistake | control  |                                        |
 * | 4xx     | answered | refused for what is wrong: holds        |
 * | 4xx     | refused  | everything like it is refused: undecided |
 * | 5xx     | answered | the mistake breaks the server: violated |
 * | 5xx     | 5xx      | the server is broken: undecided         |
 * | 2xx     | –        | not refused: violated                   |
 */
export async function readRefusal(
  conclusion: Conclusion,
  scenario: Scenario,
  { exchanges }: Evidence,
  runContext: RunContext,
): Promise<Conclusion> {
  if (conclusion.by !== 'refusal') return conclusion
  const step = conclusion.of
  const exchange = step === undefined ? undefined : exchanges[step]
  if (step === undefined || exchange === undefined) return conclusion
  const { request, status } = exchange
  if (request.operation !== 'create' || request.transport === 'websocket') return conclusion
  if (status < 400) return conclusion
  if (status >= 500) {
    const { control, again } = await askAgain(scenario, step, runContext)
    if (isRight(control) && again !== undefined && again.status >= 500) return conclusion
    return undecided(exchange, control)
  }
  const control = await askControl(scenario, step, runContext)
  return isRight(control) ? conclusion : undecided(exchange, control)
}

/**
 * For a request that should be answered and was not, by the control: what is refused or breaks the
 * server with one thing in it, and is answered without, is the fault of that one thing.
 */
export async function readUnanswered(
  exchange: Exchange,
  step: string,
  conclusion: Conclusion,
  plannedJudgement: PlannedJudgement,
  scenario: Scenario,
  runContext: RunContext,
): Promise<Conclusion> {
  const { status, request } = exchange
  if (status < 400 || request.transport === 'websocket' || isNoRoute(exchange)) return conclusion
  if (isPlainest(scenario, exchange)) return conclusion
  if (status >= 500) {
    if (conclusion.outcome !== 'inconclusive' || conclusion.reason !== 'unreachable')
      return conclusion
    const { control, again } = await askAgain(scenario, step, runContext)
    if (!isRight(control) || again === undefined || again.status < 500) return conclusion
    return concludeViolation([broken(step, exchange, scenario)], plannedJudgement)
  }
  if (conclusion.outcome !== 'fail' && conclusion.outcome !== 'warn') return conclusion
  const control = await askControl(scenario, step, runContext)
  return control === undefined || isRight(control) ? conclusion : undecided(exchange, control)
}

function broken(step: string, exchange: Exchange, scenario: Scenario): Finding {
  return {
    step,
    at: 'status',
    kind: 'crashed',
    about: fieldsOf(scenario),
    exchanges: [`${scenario.id}#${step}`],
    answer: answerFacts(exchange),
    expected: 'a 2xx status, as for the same request without what is asked for here',
    actual: `${quoteReply(exchange)}, and again after that request was answered`,
  }
}

function undecided(exchange: Exchange, control: Exchange | undefined): Conclusion {
  const note =
    control === undefined
      ? 'the control was not answered'
      : `the same request without it is answered ${control.status} as well`
  return concludeDoubt({ reason: exchange.status >= 500 ? 'unreachable' : 'prerequisite', note })
}
