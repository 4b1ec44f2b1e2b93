// The worker that judges: one process of vitest with every suite in it, apart from whoever starts it, so
// that a check that never comes back can be left behind, and what a provider makes of its memory is not
// the end of the command.

import { EventEmitter } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { createVitest, type PoolRunnerInitializer, type PoolWorker, type Vitest } from 'vitest/node'
import { HarnessError } from '../base/errors.ts'
import { codeRoot, compiled } from '../base/package-root.ts'
import type { Case } from '../plan/plan.ts'
import { createSession, shareSession, type RunSpec } from './session.ts'

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

/**
 * Judges in a process of its own; where cases are `planned` and all of it is ours, in this one. Modules
 * that are not compiled are not shared with the runner, and always get a process.
 */
export async function startWorker(
  spec: RunSpec,
  planned?: readonly (readonly Case[])[],
): Promise<Judging> {
  if (living++ === 0) environment = { ...process.env }
  const here = planned !== undefined && compiled ? new AbortController() : undefined
  const session = here === undefined ? undefined : createSession(spec, here, planned)
  if (session !== undefined) shareSession(spec.id, session)
  // Whoever opens it hears of it.
  session?.catch(() => undefined)
  const cacheDir = mkdtempSync(join(tmpdir(), 'responses-conformance-'))
  const stopFile = join(cacheDir, 'stop')
  const pidFile = join(cacheDir, 'pid')
  const last = keepLastWords()
  const starting = before.then(() =>
    here === undefined
      ? createRunner({ ...spec, stopFile, pidFile }, 'forks', cacheDir, last.stream)
      : createRunner(spec, createSameProcessPool(), cacheDir, last.stream),
  )
  before = starting.catch(() => undefined)
  const close = async (vitest?: Vitest): Promise<void> => {
    const isClosed = await Promise.race([
      vitest?.close().then(() => true) ?? true,
      new Promise<false>((resolve) => setTimeout(() => resolve(false), CLOSING_MS).unref()),
    ])
    // It is in a loop of its own, and hears no word.
    if (!isClosed) kill(pidFile)
    await (await session)?.close()
    rmSync(cacheDir, { recursive: true, force: true })
    if (--living === 0) restoreEnvironment()
  }
  try {
    const vitest = await starting
    return {
      done: vitest.start(),
      stop: () => {
        if (here === undefined) writeFileSync(stopFile, '')
        else here.abort(new Error('the run was stopped'))
      },
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

async function createRunner(
  spec: RunSpec,
  pool: 'forks' | PoolRunnerInitializer,
  cacheDir: string,
  output: Writable,
): Promise<Vitest> {
  const listeners = new Map(SIGNALS.map((name) => [name, process.listeners(name)]))
  const vitest = await createVitest(
    'test',
    {
      config: false,
      watch: false,
      root: codeRoot,
      include: [`src/vitest/all.${compiled ? 'js' : 'ts'}`],
      exclude: [],
      pool,
      disableConsoleIntercept: pool !== 'forks',
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

/**
 * A pool of vitest without a process or thread of its own: tests run where the command runs, so that suites
 * and contracts are loaded and cases are planned once. Only for checks, contracts and a provider of our
 * own: nothing can end a test here that never comes back.
 */
function createSameProcessPool(): PoolRunnerInitializer {
  return { name: 'same-process', createPoolWorker: createWorker }
}

function createWorker(): PoolWorker {
  const toRunner = new EventEmitter()
  const toTests = new EventEmitter()
  const { exit } = process
  let isStarted = false
  // As through a port: a copy that arrives after the call.
  const post = (to: EventEmitter, message: unknown): void => {
    const copy: unknown = structuredClone(message)
    setImmediate(() => to.emit('message', copy))
  }
  return {
    name: 'same-process',
    on: (event, callback) => void toRunner.on(event, callback),
    off: (event, callback) => void toRunner.off(event, callback),
    send: (message) => post(toTests, message),
    deserialize: (data) => data,
    async start() {
      if (isStarted) return
      isStarted = true
      const { init, runBaseTests, setupEnvironment } = await import('vitest/worker')
      init({
        post: (response) => post(toRunner, response),
        on: (callback) => void toTests.on('message', callback),
        off: (callback) => void toTests.off('message', callback),
        teardown: () => void toTests.removeAllListeners(),
        runTests: (state, traces) => runBaseTests('run', state, traces),
        collectTests: (state, traces) => runBaseTests('collect', state, traces),
        setup: setupEnvironment,
      })
    },
    async stop() {
      toTests.removeAllListeners()
      // vitest puts one that throws in its place.
      process.exit = exit
    },
  }
}
