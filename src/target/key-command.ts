// Keys that a command prints: tokens that expire, from a vault or a cloud's tool.

import { spawnSync } from 'node:child_process'
import { getEnvironment } from '../base/current-environment.ts'
import { UsageError } from '../base/errors.ts'

/** The variable under which such a key is known from then on. */
export const PRINTED_KEY_ENV = 'RESPONSES_CONFORMANCE_PRINTED_KEY'

/** How long a command may take to print a key. */
const LIMIT_MS = 60_000

/** Every key that was printed, by the environment it was printed for: an old one is a secret still. */
const printedFor = new WeakMap<object, Set<string>>()

export function listPrintedKeys(): readonly string[] {
  return [...(printedFor.get(getEnvironment().env) ?? [])]
}

/**
 * Runs the command in a shell and keeps what it prints as the value of `PRINTED_KEY_ENV`; returns whether
 * it is another than before. Throws a `UsageError` that never quotes what was printed.
 */
export function fetchPrintedKey(command: string): boolean {
  const { env, cwd } = getEnvironment()
  const { status, signal, stdout, stderr, error } = spawnSync(command, {
    shell: true,
    cwd,
    env,
    encoding: 'utf8',
    timeout: LIMIT_MS,
    maxBuffer: 1024 * 1024,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const key = (stdout ?? '').trim()
  const said = (stderr ?? '').trim().split('\n')[0]!
  if (error !== undefined || status !== 0) {
    const how =
      error !== undefined
        ? error.message
        : `it ended with ${status ?? signal}${said === '' ? '' : `: ${said.slice(0, 200)}`}`
    throw new UsageError(`--api-key-command printed no key: ${how}`)
  }
  if (!/^[\x21-\x7e]+$/.test(key)) {
    throw new UsageError(
      `--api-key-command has to print a key alone, in one line without blanks; it printed ${key === '' ? 'nothing' : 'something else'}`,
    )
  }
  const isNew = env[PRINTED_KEY_ENV] !== key
  printedFor.set(env, (printedFor.get(env) ?? new Set()).add(key))
  env[PRINTED_KEY_ENV] = key
  return isNew
}
