// The Codex command line, one run of `codex exec` at a time.

import { serve } from '../common/serve.mjs'
import { folderOf } from '../common/folder-of.mjs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { environment, machine, OUTPUTS, run, toolPrompt, withFolders } from '../common/program.mjs'
import { Answer, question, secret, sentence } from '../common/tasks.mjs'

const within = (context, work) =>
  withFolders(async (place) => {
    await writeFile(join(place.home, 'config.toml'), settings(context))
    return work({ ...place, key: context.apiKey })
  })

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
  const { code, events, complaint } = await run(
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
    { cwd, env: environment(home, { CODEX_HOME: home, TARGET_API_KEY: key }) },
  )
  const failure = events.findLast(({ type }) => type === 'turn.failed' || type === 'error')
  if (code !== 0 || !events.some(({ type }) => type === 'turn.completed')) {
    throw new Error(String(failure?.error?.message ?? failure?.message ?? complaint.slice(-300)))
  }
  const text = await readFile(last, 'utf8').catch(() => '')
  const usage = events.findLast(({ type }) => type === 'turn.completed').usage
  return { text: text.trim(), events, usage: usage?.input_tokens > 0 }
}

const TRIPLES = {
  'linux-x64': 'x86_64-unknown-linux-musl',
  'linux-arm64': 'aarch64-unknown-linux-musl',
  'darwin-x64': 'x86_64-apple-darwin',
  'darwin-arm64': 'aarch64-apple-darwin',
}

/** The native program of the platform's package: the launcher would only start it. */
function codexBinary() {
  const platformPackage = join(folderOf('@openai/codex'), '..', `codex-${machine}`)
  return join(platformPackage, 'vendor', TRIPLES[machine] ?? '', 'bin', 'codex')
}

const ran = (events) =>
  events
    .filter(({ type, item }) => type === 'item.completed' && item.type === 'command_execution')
    .map(({ item }) => item.aggregated_output.trim())

const scenarios = {
  'stream-tools': (context) =>
    within(context, async (place) => {
      const { text, events, usage } = await exec(place, '--ephemeral', toolPrompt('exec_command'))
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

// A run takes a second or more.
serve(scenarios, { from: '@openai/codex', slowness: 3 })
