// Runs a real client in a process and folder of its own. It may throw, hang, loop or spawn, so its whole
// process group is killed when its time is over.

import { fork } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Json } from '../types/index.ts'
import { packageRoot } from '../base/package-root.ts'
import { clientProfileOf } from '../clients/profile.ts'
import { getEnvironment, resolvePath } from '../base/current-environment.ts'

/** The drivers, and in a checkout the clients: apart from everything else, programs apart from libraries. */
export const clientsFolder: string = join(packageRoot, 'clients')
/** Where `clients install` puts them unless told otherwise, in the working folder. */
const INSTALLED = '.responses-conformance/clients'

export const INSTALL = 'responses-conformance clients install <client>'

/** Folders of drivers with what may be installed beside them; the one that the environment names comes first. */
function listClientFolders(): readonly string[] {
  const named = getEnvironment().env['RESPONSES_CONFORMANCE_CLIENTS']
  return [
    ...(named === undefined ? [] : [resolvePath(named)]),
    resolvePath(INSTALLED),
    clientsFolder,
  ]
}

/** The clients that can be driven, sorted: one file each. */
export function listDrivableClients(): readonly string[] {
  return readdirSync(join(clientsFolder, 'drivers'))
    .map((name) => name.replace(/\.mjs$/, ''))
    .toSorted()
}

/** Those of them that are installed. */
export function listInstalledClients(): readonly string[] {
  return listDrivableClients().filter((client) => clientFolderOf(client) !== undefined)
}

/** Where a client's package is installed: under its name, or a second version under the client's. */
export function clientFolderOf(client: string): string | undefined {
  const home = homeOf(client)
  return home === undefined ? undefined : placesIn(home, client).find(isPackage)
}

/** The folder of drivers beside which a client is installed. */
function homeOf(client: string): string | undefined {
  return listClientFolders().find((folder) => placesIn(folder, client).some(isPackage))
}

function placesIn(folder: string, client: string): readonly string[] {
  const names = [client, clientProfileOf(client)?.package ?? client]
  return [folder, join(folder, 'programs')].flatMap((place) =>
    names.map((name) => join(place, 'node_modules', name)),
  )
}

const isPackage = (folder: string): boolean => existsSync(join(folder, 'package.json'))

/** What came of one flow. */
export type FlowResult =
  | { readonly value: Json }
  | { readonly error: { readonly name: string; readonly message: string } }
  /** No end within the limit. */
  | { readonly hung: true }

export interface ClientDriver {
  /** What it can do: `text`, `stream`, `tools`, … */
  readonly flows: readonly string[]
  /** How many times as long as a library it takes: a program has to start first. */
  readonly slowness: number
  do(flow: string, baseUrl: string, limitMs: number): Promise<FlowResult>
  /** Kills it, its children, and removes its folder. */
  end(): void
}

interface ClientOptions {
  /** Passed by environment, never written. */
  readonly key: string
  readonly model: string
  /** The endpoint is ours: commands that it asks for need no sandbox. */
  readonly trusted?: boolean
}

interface Message {
  readonly id?: number
  readonly flows?: readonly string[]
  readonly slowness?: number
  readonly value?: Json
  readonly error?: { readonly name: string; readonly message: string }
  readonly uncaught?: string
}

const STARTING_MS = 30_000

/** Throws when the client cannot be started. */
export async function startClient(name: string, options: ClientOptions): Promise<ClientDriver> {
  const folder = mkdtempSync(join(tmpdir(), 'responses-conformance-client-'))
  const child = fork(join(homeOf(name) ?? clientsFolder, 'drive.mjs'), [name], {
    cwd: folder,
    detached: true,
    execArgv: [],
    env: {
      PATH: getEnvironment().env['PATH'],
      HOME: folder,
      TMPDIR: folder,
      CLIENT_API_KEY: options.key,
      CLIENT_MODEL: options.model,
      ...(options.trusted === true ? { CLIENT_TRUSTED: '1' } : {}),
    },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  let complaint = ''
  child.stderr?.on('data', (chunk: Buffer) => (complaint = `${complaint}${chunk}`.slice(-2_000)))
  const waiting = new Set<(message: Message) => void>()
  const tell = (message: Message): void => {
    for (const hear of waiting) hear(message)
  }
  child.on('message', (message) => tell(message as Message))
  child.on('exit', (code) => tell({ uncaught: `it ended with code ${code}: ${complaint}` }))
  child.on('error', (error) => tell({ uncaught: error.message }))

  function next(wanted: (message: Message) => boolean, ms: number): Promise<Message | undefined> {
    return new Promise((resolve) => {
      const done = (message?: Message): void => {
        clearTimeout(timer)
        waiting.delete(hear)
        resolve(message)
      }
      const hear = (message: Message): void => {
        if (wanted(message) || message.uncaught !== undefined) done(message)
      }
      const timer = setTimeout(done, ms)
      waiting.add(hear)
    })
  }

  function end(): void {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
    } catch {
      // It is gone already.
    }
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 })
  }

  const begun = await next(({ flows }) => flows !== undefined, STARTING_MS)
  if (begun?.flows === undefined) {
    end()
    throw new Error(`the client ${name} did not start: ${begun?.uncaught ?? complaint}`)
  }
  let asked = 0
  return {
    flows: begun.flows,
    slowness: begun.slowness ?? 1,
    async do(flow, baseUrl, limitMs) {
      const id = ++asked
      const answer = next((message) => message.id === id, limitMs)
      if (child.connected) child.send({ id, flow, baseUrl })
      const { value, error, uncaught } = (await answer) ?? {}
      if (error !== undefined) return { error }
      if (uncaught !== undefined) return { error: { name: 'Uncaught', message: uncaught } }
      return value === undefined ? { hung: true } : { value }
    },
    end,
  }
}
