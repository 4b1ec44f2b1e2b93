// The Codex command line, one run of `codex exec` at a time, in a folder of its own that is removed.

import { spawn } from 'node:child_process'
import { mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { arch, platform, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { Answer, question, secret, sentence } from './tasks.mjs'

/** Whoever starts this ends it sooner; only a run that nobody watches ends by itself. */
const LIMIT_MS = 175_000
const OUTPUTS = ['tool-one', 'tool-two']

async function within(context, work) {
  const folder = await mkdtemp(join(tmpdir(), 'responses-conformance-codex-'))
  const home = join(folder, 'home')
  const cwd = join(folder, 'work')
  try {
    await mkdir(home)
    await mkdir(cwd)
    await writeFile(join(home, 'config.toml'), settings(context))
    return await work({ home, cwd, folder, key: context.apiKey })
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

const settings = ({ baseUrl, model }) => `
model = ${JSON.stringify(model)}
model_provider = "target"
[model_providers.target]
name = "target"
base_url = ${JSON.stringify(baseUrl)}
wire_api = "responses"
env_key = "TARGET_API_KEY"
request_max_retries = 0
stream_max_retries = 0
stream_idle_timeout_ms = 3000
[analytics]
enabled = false
`

/** One `codex exec`: its JSON lines and its last message. Throws when the turn failed. */
async function exec({ home, cwd, folder, key }, ...args) {
  const last = join(folder, 'last.txt')
  const child = spawn(
    codexBinary(),
    [
      'exec',
      '--json',
      '--skip-git-repo-check',
      ...(process.env.CLIENT_TRUSTED === '1'
        ? ['--dangerously-bypass-approvals-and-sandbox']
        : ['--sandbox', 'read-only']),
      '-o',
      last,
      ...args,
    ],
    {
      cwd,
      env: { PATH: process.env.PATH, HOME: home, CODEX_HOME: home, TARGET_API_KEY: key },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  const timer = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS)
  let out = ''
  let complaint = ''
  child.stdout.on('data', (chunk) => (out += chunk))
  child.stderr.on('data', (chunk) => (complaint += chunk))
  const code = await new Promise((resolve) => child.on('close', resolve))
  clearTimeout(timer)
  const events = out.split('\n').flatMap((line) => {
    try {
      return [JSON.parse(line)]
    } catch {
      return []
    }
  })
  const failure = events.findLast(({ type }) => type === 'turn.failed' || type === 'error')
  if (code !== 0 || !events.some(({ type }) => type === 'turn.completed')) {
    const why = failure?.error?.message ?? failure?.message ?? complaint.slice(-300)
    throw new Error(code === null ? `killed after ${LIMIT_MS} ms: ${why}` : String(why))
  }
  const text = await readFile(last, 'utf8').catch(() => '')
  const usage = events.findLast(({ type }) => type === 'turn.completed').usage
  return { text: text.trim(), events, usage: usage?.input_tokens > 0 }
}

/** The native program of the platform's package: the launcher would only start it. */
export function codexBinary() {
  const require = createRequire(import.meta.url)
  const triples = {
    'linux-x64': 'x86_64-unknown-linux-musl',
    'linux-arm64': 'aarch64-unknown-linux-musl',
    'darwin-x64': 'x86_64-apple-darwin',
    'darwin-arm64': 'aarch64-apple-darwin',
  }
  const name = `${platform()}-${arch()}`
  const codex = dirname(require.resolve('@openai/codex/package.json'))
  const inside = join(codex, '..', `codex-${name}`, 'vendor', triples[name] ?? '', 'bin', 'codex')
  return inside
}

const ran = (events) =>
  events
    .filter(({ type, item }) => type === 'item.completed' && item.type === 'command_execution')
    .map(({ item }) => item.aggregated_output.trim())

export const flows = {
  'stream-tools': (context) =>
    within(context, async (place) => {
      const { text, events, usage } = await exec(
        place,
        '--ephemeral',
        `Call exec_command once for each of: ${OUTPUTS.map((one) => `echo ${one}`).join(', ')}.`,
      )
      return {
        calls: ran(events).toSorted(),
        told: OUTPUTS.every((one) => text.includes(one)),
        usage,
      }
    }),
  structured: (context) =>
    within(context, async (place) => {
      const schema = join(place.folder, 'schema.json')
      await writeFile(schema, JSON.stringify(z.toJSONSchema(Answer)))
      const prompt = `${secret} ${question}`
      const { text } = await exec(place, '--ephemeral', '--output-schema', schema, prompt)
      return { object: JSON.parse(text) }
    }),
  stream: (context) =>
    within(context, async (place) => {
      const { text, usage } = await exec(place, '--ephemeral', sentence)
      return { text, usage }
    }),
  'multi-turn': (context) =>
    within(context, async (place) => {
      const { events } = await exec(place, secret)
      const thread = events.find(({ type }) => type === 'thread.started').thread_id
      const schema = join(place.folder, 'schema.json')
      await writeFile(schema, JSON.stringify(z.toJSONSchema(Answer)))
      const { text } = await exec(place, 'resume', thread, '--output-schema', schema, question)
      return { object: JSON.parse(text) }
    }),
}
