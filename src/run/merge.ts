// Merges several result folders into one, as if one machine had done the whole run.

import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { AssembledResult } from '../result/from-journal.ts'
import { UsageError } from '../base/errors.ts'
import { copyEvidence } from '../evidence/saved-exchanges.ts'
import { JOURNAL, readJournal, writeJournal, type JournalEntry } from '../evidence/journal.ts'
import { scopesOf, withScopes } from '../plan/reduced-run-scope.ts'
import { interruptionOf, isObserved, rejudgeFolder } from './rejudge.ts'
import type { Trusted } from '../result/read-result.ts'
import { prepareFolder } from './run-in-worker.ts'
import type { Scope, TargetRecord } from '../types/index.ts'

type Start = Extract<JournalEntry, { kind: 'start' }>

/**
 * Joins journals and evidence, and judges everything together: what holds for every exchange can
 * only be judged on all of them. Throws a `UsageError` when a shard is missing or the runs differ.
 */
export async function mergeRuns(
  folders: readonly string[],
  out: string,
  trusted: Trusted = {},
): Promise<AssembledResult> {
  const journals = folders.map((folder) => ({
    folder,
    entries: readJournal(join(folder, JOURNAL)),
  }))
  const starts = journals.map(({ folder, entries }) => startOf(folder, entries))
  checkVersions(starts, folders)
  checkTargets(starts, folders)
  checkTwice(starts, folders)
  checkShards(starts, folders)
  checkModules(starts, trusted)
  prepareFolder(out)
  for (const folder of folders) {
    copyEvidence(join(folder, 'evidence'), join(out, 'evidence'))
  }
  const merged = [
    joinStarts(starts),
    ...journals.flatMap(({ entries }) => observedOf(entries)),
    ended(journals.flatMap(({ entries }) => entries)),
  ]
  writeJournal(join(out, JOURNAL), merged)
  const rejudged = await rejudgeFolder(out, trusted)
  writeJournal(join(out, JOURNAL), rejudged.journal)
  return rejudged
}

function startOf(folder: string, entries: readonly JournalEntry[]): Start {
  const start = entries.find((entry) => entry.kind === 'start')
  const latest = entries.findLast((entry) => entry.kind === 'start')
  // A run that was continued asked what it was last started with.
  if (start !== undefined && latest !== undefined) return { ...start, selection: latest.selection }
  throw new UsageError(`${folder} holds no ${JOURNAL}; give folders that runs wrote with --out`)
}

function checkVersions(starts: readonly Start[], folders: readonly string[]): void {
  const odd = starts.findIndex(({ suite }) => suite.version !== starts[0]!.suite.version)
  if (odd < 0) return
  throw new UsageError(
    `${folders[odd]} was run by version ${starts[odd]!.suite.version}, ${folders[0]} by ${starts[0]!.suite.version}: results of different checks cannot be merged; run both with one version`,
  )
}

/** One target is one endpoint with one model, gated and described in one way. */
function checkTargets(starts: readonly Start[], folders: readonly string[]): void {
  const first = new Map<string, readonly [TargetRecord, folder: string]>()
  for (const [index, { targets }] of starts.entries()) {
    for (const target of targets) {
      const [known, folder] = first.get(target.id) ?? [target, folders[index]!]
      first.set(target.id, [known, folder])
      const odd = SAME.find((name) => !isDeepStrictEqual(known[name], target[name]))
      if (odd === undefined) continue
      throw new UsageError(
        `${target.id} has another ${odd} in ${folders[index]} than in ${folder}: ${JSON.stringify(target[odd])}, and not ${JSON.stringify(known[odd])}; merge what was asked of one and the same`,
      )
    }
  }
}

const SAME = ['endpoint', 'models', 'contract', 'gate', 'yardsticks', 'origin'] as const

/** The same answers twice would count twice. */
function checkTwice(starts: readonly Start[], folders: readonly string[]): void {
  const runs = new Map<string, string>()
  const asked = new Map<string, string>()
  for (const [index, start] of starts.entries()) {
    const folder = folders[index]!
    const same = runs.get(start.run.id)
    if (same !== undefined) {
      throw new UsageError(`${same} and ${folder} hold the same run; give each once`)
    }
    runs.set(start.run.id, folder)
    const { shard } = start.run
    for (const { id } of start.targets) {
      const what = JSON.stringify([id, shard ?? start.selection])
      const before = asked.get(what)
      if (before !== undefined) {
        const part = shard === undefined ? 'the same' : `shard ${shard.join('/')}`
        throw new UsageError(`${before} and ${folder} both hold ${part} of ${id}; give one of them`)
      }
      asked.set(what, folder)
    }
  }
}

