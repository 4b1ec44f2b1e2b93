// The commands `judge` and `rejudge`: apply today's checks to evidence that is already there.

import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { escapeControls } from '../../../reporters/common/escape.ts'
import { readTraffic } from '../../evidence/import-traffic.ts'
import { copyEvidence, openStore } from '../../evidence/saved-exchanges.ts'
import { JOURNAL } from '../../evidence/journal.ts'
import { exitCodeOf, type ExitCode } from '../../result/exit-code.ts'
import { judgeTraffic, readText } from '../../run/judge-traffic.ts'
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

export async function executeJudge(file: string, flags: JudgeFlags): Promise<ExitCode> {
  const { exchanges, skipped } = readTraffic(readText(file), file)
  for (const line of skipped) getEnvironment().stderr.write(`left out: ${line}\n`)
  const assembled = await judgeTraffic(exchanges, flags.contract, yardsticksFor(flags.contract))
  const known = new Map<string, Exchange>(
    exchanges.flatMap(({ evidence }) =>
      Object.values(evidence.exchanges).map(
        (exchange) => [exchange!.evidence!, exchange!] as const,
      ),
    ),
  )
  return finish(assembled, (id) => known.get(id), flags)
}

function yardsticksFor(contract: string): readonly Yardstick[] {
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
  copyFileSync(join(from, JOURNAL), join(out, JOURNAL))
  copyEvidence(join(from, 'evidence'), join(out, 'evidence'))
  return finish(assembled, store.load, flags)
}

async function finish(
  { result, harness, budget, notes = [] }: AssembledResult,
  evidence: (id: string) => Exchange | undefined,
  flags: Pick<Trusted, 'load'> & {
    readonly out?: string
    readonly verbose?: boolean
    readonly format?: JudgeFlags['format']
  },
): Promise<ExitCode> {
  await writeReports(result, {
    evidence,
    verbose: flags.verbose ?? false,
    format: flags.format ?? 'text',
    load: flags.load,
    ...(flags.out === undefined ? {} : { out: resolvePath(flags.out) }),
  })
  const { stderr } = getEnvironment()
  for (const note of notes) stderr.write(`${escapeControls(note)}\n`)
  for (const message of harness) stderr.write(`Our own fault: ${message}\n`)
  return exitCodeOf(result, { harness, budget, secrets: [], staleBaseline: [] })
}
