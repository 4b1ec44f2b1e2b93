// Judges acceptance checks: a row for each scenario, by whether its requests were answered at all.

import {
  askCheck,
  concludeDoubt,
  concludeViolation,
  isPromised,
  type Conclusion,
} from './conclude-outcome.ts'
import { acceptanceCheckIdOf, type Case, type PlannedJudgement } from '../plan/plan.ts'
import { isNoRoute, quoteReply, streamedRefusalOf } from '../authoring/judge-refusal.ts'
import { response } from '../authoring/read.ts'
import { field } from '../base/json.ts'
import { isAnswered } from '../evidence/is-answered.ts'
import { isPrivateAddress } from '../request/serve-fixtures.ts'
import { answerFacts } from './answer-facts.ts'
import { listGathered, type Gathered } from './gather-all-scenarios.ts'
import { WORST_FIRST } from './outcome-severity.ts'
import { readDeclined, readUnanswered } from './confirm-refusal-by-control.ts'
import { createRow, evidenceIdsOf, originOf, type RunContext } from './verdict-row.ts'
import { findUndocumentedForm } from '../contract/request-validity.ts'
import type {
  Evidence,
  Exchange,
  Finding,
  RequirementId,
  Scenario,
  Step,
  Verdict,
} from '../types/index.ts'

/** An acceptance check gets a row for each scenario, so that a refusal stands where it belongs. */
export async function judgeAcceptance(
  planned: Case,
  runContext: RunContext,
): Promise<readonly Verdict[]> {
  const gathered = await Promise.all(listGathered(runContext))
  const found = gathered.filter((each) => each !== undefined)
  const rows = found.filter(asksForSuccess).flatMap(({ scenario, evidence }) =>
    planned.judgements.map(async (each) => {
      const plannedJudgement = {
        ...each,
        level: acceptanceLevelOf(each, scenario),
        requirements: narrowRequirements(each, scenario, evidence),
      }
      const first = concludeAcceptance(plannedJudgement, scenario, evidence, runContext)
      const [step, exchange] = unanswered(scenario, evidence) ?? []
      const conclusion =
        step === undefined || exchange === undefined
          ? first
          : isUnknownTo(plannedJudgement, exchange)
            ? describeUnknownOperation(exchange)
            : refusesOurAddress(exchange, scenario, runContext)
              ? concludeDoubt({ reason: 'prerequisite', note: OUR_ADDRESS })
              : lacksRoute(exchange, found) && !isPromisedByOwn(scenario, runContext)
                ? declined(exchange)
                : first.reason === 'refused'
                  ? await readDeclined(exchange, step, first, plannedJudgement, scenario, {
                      runContext,
                      offeredIn: offeredIn(step, scenario, found),
                    })
                  : await readUnanswered(
                      exchange,
                      step,
                      first,
                      plannedJudgement,
                      scenario,
                      runContext,
                    )
      return {
        ...createRow(
          planned,
          plannedJudgement,
          scenario.id,
          originOf(runContext, evidence),
          conclusion,
        ),
        check: acceptanceCheckIdOf(planned.check, scenario.id.split('/')[0]!),
        evidence: evidenceIdsOf(evidence),
      }
    }),
  )
  return Promise.all(rows)
}

/** Whether a published yardstick has no word about the operation, so that nothing can be held against it. */
export function isUnknownTo(
  { yardstick, contract }: PlannedJudgement,
  { request }: Exchange,
): boolean {
  return yardstick !== 'own' && !contract.operations.includes(request.operation)
}

export function describeUnknownOperation({ request }: Exchange): Conclusion {
  const note = `these documents know no ${request.operation}`
  return { outcome: 'not-applicable', reason: 'not-claimed', note, findings: [] }
}

/**
 * Whether the endpoint has no such route, as far as the whole run shows: the status says so, the
 * answer knows nothing of the id that was asked for, and no request of the kind was ever answered.
 */
