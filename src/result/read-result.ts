// Reads the result of a folder that a run wrote: from its journal, or from run.json where there is none.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { assembleResult, type AssembledResult } from './from-journal.ts'
import { loadContracts } from '../contract/file/load.ts'
import { loadSuites } from '../plan/load-suites-and-reporters.ts'
import { MOST_RESULT_BYTES, readForeignText } from '../base/check-foreign-names.ts'
import { UsageError } from '../base/errors.ts'
import { openStore, type EvidenceStore } from '../evidence/saved-exchanges.ts'
import { JOURNAL, readJournal } from '../evidence/journal.ts'
import { readRunResult, validateRunResult } from './run-json.ts'
import type { RunResult } from '../types/index.ts'
import { resolvePath } from '../base/current-environment.ts'

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
  return readRunResult(
    readForeignText(file, MOST_RESULT_BYTES, 'the folder that a run wrote with --out'),
    file,
  )
}

/** What the user named himself: nothing of a folder of results decides what is executed or read. */
export interface Trusted {
  /** Modules with checks, families and reporters. */
  readonly load?: readonly string[] | undefined
  /** Contracts that lie outside of the working folder. */
  readonly contract?: readonly string[] | undefined
}

/** Everything that a run judged before it ended, however it ended. */
export async function recoverResult(
  folder: string,
  trusted: Trusted = {},
): Promise<AssembledResult> {
  const entries = readJournal(resolvePath(join(folder, JOURNAL)))
  if (entries.length === 0) {
    throw new UsageError(
      `${folder} holds no ${JOURNAL}; give the folder that a run wrote with --out`,
    )
  }
  const start = entries.find((entry) => entry.kind === 'start')
  if (start === undefined) {
    throw new UsageError(`${folder} holds no journal of a run; give the folder that a run wrote`)
  }
  // For the sentences that modules of the user's own bring along.
  await loadSuites(trusted.load)
  const assembled = assembleResult(entries, loadContracts())
  return checkAssembled(folder, assembled, start.selection.load ?? [], trusted)
}

/** The result of a folder that may be anybody's, checked as a `run.json` is. */
export function checkAssembled(
  folder: string,
  assembled: AssembledResult,
  loaded: readonly string[],
  { load = [] }: Trusted,
): AssembledResult {
  const [wrong] = validateRunResult(JSON.parse(JSON.stringify(assembled.result)))
  if (wrong !== undefined) throw new UsageError(`${folder}: its journal makes no result. ${wrong}`)
  if (loaded.length === 0 || load.length > 0) return assembled
  const note = `The run loaded ${loaded.join(', ')}; nothing that a folder names is executed: give --load for the modules that you trust`
  return { ...assembled, notes: [...(assembled.notes ?? []), note] }
}

export function evidenceOf(path: string): EvidenceStore {
  const folder = path.endsWith('.json') ? join(path, '..') : path
  return openStore(resolvePath(join(folder, 'evidence')))
}
