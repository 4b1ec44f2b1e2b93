// Runs the driver of a real client in a process and folder of its own. A client may throw, hang, loop or spawn, so its
// whole process group is killed when its time is over. A driver that breaks the protocol accuses no client.

import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getEnvironment } from '../base/current-environment.ts'
import type { Json } from '../types/index.ts'
import { scenariosFile, type ClientManifest } from './client-folders.ts'
import { readAnswer, readHello, type DriverHello, type ToldError } from './driver-messages.ts'

/** How a driver broke the protocol. */
export type DriverFault =
  /** Its command cannot be run, or it says itself that its client is not there. */
  | 'not-installed'
  /** It ended before its hello. */
  | 'died'
  /** It said no hello in time. */
  | 'silent'
  /** A line that is no message of the protocol. */
  | 'noise'
  /** An answer to what was not asked: another id, a second answer, or one before the question. */
  | 'wrong-id'
  /** More than a line may have. */
  | 'flood'

/** The driver is wrong, not the client. */
export class DriverError extends Error {
  override readonly name = 'DriverError'
  readonly fault: DriverFault

  constructor(fault: DriverFault, message: string) {
    super(message)
    this.fault = fault
  }
}

/** What came of one scenario. */
export type FlowResult =
  | { readonly value: Json }
  /** It threw, or its process ended: `name` is then `Exit`. */
  | { readonly error: ToldError }
  /** No end within the limit. */
  | { readonly hung: true }
  /** The driver cannot do this. */
  | { readonly skipped: string }
  /** Nothing is known of the client. */
  | { readonly broken: DriverError }

export interface DriverQuestion {
  readonly scenario: string
  readonly baseUrl: string
  readonly model: string
  readonly limitMs: number
}

export interface DriverProcess {
  readonly hello: DriverHello
  /** One at a time. */
  ask(question: DriverQuestion): Promise<FlowResult>
  /** Whether it can be asked again. */
  isFit(): boolean
  /** Closes its input, or says `end`: its exit code; undefined where it went on and was killed. */
  finish(how: 'close' | 'say', ms: number): Promise<number | undefined>
  /** Kills it and its children, and removes its folder. */
  kill(): void
}

export interface ClientOptions {
  /** Passed by environment, never written. */
  readonly key: string
  readonly model: string
  /** The endpoint is ours: commands that it asks for need no sandbox. */
  readonly trusted?: boolean
  /** For the hello; half a minute unless given. */
  readonly startMs?: number
}

const STARTING_MS = 30_000
const MOST_LINE_BYTES = 1024 * 1024
const KEPT_COMPLAINT = 3_000
/** Nothing listens there. */
const NOWHERE = 'http://127.0.0.1:9'
/** What a driver says by its exit code. */
const NOT_INSTALLED = 3

type Heard =
  | { readonly line: string }
  | { readonly ended: string }
  | { readonly fault: DriverError }

