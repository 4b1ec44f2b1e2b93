// The shell around the pure core: one vitest test per case.

import { basename, dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, inject, test } from 'vitest'
import { HarnessError } from '../errors.ts'
import { decide } from '../judge.ts'
import { subjectOf, type Case } from '../plan.ts'
import type { Feature, Verdict } from '../types.ts'
import { openSession, type Session, type TargetSession } from './session.ts'

/** Registers the tests of the folder in which the suite file stands. */
export async function register(suiteUrl: string): Promise<void> {
  await registerWhere(basename(dirname(fileURLToPath(suiteUrl))))
}

/** Registers the tests of suites that only the user's own modules have. */
export async function registerOwn(shipped: readonly Feature[]): Promise<void> {
  const { targets } = await openSession(inject('run'))
  const planned = targets.flatMap(({ cases }) => cases.map(({ feature }) => feature))
  for (const feature of new Set(planned)) {
    if (!shipped.includes(feature)) await registerWhere(feature)
  }
}

async function registerWhere(feature: Feature): Promise<void> {
  const session = await openSession(inject('run'))
  for (const targetSession of session.targets) {
    const cases = targetSession.cases.filter((planned) => planned.feature === feature)
    if (cases.length === 0) continue
    describe(targetSession.target.id, () => {
      for (const planned of cases) {
        test(`${planned.check} › ${planned.title}`, (context) =>
          run(planned, targetSession, session, (note) => context.skip(note)))
      }
    })
  }
  afterAll(() => session.settle())
}

async function run(
  planned: Case,
  { target, bench }: TargetSession,
  session: Session,
  skip: (note: string) => never,
): Promise<void> {
  let verdicts: readonly Verdict[]
  try {
    verdicts = await decide(planned, bench)
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const message = error instanceof HarnessError ? error.message : (error.stack ?? error.message)
    session.journal.write({ kind: 'harness', target: target.id, check: planned.check, message })
    throw error
  }
  session.journal.write({
    kind: 'case',
    target: target.id,
    check: planned.check,
    scenario: subjectOf(planned),
    verdicts,
  })
  const gated = verdicts.filter(({ yardstick }) => target.gate.includes(yardstick))
  const failures = gated.filter(({ outcome }) => outcome === 'fail')
  if (failures.length > 0) throw failureOf(failures)
  const judged = gated.some(({ outcome }) => outcome === 'pass' || outcome === 'warn')
  if (!judged) skip(gated[0]?.note ?? 'not judged by a yardstick that gates')
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
