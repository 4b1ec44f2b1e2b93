// The commands `report`, `diff`, `merge` and `baseline`: they work on results that are already written.

import { currentIdOf } from '../../plan/renamed-checks.ts'
import { reportTroubles } from '../terminal/report-troubles.ts'
import { existsSync } from 'node:fs'
import { formatCount } from '../../../reporters/common/labels.ts'
import { escapeControls } from '../../../reporters/common/escape.ts'
import {
  addEntries,
  applyBaseline,
  getToday,
  pruneEntries,
  readBaseline,
  replaceOldIds,
  writeBaseline,
} from '../../result/baseline.ts'
import { diffResults, type VerdictChange, type ResultDifference } from '../../result/diff.ts'
import { UsageError } from '../../base/errors.ts'
import { mergeRuns } from '../../run/merge.ts'
import { EXIT, exitCodeOf, type ExitCode } from '../../result/exit-code.ts'
import { titlesOfCauses } from '../../result/baseline-causes.ts'
import { gatedVerdictsOf } from '../../result/rows-marks-and-standing.ts'
import type { Verdict } from '../../types/index.ts'
import { evidenceOf, readResult, recoverResult, type Trusted } from '../../result/read-result.ts'
import { writeReports } from '../../run/print-and-write-reports.ts'
import { checkNames } from '../../base/closest-name.ts'
import { resolvePath, getEnvironment } from '../../base/current-environment.ts'

export async function executeReport(
  folder: string,
  flags: {
    readonly fromJournal?: boolean
    readonly matrix?: boolean
    readonly reporter?: readonly string[]
    readonly load?: readonly string[]
    readonly out?: string
  },
): Promise<ExitCode> {
  const { result, notes } =
    flags.fromJournal === true
      ? await recoverResult(folder, flags)
      : { notes: [], result: readResult(folder) }
  const out = resolvePath(flags.out ?? folder)
  await writeReports(result, {
    evidence: evidenceOf(folder).load,
    verbose: false,
    format: flags.matrix === true ? 'matrix' : 'text',
    out,
    load: flags.load,
    ...(flags.reporter === undefined ? {} : { reporters: flags.reporter }),
  })
  const { stdout, stderr } = getEnvironment()
  for (const note of notes ?? []) stderr.write(`${escapeControls(note)}\n`)
  stdout.write(`Results: ${out}\n`)
  return exitCodeOf(result)
}

export async function executeDiff(
  before: string,
  after: string,
  flags: { readonly format: 'text' | 'json' },
): Promise<ExitCode> {
  const difference = diffResults(readResult(before), readResult(after))
  const text =
    flags.format === 'json' ? JSON.stringify(difference, null, 2) + '\n' : describe(difference)
  getEnvironment().stdout.write(text)
  return difference.newlyFailing.length > 0 ? EXIT.fails : EXIT.conforms
}

function describe(difference: ResultDifference): string {
  const groups: readonly (readonly [string, readonly VerdictChange[]])[] = [
    ['newly failing', difference.newlyFailing],
    ['fixed', difference.fixed],
    ['failing for another cause', difference.changedCause],
    ['otherwise changed', difference.other],
  ]
  const lines = [...difference.circumstances]
  const { came, went } = difference.causes
  for (const [title, causes] of [
    ['came', came],
    ['went', went],
  ] as const) {
    if (causes.length === 0) continue
    lines.push('', `${formatCount(causes.length, 'cause')} ${title}`)
    for (const cause of causes) lines.push(`  ${cause.target}: ${cause.title}`)
  }
  for (const [title, changes] of groups) {
    lines.push('', `${changes.length} ${title}`)
    for (const change of changes) lines.push(`  ${sentence(change)}`)
  }
  return [
    ...lines.map((line) => escapeControls(line)),
    '',
    `${difference.unchanged} unchanged`,
    '',
  ].join('\n')
}

function sentence({
  target,
  check,
  scenario,
  yardstick,
  before,
  after,
  blame,
}: VerdictChange): string {
  const where = scenario === 'every' ? '' : ` (${scenario})`
  const finding = after?.findings[0] ?? before?.findings[0]
  const what =
    finding === undefined
      ? ''
      : `: ${finding.at} expected ${finding.expected}, got ${finding.actual}`
  const outcomes = `${before?.outcome ?? 'not asked'} → ${after?.outcome ?? 'not asked'}`
  return `${target} ${check}${where} by ${yardstick}: ${outcomes}; ${BLAME[blame]}${what}`
}

