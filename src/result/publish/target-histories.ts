// Folds many results into the history of each target.

import { compareText, YARDSTICK_LABELS } from '../../base/sort-text-and-ranks.ts'
import { observedTargetsOf, rowsOf, rowsOfCheck } from '../rows-marks-and-standing.ts'
import type { CheckId, RunResult, TargetRecord, Verdict, Yardstick } from '../../types/index.ts'

/** After so many days a result says little about a live endpoint. */
const STALE_AFTER_DAYS = 30

export interface Edition {
  readonly run: RunResult
  readonly target: TargetRecord
  /** YYYY-MM-DD. */
  readonly day: string
}

/** The runs of one target, the newest first. */
export interface History {
  readonly id: string
  readonly latest: Edition
  readonly editions: readonly [Edition, ...Edition[]]
}

/** One history for each observed target, by name. Emulation has none. */
export function historiesOf(results: readonly RunResult[]): readonly History[] {
  const byId = new Map<string, Edition[]>()
  for (const run of results) {
    for (const target of observedTargetsOf(run)) {
      const day = run.run.finishedAt.slice(0, 10)
      byId.set(target.id, [...(byId.get(target.id) ?? []), { run, target, day }])
    }
  }
  return [...byId]
    .map(([id, all]): History => {
      const [latest, ...older] = all.toSorted((a, b) =>
        compareText(b.run.run.finishedAt, a.run.run.finishedAt),
      )
      return { id, latest: latest!, editions: [latest!, ...older] }
    })
    .toSorted(
      (a, b) => compareText(a.latest.target.name, b.latest.target.name) || compareText(a.id, b.id),
    )
}

/** Whole days from a day to another, both YYYY-MM-DD. */
export function countDays(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)
}

export function isStale({ day }: Edition, today: string): boolean {
  return countDays(day, today) > STALE_AFTER_DAYS
}

/** The day of the oldest run in an unbroken row of runs in which this check failed. */
export function findFailingSince(
  { editions }: History,
  check: CheckId,
  yardstick: Yardstick,
): string | undefined {
  let since: string | undefined
  for (const edition of editions) {
    const rows = rowsOfCheck(edition.run, edition.target, check, yardstick)
    // A run that did not ask says nothing.
    if (rows.length === 0) continue
    if (!rows.some((row) => row.outcome === 'fail')) break
    since = edition.day
  }
  return since
}

/** Checks that began and that stopped failing between a run and the one before it. */
export function changesOf(
  edition: Edition,
  before: Edition,
): { readonly newlyFailing: readonly string[]; readonly fixed: readonly string[] } {
  const now = failing(edition)
  const then = failing(before)
  const asked = new Set(rowsOf(edition.run, edition.target).map(key))
  return {
    newlyFailing: [...now].filter((each) => !then.has(each)).toSorted(),
    fixed: [...then].filter((each) => !now.has(each) && asked.has(each)).toSorted(),
  }
}

function failing({ run, target }: Edition): ReadonlySet<string> {
  return new Set(
    rowsOf(run, target)
      .filter((row) => row.outcome === 'fail')
      .map(key),
  )
}

function key(row: Verdict): string {
  return `${row.check} by ${row.yardstick}`
}

/** A result without what was emulated, for publication. */
export function withoutEmulation(run: RunResult): RunResult {
  const targets = observedTargetsOf(run)
  const kept = new Set(targets.map(({ id }) => id))
  return {
    ...run,
    targets,
    verdicts: targets.flatMap((target) => rowsOf(run, target)),
    causes: run.causes.filter(({ target }) => kept.has(target)),
    ...(run.readiness === undefined
      ? {}
      : { readiness: run.readiness.filter(({ target }) => kept.has(target)) }),
    evidence: Object.fromEntries(
      Object.entries(run.evidence).filter(([, { target }]) => kept.has(target)),
    ),
  }
}

/** The latest run of every target as one result, so that they can stand in one matrix. */
export function latestOfAll(all: readonly History[]): RunResult {
  const newest = all
    .map(({ latest }) => latest.run)
    .toSorted(byFinish)
    .at(-1)
  if (newest === undefined) throw new RangeError('no target was observed in any of these results')
  const runs = [...new Set(all.map(({ latest }) => latest.run))].toSorted(byFinish)
  const tables = <K extends 'contracts' | 'requirements' | 'scenarios' | 'checks' | 'evidence'>(
    name: K,
  ): RunResult[K] => Object.assign({}, ...runs.map((run) => run[name])) as RunResult[K]
  const documented = new Map<string, RunResult['documents']>()
  for (const run of runs)
    for (const provider of new Set(run.documents.map((row) => row.provider)))
      documented.set(
        provider,
        run.documents.filter((row) => row.provider === provider),
      )
  // The matrix of one run is not that of all: it is computed anew.
  const { matrix: _, ...rest } = newest
  return {
    ...rest,
    run: { ...newest.run, complete: runs.every(({ run }) => run.complete) },
    targets: all.map(({ latest }) => latest.target),
    contracts: tables('contracts'),
    requirements: tables('requirements'),
    scenarios: tables('scenarios'),
    checks: tables('checks'),
    evidence: tables('evidence'),
    verdicts: all.flatMap(({ latest }) => rowsOf(latest.run, latest.target)),
    documents: [...documented.values()].flat(),
    causes: all.flatMap(({ latest }) =>
      latest.run.causes.filter((cause) => cause.target === latest.target.id),
    ),
    readiness: all.flatMap(({ latest }) =>
      (latest.run.readiness ?? []).filter(({ target }) => target === latest.target.id),
    ),
  }
}

function byFinish(a: RunResult, b: RunResult): number {
  return compareText(a.run.finishedAt, b.run.finishedAt)
}

/** The yardsticks by which a target was judged, in their order. */
export function yardsticksOfEdition({ target }: Edition): readonly Yardstick[] {
  return YARDSTICK_LABELS.filter((yardstick) => target.yardsticks.includes(yardstick))
}
