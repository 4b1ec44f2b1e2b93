// opencode, by its own server: starting the program for each prompt would take many seconds. It may
// run the commands that the prompt asks for, and nothing else. It ignores SIGTERM: whoever starts
// this kills the whole group.

import { serve } from '../common/serve.mjs'
import { folderOf } from '../common/folder-of.mjs'
import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { COMMANDS, environment, OUTPUTS, toolPrompt } from '../common/program.mjs'
import { sentence } from '../common/tasks.mjs'

const NOTHING = 'nothing-of-this-name'

const settings = ({ baseUrl, model }) => ({
  $schema: 'https://opencode.ai/config.json',
  model: `target/${model}`,
  small_model: `target/${model}`,
  share: 'disabled',
  autoupdate: false,
  // Tools that are denied altogether would not be offered to the model.
  permission: {
    '*': { '*': 'deny', [NOTHING]: 'allow' },
    bash: { '*': 'deny', ...Object.fromEntries(COMMANDS.map((command) => [command, 'allow'])) },
  },
  provider: {
    target: {
      npm: '@ai-sdk/openai',
      name: 'target',
      options: { baseURL: baseUrl, apiKey: '{env:TARGET_API_KEY}' },
      models: { [model]: { name: model, limit: { context: 200_000, output: 8_000 } } },
    },
  },
})

const servers = new Map()

/** One server for each endpoint, in the folder of this process. */
function serverFor(context) {
  const known = servers.get(context.baseUrl)
  if (known !== undefined) return known
  const cwd = join(process.env.HOME, `opencode-${servers.size}`)
  const home = join(cwd, 'home')
  mkdirSync(home, { recursive: true })
  writeFileSync(join(cwd, 'opencode.json'), JSON.stringify(settings(context)))
  const child = spawn(
    join(folderOf('opencode-ai'), 'bin', 'opencode'),
    ['serve', '--hostname', '127.0.0.1', '--port', '0'],
    {
      cwd,
      env: environment(home, {
        OPENCODE_DISABLE_AUTOUPDATE: '1',
        OPENCODE_DISABLE_MODELS_FETCH: '1',
        OPENCODE_DISABLE_LSP_DOWNLOAD: '1',
        OPENCODE_PURE: '1',
        TARGET_API_KEY: context.apiKey,
      }),
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  process.on('exit', () => child.kill('SIGKILL'))
  const started = new Promise((resolve, reject) => {
    let out = ''
    const hear = (chunk) => {
      out += chunk
      const url = /listening on (http:\S+)/.exec(out)?.[1]
      if (url !== undefined) resolve(url)
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.on('error', reject)
    child.on('close', () => reject(new Error(`it ended: ${out.slice(-300)}`)))
  })
  servers.set(context.baseUrl, started)
  return started
}

async function send(url, body) {
  const answer = await fetch(url, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (!answer.ok) throw new Error(`${answer.status}: ${(await answer.text()).slice(0, 300)}`)
  return answer.json()
}

async function ask(context, prompt) {
  const url = await serverFor(context)
  const { id } = await send(`${url}/session`, { title: 'one prompt' })
  const { info, parts } = await send(`${url}/session/${id}/message`, {
    parts: [{ type: 'text', text: prompt }],
  })
  if (info.error !== undefined) {
    throw new Error(info.error.data?.message ?? info.error.name)
  }
  const said = await send(`${url}/session/${id}/message`)
  return {
    text: parts.flatMap((part) => (part.type === 'text' ? [part.text.trim()] : [])).join('\n'),
    tools: said.flatMap((one) => one.parts).filter(({ type }) => type === 'tool'),
    finish: info.finish,
    usage: info.tokens.input > 0,
  }
}

const scenarios = {
  async 'stream-tools'(context) {
    const { text, tools, finish, usage } = await ask(context, toolPrompt('bash'))
    return {
      calls: tools.map(({ state }) => (state.output ?? state.error ?? '').trim()).toSorted(),
      told: OUTPUTS.every((one) => text.includes(one)),
      finish,
      usage,
    }
  },
  async stream(context) {
    const { text, finish, usage } = await ask(context, sentence)
    return { text, finish, usage }
  },
}

// Starting takes seconds.
serve(scenarios, { from: 'opencode-ai', slowness: 10 })
