// What a command starts from: `.env`, the configuration file, and the flags over it.

import { statSync } from 'node:fs'
import { UsageError } from '../../base/errors.ts'
import { parseInlineTargets } from './inline-target.ts'
import { findConfig, type Config } from './config-file.ts'
import { resolveTargets } from '../../target/resolve-targets.ts'
import type { Target } from '../../target/target.ts'
import type { SettingFlags } from '../../run/options.ts'

export interface Setting<Flags extends SettingFlags> {
  readonly config: Config | undefined
  /** Flags over the file's choices. */
  readonly flags: Flags
  /** The targets that were named; those of the file when none was; none at all otherwise. */
  readonly targets: readonly Target[]
}

export function readSetting<Flags extends SettingFlags>(
  ids: readonly string[],
  given: Flags,
): Setting<Flags> {
  const quiet = given.quiet === true
  readEnvironmentFile({ quiet })
  const config = findConfig(given.config)
  if (config !== undefined && !quiet) process.stderr.write(`Configuration: ${config.file}\n`)
  const { gate, ...choices } = config?.choices ?? {}
  const flags = { ...choices, ...given }
  const adHoc = parseInlineTargets(flags.target ?? [])
  const targets = resolveTargets([...ids, ...Object.keys(adHoc)], flags, {
    targets: { ...config?.targets, ...adHoc },
    ...(gate === undefined ? {} : { gate }),
  })
  return { config, flags, targets }
}

/** `.env` of the working folder; a variable that is already set stays as it is. */
export function readEnvironmentFile({ quiet = false } = {}): void {
  if (statSync('.env', { throwIfNoEntry: false })?.isFile() !== true) return
  const before = new Set(Object.keys(process.env))
  try {
    process.loadEnvFile('.env')
  } catch (error) {
    throw new UsageError(`.env cannot be read: ${(error as Error).message}`)
  }
  // It would make every worker load whatever somebody planted in this folder.
  if (!before.has('NODE_OPTIONS')) delete process.env['NODE_OPTIONS']
  if (quiet) return
  const taken = Object.keys(process.env).filter((name) => !before.has(name))
  const names = taken.length === 0 ? 'nothing new' : taken.join(', ')
  process.stderr.write(`.env: ${names}\n`)
}