/** Starts one process. Throws a `DriverError` when it does not come to its hello. */
export async function startDriver(
  { command: [program, ...rest], folder }: ClientManifest,
  { key, model, trusted, startMs = STARTING_MS }: ClientOptions,
): Promise<DriverProcess> {
  const home = mkdtempSync(join(tmpdir(), 'responses-conformance-client-'))
  const child = spawn(program === 'node' ? process.execPath : program!, rest, {
    cwd: folder,
    detached: true,
    env: {
      PATH: getEnvironment().env['PATH'],
      HOME: home,
      TMPDIR: home,
      HTTP_PROXY: NOWHERE,
      HTTPS_PROXY: NOWHERE,
      NO_PROXY: '127.0.0.1,localhost',
      DO_NOT_TRACK: '1',
      CLIENT_API_KEY: key,
      CLIENT_MODEL: model,
      CLIENT_SCENARIOS: scenariosFile,
      ...(trusted === true ? { CLIENT_TRUSTED: '1' } : {}),
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let complaint = ''
  let isOver = false
  /** What came while nobody listened, and its characters. */
  const missed: Heard[] = []
  let unheard = 0
  let listener: ((heard: Heard) => void) | undefined

  function tell(heard: Heard): void {
    if ('fault' in heard) kill()
    if (listener !== undefined) return listener(heard)
    missed.push(heard)
    unheard += 'line' in heard ? heard.line.length + 1 : 0
    if (unheard <= MOST_LINE_BYTES || isOver) return
    missed.length = 0
    tell({
      fault: new DriverError('flood', `it wrote ${unheard} characters that nobody asked for`),
    })
  }

  function killGroup(): void {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
    } catch {
      // It is gone already.
    }
  }

  function kill(): void {
    isOver = true
    killGroup()
    try {
      rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 })
    } catch {
      // What it locked stays in the system's temporary folder.
    }
  }

  child.stderr.on('data', (chunk: Buffer) => {
    complaint = `${complaint}${chunk.toString('utf8')}`.slice(-KEPT_COMPLAINT)
  })
  // It may be gone when something is written to it.
  child.stdin.on('error', () => undefined)
  hearLines(child.stdout, tell, () => !isOver)
  const exit = new Promise<number | undefined>((resolve) => {
    child.on('error', ({ message }) => {
      isOver = true
      tell({ fault: new DriverError('not-installed', `it cannot be run: ${message}`) })
      resolve(undefined)
    })
    // Programs that it started would keep its output open.
    child.on('exit', killGroup)
    child.on('close', (code, signal) => {
      isOver = true
      const how = code === null ? `by ${signal ?? 'a signal'}` : `with exit code ${code}`
      const said = complaint.trim()
      const what = `it ended ${how}${said === '' ? '' : `: ${said}`}`
      tell(
        code === NOT_INSTALLED
          ? { fault: new DriverError('not-installed', what) }
          : { ended: what },
      )
      resolve(code ?? undefined)
    })
  })

  /** The next thing that is heard, within a time. */
  function next(ms: number): Promise<Heard | undefined> {
    const early = missed.shift()
    if (early !== undefined) return Promise.resolve(early)
    return new Promise((resolve) => {
      const done = (heard?: Heard): void => {
        clearTimeout(timer)
        listener = undefined
        resolve(heard)
      }
      const timer = setTimeout(done, ms)
      listener = done
    })
  }

  async function begin(): Promise<DriverHello> {
    const heard = await next(startMs)
    if (heard === undefined) {
      throw new DriverError('silent', `it said no hello in ${startMs / 1000} s: ${complaint}`)
    }
    if ('fault' in heard) throw heard.fault
    if ('ended' in heard) throw new DriverError('died', heard.ended)
    const read = readHello(heard.line)
    if (typeof read !== 'string') return read
    throw new DriverError('noise', `its first line is wrong, ${read}: ${heard.line.slice(0, 200)}`)
  }

  let hello: DriverHello
  try {
    hello = await begin()
  } catch (error) {
    kill()
    throw error
  }
  let asked = 0

  async function ask({
    scenario,
    baseUrl,
    model: named,
    limitMs,
  }: DriverQuestion): Promise<FlowResult> {
    const fail = (fault: DriverFault, message: string): FlowResult => {
      kill()
      return { broken: new DriverError(fault, message) }
    }
    const early = missed.shift()
    if (early !== undefined) {
      if ('fault' in early) return { broken: early.fault }
      if ('ended' in early) return { broken: new DriverError('died', `unasked ${early.ended}`) }
      return fail('wrong-id', `it spoke unasked: ${early.line.slice(0, 200)}`)
    }
    const id = ++asked
    child.stdin.write(`${JSON.stringify({ id, scenario, base_url: baseUrl, model: named })}\n`)
    const heard = await next(limitMs)
    if (heard === undefined) {
      kill()
      return { hung: true }
    }
    if ('fault' in heard) return { broken: heard.fault }
    if ('ended' in heard) return { error: { name: 'Exit', message: heard.ended } }
    const answer = readAnswer(heard.line)
    if (typeof answer === 'string') {
      return fail('noise', `it wrote a line that is wrong, ${answer}: ${heard.line.slice(0, 200)}`)
    }
    if (answer.id !== id) return fail('wrong-id', `it answered ${answer.id}, and was asked ${id}`)
    const { told } = answer
    if ('error' in told && told.error.name === 'Uncaught') kill()
    return told
  }

  return {
    hello,
    ask,
    isFit: () => !isOver,
    async finish(how, ms) {
      if (how === 'say') child.stdin.write(`${JSON.stringify({ id: ++asked, end: true })}\n`)
      else child.stdin.end()
      const timer = setTimeout(kill, ms)
      const code = await exit
      clearTimeout(timer)
      kill()
      return code
    },
    kill,
  }
}

/** Cuts what comes into lines; a line without an end is a flood. */
function hearLines(
  stream: NodeJS.ReadableStream,
  tell: (heard: Heard) => void,
  isHeard: () => boolean,
): void {
  let rest = ''
  stream.setEncoding('utf8')
  stream.on('data', (chunk: string) => {
    if (!isHeard()) return
    const lines = `${rest}${chunk}`.split('\n')
    rest = lines.pop()!
    for (const line of lines) {
      if (line.trim() !== '' && isHeard()) tell({ line })
    }
    if (rest.length <= MOST_LINE_BYTES) return
    const message = `it wrote more than ${MOST_LINE_BYTES} bytes in one line`
    tell({ fault: new DriverError('flood', message) })
  })
}
