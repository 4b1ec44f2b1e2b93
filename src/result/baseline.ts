// Reads, writes and applies a baseline: expected failures, each with a reason and a day on which it expires.

import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isMap, isSeq, LineCounter, parseDocument, stringify } from 'yaml'
import { isObject, spell } from '../base/json.ts'
import { MOST_WRITTEN_BYTES, readForeignText } from '../base/check-foreign-names.ts'
import { ContractError, UsageError, type FileProblem } from '../base/errors.ts'
import { currentIdOf } from '../plan/renamed-checks.ts'
import type { Baseline, ExpectedFailure } from '../evidence/journal.ts'
import { compareCausesWithBaseline, listChecks } from './baseline-causes.ts'
import { gatedVerdictsOf } from './rows-marks-and-standing.ts'
import { packageRoot } from '../base/package-root.ts'
import type { CheckId, RunResult, RunTrouble, Verdict } from '../types/index.ts'
import { resolvePath } from '../base/current-environment.ts'

export type BaselineEntry = ExpectedFailure
export type { Baseline }

interface BaselineNews {
  /** The result, with expected failures marked. */
  readonly result: RunResult
  /** Entries that must be looked at: the check passes now, or the day has passed. */
  readonly stale: readonly string[]
  /** Entries under an old id, which hold all the same. */
  readonly renamed: readonly string[]
  readonly matched: number
  /** Causes that came since the baseline was written, and known ones that show in more checks. */
  readonly causes: readonly string[]
}

const KEYS: readonly (keyof BaselineEntry)[] = ['target', 'check', 'reason', 'expires']
const KNOWN: readonly string[] = [...KEYS, 'causes']

/** Throws a `ContractError` that names every mistake of the file at once. */
export function readBaseline(file: string): Baseline {
  if (statSync(resolvePath(file), { throwIfNoEntry: false })?.isFile() !== true) {
    throw new UsageError(`There is no baseline ${file}; "baseline add" makes one`)
  }
  const lines = new LineCounter()
  const document = parseDocument(
    readForeignText(file, MOST_WRITTEN_BYTES, 'the baseline that "baseline add" made'),
    { lineCounter: lines },
  )
  const mistakes: FileProblem[] = document.errors.map((error) => ({
    file,
    line: lines.linePos(error.pos[0]).line,
    pointer: '',
    wrong: error.message.split('\n')[0]!,
    write: 'correct the YAML',
  }))
  const list: unknown = document.get('entries')
  if (mistakes.length === 0 && !isSeq(list)) {
    mistakes.push({
      file,
      pointer: '/entries',
      wrong: 'there is no list of entries',
      write: 'write "entries: []"',
    })
  }
  const entries: BaselineEntry[] = []
  for (const [index, item] of (isSeq(list) ? list.items : []).entries()) {
    const line = lines.linePos((item as { range?: [number] }).range?.[0] ?? 0).line
    const value: unknown = isMap(item) ? item.toJSON() : undefined
    for (const [key, wrong, write] of flaws(value)) {
      mistakes.push({ file, line, pointer: `/entries/${index}/${key}`, wrong, write })
    }
    entries.push(value as BaselineEntry)
  }
  const version: unknown = document.get('version') ?? FIRST_VERSION
  if (typeof version !== 'string') {
    mistakes.push({ file, pointer: '/version', wrong: 'a version is a text', write: '"0.1.0"' })
  }
  if (mistakes.length > 0) throw new ContractError(mistakes)
  return { entries, version: version as string }
}

/** Baselines of this version do not name it. */
const FIRST_VERSION = '0.1.0'

/** Nothing is expected, and nothing is too new to count. */
export const NO_BASELINE: Baseline = { entries: [], version: FIRST_VERSION, newChecks: 'fail' }