function lacksRoute(exchange: Exchange, found: readonly Gathered[]): boolean {
  if (!isNoRoute(exchange) || answerFacts(exchange).repeatsId === true) return false
  const { operation } = exchange.request
  return !found.some(({ evidence }) =>
    Object.values(evidence.exchanges).some(
      (other) => other?.request.operation === operation && other.status < 300,
    ),
  )
}

const OUR_ADDRESS =
  'it says that it does not fetch from the private address at which the test offers the file'

/** Who does not fetch from this machine, and says so, is right: the address is the test's own. */
function refusesOurAddress(
  exchange: Exchange,
  { needs = [] }: Scenario,
  { target: { fixtures } }: RunContext,
): boolean {
  if (!needs.includes('fixture-url') || fixtures === undefined) return false
  if (!isPrivateAddress(fixtures.image.url)) return false
  const said = quoteReply(exchange, 2_000)
  return said.includes(new URL(fixtures.image.url).host) || REFUSES_TO_FETCH.test(said)
}

const REFUSES_TO_FETCH =
  /\b(ssrf|loopback|localhost|private|policy|blocked|disallowed|allow-?list)\b|\b(fetch|download|retriev|resolv)\w*\b.*\b(url|host|address)\b/is

/**
 * The scenario in which the same was answered: what an earlier step asked, or all that this one is about.
 * What is offered there is not declined here.
 */
function offeredIn(
  step: string,
  scenario: Scenario,
  found: readonly Gathered[],
): string | undefined {
  const mine = found.find((each) => each.scenario === scenario)?.evidence.exchanges ?? {}
  const operation = mine[step]?.request.operation
  if (operation !== 'create') {
    const isBefore = Object.entries(mine).some(
      ([name, other]: readonly [string, Exchange | undefined]) =>
        other !== undefined &&
        name !== step &&
        other.request.operation === operation &&
        other.status < 300,
    )
    return isBefore ? scenario.id : undefined
  }
  return found.find(
    ({ scenario: other, evidence: { exchanges } }) =>
      other !== scenario &&
      scenario.apiPaths.length > 0 &&
      scenario.apiPaths.every((apiPath) => other.apiPaths.includes(apiPath)) &&
      isWhollyAnswered(other, exchanges),
  )?.scenario.id
}

/** Whether something was asked for that should be answered, and all of it was. */
function isWhollyAnswered({ steps }: Scenario, exchanges: Evidence['exchanges']): boolean {
  const due = Object.entries<Step>(steps).filter(([, { expect }]) => expect === 'success')
  return due.length > 0 && due.every(([name]) => isGranted(exchanges[name]))
}

/** Whether an answer came that is no failure, in a stream or at a stroke. */
function isGranted(exchange: Exchange | undefined): boolean {
  if (exchange === undefined || !isAnswered(exchange)) return false
  if (exchange.request.operation !== 'create') return true
  return (
    streamedRefusalOf(exchange) === undefined && field(response(exchange), '/status') !== 'failed'
  )
}

function isPromisedByOwn(scenario: Scenario, { yardsticks }: RunContext): boolean {
  return yardsticks.own !== undefined && isPromised(yardsticks.own, scenario)
}

function declined({ request, status }: Exchange): Conclusion {
  const note = `${request.operation} is answered ${status} everywhere: not offered, and nobody claims it`
  return { outcome: 'not-applicable', reason: 'refused', note, findings: [] }
}

/** The first step that should have been answered and was refused, or broke the server. */
function unanswered(
  scenario: Scenario,
  { exchanges }: Evidence,
): readonly [string, Exchange] | undefined {
  for (const [step, { expect }] of Object.entries<Step>(scenario.steps)) {
    const exchange = exchanges[step]
    if (exchange === undefined || expect === 'refusal') continue
    // Whether it may be refused or not, a valid request may not break the server.
    if (exchange.status >= (expect === 'success' ? 400 : 500)) return [step, exchange]
  }
  return undefined
}

