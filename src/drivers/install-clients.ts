// Installs real clients in a folder of their own, by npm and the lock files of this package.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { checkNames } from '../base/closest-name.ts'
import { getEnvironment, resolvePath } from '../base/current-environment.ts'
import { UsageError } from '../base/errors.ts'
import { packageRoot } from '../base/package-root.ts'
import { clientProfileOf } from '../clients/profile.ts'
import type { ExitCode } from '../result/exit-code.ts'
import { listDrivableClients } from './driver-process.ts'
import programs from '../../clients/programs/package.json' with { type: 'json' }

/** Large programs have a lock file of their own, so that nobody installs them for a library. */
export async function fetchClients(clients: readonly string[], into: string): Promise<ExitCode> {
  checkNames(clients, listDrivableClients(), 'client')
  const folder = resolvePath(into)
  const shipped = join(packageRoot, 'clients')
  const isInstalled = (file: string): boolean => basename(file) === 'node_modules'
  mkdirSync(folder, { recursive: true })
  // The drivers stand beside the packages that they import.
  cpSync(shipped, folder, { recursive: true, filter: (file) => !isInstalled(file) })
  for (const place of new Set(clients.map(placeOf))) {
    await install(join(folder, place))
  }
  getEnvironment().stdout.write(`Installed in ${folder}: ${clients.join(', ')}\n`)
  return 0
}

function placeOf(client: string): string {
  const name = clientProfileOf(client)?.package ?? client
  return name in programs.dependencies ? 'programs' : '.'
}

/** No scripts of packages run. Throws a `UsageError` with npm's words. */
async function install(folder: string): Promise<void> {
  const { env } = getEnvironment()
  const child = spawn('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: folder,
    env: env as NodeJS.ProcessEnv,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => (said = `${said}${chunk}`.slice(-1_000)))
  const [code] = (await once(child, 'close').catch(() => [1])) as [number]
  if (code === 0) return
  rmSync(join(folder, 'node_modules'), { recursive: true, force: true })
  throw new UsageError(`npm could not install in ${folder}: ${said.trim() || 'npm was not found'}`)
}
