// judge and rejudge: evidence that is already there, today's checks.

import { cpSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { readTraffic } from '../../evidence/import-traffic.ts'
import { openStore } from '../../evidence/store.ts'
import { exitCode, type ExitCode } from '../../result/exit-code.ts'
import { judgeTraffic, readText, rejudge } from '../../run/rejudge.ts'
import { prepareFolder } from '../../run/run.ts'
import type { Assembled } from '../../result/from-journal.ts'
import type { Exchange, Yardstick } from '../../types/index.ts'
import { report } from '../../run/report.ts'
import { absolutePath, currentEnvironment } from '../../base/environment.ts'

export interface JudgeFlags {
  readonly contract: string
  readonly out?: string
  readonly format: 'text' | 'json' | 'markdown'
  readonly verbose?: boolean
}

export async function judgeCommand(file: string, flags: JudgeFlags): Promise<ExitCode> {
  const { exchanges, skipped } = readTraffic(readText(file), file)
  for (const line of skipped) currentEnvironment().stderr.write(`left out: ${line}\n`)
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

export async function rejudgeCommand(
  folder: string,
  flags: { readonly out: string; readonly verbose?: boolean },
): Promise<ExitCode> {
  const from = absolutePath(folder)
  const assembled = await rejudge(from)
  const store = openStore(join(from, 'evidence'))
  const out = absolutePath(flags.out)
  prepareFolder(out)
  cpSync(join(from, 'journal.jsonl'), join(out, 'journal.jsonl'))
  if (existsSync(join(from, 'evidence'))) {
    cpSync(join(from, 'evidence'), join(out, 'evidence'), { recursive: true })
  }
  return finish(assembled, store.load, flags)
}

async function finish(
  { result, harness, budget }: Assembled,
  evidence: (id: string) => Exchange | undefined,
  flags: {
    readonly out?: string
    readonly verbose?: boolean
    readonly format?: JudgeFlags['format']
  },
): Promise<ExitCode> {
  await report(result, {
    evidence,
    verbose: flags.verbose ?? false,
    format: flags.format ?? 'text',
    ...(flags.out === undefined ? {} : { out: absolutePath(flags.out) }),
  })
  for (const message of harness) currentEnvironment().stderr.write(`Our own fault: ${message}\n`)
  return exitCode(result, { harness, budget, secrets: [], staleBaseline: [] })
}
