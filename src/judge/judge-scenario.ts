// A case and its evidence → verdict rows.

import { isAnswered } from '../evidence/answered.ts'
import {
  ask,
  doubtful,
  excuse,
  isClaimed,
  isCleanRefusal,
  violation,
  weigh,
  type Conclusion,
} from './outcome.ts'
import type { Case, Ruling } from '../plan/plan.ts'
import { asked, evidenceIds, fetchedBy, row, type Bench } from './verdict-row.ts'
import { response } from '../authoring/read.ts'
import { readRefusal } from './read-refusal.ts'
import { readWord } from './read-word.ts'
import { decideEvery, decideGate } from './judge-every-exchange.ts'
import { outside } from '../contract/request-validity.ts'
import type { Doubt, Evidence, Exchange, Scenario, Step, Verdict } from '../types/index.ts'

export async function decide(planned: Case, bench: Bench): Promise<readonly Verdict[]> {
  if (planned.scenario !== 'every') return decideScenario(planned, planned.scenario, bench)
  const check = planned.rulings[0].check
  return check.gate === true ? decideGate(planned, bench) : decideEvery(planned, bench)
}

// ── one scenario ─────────────────────────────────────────────────────────────

async function decideScenario(
  planned: Case,
  scenario: Scenario,
  bench: Bench,
): Promise<readonly Verdict[]> {
  if (planned.rulings.every(({ excused }) => excused !== undefined)) {
    return planned.rulings.map((ruling) =>
      row(planned, ruling, scenario.id, bench.target, excuse(ruling)),
    )
  }
  const first = await bench.source.gather(scenario, 0)
  return Promise.all(
    planned.rulings.map((ruling) => settle(planned, ruling, scenario, first, bench)),
  )
}

/**
 * Judges, and asks again where a model may have had a bad moment: an attempt that clears the
 * endpoint clears it, and a red needs two that agree. What rests on a word is then read by what the
 * instruments say of the model and of the place.
 */
async function settle(
  planned: Case,
  ruling: Ruling,
  scenario: Scenario,
  first: Evidence,
  bench: Bench,
): Promise<Verdict> {
  let evidence = first
  let conclusion = conclude(ruling, scenario, first, bench)
  let made = 1
  let passed = conclusion.outcome === 'pass' ? 1 : 0
  const mayAskAgain = (): boolean =>
    ruling.check.kind === 'wire'
      ? conclusion.reason === 'model-declined'
      : conclusion.outcome === 'fail' ||
        conclusion.outcome === 'warn' ||
        conclusion.reason === 'model-declined'
  while (made < bench.attempts && ruling.excused === undefined && mayAskAgain()) {
    const next = await bench.source.gather(scenario, made)
    const again = conclude(ruling, scenario, next, bench)
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
  const heard = await readWord(conclusion, scenario, ruling.check, bench, (finding) =>
    violation([finding], ruling),
  )
  const read = await readRefusal(heard, scenario, evidence, bench)
  return {
    ...row(planned, ruling, scenario.id, asked(bench, evidence), read),
    attempts: { made, passed },
    evidence: evidenceIds(evidence),
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
  ruling: Ruling,
  scenario: Scenario,
  evidence: Evidence,
  bench: Bench,
): Conclusion {
  if (ruling.excused !== undefined) return excuse(ruling)
  const steps = Object.entries<Step>(scenario.steps)
  for (const [name, step] of steps) {
    const exchange = evidence.exchanges[name]
    const flaw =
      step.expect === 'success' &&
      exchange !== undefined &&
      scenario.asClient === undefined &&
      outside(ruling.contract, exchange)
    if (typeof flaw === 'string') {
      return {
        outcome: 'not-applicable',
        reason: 'not-claimed',
        note: `this form is not documented: ${flaw}`,
        findings: [],
      }
    }
  }
  if (evidence.stopped !== undefined) return doubtful(evidence.stopped.doubt)
  const unanswered = steps.find(
    ([name, step]) => step.expect === 'success' && !isPresentAnswer(evidence.exchanges[name]),
  )
  if (unanswered !== undefined) {
    const [name] = unanswered
    const exchange = evidence.exchanges[name]
    // The steps after it were not sent: a gate check judges those that were.
    if (ruling.check.gate !== true || exchange === undefined) {
      return withoutAnswer(scenario, exchange, bench)
    }
  }
  if (
    scenario.cooperated !== undefined &&
    unanswered === undefined &&
    !scenario.cooperated(complete(evidence))
  ) {
    return doubtful({ reason: 'model-declined', note: 'the model did not do what the check needs' })
  }
  const mute = ruling.check.kind === 'wire' ? undefined : withoutOutput(steps, evidence)
  if (mute !== undefined) return doubtful(mute)
  const judgement = ask(ruling.check, complete(evidence), {
    contract: ruling.contract,
    yardstick: ruling.yardstick,
    nonce: evidence.nonce,
    ...fetchedBy(bench),
    scenario,
    expect: steps.at(-1)?.[1].expect ?? 'success',
  })
  return weigh(judgement, ruling, Object.values(complete(evidence)), scenario, bench.yardsticks)
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
  bench: Bench,
): Conclusion {
  if (
    exchange !== undefined &&
    isCleanRefusal(exchange) &&
    !isClaimed(scenario, bench.yardsticks)
  ) {
    return refusedUnclaimed(exchange)
  }
  return doubtful({
    reason: 'prerequisite',
    note: `${scenario.id} got no usable answer (${exchange === undefined ? 'not sent' : `HTTP ${exchange.status}`})`,
  })
}

function refusedUnclaimed(exchange: Exchange): Conclusion {
  const note = `HTTP ${exchange.status}: declined cleanly, and nobody claims it`
  return { outcome: 'not-applicable', reason: 'refused', note, findings: [] }
}
