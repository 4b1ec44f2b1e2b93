// Prints and writes the reports of a result, for every command that has one.

import { escapeControls } from '../../reporters/common/escape.ts'
import { failuresOf } from '../../reporters/common/failure-report.ts'
import { loadReporters } from '../plan/load-suites-and-reporters.ts'
import { writeFiles } from './run-in-worker.ts'
import type { Exchange, ReportContext, Reporter, RunResult } from '../types/index.ts'
import { checkNames } from '../base/closest-name.ts'
import { getEnvironment } from '../base/current-environment.ts'

interface ReportOptions {
  evidence(id: string): Exchange | undefined
  readonly verbose: boolean
  /** What is printed; nothing when absent. */
  readonly format?: Format
  /** Where the reports go; nowhere when absent. */
  readonly out?: string
  /** Names of reporters; all when absent. */
  readonly reporters?: readonly string[]
  /** Hides keys in whatever is printed and written: what a provider sent in pieces may be whole there. */
  readonly hide?: (text: string) => string
  /** Modules with further reporters. */
  readonly load?: readonly string[] | undefined
}

/**
 * `failures`: what decides the exit code, a line each, and nothing where all is well; `matrix`: what
 * can be relied on, promised and kept.
 */
export type Format = 'text' | 'json' | 'markdown' | 'failures' | 'matrix'

export async function writeReports(result: RunResult, reporting: ReportOptions): Promise<void> {
  const all = await loadReporters(reporting.load)
  const { stdout, env } = getEnvironment()
  const { hide = (text: string) => text } = reporting
  const context: ReportContext = {
    evidence: reporting.evidence,
    width: stdout.columns || 100,
    color: stdout.isTTY === true && env['NO_COLOR'] === undefined,
    verbose: reporting.verbose,
  }
  if (reporting.out !== undefined) {
    for (const reporter of choose(all, reporting.reporters))
      writeFiles(reporting.out, hidden(reporter.render(result, context), hide))
  }
  if (reporting.format === undefined) return
  if (reporting.format === 'failures') {
    stdout.write(hide(failureLines(result).join('')))
    return
  }
  const name = PRINTERS[reporting.format]
  const printer = all.find((each) => each.name === name)
  stdout.write(hide(Object.values(printer?.render(result, context) ?? {})[0] ?? ''))
}

function hidden(
  files: Readonly<Record<string, string>>,
  hide: (text: string) => string,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [name, hide(text)]))
}

const PRINTERS = {
  text: 'terminal',
  json: 'json',
  markdown: 'markdown',
  matrix: 'capabilities',
} as const

function failureLines(result: RunResult): readonly string[] {
  return result.targets.flatMap((target) =>
    failuresOf(result, target)
      .filter(({ group }) =>
        group.rows.some(
          ({ yardstick, expected }) => target.gate.includes(yardstick) && expected === undefined,
        ),
      )
      .map(
        ({ group, sentence }) =>
          `${escapeControls(`✗ ${target.id} ${group.check}: ${sentence}`)}\n`,
      ),
  )
}

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
