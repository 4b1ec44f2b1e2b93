// Registers cases as vitest tests.

import { basename, dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, inject, test } from 'vitest'
import type { Case } from '../plan/plan.ts'
import { judgeCase, judgeCases } from '../run/judge-live-cases.ts'
import type { Feature, Verdict } from '../types/index.ts'
import { openSession, type Session, type TargetSession } from '../run/session.ts'

/** Registers the tests of the folder in which the suite file stands. */
export async function registerSuite(suiteUrl: string): Promise<void> {
  const feature = basename(dirname(fileURLToPath(suiteUrl)))
  registerWhere(feature, await openSession(inject('run')), registerCases)
}

/** Registers a test for each feature of a target that is planned, shipped suites' and the user's own. */
export function registerPlanned(session: Session): void {
  const planned = session.targets.flatMap(({ cases }) => cases.map(({ feature }) => feature))
  for (const feature of [...new Set(planned)].toSorted())
    registerWhere(feature, session, registerBundle)
}

type Registration = (
  cases: readonly Case[],
  targetSession: TargetSession,
  session: Session,
  feature: Feature,
) => void

function registerWhere(feature: Feature, session: Session, register: Registration): void {
  for (const targetSession of session.targets) {
    const cases = targetSession.cases.filter((planned) => planned.feature === feature)
    if (cases.length === 0) continue
    register(cases, targetSession, session, feature)
  }
  afterAll(() => session.settle())
}

/** A test for each case: what a person who runs a suite with vitest wants to see. */
function registerCases(
  cases: readonly Case[],
  targetSession: TargetSession,
  session: Session,
): void {
  const { target } = targetSession
  describe(target.id, () => {
    for (const planned of cases) {
      test(`${planned.check} › ${planned.title}`, async (context) => {
        const verdicts = await judgeCase(planned, targetSession, session)
        const gated = verdicts.filter(({ yardstick }) => target.gate.includes(yardstick))
        const failures = gated.filter(({ outcome }) => outcome === 'fail')
        if (failures.length > 0) throw failureOf(failures)
        const judged = gated.some(({ outcome }) => outcome === 'pass' || outcome === 'warn')
        if (!judged) context.skip(gated[0]?.note ?? 'not judged by a yardstick that gates')
      })
    }
  })
}

/**
 * One test for a feature of a target: what the command runs. Its result is the journal, and tens
 * of thousands of tests would cost the runner more time and memory than the judging.
 */
function registerBundle(
  cases: readonly Case[],
  targetSession: TargetSession,
  session: Session,
  feature: Feature,
): void {
  test(`${targetSession.target.id} › ${feature}`, () => judgeCases(cases, targetSession, session))
}

/** Its stack would show our own code alone, and costs the runner more than the whole judgement. */
function failureOf(failures: readonly Verdict[]): Error {
  const failure = new Error(failures.map(sentence).join('\n'))
  failure.stack = ''
  return failure
}

function sentence({ scenario, yardstick, findings }: Verdict): string {
  const [first] = findings
  const where =
    first === undefined ? '' : ` at ${first.at}: expected ${first.expected}, got ${first.actual}`
  return `${scenario} [${yardstick}]${where}`
}
