// Reads, writes and applies a baseline: expected failures, each with a reason and a day on which it expires.

import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { isMap, isSeq, LineCounter, parseDocument, stringify } from 'yaml'
import { spell } from '../base/json.ts'
import { ContractError, UsageError, type FileProblem } from '../base/errors.ts'
import { currentIdOf } from '../plan/renamed-checks.ts'
import { gatedVerdictsOf } from './rows-marks-and-standing.ts'
import type { CheckId, RunResult, Verdict } from '../types/index.ts'
import { resolvePath } from '../base/current-environment.ts'

interface BaselineEntry {
  readonly target: string
  readonly check: CheckId
  readonly reason: string
  /** The last day on which the entry holds, YYYY-MM-DD. */
  readonly expires: string
}

interface BaselineNews {
  /** The result, with expected failures marked. */
  readonly result: RunResult
  /** Entries that must be looked at: the check passes now, or the day has passed. */
  readonly stale: readonly string[]
  /** Entries under an old id, which hold all the same. */
  readonly renamed: readonly string[]
  readonly matched: number
}

const KEYS: readonly (keyof BaselineEntry)[] = ['target', 'check', 'reason', 'expires']

/** Throws a `ContractError` that names every mistake of the file at once. */
export function readBaseline(file: string): readonly BaselineEntry[] {
  if (statSync(resolvePath(file), { throwIfNoEntry: false })?.isFile() !== true) {
    throw new UsageError(`There is no baseline ${file}; "baseline add" makes one`)
  }
  const lines = new LineCounter()
  const document = parseDocument(readFileSync(resolvePath(file), 'utf8'), { lineCounter: lines })
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
  if (mistakes.length > 0) throw new ContractError(mistakes)
  return entries
}

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
    if (!KEYS.some((known) => known === key))
      found.push([key, 'no such key', `there are ${KEYS.join(', ')}`])
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

export function writeBaseline(file: string, entries: readonly BaselineEntry[]): void {
  const sorted = entries.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
  const note = '# Expected failures, written by "responses-conformance baseline add".\n'
  writeFileSync(resolvePath(file), note + stringify({ entries: sorted }))
}

/** Adds or replaces the entries of these checks. */
export function addEntries(
  entries: readonly BaselineEntry[],
  added: readonly BaselineEntry[],
): readonly BaselineEntry[] {
  const keys = new Set(added.map(keyOf))
  return [...entries.filter((entry) => !keys.has(keyOf(entry))), ...added]
}

/** Marks the failures that the baseline expects, and says which entries no longer hold. `today`: YYYY-MM-DD. */
export function applyBaseline(
  result: RunResult,
  entries: readonly BaselineEntry[],
  today: string,
): BaselineNews {
  const byKey = new Map(entries.map((entry) => [keyOf(entry), entry]))
  const gated = gatedVerdictsOf(result)
  const failing = new Set(gated.filter(({ outcome }) => outcome === 'fail').map(keyOf))
  const passing = new Set(gated.filter(({ outcome }) => outcome === 'pass').map(keyOf))
  const stale = entries.flatMap((entry) => {
    const key = keyOf(entry)
    const name = `${entry.check} on ${entry.target}`
    if (entry.expires < today) return [`${name}: expired on ${entry.expires} (${entry.reason})`]
    if (!failing.has(key) && passing.has(key))
      return [`${name}: passes now; "baseline prune" removes it`]
    return []
  })
  return {
    stale,
    renamed: listRenamed(entries),
    matched: entries.filter((entry) => failing.has(keyOf(entry))).length,
    result: { ...result, verdicts: result.verdicts.map((verdict) => mark(verdict, byKey)) },
  }
}

function mark(verdict: Verdict, entries: ReadonlyMap<string, BaselineEntry>): Verdict {
  const entry = verdict.outcome === 'fail' ? entries.get(keyOf(verdict)) : undefined
  if (entry === undefined) return verdict
  return { ...verdict, expected: { reason: entry.reason, expires: entry.expires } }
}

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

function listRenamed(entries: readonly BaselineEntry[]): readonly string[] {
  const old = entries.filter(({ check }) => currentIdOf(check) !== check)
  return old.map(
    ({ target, check }) =>
      `${check} on ${target} is called ${currentIdOf(check)} now; "baseline migrate" writes that`,
  )
}

function keyOf({ target, check }: { readonly target: string; readonly check: string }): string {
  return `${target} ${currentIdOf(check)}`
}
