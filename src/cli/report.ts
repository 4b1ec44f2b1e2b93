// A result → what is printed and what is written. Shared by every command that has a result.

import { loadReporters } from '../discover.ts'
import { writeFiles } from '../run.ts'
import type { Exchange, ReportContext, Reporter, RunResult } from '../types.ts'
import { unknownName } from '../nearest.ts'

export interface Reporting {
  evidence(id: string): Exchange | undefined
  readonly verbose: boolean
  /** What is printed; nothing when absent. */
  readonly format?: 'text' | 'json' | 'markdown'
  /** Where the reports go; nowhere when absent. */
  readonly out?: string
  /** Names of reporters; all when absent. */
  readonly reporters?: readonly string[]
  /** Modules with further reporters. */
  readonly load?: readonly string[] | undefined
}

export async function report(result: RunResult, reporting: Reporting): Promise<void> {
  const all = await loadReporters(reporting.load)
  const context: ReportContext = {
    evidence: reporting.evidence,
    width: process.stdout.columns ?? 100,
    color: process.stdout.isTTY && process.env['NO_COLOR'] === undefined,
    verbose: reporting.verbose,
  }
  if (reporting.out !== undefined) {
    for (const reporter of choose(all, reporting.reporters))
      writeFiles(reporting.out, reporter.render(result, context))
  }
  if (reporting.format === undefined) return
  const printer = all.find(({ name }) => name === PRINTERS[reporting.format!])
  process.stdout.write(Object.values(printer?.render(result, context) ?? {})[0] ?? '')
}

const PRINTERS = { text: 'terminal', json: 'json', markdown: 'markdown' } as const

export async function checkReporters(
  names: readonly string[] | undefined,
  load?: readonly string[],
): Promise<void> {
  choose(await loadReporters(load), names)
}

function choose(
  all: readonly Reporter[],
  names: readonly string[] | undefined,
): readonly Reporter[] {
  if (names === undefined) return all
  checkNames(
    names,
    all.map(({ name }) => name),
    'reporter',
  )
  // Without run.json no later command could read the result.
  return all.filter(({ name }) => names.includes(name) || name === 'json')
}

/** Refuses the first name that is not known, with the one it most likely means. */
export function checkNames(names: readonly string[], known: readonly string[], what: string): void {
  for (const name of names) {
    if (!known.includes(name))
      throw unknownName(what, name, known, `There are: ${known.join(', ')}`)
  }
}
