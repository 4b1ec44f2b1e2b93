// The cases of a session become verdicts in its journal.

import { HarnessError, describeSystemError } from '../base/errors.ts'
import { judgeScenario } from '../judge/judge-case.ts'
import { subjectOf, type Case } from '../plan/plan.ts'
import type { Verdict } from '../types/index.ts'
import type { Session, TargetSession } from './session.ts'

/** Judges everything that a session has; what throws is in its journal. */
export async function judgeSession(session: Session): Promise<void> {
  await Promise.allSettled(
    session.targets.map((targetSession) => judgeCases(targetSession.cases, targetSession, session)),
  )
  session.settle()
}

/** Judges these cases of one target, all of them even where some throw; then throws the first error. */
export async function judgeCases(
  cases: readonly Case[],
  targetSession: TargetSession,
  session: Session,
): Promise<void> {
  const broken: unknown[] = []
  await Promise.all(
    bySubject(cases).map(async (alike) => {
      for (const planned of alike) {
        // The journal has the verdicts: nobody holds them here.
        await judgeCase(planned, targetSession, session).catch((error) => broken.push(error))
      }
    }),
  )
  if (broken.length > 0) throw broken[0]
}

/** What waits for the same answers waits together; a check of every exchange sees each as it comes. */
function bySubject(cases: readonly Case[]): readonly (readonly Case[])[] {
  const groups = new Map<unknown, Case[]>()
  for (const planned of cases) {
    const { scenario } = planned
    const key = scenario === 'every' ? planned : scenario.id
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [planned])
    else group.push(planned)
  }
  return [...groups.values()]
}

/** Its verdicts, which are in the journal as well. A check that throws is written there as our own fault. */
export async function judgeCase(
  planned: Case,
  { target, runContext }: TargetSession,
  session: Session,
): Promise<readonly Verdict[]> {
  const { check } = planned
  try {
    const verdicts = await judgeScenario(planned, runContext)
    const scenario = subjectOf(planned)
    session.journal.write({ kind: 'case', target: target.id, check, scenario, verdicts })
    return verdicts
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const trouble = describeSystemError(error)
    if (trouble !== undefined) {
      session.giveUp(trouble)
      return []
    }
    const message = error instanceof HarnessError ? error.message : (error.stack ?? error.message)
    session.journal.write({ kind: 'harness', target: target.id, check, message })
    throw error
  }
}
