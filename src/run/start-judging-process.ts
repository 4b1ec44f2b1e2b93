// The worker that judges: one process of vitest with every suite in it, apart from whoever starts it, so
// that a check that never comes back can be left behind, and what a provider makes of its memory is not
// the end of the command.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import type { Vitest } from 'vitest/node'
import { HarnessError } from '../base/errors.ts'
import { codeRoot, compiled } from '../base/package-root.ts'
import type { RunSpec } from './session.ts'

/** A session that is being judged. */
export interface Judging {
  /** Settles when everything is judged, or nobody is there to judge. */
  readonly done: Promise<unknown>
  /** No request is sent from now on. */
  stop(): void
  /** How the process that judges died, if it did. */
  causeOfDeath(): string | undefined
  /** Throws a `HarnessError` for what no journal holds: a suite that could not be loaded. */
  throwIfBroken(): void
  close(): Promise<void>
}

/** vitest's own handlers would end the process before anything is written down. */
const SIGNALS = ['SIGINT', 'SIGTERM'] as const

/** How long a worker that is still busy is waited for: it must not keep a finished command alive. */
const CLOSING_MS = 2_000

/** What vitest sets in the process while a worker lives; the names are the runner's business alone. */
let environment: NodeJS.ProcessEnv = {}
let living = 0
/** The last start: what one adds to the process must not be taken for what another adds. */
let before: Promise<unknown> = Promise.resolve()

export async function startWorker(spec: RunSpec): Promise<Judging> {
  if (living++ === 0) environment = { ...process.env }
  const cacheDir = mkdtempSync(join(tmpdir(), 'responses-conformance-'))
  const stopFile = join(cacheDir, 'stop')
  const pidFile = join(cacheDir, 'pid')
  const last = keepLastWords()
  const starting = before.then(() =>
    createRunner({ ...spec, stopFile, pidFile }, cacheDir, last.stream),
  )
  before = starting.catch(() => undefined)
  const close = async (vitest?: Vitest): Promise<void> => {
    const isClosed = await Promise.race([
      vitest?.close().then(() => true) ?? true,
      new Promise<false>((resolve) => setTimeout(() => resolve(false), CLOSING_MS).unref()),
    ])
    // It is in a loop of its own, and hears no word.
    if (!isClosed) kill(pidFile)
    rmSync(cacheDir, { recursive: true, force: true })
    if (--living === 0) restoreEnvironment()
  }
  try {
    const vitest = await starting
    return {
      done: vitest.start(),
      stop: () => writeFileSync(stopFile, ''),
      causeOfDeath: () => (isDead(vitest) ? last.cause() : undefined),
      throwIfBroken: () => throwIfBroken(vitest),
      close: () => close(vitest),
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** Ends the process whose number is in a file; there is none where it never began to judge. */
function kill(pidFile: string): void {
  try {
    const pid = Number(readFileSync(pidFile, 'utf8'))
    // 0 would be this process and all that it started.
    if (Number.isInteger(pid) && pid > 1) process.kill(pid, 'SIGKILL')
  } catch {
    // It is gone already.
  }
}

async function createRunner(spec: RunSpec, cacheDir: string, output: Writable): Promise<Vitest> {
  const listeners = new Map(SIGNALS.map((name) => [name, process.listeners(name)]))
  // It brings a server for modules with it, which a run that needs no worker does without.
  const { createVitest } = await import('vitest/node')
  const vitest = await createVitest(
    'test',
    {
      config: false,
      watch: false,
      root: codeRoot,
      include: [`src/vitest/all.${compiled ? 'js' : 'ts'}`],
      exclude: [],
      pool: 'forks',
      isolate: false,
      maxWorkers: 1,
      sequence: { concurrent: true },
      maxConcurrency: 1_000_000,
      testTimeout: 0,
      hookTimeout: 0,
      teardownTimeout: 2_000,
      reporters: [{}],
      // What is JavaScript already needs no transformation: node loads it, in half the time.
      ...(compiled ? { server: { deps: { external: [/\/(src|suites)\/.*\.js$/] } } } : {}),
      provide: { run: spec },
    },
    {
      configFile: false,
      envDir: false,
      css: { postcss: {} },
      logLevel: 'error',
      cacheDir,
    } as Parameters<typeof createVitest>[2],
    // What a dying process writes is for us to read, not for the terminal.
    { stdout: output, stderr: output },
  )
  for (const name of SIGNALS) {
    for (const listener of process.listeners(name)) {
      if (listeners.get(name)?.includes(listener) !== true) process.off(name, listener)
    }
  }
  return vitest
}

function restoreEnvironment(): void {
  for (const name of Object.keys(process.env)) {
    if (environment[name] === undefined) delete process.env[name]
    else process.env[name] = environment[name]
  }
}

function isDead(vitest: Vitest): boolean {
  const errors = vitest.state.getUnhandledErrors() as readonly Error[]
  return errors.some(
    ({ message, cause }) => /^\[vitest-pool\]|^Worker exited/.test(message) || isExit(cause),
  )
}

function isExit(cause: unknown): boolean {
  return cause instanceof Error && /Worker exited/.test(cause.message)
}

/** Keeps the end of what is written to it. */
function keepLastWords(): { readonly stream: Writable; cause(): string } {
  let text = ''
  const stream = new Writable({
    write(chunk: Buffer, _, done) {
      text = (text + chunk.toString('latin1')).slice(-8_192)
      done()
    },
  })
  return {
    stream,
    cause: () =>
      /heap out of memory|Allocation failed/.test(text)
        ? 'it ran out of memory'
        : 'it was ended from outside, or crashed',
  }
}

/** A suite that could not be loaded, or an error outside any test, is a fault of ours. */
function throwIfBroken(vitest: Vitest): void {
  const broken = vitest.state.getUnhandledErrors()[0] as Error | undefined
  const unloaded = vitest.state.getFiles().flatMap(({ result }) => result?.errors ?? [])[0]
  if (broken !== undefined) throw new HarnessError(broken.stack ?? broken.message)
  if (unloaded !== undefined) throw new HarnessError(unloaded.stack ?? unloaded.message)
}
