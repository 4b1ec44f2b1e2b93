// Runs the cases of targets in a worker and writes a result folder: the main thread of a run.

import { randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { BroadcastChannel } from 'node:worker_threads'
import { assembleResult, type AssembledResult } from '../result/from-journal.ts'
import { loadContracts } from '../contract/file/load.ts'
import { getEnvironment, isInherited } from '../base/environment.ts'
import { UsageError } from '../base/errors.ts'
import { isLoopback, serveFixtures, type FixtureServer } from '../request/serve-fixtures.ts'
import { createRandom } from '../request/builder.ts'
import { JOURNAL, openJournal, readJournal } from '../evidence/journal.ts'
import { recordOwnContracts, recordOf } from '../result/records.ts'
import { readVersion } from '../base/package-root.ts'
import { dropSecrets } from '../target/secret-scan.ts'
import type { DocumentRow, RunResult } from '../types/index.ts'
import { secretsOf, type Target } from '../target/target.ts'
import { judgeSession } from './judge-session.ts'
import { channelNameOf, createSession, type RunSpec } from './session.ts'
import { startWorker, type Judging } from './worker.ts'
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
  readonly signal?: AbortSignal
}

/** How long the worker gets to stop after an interruption. */
const STOPPING_MS = 1_500

export async function runTargets(options: TargetRunOptions): Promise<AssembledResult> {
  const { selection, out, attempts } = options
  const id = `${new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '')}-${randomBytes(3).toString('hex')}`
  const journalFile = join(out, JOURNAL)
  const earlier = options.resume === true ? readJournal(journalFile) : []
  if (options.resume !== true) prepareFolder(out)
  else if (earlier.length === 0) {
    throw new UsageError(`${out} holds no run to continue; leave out --resume, or name its folder`)
  }
  const journal = openJournal(journalFile, createRedactor(options.targets.flatMap(secretsOf)))
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
  const spec: RunSpec = {
    id,
    targets,
    selection,
    out,
    seed,
    attempts,
    bundled: true,
    ...(options.shard === undefined ? {} : { shard: options.shard }),
    ...(options.resume === undefined ? {} : { resume: options.resume }),
  }
  const onStop = (): void =>
    journal.write({
      kind: 'interrupted',
      why: 'the run was interrupted',
      at: new Date().toISOString(),
    })
  try {
    await judge(spec, options.signal, onStop)
    journal.write({ kind: 'end', finishedAt: new Date().toISOString() })
  } finally {
    journal.close()
    await fixtures?.close()
  }
  return assembleResult(readJournal(journalFile), loadContracts())
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

async function judge(
  spec: RunSpec,
  signal: AbortSignal | undefined,
  onStop: () => void,
): Promise<void> {
  const judging = isInherited(getEnvironment()) ? await startWorker(spec) : await judgeHere(spec)
  const channel = new BroadcastChannel(channelNameOf(spec))
  channel.unref()
  let giveUp: (() => void) | undefined
  const stopped = new Promise<void>((resolve) => (giveUp = resolve))
  const stop = (): void => {
    onStop()
    channel.postMessage('stop')
    setTimeout(() => giveUp?.(), STOPPING_MS).unref()
  }
  if (signal?.aborted === true) stop()
  else signal?.addEventListener('abort', stop, { once: true })
  try {
    await Promise.race([judging.done, stopped])
    if (signal?.aborted !== true) judging.throwIfBroken()
  } finally {
    signal?.removeEventListener('abort', stop)
    channel.close()
    await judging.close()
  }
}

/** In this thread: a worker would inherit variables and the folder of the process. */
async function judgeHere(spec: RunSpec): Promise<Judging> {
  const session = await createSession(spec)
  const done = judgeSession(session)
  return {
    done,
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
  mkdirSync(out, { recursive: true })
  const present = readdirSync(out)
  if (present.length > 0 && !present.includes(JOURNAL)) {
    throw new UsageError(
      `${out} holds files that no run of ours wrote; choose an empty or a new folder with --out`,
    )
  }
  // At once: from here on the folder is ours, however soon the run may end.
  writeFileSync(join(out, JOURNAL), '')
  rmSync(join(out, 'evidence'), { recursive: true, force: true })
}

export function readSuiteVersion(): RunResult['suite'] {
  return { name: 'responses-conformance', version: readVersion() }
}

/** Writes a result's files; names are relative to the folder. */
export function writeFiles(
  out: string,
  files: Readonly<Record<string, string>>,
): readonly string[] {
  return Object.entries(files).map(([name, text]) => {
    const file = join(out, name)
    mkdirSync(join(file, '..'), { recursive: true })
    writeFileSync(file, text)
    return file
  })
}

export type { RunResult }