function asksForSuccess({ scenario, evidence }: Gathered): boolean {
  return (
    Object.values<Step>(scenario.steps).some(({ expect }) => expect === 'success') ||
    (unanswered(scenario, evidence)?.[1].status ?? 0) >= 500
  )
}

/** The sentences about the operations that were asked, or about the one that was not answered. */
function narrowRequirements(
  { check: { coversOperation = {} }, requirements }: PlannedJudgement,
  scenario: Scenario,
  evidence: Evidence,
): readonly RequirementId[] {
  const guilty = unanswered(scenario, evidence)?.[1]
  const asked = guilty === undefined ? Object.values(evidence.exchanges) : [guilty]
  const about = new Set(asked.map((exchange) => coversOperation[exchange!.request.operation]))
  const ofAnOperation = new Set(Object.values(coversOperation))
  return requirements.filter((id) => about.has(id) || !ofAnOperation.has(id))
}

/** A conditional promise cannot fail its provider. */
function acceptanceLevelOf(
  plannedJudgement: PlannedJudgement,
  scenario: Scenario,
): PlannedJudgement['level'] {
  if (plannedJudgement.yardstick !== 'own' || plannedJudgement.level !== 'must')
    return plannedJudgement.level
  return plannedJudgement.contract.claim(scenario.apiPaths).status !== 'documented'
    ? 'should'
    : 'must'
}

/** Bytes that no HTTP client can read are no answer, however often they come. */
function concludeStopped(
  { step, doubt: { httpFault } }: NonNullable<Evidence['stopped']>,
  plannedJudgement: PlannedJudgement,
): Conclusion | undefined {
  if (httpFault === undefined) return undefined
  const finding: Finding = {
    step,
    at: 'framing',
    kind: 'no-body',
    expected: 'an answer that is a message of HTTP',
    actual: `bytes that are none: ${httpFault}`,
  }
  return concludeViolation([finding], plannedJudgement)
}

function concludeAcceptance(
  plannedJudgement: PlannedJudgement,
  scenario: Scenario,
  evidence: Evidence,
  runContext: RunContext,
): Conclusion {
  if (plannedJudgement.yardstick === 'own' && !isPromised(plannedJudgement.contract, scenario)) {
    return {
      outcome: 'not-applicable',
      reason: 'not-claimed',
      note: 'the documents do not mention it',
      findings: [],
    }
  }
  if (evidence.stopped !== undefined)
    return (
      concludeStopped(evidence.stopped, plannedJudgement) ?? concludeDoubt(evidence.stopped.doubt)
    )
  const { nonce } = evidence
  const conclusions = Object.entries<Step>(scenario.steps).flatMap(
    ([step, { expect }]): readonly Conclusion[] => {
      const exchange = evidence.exchanges[step]
      if (exchange === undefined) return []
      const flaw =
        expect === 'success' ? findUndocumentedForm(plannedJudgement.contract, exchange) : undefined
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
      const conclusion = askCheck(
        plannedJudgement.yardstick === 'own'
          ? { ...plannedJudgement, claim: plannedJudgement.contract.claim(scenario.apiPaths) }
          : plannedJudgement,
        { scenario, exchanges: { exchange }, sent: { [step]: exchange }, nonce, expect },
        runContext,
      )
      if (conclusion.reason === 'not-shown') return []
      return [
        { ...conclusion, findings: conclusion.findings.map((finding) => ({ ...finding, step })) },
      ]
    },
  )
  const worst = WORST_FIRST.find((outcome) =>
    conclusions.some((conclusion) => conclusion.outcome === outcome),
  )
  // A scenario is accepted when all of it is, not when it begins well.
  const half = conclusions.find(
    ({ outcome, reason }) => outcome === 'inconclusive' || reason === 'refused',
  )
  return (
    (worst === 'pass' ? half : undefined) ??
    conclusions.find(({ outcome }) => outcome === worst) ?? {
      outcome: 'not-applicable',
      reason: 'not-shown',
      note: 'no step of this scenario asks for success',
      findings: [],
    }
  )
}
