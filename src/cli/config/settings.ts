// Puts together the settings of a command: `.env`, the configuration file, and the flags, which win.

import { statSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { MOST_WRITTEN_BYTES, readForeignText } from '../../base/check-foreign-names.ts'
import { UsageError } from '../../base/errors.ts'
import { escapeControls } from '../../../reporters/common/escape.ts'
import { completeEndpoint } from './target-from-environment.ts'
import { parseInlineTargets } from './parse-target-option.ts'
import { findConfig, type Config } from './config-file.ts'
import { resolveTargets } from '../../target/resolve-targets.ts'
import type { Target } from '../../target/target-and-keys.ts'
import type { SettingFlags } from '../../run/options.ts'
import { resolvePath, getEnvironment } from '../../base/current-environment.ts'

interface Setting<Flags extends SettingFlags> {
  readonly config: Config | undefined
  /** Flags over the file's choices. */
  readonly flags: Flags
  /** The targets that were named; those of the file when none was; none at all otherwise. */
  readonly targets: readonly Target[]
}

export async function readSetting<Flags extends SettingFlags>(
  named: readonly string[],
  given: Flags,
): Promise<Setting<Flags>> {
  const quiet = given.quiet === true
  readEnvironmentFile({ quiet })
  const config = findConfig(given.config)
  if (config !== undefined && !quiet)
    getEnvironment().stderr.write(`Configuration: ${config.file}\n`)
  const { gate, ...choices } = config?.choices ?? {}
  const hasTargets = Object.keys(config?.targets ?? {}).length > 0
  const { ids, flags, origins } = await completeEndpoint(
    named,
    { ...choices, ...given },
    hasTargets,
  )
  const adHoc = parseInlineTargets(flags.target ?? [])
  const targets = resolveTargets([...ids, ...Object.keys(adHoc)], flags, {
    targets: { ...config?.targets, ...adHoc },
    ...(gate === undefined ? {} : { gate }),
  })
  if (origins.length > 0) {
    getEnvironment().stderr.write(
      `target: ${escapeControls(`${targets[0]!.baseUrl} from ${origins.join(', ')}`)}\n`,
    )
  }
  return { config, flags, targets }
}

/** `.env` of the working folder; a variable that is already set stays as it is. */
export function readEnvironmentFile({ quiet = false } = {}): void {
  const { env, stderr } = getEnvironment()
  const file = resolvePath('.env')
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) return
  let read: NodeJS.Dict<string>
  try {
    read = parseEnv(readForeignText(file, MOST_WRITTEN_BYTES, 'lines NAME=value'))
  } catch (error) {
    throw new UsageError(`.env cannot be read: ${(error as Error).message}`)
  }
  // NODE_OPTIONS would make every worker load whatever somebody planted in this folder.
  const taken = Object.keys(read).filter(
    (name) => env[name] === undefined && name !== 'NODE_OPTIONS',
  )
  for (const name of taken) env[name] = read[name]
  if (quiet) return
  const names = taken.length === 0 ? 'nothing new' : taken.join(', ')
  stderr.write(`.env: ${names}\n`)
}
