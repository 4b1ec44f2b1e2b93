// Finds the programs that a server's file needs, before anything is installed.

import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { UsageError } from '../src/base/errors.ts'
import type { ServerFile } from './server-file.ts'

/**
 * The folders that hold what the file needs, to be searched first. A stand-in that a version manager puts on
 * the PATH and that cannot run is passed over. Throws a `UsageError` that names the program that is missing.
 */
export function findNeeded(
  { id, needs = [] }: Pick<ServerFile, 'id' | 'needs'>,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): readonly string[] {
  const folders = [...(environment['PATH'] ?? '').split(delimiter), ...listPyenv(environment)]
  return needs.map((program) => {
    const folder = folders.find((each) => each !== '' && works(join(each, program)))
    if (folder !== undefined) return folder
    throw new UsageError(`${id}: ${program} is needed and is not on the PATH; install it first`)
  })
}

function listPyenv({
  PYENV_ROOT: root = join(homedir(), '.pyenv'),
}: Readonly<Record<string, string | undefined>>): readonly string[] {
  const versions = join(root, 'versions')
  if (!existsSync(versions)) return []
  return readdirSync(versions).map((each) => join(versions, each, 'bin'))
}

function works(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    if (!statSync(file).isFile()) return false
  } catch {
    return false
  }
  if (!/[/\\]python[\d.]*$/.test(file)) return true
  return spawnSync(file, ['-c', ''], { stdio: 'ignore', timeout: 30_000 }).status === 0
}