function flaws(value: unknown): readonly (readonly [key: string, wrong: string, write: string])[] {
  if (typeof value !== 'object' || value === null) {
    return [['', 'an entry is an object', `write ${KEYS.join(', ')}`]]
  }
  const entry = value as Record<string, unknown>
  const found = KEYS.flatMap((key): (readonly [string, string, string])[] =>
    typeof entry[key] === 'string' && entry[key] !== ''
      ? []
      : [
          [
            key,
            `it has no ${key}`,
            key === 'reason' ? 'say why the failure is accepted' : `write a ${key}`,
          ],
        ],
  )
  for (const key of Object.keys(entry)) {
    if (!KNOWN.includes(key)) found.push([key, 'no such key', `there are ${KNOWN.join(', ')}`])
  }
  const { causes = {} } = entry
  if (!isObject(causes) || Object.values(causes).some((title) => typeof title !== 'string')) {
    found.push([
      'causes',
      'causes are titles by their ids',
      'leave it out: "baseline add" writes it',
    ])
  }
  for (const key of ['target', 'check'] as const) {
    if (spell(entry[key]).includes('*')) {
      found.push([key, 'a wildcard hides failures that nobody has seen', 'name each check'])
    }
  }
  if (!/^\d{4}-\d{2}-\d{2}$/.test(spell(entry['expires']))) {
    found.push(['expires', `"${spell(entry['expires'])}" is not a day`, 'write YYYY-MM-DD'])
  }
  return found
}

export function writeBaseline(file: string, { entries, version }: Baseline): void {
  const sorted = entries.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
  const note = '# Expected failures, written by "responses-conformance baseline add".\n'
  writeFileSync(resolvePath(file), note + stringify({ version, entries: sorted }))
}

/** Adds or replaces the entries of these checks. */
export function addEntries(
  entries: readonly BaselineEntry[],
  added: readonly BaselineEntry[],
): readonly BaselineEntry[] {
  const keys = new Set(added.map(keyOf))
  return [...entries.filter((entry) => !keys.has(keyOf(entry))), ...added]
}

/** YYYY-MM-DD, in UTC: a baseline expires everywhere at once. */
export function getToday(): string {
  return new Date().toISOString().slice(0, 10)
}

/** Marks the failures that the baseline expects, and says which entries no longer hold. `today`: YYYY-MM-DD. */
export function applyBaseline(
  result: RunResult,
  { entries, version, newChecks = 'warn' }: Baseline,
  today: string,
  releases: Releases = readReleases(),
): BaselineNews {
  const byKey = new Map(entries.map((entry) => [keyOf(entry), entry]))
  const gated = gatedVerdictsOf(result)
  const isLater = newChecks === 'fail' ? () => false : findLaterChecks(version, result, releases)
  const failing = new Set(gated.filter(({ outcome }) => outcome === 'fail').map(keyOf))
  const passing = new Set(gated.filter(({ outcome }) => outcome === 'pass').map(keyOf))
  // What holds for every exchange may fail in another part.
  const isWhole = result.run.shard === undefined
  const isFixed = (entry: BaselineEntry): boolean =>
    isWhole && !failing.has(keyOf(entry)) && passing.has(keyOf(entry))
  const expired = entries.filter(({ expires }) => expires < today)
  const fixed = entries.filter((entry) => entry.expires >= today && isFixed(entry))
  const stale: readonly RunTrouble[] = [
    ...expired.map(({ check, target, expires, reason }) => ({
      kind: 'baseline' as const,
      target,
      note: `${check} on ${target}: expired on ${expires} (${reason})`,
    })),
    ...describeFixed(fixed, entries),
  ]
  const troubles = [...(result.troubles ?? []).filter(({ kind }) => kind !== 'baseline'), ...stale]
  return {
    stale: stale.map(({ note }) => note),
    renamed: listRenamed(entries),
    matched: entries.filter((entry) => failing.has(keyOf(entry))).length,
    causes: compareCausesWithBaseline(result, entries),
    result: {
      ...result,
      verdicts: result.verdicts.map((verdict) =>
        mark(verdict, byKey, isLater(verdict.check) ? version : undefined),
      ),
      ...(troubles.length === 0 ? {} : { troubles }),
    },
  }
}

