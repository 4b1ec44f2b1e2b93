// The JavaScript side of the driver protocol (docs/clients-driver.md). Import it before the client: stdout
// belongs to the protocol from then on, and what libraries print goes to stderr.

import { spawn } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { folderOf } from './folder-of.mjs'

const write = process.stdout.write.bind(process.stdout)
process.stdout.write = process.stderr.write.bind(process.stderr)
const say = (message) => write(`${JSON.stringify(message)}\n`)

const manifestOf = (name) => JSON.parse(readFileSync(join(folderOf(name), 'package.json'), 'utf8'))

/** Answers one message at a time. `from` is the client's package; `depends` others that decide what it does. */
export function serve(scenarios, { from, depends = [], slowness = 1 }) {
  let working
  const fail = (error) =>
    say({
      id: working,
      error: {
        name: String(error?.name ?? 'Error'),
        message: String(error?.message ?? error).slice(0, 500),
        ...(typeof error?.status === 'number' ? { status: error.status } : {}),
      },
    })

  async function answer({ id, scenario, base_url: baseUrl, model }) {
    working = id
    const perform = scenarios[scenario]
    if (perform === undefined) say({ id, skipped: `there is no scenario ${scenario}` })
    else {
      try {
        const value = await perform({ baseUrl, apiKey: process.env.CLIENT_API_KEY, model })
        if (working === id) say({ id, value })
      } catch (error) {
        if (working === id) fail(error)
      }
    }
    working = undefined
  }

  // What nobody can catch is told as such, and the driver is started anew.
  const uncaught = (error) => {
    if (working !== undefined) fail({ name: 'Uncaught', message: error?.message ?? error })
    working = undefined
  }
  process.on('uncaughtException', uncaught)
  process.on('unhandledRejection', uncaught)

  const lines = createInterface({ input: process.stdin })
  lines.on('line', (line) => {
    const message = JSON.parse(line)
    if (message.end === true) end(working !== undefined)
    else void answer(message)
  })
  lines.on('close', () => end(working !== undefined))

  let version
  try {
    version = manifestOf(from).version
  } catch {
    process.stderr.write(`${from} is not installed\n`)
    process.exit(3)
  }
  say({
    hello: {
      protocol: 1,
      client: basename(dirname(process.argv[1])),
      package: `npm:${from}`,
      version,
      language: 'javascript',
      runtime: `Node.js ${process.versions.node}`,
      depends: Object.fromEntries(depends.map((name) => [name, manifestOf(name).version])),
      scenarios: Object.keys(scenarios),
      slowness,
    },
  })
}

/** Whoever started this is gone, or has no more questions: nothing of it may go on. */
function end(isWorking) {
  const home = process.env.HOME ?? ''
  // A person's own home is no folder of ours.
  if (basename(home).startsWith('responses-conformance-client-')) {
    rmSync(home, { recursive: true, force: true })
    if (isWorking) {
      // A program that is still running may write there again: once more when it is dead.
      const sweep =
        'setTimeout(() => fs.rmSync(process.argv[1], { recursive: true, force: true }), 500)'
      const options = { cwd: tmpdir(), detached: true, stdio: 'ignore' }
      spawn(process.execPath, ['-e', sweep, home], options).unref()
      process.kill(-process.pid, 'SIGKILL')
    }
  }
  process.exit(0)
}
