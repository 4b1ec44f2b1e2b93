// Installs one server into a folder, starts it on loopback and waits until it answers.

import { mkdirSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { createServer, type AddressInfo } from 'node:net'
import { once } from 'node:events'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { UsageError } from '../src/base/errors.ts'
import { findNeeded } from './needed-programs.ts'
import { startProgram, type Running } from './processes.ts'
import { fillPlaces, type Places, type ServerFile } from './server-file.ts'

export interface StartedServer {
  /** As an SDK takes it. */
  readonly baseUrl: string
  readonly running: Running
}

const INSTALL_MS = 45 * 60_000
const READY_SECONDS = 60

/** Writes what the file configures into the folder, before anything is installed there. */
export function writeFiles({ files = {} }: ServerFile, places: Places): void {
  for (const [name, text] of Object.entries(files)) {
    const file = join(places.folder, name)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, fillPlaces(text, places))
  }
}

/** Runs the file's install commands in the folder. A folder that is half installed is the caller's to remove. */
export async function installServer(
  file: ServerFile,
  folder: string,
  signal?: AbortSignal,
): Promise<void> {
  const { id, install = [] } = file
  const path = findNeeded(file)
  const places = { folder, port: 0 }
  for (const step of install) {
    const argv = step.map((part) => fillPlaces(part, places))
    const env = { HOME: homedir() }
    const program = startProgram({ argv, cwd: folder, env, path, log: join(folder, 'install.log') })
    const cut = AbortSignal.timeout(INSTALL_MS)
    const stop = (): void => void program.stop()
    for (const each of [cut, signal]) each?.addEventListener('abort', stop)
    const code = await program.ended.finally(() => {
      for (const each of [cut, signal]) each?.removeEventListener('abort', stop)
    })
    if (code === 0) continue
    const why = cut.aborted ? 'took too long' : code === null ? 'was stopped' : `ended with ${code}`
    throw new UsageError(`${id}: the install step "${step.join(' ')}" ${why}: ${program.tail()}`)
  }
}

/** Starts what the file names on this port. Throws one sentence, with nothing left running. */
export async function startServer(file: ServerFile, places: Places): Promise<StartedServer> {
  const { id, start = [], ready = { path: '/' }, environment = {}, base, model, key } = file
  const { folder, port } = places
  if (!(await isFree(port))) {
    throw new UsageError(
      `${id}: port ${port} is in use; end what listens there, or name another with --port`,
    )
  }
  const running = startProgram({
    argv: start.map((part) => fillPlaces(part, places)),
    cwd: folder,
    env: Object.fromEntries(
      Object.entries(environment).map(([name, text]) => [name, fillPlaces(text, places)]),
    ),
    log: join(folder, 'server.log'),
  })
  const address = `http://127.0.0.1:${port}`
  const { seconds = READY_SECONDS } = ready
  const deadline = Date.now() + seconds * 1_000
  const question = { url: `${address}${base}/responses`, model, key, deadline }
  try {
    await waitUntilReady(id, `${address}${ready.path}`, seconds, running)
    if (ready.answers === true && !(await askQuestion(question)))
      throw new UsageError(`${id}: no question was answered within ${seconds} s: ${running.tail()}`)
  } catch (error) {
    await running.stop()
    throw error
  }
  return { baseUrl: `${address}${base}`, running }
}

async function waitUntilReady(
  id: string,
  url: string,
  seconds: number,
  running: Running,
): Promise<void> {
  const deadline = Date.now() + seconds * 1_000
  while (Date.now() < deadline) {
    if (running.hasEnded()) {
      const code = await running.ended
      throw new UsageError(
        `${id}: the server ended with ${code} before it was ready: ${running.tail()}`,
      )
    }
    const status = await askStatus(url)
    if (status !== undefined && status < 500) return
    await pause(200)
  }
  throw new UsageError(
    `${id}: the server was not ready at ${url} within ${seconds} s: ${running.tail()}`,
  )
}

/** Whether a plain question is answered before the deadline, in milliseconds of the clock. */
async function askQuestion({
  url,
  model,
  key,
  deadline,
}: {
  readonly url: string
  readonly model: string
  readonly key: string | undefined
  readonly deadline: number
}): Promise<boolean> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      },
      body: JSON.stringify({ model, input: 'Hi', max_output_tokens: 16 }),
      signal: AbortSignal.timeout(Math.max(1_000, deadline - Date.now())),
    })
    await answer.arrayBuffer()
    return answer.ok
  } catch {
    return false
  }
}

async function askStatus(url: string): Promise<number | undefined> {
  try {
    const answer = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(5_000) })
    await answer.body?.cancel()
    return answer.status
  } catch {
    return undefined
  }
}

/** A port of loopback on which nobody listens at this moment. */
export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer()
  return new Promise((resolve) => {
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
