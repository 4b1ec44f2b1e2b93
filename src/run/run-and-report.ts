// Conducts a run from targets to a folder of results, for the command and the programming interface.

import { accessSync, constants } from 'node:fs'
import { dirname, join } from 'node:path'
import {
  auditByShippedSuites,
  auditDocuments,
  listShippedVendors,
} from '../document-audit/audit-documents.ts'
import type { RunFlags } from './options.ts'
import { loadContract } from '../contract/file/load.ts'
import { JOURNAL } from '../evidence/journal.ts'
import { openStore } from '../evidence/saved-exchanges.ts'
import { loadSuites } from '../plan/load-suites-and-reporters.ts'
import { listRenamed, readBaseline, type Baseline } from '../result/baseline.ts'
import { exitCodeOf, type ExitCode } from '../result/exit-code.ts'
import { createRedactor } from '../target/redact.ts'
import { splitBudget } from '../target/split-budget.ts'
import { removeSecrets } from '../target/secret-scan.ts'
import { secretsOf, type Target } from '../target/target-and-keys.ts'
import { listUnjudgedPatterns } from '../schema/pattern.ts'
import type { Contract, Json, RunResult } from '../types/index.ts'
import { SECONDS_PER_ANSWER } from '../plan/estimate.ts'
import { planTargets, selectionOf, type TargetPlan } from './plan-targets.ts'
import { checkReporters, writeReports, type Format } from './print-and-write-reports.ts'
import { prepareFolder, runTargets } from './run-in-worker.ts'
import { resolvePath } from '../base/current-environment.ts'

export interface ConductedRun {
  readonly result: RunResult
  readonly exitCode: ExitCode
  /** The folder that was written, absolute. */
  readonly out: string
  /** Entries of the baseline that no longer hold. */
  readonly stale: readonly string[]
  /** Errors of this project that the run met. */
  readonly harness: readonly string[]
  /** Files that held a key and were deleted. */
  readonly secrets: readonly string[]
  /** What was not judged: of a target that could not be asked, and of the contracts. */
  readonly notes: readonly string[]
}

export interface ConductOptions {
  readonly signal?: AbortSignal
  /** Whether the provider is the built-in one: then nothing foreign runs but what `load` names. */
  readonly isBuiltIn?: boolean
  /** Called before the suites, with the journal's file: what it writes there belongs to the result. */
  readonly before?: (journal: string) => Promise<void>
  /** What is printed; nothing unless given. */
  readonly format?: Format
  /** Called before anything is sent; returns what to call when all is over. */
  readonly watch?: (
    plans: readonly TargetPlan[],
    journal: string,
    signal: AbortSignal | undefined,
    limitMs: number,
  ) => () => void
}

