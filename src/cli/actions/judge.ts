// judge and rejudge: evidence that is already there, today's checks.

import { cpSync, existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { readTraffic } from '../../evidence/import-traffic.ts'
import { openStore } from '../../evidence/store.ts'
import { exitCodeOf } from '../../result/exit-code.ts'
import { judgeTraffic, readText, rejudgeFolder } from '../../run/rejudge.ts'
import { prepareFolder } from '../../run/run.ts'
import type { AssembledResult } from '../../result/from-journal.ts'
import type { Exchange, Yardstick } from '../../types/index.ts'
import { writeReports } from '../../run/report.ts'

export interface JudgeFlags {
  readonly contract: string
  readonly out?: string
  readonly format: 'text' | 'json' | 'markdown'
  readonly verbose?: boolean
}

export async function executeJudge(file: string, flags: JudgeFlags): Promise<number> {
  const { exchanges, skipped } = readTraffic(readText(file), file)
  for (const line of skipped) process.stderr.write(`left out: ${line}\n`)
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
): Promise<number> {
  const assembled = await rejudgeFolder(resolve(folder))
  const store = openStore(join(folder, 'evidence'))
  const out = resolve(flags.out)
  prepareFolder(out)
  cpSync(join(folder, 'journal.jsonl'), join(out, 'journal.jsonl'))
  if (existsSync(join(folder, 'evidence'))) {
    cpSync(join(folder, 'evidence'), join(out, 'evidence'), { recursive: true })
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
): Promise<number> {
  await writeReports(result, {
    evidence,
    verbose: flags.verbose ?? false,
    format: flags.format ?? 'text',
    ...(flags.out === undefined ? {} : { out: resolve(flags.out) }),
  })
  for (const message of harness) process.stderr.write(`Our own fault: ${message}\n`)
  return exitCodeOf(result, { harness, budget, secrets: [], staleBaseline: [] })
}
