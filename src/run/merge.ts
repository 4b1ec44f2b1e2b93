// Merges several result folders into one, as if one machine had done the whole run.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AssembledResult } from '../result/from-journal.ts'
import { UsageError } from '../base/errors.ts'
import { copyEvidence } from '../evidence/saved-exchanges.ts'
import { JOURNAL, readJournal, type JournalEntry } from '../evidence/journal.ts'
import { scopesOf, withScopes } from '../plan/reduced-run-scope.ts'
import { rejudgeFolder } from './rejudge.ts'
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
  checkShards(starts, folders)
  checkModules(starts, trusted)
  prepareFolder(out)
  for (const folder of folders) {
    copyEvidence(join(folder, 'evidence'), join(out, 'evidence'))
  }
  const merged = [
    joinStarts(starts),
    ...journals.flatMap(({ entries }) => entries.filter(isEvidence)),
  ]
  writeFileSync(join(out, JOURNAL), merged.map((entry) => JSON.stringify(entry) + '\n').join(''))
  return rejudgeFolder(out, trusted)
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

function checkShards(starts: readonly Start[], folders: readonly string[]): void {
  const sharded = starts.filter(({ run }) => run.shard !== undefined)
  if (sharded.length === 0) return
  const of = sharded[0]!.run.shard![1]
  const present = new Set(sharded.map(({ run }) => run.shard![0]))
  const missing = Array.from({ length: of }, (_, index) => index + 1).filter(
    (part) => !present.has(part),
  )
  if (missing.length > 0 || sharded.length !== starts.length) {
    throw new UsageError(
      `shard ${missing.map((part) => `${part}/${of}`).join(', ') || 'information'} is missing among ${folders.join(', ')}; a merged result without it would look complete`,
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

/** Verdicts are reached anew; everything that was observed is kept. */
function isEvidence({ kind }: JournalEntry): boolean {
  return [
    'documents',
    'exchange',
    'evidence',
    'target',
    'measured',
    'budget',
    'gone',
    'interrupted',
  ].includes(kind)
}
