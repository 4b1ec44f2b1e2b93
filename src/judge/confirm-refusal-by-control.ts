// What a refusal, or the lack of one, says: a wrong value is refused for itself only where the same
// request with a right one is accepted.

import { isNoRoute, quoteReply } from '../authoring/judge-refusal.ts'
import { answerFacts } from './answer-facts.ts'
import { fieldsOf } from '../plan/fields-of-scenario.ts'
import { askAgain, askControl, askPlainest, isPlainest, isRight } from './ask-control.ts'
import { concludeDoubt, concludeViolation, type Conclusion } from './conclude-outcome.ts'
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
    if (isRight(control) && again !== undefined && again.status >= 500)
      return showControl(conclusion, WITHOUT_IT, control)
    return undecided(exchange, control)
  }
  const control = await askControl(scenario, step, runContext)
  return isRight(control)
    ? showControl(conclusion, WITHOUT_IT, control)
    : undecided(exchange, control)
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
    const found = concludeViolation([broken(step, exchange, scenario)], plannedJudgement)
    return showControl(found, WITHOUT_IT, control)
  }
  if (conclusion.outcome !== 'fail' && conclusion.outcome !== 'warn') return conclusion
  const control = await askControl(scenario, step, runContext)
  return control === undefined || isRight(control)
    ? showControl(conclusion, WITHOUT_IT, control)
    : undecided(exchange, control)
}

/**
 * For a status that accuses: where the plainest question of all gets the very same answer, nothing is
 * said about what was asked here. One page for everybody is one fault, that of the page.
 */
export async function readClosedDoor(
  conclusion: Conclusion,
  { exchanges }: Evidence,
  runContext: RunContext,
): Promise<Conclusion> {
  const { outcome, findings } = conclusion
  if ((outcome !== 'fail' && outcome !== 'warn') || findings.length === 0) return conclusion
  const accused = findings.map(({ step, at }) => (at === 'status' ? exchanges[step] : undefined))
  const refused = accused.filter((one) => one !== undefined && one.status >= 400)
  if (refused.length < findings.length) return conclusion
  const plain = await askPlainest(runContext)
  if (plain === undefined || plain.status < 400)
    return showControl(conclusion, 'the plainest question', plain)
  return refused.every((one) => isSameAnswer(one!, plain)) ? closedDoor(plain) : conclusion
}

/** The same for a check of every exchange: undefined where one of those that accuse differs. */
export async function doubtClosedDoor(
  accused: readonly Exchange[],
  runContext: RunContext,
): Promise<Conclusion | undefined> {
  if (accused.length === 0 || accused.some(({ status }) => status < 400)) return undefined
  const [first] = accused
  if (accused.some((one) => !isSameAnswer(one, first!))) return undefined
  const plain = await askPlainest(runContext)
  return plain !== undefined && isSameAnswer(first!, plain) ? closedDoor(plain) : undefined
}

function closedDoor({ status }: Exchange): Conclusion {
  return concludeDoubt({
    reason: 'prerequisite',
    note: `the plainest question is answered ${status} as well, in the same words`,
  })
}

const WITHOUT_IT = 'the same request without it'

/** A finding that a control confirmed says what the control was answered. */
function showControl(
  conclusion: Conclusion,
  what: string,
  control: Exchange | undefined,
): Conclusion {
  if (control === undefined) return conclusion
  const said = `${what}: ${quoteReply(control, 120)}`
  return {
    ...conclusion,
    findings: conclusion.findings.map((finding) => ({ control: said, ...finding })),
  }
}

function isSameAnswer(one: Exchange, other: Exchange): boolean {
  const [a, b] = [answerFacts(one), answerFacts(other)]
  return a.status === b.status && a.mediaType === b.mediaType && a.message === b.message
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
