// A real client in a process of its own, in a folder of its own. It may throw, hang, loop or
// spawn: its whole process group is killed when its time is over.

import { fork } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Json } from '../types.ts'
import { packageRoot } from '../root.ts'

/** The package of the real clients, installed apart from everything else. */
export const clientsFolder: string = join(packageRoot, 'tests', 'clients')

export const INSTALL = 'npm run clients:install'

export function areClientsInstalled(): boolean {
  return existsSync(join(clientsFolder, 'node_modules', '.package-lock.json'))
}

/** The clients that can be driven, sorted. */
export function drivableClients(): readonly string[] {
  return readdirSync(join(clientsFolder, 'drivers'))
    .filter((name) => !SHARED.includes(name))
    .map((name) => name.replace(/\.mjs$/, ''))
    .toSorted()
}

const SHARED: readonly string[] = ['ai-sdk.mjs', 'openai.mjs', 'tasks.mjs']

/** What came of one flow. */
export type Told =
  | { readonly value: Json }
  | { readonly error: { readonly name: string; readonly message: string } }
  /** No end within the limit. */
  | { readonly hung: true }

export interface Client {
  /** What it can do: `text`, `stream`, `tools`, … */
  readonly flows: readonly string[]
  do(flow: string, baseUrl: string): Promise<Told>
  /** Kills it, its children, and removes its folder. */
  end(): void
}

export interface ClientOptions {
  /** Passed by environment, never written. */
  readonly key: string
  readonly model: string
  /** Milliseconds for one flow. */
  readonly limitMs: number
  /** The endpoint is ours: commands that it asks for need no sandbox. */
  readonly trusted?: boolean
}

interface Message {
  readonly id?: number
  readonly flows?: readonly string[]
  readonly value?: Json
  readonly error?: { readonly name: string; readonly message: string }
  readonly uncaught?: string
}

const STARTING_MS = 30_000

/** Throws when the client cannot be started. */
export async function startClient(name: string, options: ClientOptions): Promise<Client> {
  const folder = mkdtempSync(join(tmpdir(), 'responses-conformance-client-'))
  const child = fork(join(clientsFolder, 'drive.mjs'), [name], {
    cwd: folder,
    detached: true,
    execArgv: [],
    env: {
      PATH: process.env['PATH'],
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
    async do(flow, baseUrl) {
      const id = ++asked
      const answer = next((message) => message.id === id, options.limitMs)
      if (child.connected) child.send({ id, flow, baseUrl })
      const { value, error, uncaught } = (await answer) ?? {}
      if (error !== undefined) return { error }
      if (uncaught !== undefined) return { error: { name: 'Uncaught', message: uncaught } }
      return value === undefined ? { hung: true } : { value }
    },
    end,
  }
}
