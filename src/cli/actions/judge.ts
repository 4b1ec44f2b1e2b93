// The commands `judge` and `rejudge`: apply today's checks to evidence that is already there.

import { cpSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { readTraffic } from '../../evidence/import-traffic.ts'
import { openStore } from '../../evidence/store.ts'
import { exitCodeOf, type ExitCode } from '../../result/exit-code.ts'
import { judgeTraffic, readText, rejudgeFolder } from '../../run/rejudge.ts'
import { prepareFolder } from '../../run/run.ts'
import type { AssembledResult } from '../../result/from-journal.ts'
import type { Exchange, Yardstick } from '../../types/index.ts'
import { writeReports } from '../../run/report.ts'
import { resolvePath, getEnvironment } from '../../base/environment.ts'

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
  flags: { readonly out: string; readonly verbose?: boolean },
): Promise<ExitCode> {
  const from = resolvePath(folder)
  const assembled = await rejudgeFolder(from)
  const store = openStore(join(from, 'evidence'))
  const out = resolvePath(flags.out)
  prepareFolder(out)
  cpSync(join(from, 'journal.jsonl'), join(out, 'journal.jsonl'))
  if (existsSync(join(from, 'evidence'))) {
    cpSync(join(from, 'evidence'), join(out, 'evidence'), { recursive: true })
  }
  return finish(assembled, store.load, flags)
}

async function finish(
  { result, harness, budget }: AssembledResult,
  evidence: (id: string) => Exchange | undefined,
  flags: {
    readonly out?: string
    readonly verbose?: boolean
    readonly format?: JudgeFlags['format']
  },
): Promise<ExitCode> {
  await writeReports(result, {
    evidence,
    verbose: flags.verbose ?? false,
    format: flags.format ?? 'text',
    ...(flags.out === undefined ? {} : { out: resolvePath(flags.out) }),
  })
  for (const message of harness) getEnvironment().stderr.write(`Our own fault: ${message}\n`)
  return exitCodeOf(result, { harness, budget, secrets: [], staleBaseline: [] })
}
