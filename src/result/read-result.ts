// Reads the result of a folder that a run wrote: from its journal, or from run.json where there is none.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { assembleResult, type AssembledResult } from './from-journal.ts'
import { loadContracts } from '../contract/file/load.ts'
import { loadSuites } from '../plan/load-suites.ts'
import { UsageError } from '../base/errors.ts'
import { openStore, type EvidenceStore } from '../evidence/store.ts'
import { JOURNAL, readJournal } from '../evidence/journal.ts'
import { readRunResult } from './run-json.ts'
import type { RunResult } from '../types/index.ts'
import { resolvePath } from '../base/environment.ts'

/** The result of a folder or of a run.json. Throws a `UsageError` that says what is there instead. */
export function readResult(path: string): RunResult {
  const file = path.endsWith('.json') ? path : join(path, 'run.json')
  if (!existsSync(resolvePath(file))) {
    const hint = existsSync(resolvePath(join(path, JOURNAL)))
      ? '; its run did not finish: report --from-journal recovers it'
      : ''
    throw new UsageError(
      `${path} holds no run.json${hint}; give the folder that a run wrote with --out`,
    )
  }
  return readRunResult(readFileSync(resolvePath(file), 'utf8'), file)
}

/** Everything that a run judged before it ended, however it ended. */
export async function recoverResult(folder: string): Promise<AssembledResult> {
  const entries = readJournal(resolvePath(join(folder, JOURNAL)))
  if (entries.length === 0) {
    throw new UsageError(
      `${folder} holds no ${JOURNAL}; give the folder that a run wrote with --out`,
    )
  }
  const start = entries.find((entry) => entry.kind === 'start')
  // For the sentences that modules of the user's own bring along.
  await loadSuites(start?.selection.load)
  return assembleResult(entries, loadContracts())
}

export function evidenceOf(path: string): EvidenceStore {
  const folder = path.endsWith('.json') ? join(path, '..') : path
  return openStore(resolvePath(join(folder, 'evidence')))
}
