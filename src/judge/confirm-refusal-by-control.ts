// What a refusal, or the lack of one, says: a wrong value is refused for itself only where the same
// request with a right one is accepted.

import { isAnswered } from '../evidence/is-answered.ts'
import {
  errorOf,
  isNoRoute,
  isSaidUnsupported,
  isUnsupported,
  quoteReply,
} from '../authoring/judge-refusal.ts'
import { response, sent } from '../authoring/read.ts'
import { field } from '../base/json.ts'
import { answerFacts } from './answer-facts.ts'
import { fieldsOf } from '../plan/fields-of-scenario.ts'
import { listGathered } from './gather-all-scenarios.ts'
import { askAgain, askControl, askPlainest, isPlainest, isRight } from './ask-control.ts'
import { concludeDoubt, concludeViolation, isClaimed, type Conclusion } from './conclude-outcome.ts'
import type { PlannedJudgement } from '../plan/plan.ts'
import type { RunContext } from './verdict-row.ts'
import type { Evidence, Exchange, Finding, Scenario } from '../types/index.ts'

/**
 * For a check that asks whether a mistake is refused, by the control:
 *
 * | mistake     | control          |                                        |
 * | 4xx         | 2xx              | refused for what is wrong: holds        |
 * | 4xx         | refused          | everything like it is refused: undecided |
 * | 5xx         | 2xx              | the mistake breaks the server: violated |
 * | 5xx         | 5xx              | the server is broken: undecided         |
 * | an answer   | –                | not refused: violated                   |
 * | 2xx, `null` | an answer        | not refused: violated                   |
 * | 2xx, `null` | 2xx, `null`      | nothing is answered here: undecided     |
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
  if (isAnswered(exchange)) {
    const declined = await findDeclined(scenario, step, runContext)
    if (declined !== undefined) return { ...declined, findings: [] }
    const isOwnModel = await isOnlyModel(exchange, runContext)
    return isOwnModel && conclusion.outcome === 'fail'
      ? { ...conclusion, outcome: 'warn', note: 'the answer names the only model that is listed' }
      : conclusion
  }
  if (status >= 500) {
    const { control, again } = await askAgain(scenario, step, runContext)
    if (isTaken(control) && again !== undefined && again.status >= 500)
      return showControl(conclusion, nameControl(exchange, control), control)
    return undecided(exchange, control)
  }
  const named = scenario.steps[step]?.control
  const control =
    typeof named === 'string' ? exchanges[named] : await askControl(scenario, step, runContext)
  // What came without being an answer is no refusal either: it needs a control that is one.
  const isOther = status < 400 ? isRight(control) : isTaken(control)
  if (isOther) return showControl(conclusion, nameControl(exchange, control), control)
  return control !== undefined && isUnsupported(control, scenario)
    ? {
        outcome: 'not-applicable',
        reason: 'refused',
        note: `HTTP ${control.status}: what is right is called unsupported, too`,
        findings: [],
      }
    : undecided(exchange, control)
}

/** Whether the request was not refused, whatever came back. */
function isTaken(control: Exchange | undefined): boolean {
  return control !== undefined && control.status >= 200 && control.status < 300
}

/** What nobody offers is not looked at: a valid value of the field was called unsupported. */
async function findDeclined(
  scenario: Scenario,
  step: string,
  runContext: RunContext,
): Promise<Pick<Conclusion, 'outcome' | 'reason' | 'note'> | undefined> {
  const name = scenario.steps[step]?.invalidAt?.split('/')[1]
  if (name === undefined) return undefined
  const gathered = await Promise.all(listGathered(runContext))
  const isDeclined = gathered.some((each) =>
    Object.entries(each?.evidence.exchanges ?? {}).some(([other, exchange]) => {
      if (exchange === undefined) return false
      const isLeftOut = exchange.leftOut?.some(
        ({ field, isUnsupported }) => field === name && isUnsupported,
      )
      if (isLeftOut === true) return true
      return (
        each?.scenario.steps[other]?.expect !== 'refusal' &&
        exchange.status >= 400 &&
        errorOf(exchange)?.['param'] === name &&
        isSaidUnsupported(exchange)
      )
    }),
  )
  return isDeclined
    ? {
        outcome: 'not-applicable',
        reason: 'refused',
        note: `${name} is called unsupported where its value is right`,
      }
    : undefined
}

