// What a call of the command takes from its surroundings. A process has one of them; several calls in
// one process have one each, and none sees what another writes, sets or loads.

import { AsyncLocalStorage } from 'node:async_hooks'
import { resolve } from 'node:path'

/** Where text goes. `columns`, `rows` and `isTTY` say what kind of terminal it is, if it is one. */
export interface Output {
  write(text: string): unknown
  readonly isTTY?: boolean
  readonly columns?: number
  readonly rows?: number
}

export interface Environment {
  readonly stdout: Output
  readonly stderr: Output
  /** Variables by name. Keys come from here, and `.env` adds to it. */
  readonly env: Record<string, string | undefined>
  /** Absolute; paths that the user gives are relative to it. */
  readonly cwd: string
  /** From its call on somebody who wants the command to stop aborts this signal instead of ending the process. */
  listenForStop(): AbortSignal
}

/** The process's own, for the programming interface and for workers: nobody stops these by a signal. */
const ofProcess: Environment = {
  get stdout() {
    return process.stdout
  },
  get stderr() {
    return process.stderr
  },
  get env() {
    return process.env
  },
  get cwd() {
    return process.cwd()
  },
  listenForStop: () => new AbortController().signal,
}

const current = new AsyncLocalStorage<Environment>()

/** The environment of the call that is being executed; the process's outside of any call. */
export function getEnvironment(): Environment {
  return current.getStore() ?? ofProcess
}

/** The value of a variable that somebody named, who may name what is no variable: `__proto__`. */
export function readVariable(name: string): string | undefined {
  const { env } = getEnvironment()
  return Object.hasOwn(env, name) ? env[name] : undefined
}

/** Everything that `call` does, also later, sees this environment. */
export function withEnvironment<T>(environment: Environment, call: () => T): T {
  return current.run(environment, call)
}

/** Whether a worker, which inherits variables and folder from the process, has this environment. */
export function isInherited({ env, cwd }: Environment): boolean {
  return env === process.env && cwd === process.cwd()
}

/** A path as the user wrote it → an absolute one. */
export function resolvePath(path: string): string {
  return resolve(getEnvironment().cwd, path)
}
