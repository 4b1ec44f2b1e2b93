// Clients that are programs: each run in folders of its own, which are removed, with no way to any
// network but loopback.

import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { arch, platform, tmpdir } from 'node:os'
import { join } from 'node:path'

/** What a model is asked to have run, and all that a program without a sandbox may run. */
export const OUTPUTS = ['tool-one', 'tool-two']
export const COMMANDS = OUTPUTS.map((one) => `echo ${one}`)

/** The loop that a program is asked for, with its own name for a shell. */
export const toolPrompt = (tool) => `Call ${tool} once for each of: ${COMMANDS.join(', ')}.`

/** Whoever starts this ends it sooner; only a run that nobody watches ends by itself. */
const LIMIT_MS = 175_000
/** Nothing listens there. */
const NOWHERE = 'http://127.0.0.1:9'

/** Folders for one piece of work: `home` for settings, `cwd` empty, `folder` above both. */
export async function withFolders(work) {
  const folder = await mkdtemp(join(tmpdir(), 'responses-conformance-program-'))
  const [home, cwd] = [join(folder, 'home'), join(folder, 'work')]
  try {
    await mkdir(home)
    await mkdir(cwd)
    return await work({ folder, home, cwd })
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

/** Settings and caches inside `home`, proxies that lead nowhere, and nothing else of ours. */
export function environment(home, more) {
  return {
    PATH: process.env.PATH,
    HOME: home,
    TMPDIR: home,
    XDG_CONFIG_HOME: join(home, 'config'),
    XDG_DATA_HOME: join(home, 'data'),
    XDG_CACHE_HOME: join(home, 'cache'),
    XDG_STATE_HOME: join(home, 'state'),
    HTTP_PROXY: NOWHERE,
    HTTPS_PROXY: NOWHERE,
    NO_PROXY: '127.0.0.1,localhost',
    ...more,
  }
}

/** Runs a program to its end: its exit code, the JSON lines that it wrote, and its complaints. */
export async function run(program, args, { cwd, env }) {
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const timer = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS)
  let out = ''
  let complaint = ''
  child.stdout.on('data', (chunk) => (out += chunk))
  child.stderr.on('data', (chunk) => (complaint += chunk))
  const code = await new Promise((resolve) => child.on('close', resolve))
  clearTimeout(timer)
  if (code === null) throw new Error(`killed after ${LIMIT_MS} ms: ${complaint.slice(-300)}`)
  const events = out.split('\n').flatMap((line) => {
    try {
      return [JSON.parse(line)]
    } catch {
      return []
    }
  })
  return { code, events, complaint }
}

/** `linux-x64`: how packages of native programs are named. */
export const machine = `${platform()}-${arch()}`
