// Installs real clients in a folder of their own, each by its own package manager and at the versions of its lock file.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { checkNames } from '../base/closest-name.ts'
import { getEnvironment, resolvePath } from '../base/current-environment.ts'
import { UsageError } from '../base/errors.ts'
import type { ExitCode } from '../result/exit-code.ts'
import {
  clientsFolder,
  findManifest,
  isInstalled,
  listDrivableClients,
  type ClientManifest,
} from './client-folders.ts'

/** Folders in which everything lies that an installation makes. */
const MADE: readonly string[] = ['node_modules', '.venv', 'installed', '__pycache__']

/**
 * Copies the clients' folders, unless that is where they are, and runs what each manifest says. A client that is named
 * by a path is installed where it is.
 */
export async function fetchClients(clients: readonly string[], into: string): Promise<ExitCode> {
  const named = clients.filter((client) => !isPath(client))
  checkNames(named, listDrivableClients(), 'client')
  const folder = resolvePath(into)
  if (named.length > 0 && folder !== resolve(clientsFolder)) {
    mkdirSync(folder, { recursive: true })
    // Drivers share files and, of one ecosystem, an installation.
    const filter = (file: string): boolean => !MADE.includes(basename(file))
    cpSync(clientsFolder, folder, { recursive: true, filter })
  }
  const shared = new Set<string>()
  for (const client of clients) {
    const found = findManifest(client)
    if (found === undefined) throw new UsageError(`${client}: there is no client.yaml`)
    const manifest = isPath(client) ? found : { ...found, folder: join(folder, client) }
    const steps = JSON.stringify(manifest.install)
    if (!shared.has(steps)) await install(manifest)
    // What lies beside the folder is installed for all.
    if (manifest.installed.startsWith('..')) shared.add(steps)
  }
  getEnvironment().stdout.write(`Installed in ${folder}: ${clients.join(', ')}\n`)
  return 0
}

const isPath = (client: string): boolean => /[\\/]/.test(client)

async function install(manifest: ClientManifest): Promise<void> {
  for (const command of manifest.install) await runCommand(manifest, command)
  if (isInstalled(manifest)) return
  const { id, installed } = manifest
  throw new UsageError(`${id}: ${installed} is not there after its installation`)
}

/** Throws a `UsageError` with the words of the package manager. */
async function runCommand(
  { id, folder }: ClientManifest,
  command: readonly string[],
): Promise<void> {
  const [program, ...rest] = command
  const { env } = getEnvironment()
  const child = spawn(program!, rest, {
    cwd: folder,
    env: env as NodeJS.ProcessEnv,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => (said = `${said}${chunk}`.slice(-1_000)))
  const [code] = (await once(child, 'close').catch(() => [1])) as [number]
  if (code === 0) return
  for (const made of MADE) rmSync(join(folder, made), { recursive: true, force: true })
  const why = said.trim() || `${program} was not found`
  throw new UsageError(`${id} could not be installed in ${folder} by ${command.join(' ')}: ${why}`)
}
