// Portkey's gateway in front of another server: what it adds, changes and loses is its own work.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { findFreePort } from '../../../matrix/start-server.ts'

interface Gateway {
  readonly url: string
  /** Headers that lead to the server behind it. */
  readonly headers: Readonly<Record<string, string>>
  stop(): Promise<void>
}

/** `behind`: the base URL of the server, which ends in `/v1`. */
export async function startPortkey(behind: string): Promise<Gateway> {
  const folder = dirname(createRequire(import.meta.url).resolve('@portkey-ai/gateway/package.json'))
  const port = await findFreePort()
  const child = spawn(
    process.execPath,
    [join(folder, 'build/start-server.js'), `--port=${port}`, '--headless'],
    { stdio: 'ignore' },
  )
  const ended = once(child, 'exit')
  await untilItAnswers(`http://127.0.0.1:${port}/`)
  return {
    url: `http://127.0.0.1:${port}/v1`,
    headers: { 'x-portkey-provider': 'openai', 'x-portkey-custom-host': behind },
    stop: async () => {
      child.kill()
      await ended
    },
  }
}

async function untilItAnswers(url: string): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    const answer = await fetch(url).catch(() => undefined)
    await answer?.body?.cancel()
    if (answer !== undefined) return
    await pause(100)
  }
  throw new Error(`Portkey's gateway does not answer at ${url}`)
}
