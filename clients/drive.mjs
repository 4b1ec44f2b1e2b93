// A child process for one client: told over IPC what to do against which endpoint, answers with
// what the client made of it. Whoever starts it ends it: a client may hang.
//
//     (at the start) → { flows, slowness }
//     { id, flow, baseUrl }  →  { id, value } | { id, error: { name, message } }
//
// The key and the model come by environment: CLIENT_API_KEY, CLIENT_MODEL. CLIENT_TRUSTED=1 says that
// the endpoint is ours: only then does a client that runs commands run them outside a sandbox.

import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'

const { flows, slowness = 1 } = await import(`./drivers/${process.argv[2]}.mjs`)

process.on('message', async ({ id, flow, baseUrl }) => {
  try {
    const value = await flows[flow]({
      baseUrl,
      apiKey: process.env.CLIENT_API_KEY,
      model: process.env.CLIENT_MODEL,
    })
    process.send({ id, value })
  } catch (error) {
    process.send({ id, error: { name: String(error?.name), message: String(error?.message) } })
  }
})
// Whoever started this is gone, perhaps killed: nothing of it may go on.
process.on('disconnect', () => {
  rmSync(process.env.HOME, { recursive: true, force: true })
  // A program that is still running may write there again: once more when it is dead.
  const sweep =
    'setTimeout(() => fs.rmSync(process.argv[1], { recursive: true, force: true }), 500)'
  const options = { cwd: tmpdir(), detached: true, stdio: 'ignore' }
  spawn(process.execPath, ['-e', sweep, process.env.HOME], options).unref()
  process.kill(-process.pid, 'SIGKILL')
})
// Errors that a client throws where nobody can catch them are told as such.
process.on('uncaughtException', (error) => process.send({ uncaught: String(error?.message) }))
process.on('unhandledRejection', (error) => process.send({ uncaught: String(error?.message) }))
process.send({ flows: Object.keys(flows), slowness })