/** Shards belong together that asked the same targets. */
function checkShards(starts: readonly Start[], folders: readonly string[]): void {
  const groups = new Map<string, Start[]>()
  for (const start of starts.filter(({ run }) => run.shard !== undefined)) {
    const key = JSON.stringify(start.targets.map(({ id }) => id))
    groups.set(key, [...(groups.get(key) ?? []), start])
  }
  for (const group of groups.values()) {
    const sizes = new Set(group.map(({ run }) => run.shard![1]))
    if (sizes.size > 1) {
      throw new UsageError(
        `${folders.join(', ')} are parts of different wholes: of ${[...sizes].join(' and of ')}; merge the shards of one run`,
      )
    }
    const [of] = sizes
    const present = new Set(group.map(({ run }) => run.shard![0]))
    const missing = Array.from({ length: of! }, (_, index) => index + 1).filter(
      (part) => !present.has(part),
    )
    if (missing.length === 0) continue
    throw new UsageError(
      `shard ${missing.map((part) => `${part}/${of}`).join(', ')} is missing among ${folders.join(', ')}; a merged result without it would look complete`,
    )
  }
}

/** A merged result without the checks of a module would look complete. */
function checkModules(starts: readonly Start[], { load = [] }: Trusted): void {
  const loaded = [...new Set(starts.flatMap(({ selection }) => selection.load ?? []))]
  if (loaded.length === 0 || load.length > 0) return
  throw new UsageError(
    `The runs loaded ${loaded.join(', ')}, and nothing that a folder names is executed: give --load for the modules that you trust`,
  )
}

function joinStarts(starts: readonly Start[]): Start {
  const [first] = starts
  const targets = new Map(
    starts.flatMap((start) => start.targets.map((target) => [target.id, target])),
  )
  const specs = new Map(starts.flatMap((start) => start.specs.map((target) => [target.id, target])))
  const selections = new Set(starts.map(({ selection }) => JSON.stringify(selection)))
  const load = [...new Set(starts.flatMap(({ selection }) => selection.load ?? []))]
  const { shard: _, ...run } = first!.run
  return {
    ...first!,
    run: { ...run, startedAt: starts.map((start) => start.run.startedAt).toSorted()[0]! },
    targets: [...targets.values()].map((target) =>
      withScopes(target, joinParts(target.id, starts)),
    ),
    contracts: Object.assign({}, ...starts.map(({ contracts }) => contracts)),
    specs: [...specs.values()],
    // What any of them asked is judged; what they left out is recorded with the targets.
    selection:
      selections.size === 1
        ? first!.selection
        : { suites: 'all', ...(load.length === 0 ? {} : { load }) },
  }
}

/** Nothing is left out where one run asked everything; of a shard that is only true with its like. */
function joinParts(target: TargetRecord['id'], starts: readonly Start[]): readonly Scope[] {
  const asked = starts.flatMap(({ run, selection, targets }) =>
    targets
      .filter(({ id }) => id === target)
      .map((each) => ({ parts: scopesOf(each, selection), isShard: run.shard !== undefined })),
  )
  return asked.some(({ parts, isShard }) => parts.length === 0 && !isShard)
    ? []
    : asked.flatMap(({ parts }) => parts)
}

/** What a run saw, and why its last part ended early: of an earlier one it was continued. */
function observedOf(entries: readonly JournalEntry[]): readonly JournalEntry[] {
  const last = entries.findLastIndex(({ kind }) => kind === 'start')
  return [
    ...entries.filter(
      (entry, index) =>
        isObserved(entry) && entry.kind !== 'start' && (index > last || !OF_A_PART.has(entry.kind)),
    ),
    ...interruptionOf(entries),
  ]
}

const OF_A_PART: ReadonlySet<JournalEntry['kind']> = new Set([
  'baseline',
  'budget',
  'gone',
  'interrupted',
])

function ended(entries: readonly JournalEntry[]): JournalEntry {
  const times = entries.flatMap((entry) => (entry.kind === 'end' ? [entry.finishedAt] : []))
  return { kind: 'end', finishedAt: times.toSorted().at(-1) ?? new Date().toISOString() }
}