/** From targets to a folder of results, as the command and the programming interface do it. */
export async function conductRun(
  given: readonly Target[],
  flags: RunFlags,
  { signal, format, watch, before, isBuiltIn }: ConductOptions,
): Promise<ConductedRun> {
  const targets = splitBudget(given, flags.budget)
  const suites = await loadSuites(flags.load)
  const selection = selectionOf(flags, suites)
  await checkReporters(flags.reporter, flags.load)
  const out = resolvePath(flags.out ?? 'results/latest')
  // Read before anything is sent: a mistake in it must not cost a run.
  const baseline = baselineOf(flags)
  if (flags.record !== undefined) accessSync(dirname(resolvePath(flags.record)), constants.W_OK)
  if (flags.resume !== true) prepareFolder(out)
  const plans = planTargets(targets, selection, flags, suites)
  const audited = documentsFor(targets)
  const documents =
    flags.load === undefined ? await auditByShippedSuites(audited) : auditDocuments(audited, suites)
  const limitMs = limitOf(plans, flags)
  const stopWatching = watch?.(plans, join(out, JOURNAL), signal, limitMs)
  const assembled = await runTargets({
    targets,
    selection,
    out,
    attempts: flags.attempts ?? 2,
    ...(flags.seed === undefined ? {} : { seed: flags.seed }),
    ...(flags.shard === undefined ? {} : { shard: flags.shard }),
    ...(flags.resume === undefined ? {} : { resume: flags.resume }),
    documents,
    planned: plans.map(({ cases }) => cases),
    isOwn: isBuiltIn === true && flags.load === undefined,
    ...(baseline === undefined ? {} : { baseline }),
    limitMs,
    ...(signal === undefined ? {} : { signal }),
    ...(before === undefined ? {} : { before }),
  }).finally(stopWatching)
  const { result, harness, stale } = assembled
  const store = openStore(join(out, 'evidence'))
  const secrets = targets.flatMap(secretsOf)
  await writeReports(result, {
    evidence: store.load,
    hide: createRedactor(secrets).text,
    verbose: flags.verbose ?? false,
    out,
    load: flags.load,
    ...(format === undefined ? {} : { format }),
    ...(flags.reporter === undefined ? {} : { reporters: flags.reporter }),
  })
  // Whatever a provider sent was hidden where it came in, and again where it goes out: a key that is
  // still found is in words of ours.
  const guilty = removeSecrets(out, secrets)
  const code = exitCodeOf(result, guilty)
  const notes = [
    ...(assembled.notes ?? []),
    ...newCheckNotes(result),
    ...unjudgedNotes(targets),
    ...(baseline === undefined ? [] : listRenamed(baseline.entries)),
  ]
  return { result, exitCode: code, out, stale, harness, secrets: guilty, notes }
}

/** The baseline that is named, with what of later checks counts. */
export function baselineOf({ baseline, newChecks }: RunFlags): Baseline | undefined {
  if (baseline === undefined) return undefined
  return { ...readBaseline(baseline), ...(newChecks === undefined ? {} : { newChecks }) }
}

/** No run is stopped by this that only has a slow model: requests that time out take so long. */
const SHORTEST_LIMIT_MS = 10 * 60 * 1000

/** Milliseconds for a whole run. */
export function limitOf(
  plans: readonly TargetPlan[],
  { maxTime }: Pick<RunFlags, 'maxTime'>,
): number {
  return maxTime === undefined ? longestRun(plans) : maxTime * 1000
}

/**
 * Milliseconds for a whole run unless the user says otherwise: half of what it would take if every
 * request took its whole deadline, and never less than ten minutes. What a provider asks us to wait
 * counts like an answer.
 */
function longestRun(plans: readonly TargetPlan[]): number {
  const byTarget = plans.map(
    ({ target, forecast: estimate }) =>
      (estimate.seconds / SECONDS_PER_ANSWER) * (target.limits.deadlineMs / 2),
  )
  return Math.max(SHORTEST_LIMIT_MS, ...byTarget)
}

/** Failures of checks that are later than the baseline: told apart, and not counted. */
export function newCheckNotes({ verdicts }: RunResult): readonly string[] {
  const later = new Set(
    verdicts.flatMap((row) => (row.expected?.isNew === true ? [row.check] : [])),
  )
  if (later.size === 0) return []
  return [
    `Not counted, since they are later than the baseline: ${[...later].join(', ')} (baseline renew, or --new-checks fail)`,
  ]
}

/** Said once a run, since a pattern that judges nothing would look as if it held. */
function unjudgedNotes(targets: readonly Target[]): readonly string[] {
  const named = new Set(targets.flatMap(({ contract }) => contract ?? []))
  return [...named].flatMap((name) => {
    const patterns = listUnjudgedPatterns(loadContract(name).document as unknown as Json)
    return patterns.map((pattern) => `${name}: no value is judged by the pattern ${pattern}`)
  })
}

/** The main job shows what the vendors' documents say; a run against targets shows theirs. */
function documentsFor(targets: readonly Target[]): readonly Contract[] {
  const named = [
    ...new Set(targets.flatMap(({ contract }) => (contract === undefined ? [] : [contract]))),
  ]
  const own = named.map(loadContract).filter(({ kind }) => kind !== 'reference')
  return own.length > 0 || targets.every(({ contract }) => contract === undefined)
    ? own
    : listShippedVendors()
}
