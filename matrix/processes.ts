// Programs of others in process groups of their own, so that stopping one stops whatever it started.

import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { UsageError } from '../src/base/errors.ts'

export interface Running {
  readonly pid: number
  /** Resolves with the exit code, or null for a signal. */
  readonly ended: Promise<number | null>
  hasEnded(): boolean
  /** The last lines that it wrote. */
  tail(): string
  stop(): Promise<void>
}

export interface Program {
  readonly argv: readonly string[]
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
  /** Folders that are searched for programs before those of the PATH. */
  readonly path?: readonly string[]
  /** Where its output goes. */
  readonly log: string
}

const GRACE_MS = 5_000

const SECRET_NAMES = /key|token|secret|password|credential|auth|^(openai|anthropic|npm_config)_/i

/** The environment is handed on without whatever may hold a key: what is started is a stranger's. */
export function startProgram({ argv, cwd, env = {}, path = [], log }: Program): Running {
  const [program = '', ...args] = argv
  const output = openSync(log, 'a')
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !SECRET_NAMES.test(name)),
  )
  const own = [join(cwd, 'v', 'bin'), join(cwd, 'node_modules', '.bin')]
  const child = spawn(program, args, {
    cwd,
    detached: true,
    stdio: ['ignore', output, output],
    env: {
      ...inherited,
      PATH: [...own, ...path, process.env['PATH'] ?? ''].join(delimiter),
      HOME: cwd,
      CI: '1',
      ...env,
    },
  })
  closeSync(output)
  return follow(child, program, log)
}

function follow(child: ChildProcess, program: string, log: string): Running {
  let over = false
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', () => {
      over = true
      reject(new UsageError(`${program} cannot be started; is it installed?`))
    })
    child.once('exit', (code) => {
      over = true
      resolve(code)
    })
  })
  ended.catch(() => {})
  const group = -(child.pid ?? 0)
  return {
    pid: child.pid ?? 0,
    ended,
    hasEnded: () => over,
    tail: () => readFileSync(log, 'utf8').trimEnd().split('\n').slice(-3).join(' ').slice(-400),
    async stop() {
      if (group === 0) return
      signal(group, 'SIGTERM')
      const deadline = Date.now() + GRACE_MS
      // What the program started lives on in its group, whatever became of the program itself.
      while (Date.now() < deadline && isAlive(group)) await pause(50)
      signal(group, 'SIGKILL')
      await ended.catch(() => {})
    },
  }
}

function signal(group: number, name: NodeJS.Signals): void {
  try {
    process.kill(group, name)
  } catch {
    // It has ended.
  }
}

function isAlive(group: number): boolean {
  try {
    process.kill(group, 0)
    return true
  } catch {
    return false
  }
}