const BLAME = {
  endpoint: 'the endpoint changed',
  model: 'the model changed, and may explain it',
  suite: 'the suite changed',
} as const

export async function executeMerge(
  folders: readonly string[],
  flags: Trusted & { readonly out: string },
): Promise<ExitCode> {
  const out = resolvePath(flags.out)
  const { result, harness, stale, notes } = await mergeRuns(folders.map(resolvePath), out, flags)
  const { load } = flags
  await writeReports(result, {
    evidence: evidenceOf(out).load,
    verbose: false,
    format: 'text',
    out,
    load,
  })
  const { stdout, stderr } = getEnvironment()
  for (const note of notes ?? []) stderr.write(`${escapeControls(note)}\n`)
  reportTroubles({ stale, harness })
  stdout.write(`Results: ${out}\n`)
  return exitCodeOf(result)
}

interface BaselineFlags {
  readonly file: string
  readonly from: string
}

export function executeBaselineAdd(
  checks: readonly string[],
  flags: BaselineFlags & {
    readonly all?: boolean
    readonly target?: string
    readonly reason: string
    readonly expires: string
  },
): ExitCode {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(flags.expires)) {
    throw new UsageError(`--expires "${flags.expires}" is not a day; write YYYY-MM-DD`)
  }
  const result = readResult(flags.from)
  const failing = gatedVerdictsOf(result).filter(
    ({ outcome, expected, target }) =>
      outcome === 'fail' && expected === undefined && (flags.target ?? target) === target,
  )
  if (checks.length === 0 && flags.all !== true) {
    throw new UsageError('Name the checks whose failures are accepted, or --all')
  }
  checkNames(checks, [...new Set(failing.map(({ check }) => check))], 'failing check')
  const chosen = failing.filter(({ check }) => flags.all === true || checks.includes(check))
  const rows = new Map<string, Verdict[]>()
  for (const row of chosen) {
    const key = `${row.target} ${row.check}`
    rows.set(key, [...(rows.get(key) ?? []), row])
  }
  const { reason, expires } = flags
  const unique = [...rows.values()].map((all) => {
    const { target, check } = all[0]!
    return { target, check, reason, expires, causes: titlesOfCauses(result, all) }
  })
  const before = existsSync(resolvePath(flags.file)) ? readBaseline(flags.file) : undefined
  writeBaseline(flags.file, {
    entries: addEntries(before?.entries ?? [], unique),
    // Whoever names all has seen the later checks as well.
    version: flags.all === true ? result.suite.version : (before?.version ?? result.suite.version),
  })
  getEnvironment().stdout.write(`${flags.file}: ${unique.length} added\n`)
  return EXIT.conforms
}

export function executeBaselinePrune({ file, from }: BaselineFlags): ExitCode {
  const { entries, version } = readBaseline(file)
  const kept = pruneEntries(readResult(from), entries)
  writeBaseline(file, { entries: kept, version })
  getEnvironment().stdout.write(
    `${file}: ${entries.length - kept.length} removed, ${kept.length} kept\n`,
  )
  return EXIT.conforms
}

export function executeBaselineMigrate({ file }: Pick<BaselineFlags, 'file'>): ExitCode {
  const { entries, version } = readBaseline(file)
  const renamed = entries.filter(({ check }) => currentIdOf(check) !== check)
  if (renamed.length > 0) writeBaseline(file, { entries: replaceOldIds(entries), version })
  getEnvironment().stdout.write(
    [
      ...renamed.map(({ check, target }) => `${check} on ${target} → ${currentIdOf(check)}`),
      `${file}: ${renamed.length} renamed, ${entries.length - renamed.length} as they were\n`,
    ].join('\n'),
  )
  return EXIT.conforms
}

/** From now on every check of the result's version counts. */
export function executeBaselineRenew({ file, from }: BaselineFlags): ExitCode {
  const { entries, version: before } = readBaseline(file)
  const { version } = readResult(from).suite
  writeBaseline(file, { entries, version })
  getEnvironment().stdout.write(`${file}: version ${before} → ${version}\n`)
  return EXIT.conforms
}

export function executeBaselineCheck({ file, from }: BaselineFlags): ExitCode {
  const { stale, renamed, matched, causes } = applyBaseline(
    readResult(from),
    readBaseline(file),
    getToday(),
  )
  getEnvironment().stdout.write(
    [...stale, ...causes, ...renamed, `${matched} of the entries match a failure`]
      .map((line) => `${escapeControls(line)}\n`)
      .join(''),
  )
  return stale.length > 0 ? EXIT.baseline : EXIT.conforms
}
