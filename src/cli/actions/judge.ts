// The commands `judge` and `rejudge`: apply today's checks to evidence that is already there.

import { writeFileSync } from 'node:fs'
import { reportTroubles } from '../terminal/report-troubles.ts'
import { join } from 'node:path'
import { escapeControls } from '../../../reporters/common/escape.ts'
import { UsageError } from '../../base/errors.ts'
import { readTraffic } from '../../evidence/import-traffic.ts'
import type { RecordedExchange } from '../../evidence/rebuild-exchange.ts'
import { copyEvidence, createMemoryStore, openStore } from '../../evidence/saved-exchanges.ts'
import { listRecordingFiles, readRecordingFile } from '../../evidence/traffic/read-files.ts'
import { formatTraffic, listNotJudged, NOT_JUDGED } from '../terminal/print-traffic.ts'
import { JOURNAL, writeJournal } from '../../evidence/journal.ts'
import { exitCodeOf, type ExitCode } from '../../result/exit-code.ts'
import { createTrafficJudge } from '../../run/judge-traffic.ts'
import { rejudgeFolder } from '../../run/rejudge.ts'
import { prepareFolder } from '../../run/run-in-worker.ts'
import type { AssembledResult } from '../../result/from-journal.ts'
import type { Exchange, Yardstick } from '../../types/index.ts'
import { writeReports } from '../../run/print-and-write-reports.ts'
import type { Trusted } from '../../result/read-result.ts'
import { resolvePath, getEnvironment } from '../../base/current-environment.ts'

export interface JudgeFlags {
  readonly contract: string
  readonly out?: string
  readonly format: 'text' | 'json' | 'markdown'
  readonly verbose?: boolean
}

export async function executeJudge(paths: readonly string[], flags: JudgeFlags): Promise<ExitCode> {
  const { exchanges, notJudged } = readAll(paths)
  const yardsticks = chooseYardsticks(flags.contract)
  const out = flags.out === undefined ? undefined : resolvePath(flags.out)
  if (out !== undefined) {
    prepareFolder(out)
    writeFileSync(join(out, NOT_JUDGED), notJudged.map((line) => `${line}\n`).join(''))
  }
  const store = out === undefined ? createMemoryStore() : openStore(join(out, 'evidence'))
  const judge = await createTrafficJudge({
    contract: flags.contract,
    yardsticks,
    store,
    isWritten: out !== undefined,
  })
  return showResult(await judge(exchanges), store.load, flags)
}

/** The exchanges of all files; says of each what is not judged. Throws a `UsageError` where nothing can be. */
function readAll(paths: readonly string[]): {
  readonly exchanges: readonly RecordedExchange[]
  readonly notJudged: readonly string[]
} {
  const { stderr } = getEnvironment()
  const files = listRecordingFiles(paths)
  if (files.length === 0) {
    throw new UsageError(`Nothing of ${paths.join(', ')} can be judged: there is no file in it`)
  }
  const exchanges: RecordedExchange[] = []
  const refused: string[] = []
  const notJudged: string[] = []
  for (const file of files) {
    try {
      const traffic = readTraffic(readRecordingFile(file), file)
      for (const each of traffic.exchanges) exchanges.push(each)
      for (const line of listNotJudged(file, traffic)) notJudged.push(line)
      stderr.write(formatTraffic(file, traffic))
    } catch (error) {
      if (!(error instanceof UsageError)) throw error
      refused.push(error.message)
    }
  }
  if (exchanges.length === 0) {
    throw new UsageError(
      refused.length > 0
        ? refused.join('\n')
        : `Nothing of ${paths.join(', ')} can be judged, for the reasons above`,
    )
  }
  for (const message of refused) stderr.write(`not judged: ${escapeControls(message)}\n`)
  return { exchanges, notJudged: [...notJudged, ...refused.map((each) => escapeControls(each))] }
}

export function chooseYardsticks(contract: string): readonly Yardstick[] {
  return contract === 'openai' || contract === 'open-responses' ? [contract] : ['own', 'openai']
}

export async function executeRejudge(
  folder: string,
  flags: Trusted & { readonly out: string; readonly verbose?: boolean },
): Promise<ExitCode> {
  const from = resolvePath(folder)
  const assembled = await rejudgeFolder(from, flags)
  const store = openStore(join(from, 'evidence'))
  const out = resolvePath(flags.out)
  prepareFolder(out)
  writeJournal(join(out, JOURNAL), assembled.journal)
  copyEvidence(join(from, 'evidence'), join(out, 'evidence'))
  return showResult(assembled, store.load, flags)
}

export async function showResult(
  { result, harness, stale, notes }: AssembledResult,
  evidence: (id: string) => Exchange | undefined,
  flags: Pick<Trusted, 'load'> & {
    readonly out?: string
    readonly verbose?: boolean
    readonly format?: JudgeFlags['format']
    readonly hide?: (text: string) => string
  },
): Promise<ExitCode> {
  await writeReports(result, {
    evidence,
    verbose: flags.verbose ?? false,
    format: flags.format ?? 'text',
    load: flags.load,
    ...(flags.hide === undefined ? {} : { hide: flags.hide }),
    ...(flags.out === undefined ? {} : { out: resolvePath(flags.out) }),
  })
  const { stderr } = getEnvironment()
  for (const note of notes ?? []) stderr.write(`${escapeControls(note)}\n`)
  reportTroubles({ stale, harness })
  return exitCodeOf(result)
}
