// Judges a stored result again from its evidence: nobody's word counts, only bytes.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { UsageError } from '../src/base/errors.ts'
import { rejudgeFolder } from '../src/run/rejudge.ts'
import type { RunResult, Verdict } from '../src/types/index.ts'
import { unpackEvidence, type Evidence, type StoredResult } from './results.ts'
import type { ServerFile } from './server-file.ts'

/** Today's verdicts on the evidence. Nothing is sent, and nothing is left behind. */
export async function judgeEvidence(evidence: Evidence): Promise<RunResult> {
  const folder = mkdtempSync(join(tmpdir(), 'responses-conformance-matrix-'))
  try {
    unpackEvidence(evidence, folder)
    return (await rejudgeFolder(folder)).result
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The server's file against the result: another version, or a model that nobody named. */
export function checkSetup(
  { id, run, evidence }: StoredResult,
  { version, model }: ServerFile,
): void {
  const [target, ...others] = run.targets
  if (target === undefined || others.length > 0 || target.id !== id) {
    throw new UsageError(
      `${id}: the result is of ${run.targets.map((each) => each.id).join(', ') || 'nobody'}`,
    )
  }
  const start = evidence.journal.find((entry) => entry.kind === 'start')
  if (start?.specs[0]?.id !== id || start.specs.length > 1) {
    throw new UsageError(`${id}: the evidence is of another target`)
  }
  const { setup } = start.specs[0]
  if (setup?.version !== undefined && setup.version !== version) {
    throw new UsageError(
      `${id}: the result is of version ${setup.version}, its file says ${version}`,
    )
  }
  const { text } = target.models
  if (text !== model) {
    throw new UsageError(`${id}: the result is of the model ${text}, its file says ${model}`)
  }
}

/** Verdicts that a result claims and its evidence does not bear out, one sentence each. */
export function compareVerdicts(claimed: RunResult, judged: RunResult): readonly string[] {
  const before = new Map(claimed.verdicts.map((row) => [nameOf(row), row.outcome]))
  const after = new Map(judged.verdicts.map((row) => [nameOf(row), row.outcome]))
  const changed = [...before].flatMap(([name, outcome]) => {
    const now = after.get(name)
    return now === outcome ? [] : [`${name}: stored as ${outcome}, judged as ${now ?? 'nothing'}`]
  })
  const added = [...after].flatMap(([name, outcome]) =>
    before.has(name) ? [] : [`${name}: not stored, judged as ${outcome}`],
  )
  return [...changed, ...added]
}

function nameOf({ check, scenario, yardstick }: Verdict): string {
  return `${check} (${scenario}, ${yardstick})`
}
