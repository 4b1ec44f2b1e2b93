// Runs the cases of targets in a worker and writes a result folder: the main thread of a run.

import { randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { assembleResult, type AssembledResult } from '../result/from-journal.ts'
import type { Baseline } from '../result/baseline.ts'
import { loadContracts } from '../contract/file/load.ts'
import { getEnvironment, isInherited } from '../base/current-environment.ts'
import { UsageError } from '../base/errors.ts'
import { resolveInside } from '../base/check-foreign-names.ts'
import { isLoopback, serveFixtures, type FixtureServer } from '../request/serve-fixtures.ts'
import { createRandom } from '../request/builder.ts'
import {
  JOURNAL,
  openJournal,
  readJournal,
  readOwnJournal,
  type JournalEntry,
} from '../evidence/journal.ts'
import { recordOwnContracts, recordOf } from '../result/target-and-plan-records.ts'
import { compiled, readVersion } from '../base/package-root.ts'
import { dropSecrets } from '../target/secret-scan.ts'
import type { DocumentRow, RunResult } from '../types/index.ts'
import { secretsOf, type Target } from '../target/target-and-keys.ts'
import { judgeSession } from './judge-live-cases.ts'
import { runPreflights, type PreflightAccount } from '../evidence/preflights.ts'
import type { Case } from '../plan/plan.ts'
import { createSession, type RunSpec } from './session.ts'
import { startHere } from './judge-in-this-process.ts'
import { startWorker, type Judging } from './start-judging-process.ts'
import { createRedactor } from '../target/redact.ts'

export interface TargetRunOptions {
  readonly targets: readonly Target[]
  readonly selection: RunSpec['selection']
  readonly out: string
  readonly attempts: number
  readonly seed?: string
  readonly shard?: readonly [part: number, of: number]
  /** Continue what the folder's journal began. */
  readonly resume?: boolean
  readonly documents: readonly DocumentRow[]
  /** Expected failures. */
  readonly baseline?: Baseline
  readonly signal?: AbortSignal
  /** Called before anything is asked, with the journal's file. */
  readonly before?: (journal: string) => Promise<void>
  /** Milliseconds for the whole run, waiting for rate limits included. */
  readonly limitMs?: number
  /** The cases of each target, where they are planned already. */
  readonly planned?: readonly (readonly Case[])[]
  /**
   * Judge in this process: for checks, contracts and a provider of our own. Whatever is foreign runs in a worker,
   * which can be ended when it never comes back.
   */
  readonly isOwn?: boolean
}

/** A run ends within a day, whatever it is told. */
const LONGEST_RUN_MS = 24 * 60 * 60 * 1000

/** How long the worker gets to stop after an interruption. */
const STOPPING_MS = 1_500

export async function runTargets(options: TargetRunOptions): Promise<AssembledResult> {
  const { selection, out, attempts } = options
  const id = `${new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '')}-${randomBytes(3).toString('hex')}`
  const journalFile = resolveInside(out, JOURNAL)
  resolveInside(out, 'evidence')
  const earlier = options.resume === true ? readJournal(journalFile) : []
  if (options.resume !== true) prepareFolder(out)
  else if (earlier.length === 0) {
    throw new UsageError(`${out} holds no run to continue; leave out --resume, or name its folder`)
  } else checkContinued(out, earlier, options)
  const redactor = createRedactor(options.targets.flatMap(secretsOf))
  const journal = openJournal(journalFile, redactor)
  const startedAt = new Date().toISOString()
  // A continued run asks with the words that it began with.
  const seed = options.seed ?? earlier.find((entry) => entry.kind === 'start')?.run.id ?? id
  const fixtures = options.targets.some(needsFixtures)
    ? await serveFixtures(createRandom(seed))
    : undefined
  const targets = options.targets.map((target) => equipTarget(target, fixtures))
  journal.write({
    kind: 'start',
    suite: readSuiteVersion(),
    run: {
      id,
      startedAt,
      finishedAt: startedAt,
      complete: false,
      ...(options.shard === undefined ? {} : { shard: options.shard }),
      runner: { node: process.versions.node, platform: `${process.platform}-${process.arch}` },
    },
    targets: targets.map(recordOf),
    contracts: recordOwnContracts(targets),
    specs: targets.map(dropSecrets),
    selection,
  })
  journal.write({ kind: 'documents', rows: options.documents })
  if (options.baseline !== undefined) journal.write({ kind: 'baseline', ...options.baseline })
  await options.before?.(journalFile)
  const interrupted = (why: string): JournalEntry => ({
    kind: 'interrupted',
    why,
    at: new Date().toISOString(),
  })
  const limitMs = Math.min(options.limitMs ?? LONGEST_RUN_MS, LONGEST_RUN_MS)
  const stopping = new AbortController()
  let why = 'the run was interrupted'
  const stop = (): void => stopping.abort()
  const timer = setTimeout(() => {
    why = `the whole run took longer than ${limitMs / 1000} s, its limit (--max-time)`
    stop()
  }, limitMs)
  if (options.signal?.aborted === true) stop()
  else options.signal?.addEventListener('abort', stop, { once: true })
  try {
    const preflights = await runPreflights(targets, stopping.signal)
    const notes = describeObstacles(preflights)
    for (const [target, note] of notes) journal.write({ kind: 'gone', target, note })
    const spec: RunSpec = {
      id,
      targets,
      selection,
      out,
      seed,
      attempts,
      preflights,
      ...(options.shard === undefined ? {} : { shard: options.shard }),
      ...(options.resume === undefined ? {} : { resume: options.resume }),
    }
    const death = await judge(spec, options, stopping.signal, () => journal.write(interrupted(why)))
    if (death !== undefined) {
      // The last line of the dead may be half a line: whoever opens the journal ends it.
      const again = openJournal(journalFile, redactor)
      again.write(interrupted(death))
      again.close()
    }
    journal.write({ kind: 'end', finishedAt: new Date().toISOString() })
  } finally {
    clearTimeout(timer)
    options.signal?.removeEventListener('abort', stop)
    journal.close()
    await fixtures?.close()
  }
  const entries = readOwnJournal(journalFile)
  if (entries.length === 0) {
    throw new UsageError(`${out} was removed or emptied while the run wrote into it; run again`)
  }
  return assembleResult(entries, loadContracts())
}

/** Of each target that cannot be asked: its id, and a sentence with what to do. */
function describeObstacles(
  preflights: Readonly<Record<string, PreflightAccount>>,
): readonly (readonly [target: string, note: string])[] {
  return Object.entries(preflights).flatMap(([target, { obstacle }]) =>
    obstacle === undefined ? [] : [[target, `nothing of ${target} was judged: ${obstacle.note}`]],
  )
}

/** Throws a `UsageError` that names the first thing in which a run is not the one that the journal began. */
function checkContinued(
  out: string,
  earlier: readonly JournalEntry[],
  { targets, selection }: TargetRunOptions,
): void {
  const start = earlier.find((entry) => entry.kind === 'start')
  if (start === undefined) {
    throw new UsageError(`${out}: its journal has no beginning; leave out --resume`)
  }
  const of = (all: readonly Target[]): readonly (readonly [string, unknown])[] => [
    ['targets', all.map(({ id }) => id)],
    ['base URL', all.map(({ baseUrl, contract }) => (contract === 'reference' ? '' : baseUrl))],
    ['contract', all.map(({ contract }) => contract ?? 'none')],
    ['model', all.map(({ models }) => models)],
  ]
  const now = [...of(targets), ['selection', selection], ['version', readVersion()]] as const
  const before = [
    ...of(start.specs),
    ['selection', start.selection],
    ['version', start.suite.version],
  ] as const
  const at = now.findIndex(
    ([, value], index) => !isDeepStrictEqual(plain(value), plain(before[index]![1])),
  )
  if (at < 0) return
  const [name, value] = now[at]!
  const said = (what: unknown): string => JSON.stringify(what)
  throw new UsageError(
    `${out} was begun with another ${name}: ${said(before[at]![1])}, and not ${said(value)}; give what it was begun with, or another folder with --out`,
  )
}

/** As a journal gives it back. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}

function needsFixtures({ fixtures, baseUrl }: Target): boolean {
  return fixtures === undefined && isLoopback(baseUrl)
}

/** A provider on this machine can fetch the fixtures that the run itself serves. */
export function equipTarget(target: Target, server: FixtureServer | undefined): Target {
  if (server === undefined || !needsFixtures(target)) return target
  const { image, pdf } = server
  return { ...target, fixtures: { image, pdf }, has: [...target.has, 'fixture-url'] }
}

/** How the process that asks and judges died, if it did. */
async function judge(
  spec: RunSpec,
  { planned, isOwn }: Pick<TargetRunOptions, 'planned' | 'isOwn'>,
  signal: AbortSignal,
  onStop: () => void,
): Promise<string | undefined> {
  // A worker would inherit variables and the folder of the process.
  const judging = isInherited(getEnvironment())
    ? isOwn === true && planned !== undefined && compiled
      ? await startHere(spec, planned)
      : await startWorker(spec)
    : await judgeHere(spec, planned)
  let giveUp: (() => void) | undefined
  const stopped = new Promise<void>((resolve) => (giveUp = resolve))
  const stop = (): void => {
    judging.stop()
    // On a full disk nothing more can be said here; the worker stops all the same.
    try {
      onStop()
    } catch {}
    setTimeout(() => giveUp?.(), STOPPING_MS).unref()
  }
  if (signal.aborted) stop()
  else signal.addEventListener('abort', stop, { once: true })
  try {
    await Promise.race([judging.done, stopped])
    if (signal.aborted) return undefined
    const cause = judging.causeOfDeath()
    if (cause !== undefined) return `the process that asks and judges died: ${cause}`
    judging.throwIfBroken()
    return undefined
  } finally {
    signal.removeEventListener('abort', stop)
    await judging.close()
  }
}

async function judgeHere(
  spec: RunSpec,
  planned: readonly (readonly Case[])[] | undefined,
): Promise<Judging> {
  const stop = new AbortController()
  const session = await createSession(spec, stop, planned)
  const done = judgeSession(session)
  return {
    done,
    stop: () => stop.abort(new Error('the run was stopped')),
    causeOfDeath: () => undefined,
    throwIfBroken: () => undefined,
    async close() {
      await done
      await session.close()
    },
  }
}

/**
 * A folder for the results: new, empty, or one that a run of ours filled. Only files of ours are
 * removed from it, and a folder with anybody else's files is refused.
 */
export function prepareFolder(out: string): void {
  // It is printed, and a line of what a job prints can be a command.
  if (/\p{C}/u.test(out)) {
    throw new UsageError('The folder of --out has control or invisible characters in its name')
  }
  mkdirSync(out, { recursive: true })
  const present = readdirSync(out)
  if (present.length > 0 && !present.includes(JOURNAL)) {
    throw new UsageError(
      `${out} holds files that no run of ours wrote; choose an empty or a new folder with --out`,
    )
  }
  // At once: from here on the folder is ours, however soon the run may end.
  writeFileSync(resolveInside(out, JOURNAL), '')
  rmSync(join(out, 'evidence'), { recursive: true, force: true })
}

export function readSuiteVersion(): RunResult['suite'] {
  return { name: 'responses-conformance', version: readVersion() }
}

/** Writes a result's files; names are relative to the folder, and never lead out of it. */
export function writeFiles(
  out: string,
  files: Readonly<Record<string, string>>,
): readonly string[] {
  return Object.entries(files).map(([name, text]) => {
    const file = resolveInside(out, name)
    mkdirSync(join(file, '..'), { recursive: true })
    writeFileSync(file, text)
    return file
  })
}

export type { RunResult }
