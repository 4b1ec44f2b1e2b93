// Asks a check what it says of exchanges.

import { HarnessError } from '../base/errors.ts'
import type { PlannedJudgement } from '../plan/plan.ts'
import type { Check, Exchange, JudgeContext, Judgement, Scenario } from '../types/index.ts'
import { concludeFrom, type Conclusion } from './conclude-outcome.ts'
import type { RunContext } from './verdict-row.ts'

/** Thrown where a judge reads a step that was not answered. */
export class StepMissing extends Error {
  override readonly name = 'StepMissing'
}

export interface JudgedExchanges extends Pick<JudgeContext, 'nonce' | 'expect'> {
  readonly scenario: Scenario
  /** By the names under which the check reads them. */
  readonly exchanges: Readonly<Record<string, Exchange>>
  /** By step, in the order in which they were sent. */
  readonly sent: Readonly<Record<string, Exchange>>
}

/** What follows for one yardstick; the reason is `not-shown` where there is nothing to judge. */
export function askCheck(
  plannedJudgement: PlannedJudgement,
  { scenario, exchanges, sent, nonce, expect }: JudgedExchanges,
  { target: { fixtures }, yardsticks }: RunContext,
): Conclusion {
  const { check, contract, yardstick } = plannedJudgement
  const fetched = fixtures && { fetched: { image: fixtures.image.word, pdf: fixtures.pdf.word } }
  const context = { contract, yardstick, nonce, ...fetched, scenario, expect }
  const judgement = runJudge(check, exchanges, context)
  return concludeFrom({ judgement, plannedJudgement, exchanges: sent, scenario, yardsticks })
}

function runJudge(
  check: Check,
  exchanges: Readonly<Record<string, Exchange>>,
  context: JudgeContext,
): Judgement {
  try {
    return check.judge(exchanges, context)
  } catch (error) {
    if (error instanceof StepMissing) throw error
    throw new HarnessError(
      `${check.id} threw while it judged ${context.scenario.id}: ${String(error)}`,
      { cause: error },
    )
  }
}
