// Judges what is recorded already: cases against evidence, one after the other.

import { HarnessError } from '../base/errors.ts'
import type { JournalEntry } from '../evidence/journal.ts'
import { judgeScenario } from '../judge/judge-case.ts'
import type { RunContext } from '../judge/verdict-row.ts'
import { subjectOf, type Case } from '../plan/plan.ts'
import type { Target } from '../target/target-and-keys.ts'

export interface RecordedSession {
  readonly target: Target
  readonly cases: readonly Case[]
  readonly runContext: RunContext
}

/** The journal entries of every case, in order; an error of this project becomes an entry of its own. */
export async function judgeRecorded(
  sessions: readonly RecordedSession[],
): Promise<readonly JournalEntry[]> {
  const entries: JournalEntry[] = []
  for (const { target, cases, runContext } of sessions) {
    for (const planned of cases) {
      try {
        const verdicts = await judgeScenario(planned, runContext)
        entries.push({
          kind: 'case',
          target: target.id,
          check: planned.check,
          scenario: subjectOf(planned),
          verdicts,
        })
      } catch (error) {
        if (!(error instanceof HarnessError)) throw error
        entries.push({
          kind: 'harness',
          target: target.id,
          check: planned.check,
          message: error.message,
        })
      }
    }
  }
  return entries
}