/** A sentence for all entries that were there for the same causes. */
function describeFixed(
  fixed: readonly BaselineEntry[],
  entries: readonly BaselineEntry[],
): readonly RunTrouble[] {
  const groups = new Map<string, BaselineEntry[]>()
  for (const entry of fixed) {
    const { target, causes } = entry
    const key = JSON.stringify([target, causes === undefined ? keyOf(entry) : Object.keys(causes)])
    groups.set(key, [...(groups.get(key) ?? []), entry])
  }
  return [...groups.values()].map((group): RunTrouble => {
    const { target, causes = {} } = group[0]!
    const left = entries.filter((entry) => entry.target === target && !fixed.includes(entry))
    const gone = Object.entries(causes).flatMap(([id, title]) =>
      left.some((entry) => entry.causes?.[id] !== undefined) ? [] : [title],
    )
    const why = gone.length === 0 ? '' : `, and this is gone: ${gone.join('; ')}`
    const [passes, them] = group.length === 1 ? ['passes', 'it'] : ['pass', 'them']
    const note = `${listChecks(group.map(({ check }) => check))} on ${target}: ${passes} now${why}; "baseline prune" removes ${them}`
    return { kind: 'baseline', target, note }
  })
}

function mark(
  verdict: Verdict,
  entries: ReadonlyMap<string, BaselineEntry>,
  later: string | undefined,
): Verdict {
  if (verdict.outcome !== 'fail') return verdict
  const entry = entries.get(keyOf(verdict))
  if (entry !== undefined) {
    return { ...verdict, expected: { reason: entry.reason, expires: entry.expires } }
  }
  if (later === undefined) return verdict
  const reason = `the check is later than version ${later}, of which the baseline is`
  return { ...verdict, expected: { reason, expires: RENEWED, isNew: true } }
}

/** When failures of later checks begin to count. */
const RENEWED = 'the baseline is renewed (baseline renew, or --new-checks fail)'

/** The entries that still expect a failure of this result, or that it says nothing about. */
export function pruneEntries(
  result: RunResult,
  entries: readonly BaselineEntry[],
): readonly BaselineEntry[] {
  const gated = gatedVerdictsOf(result)
  return entries.filter((entry) => {
    const rows = gated.filter((verdict) => keyOf(verdict) === keyOf(entry))
    return (
      !rows.some(({ outcome }) => outcome === 'pass') ||
      rows.some(({ outcome }) => outcome === 'fail')
    )
  })
}

/** The entries with the ids of today. */
export function replaceOldIds(entries: readonly BaselineEntry[]): readonly BaselineEntry[] {
  return addEntries(
    [],
    entries.map((entry) => ({ ...entry, check: currentIdOf(entry.check) })),
  )
}

/** A line for each entry whose check has another id today. */
export function listRenamed(entries: readonly BaselineEntry[]): readonly string[] {
  const old = entries.filter(({ check }) => currentIdOf(check) !== check)
  return old.map(
    ({ target, check }) =>
      `${check} on ${target} is called ${currentIdOf(check)} now; "baseline migrate" writes that`,
  )
}

function keyOf({ target, check }: { readonly target: string; readonly check: string }): string {
  return `${target} ${currentIdOf(check)}`
}

// ── which checks a release had ───────────────────────────────────────────────

/** By version: ids of checks, and of families with `/*` behind them. */
export type Releases = ReadonlyMap<string, ReadonlySet<string>>

export function readReleases(folder: string = join(packageRoot, 'specs', 'releases')): Releases {
  const files = existsSync(folder) ? readdirSync(folder) : []
  return new Map(
    files
      .filter((name) => name.endsWith('.txt'))
      .map((name) => [
        name.slice(0, -4),
        new Set(readFileSync(join(folder, name), 'utf8').trim().split('\n')),
      ]),
  )
}

/** Whether a check came after a version. Nothing did that the version of the result had, or where nobody knows. */
export function findLaterChecks(
  version: string,
  { suite }: RunResult,
  releases: Releases,
): (check: CheckId) => boolean {
  const known = releases.get(version)
  if (known === undefined || version === suite.version) return () => false
  return (check) => !spellings(check).some((id) => known.has(id))
}

/** The id itself, the check that each feature has under a name of its own, and the families it may be of. */
function spellings(check: CheckId): readonly string[] {
  const parts = check.split('/')
  return [
    check,
    `common/${parts.at(-1)!}`,
    ...parts.map((_, index) => `${parts.slice(0, index + 1).join('/')}/*`),
  ]
}