/** Whether another model was asked than the only one of the list, which the answer names: whoever asked can see who answered. */
async function isOnlyModel(exchange: Exchange, runContext: RunContext): Promise<boolean> {
  const named = field(response(exchange), '/model')
  if (named === undefined || named === field(sent(exchange), '/model')) return false
  const gathered = await Promise.all(listGathered(runContext))
  return gathered
    .flatMap((each) => Object.values(each?.evidence.exchanges ?? {}))
    .some((other) => {
      if (other?.request.operation !== 'list-models' || other.body.kind !== 'json') return false
      const data = field(other.body.value, '/data')
      return Array.isArray(data) && data.length === 1 && field(data, '/0/id') === named
    })
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
  if (status < 400 || isNoRoute(exchange)) return conclusion
  if (request.transport === 'websocket') {
    // Whether the key is at fault is told by the same key over HTTP.
    if (conclusion.reason !== 'credentials') return conclusion
    const control = await askControl(scenario, step, runContext)
    return isRight(control)
      ? concludeViolation([shut(step, exchange, scenario)], plannedJudgement)
      : conclusion
  }
  if (isPlainest(scenario, exchange)) return conclusion
  if (status >= 500) {
    if (conclusion.outcome !== 'inconclusive' || conclusion.reason !== 'unreachable')
      return conclusion
    const { control, again } = await askAgain(scenario, step, runContext)
    if (!isRight(control) || again === undefined || again.status < 500) return conclusion
    // Who says by name that it offers no such thing says so with the wrong status, and no more than that.
    const isNamed =
      isUnsupported(exchange, scenario) &&
      (request.operation !== 'create' || !isClaimed(scenario, runContext.yardsticks))
    const found = concludeViolation(
      [broken(step, exchange, scenario)],
      isNamed ? { ...plannedJudgement, level: 'should' } : plannedJudgement,
    )
    return showControl(found, nameControl(exchange, control), control)
  }
  if (conclusion.outcome !== 'fail' && conclusion.outcome !== 'warn') return conclusion
  const control = await askControl(scenario, step, runContext)
  return control === undefined || isRight(control)
    ? showControl(conclusion, nameControl(exchange, control), control)
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
  // Who is accused by the plainest question itself has no plainer one.
  if (refused.some((one) => isSameQuestion(one!, plain))) return conclusion
  return refused.every((one) => isSameAnswer(one!, plain)) ? closedDoor(plain) : conclusion
}

function isSameQuestion({ request: one }: Exchange, { request: other }: Exchange): boolean {
  return (
    one.operation === other.operation &&
    (one.credential ?? 'first') === (other.credential ?? 'first') &&
    JSON.stringify(one.body) === JSON.stringify(other.body)
  )
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

/** What the control is, beside the request whose answer it explains. */
function nameControl({ request }: Exchange, control: Exchange | undefined): string {
  if (control !== undefined && control.request.operation !== request.operation)
    return 'a plain question'
  return (request.credential ?? 'first') === 'first'
    ? 'the same request without it'
    : 'the same request with its key'
}

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

/**
 * For a feature that was declined and that no documents promise. Declined is what is called unsupported
 * by its code and name, what has no route, and what the provider's own documents do not offer; what is
 * answered elsewhere in the run is offered, and its refusal a failure; any other refusal is a warning.
 */
export async function readDeclined(
  exchange: Exchange,
  step: string,
  conclusion: Conclusion,
  plannedJudgement: PlannedJudgement,
  scenario: Scenario,
  { runContext, offeredIn }: { runContext: RunContext; offeredIn: string | undefined },
): Promise<Conclusion> {
  const isDeclined = isNoRoute(exchange) || isUnsupported(exchange, scenario)
  const { own } = runContext.yardsticks
  const { request, status } = exchange
  if (isDeclined || own !== undefined || status >= 500 || request.transport === 'websocket')
    return conclusion
  if (request.operation === 'create') {
    const control = await askControl(scenario, step, runContext)
    if (!isRight(control)) return conclusion
  }
  const finding: Finding = {
    step,
    at: 'status',
    kind: 'refused',
    about: fieldsOf(scenario),
    exchanges: [`${scenario.id}#${step}`],
    answer: answerFacts(exchange),
    expected:
      offeredIn === undefined
        ? 'a 2xx status, or an error whose code and param call it unsupported'
        : `a 2xx status, as in ${offeredIn}`,
    actual: quoteReply(exchange),
  }
  return concludeViolation(
    [finding],
    offeredIn === undefined ? { ...plannedJudgement, level: 'should' } : plannedJudgement,
  )
}

function shut(step: string, exchange: Exchange, scenario: Scenario): Finding {
  return {
    step,
    at: 'status',
    kind: 'refused',
    exchanges: [`${scenario.id}#${step}`],
    answer: answerFacts(exchange),
    expected: '101, or 404 or 426 where there is no WebSocket: over HTTP the same key is right',
    actual: quoteReply(exchange),
  }
}

function broken(step: string, exchange: Exchange, scenario: Scenario): Finding {
  return {
    step,
    at: 'status',
    kind: 'crashed',
    about: fieldsOf(scenario),
    exchanges: [`${scenario.id}#${step}`],
    answer: answerFacts(exchange),
    expected:
      exchange.request.operation === 'create'
        ? 'a 2xx status, as for the same request without what is asked for here'
        : 'a 2xx status, as for a plain question',
    actual: `${quoteReply(exchange)}, and again after that was answered`,
  }
}

function undecided(exchange: Exchange, control: Exchange | undefined): Conclusion {
  const note =
    control === undefined
      ? 'the control was not answered'
      : `${nameControl(exchange, control)} is answered ${control.status} as well`
  return concludeDoubt({ reason: exchange.status >= 500 ? 'unreachable' : 'prerequisite', note })
}
