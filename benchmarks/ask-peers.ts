// The suites that are compared: how each is had, how it is asked, and what of its answer is about the Responses API.

import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { UsageError } from '../src/base/errors.ts'
import { packageRoot } from '../src/base/package-root.ts'

/** What a suite says of a server, assertions about other APIs left out. */
export interface Said {
  readonly judged: readonly string[]
  readonly failing: readonly string[]
}

export interface Asked {
  /** Base URL, ending in `/v1` or the like. */
  readonly url: string
  readonly key: string
  readonly model: string
}

export interface Peer {
  readonly name: string
  readonly version: string
  /** How a stranger has it. */
  readonly from: string
  /** How it was asked, for the page. */
  readonly command: string
  ask(asked: Asked): Promise<Said>
}

/** Folders or programs of suites that no registry has. */
export interface ByHand {
  /** A checkout of Open Responses' suite whose packages are installed, bun among them. */
  readonly openResponses?: string
  /** A checkout of avelrl/openai-compatible-tester with its program `tester` built in it. */
  readonly avelrl?: string
}

const PINNED = { llmprobe: '0.6.12', compatcanary: '0.2.2', 'llm-comply': '0.5.0' } as const
const PATIENCE_MS = 300_000

/** Installs into the folder what registries have, and nothing that is there already. */
export async function installPeers(folder: string, python: string): Promise<void> {
  const { llmprobe, compatcanary } = PINNED
  if (!existsSync(join(folder, 'node_modules', 'compatcanary'))) {
    const wanted = [`llmprobe@${llmprobe}`, `compatcanary@${compatcanary}`]
    await run('npm', [
      'install',
      '--prefix',
      folder,
      '--no-audit',
      '--no-fund',
      '--ignore-scripts',
      ...wanted,
    ])
  }
  if (existsSync(join(folder, 'py', 'bin', 'llm-comply'))) return
  await run(python, ['-m', 'venv', join(folder, 'py')])
  await run(join(folder, 'py/bin/pip'), [
    'install',
    '--quiet',
    `llm-comply==${PINNED['llm-comply']}`,
  ])
}

/** The suites, ours first. `folder`: where `installPeers` put them. */
export function listPeers(folder: string, { openResponses, avelrl }: ByHand): readonly Peer[] {
  return [
    askOurs(),
    askLlmprobe(join(folder, 'node_modules/llmprobe/bin/dist/llmprobe.mjs'), folder),
    askCompatCanary(join(folder, 'node_modules/compatcanary/src/cli.js')),
    askLlmComply(join(folder, 'py/bin/llm-comply')),
    ...(openResponses === undefined ? [] : [askOpenResponses(openResponses)]),
    ...(avelrl === undefined ? [] : [askAvelrl(avelrl)]),
  ]
}

function askOurs(): Peer {
  const main = join(packageRoot, 'dist/src/cli/main.js')
  return {
    name: 'this project',
    version: readVersion(packageRoot),
    from: 'a clone',
    command: 'responses-conformance run --base-url URL --model MODEL --api-key-env KEY',
    async ask({ url, key, model }) {
      const out = mkdtempSync(join(tmpdir(), 'peers-'))
      const args = [
        'run',
        '--base-url',
        url,
        '--model',
        model,
        '--api-key-env',
        'KEY',
        '--out',
        out,
        '--quiet',
      ]
      await run(process.execPath, [main, ...args], { KEY: key })
      const { verdicts } = readJson(join(out, 'run.json')) as {
        verdicts: readonly { check: string; yardstick: string; outcome: string }[]
      }
      const ofOpenAi = verdicts.filter(({ yardstick }) => yardstick === 'openai')
      const having = (...outcomes: readonly string[]): readonly string[] => [
        ...new Set(
          ofOpenAi.filter(({ outcome }) => outcomes.includes(outcome)).map(({ check }) => check),
        ),
      ]
      return { judged: having('pass', 'fail', 'warn'), failing: having('fail') }
    },
  }
}

function askLlmprobe(program: string, home: string): Peer {
  const flags = ['--no-bench', '--no-save', '--json', '--timeout', '10']
  return {
    name: 'llmprobe',
    version: PINNED.llmprobe,
    from: 'npm',
    command: `llmprobe URL -k KEY -m MODEL ${flags.join(' ')}`,
    async ask({ url, key, model }) {
      const out = await run(process.execPath, [program, url, '-k', key, '-m', model, ...flags], {
        HOME: home,
      })
      interface Result {
        readonly id: string
        readonly surface: string
        readonly outcome: string
        readonly failures: readonly { readonly id: string }[]
      }
      const { conformance } = JSON.parse(out.slice(out.indexOf('{'))) as {
        conformance: { results: readonly Result[] }
      }
      const ours = conformance.results.filter(({ surface }) =>
        /^(?:responses|models)$/.test(surface),
      )
      return {
        judged: ours.filter(({ outcome }) => /^(?:pass|fail)$/.test(outcome)).map(({ id }) => id),
        failing: [...new Set(ours.flatMap(({ failures }) => failures.map(({ id }) => id)))],
      }
    },
  }
}

function askCompatCanary(program: string): Peer {
  return {
    name: 'CompatCanary',
    version: PINNED.compatcanary,
    from: 'npm',
    command: 'compatcanary scan --base-url URL --model MODEL --format json --fail-on never',
    async ask({ url, key, model }) {
      const flags = ['--model', model, '--format', 'json', '--fail-on', 'never']
      const out = await run(process.execPath, [program, 'scan', '--base-url', url, ...flags], {
        OPENAI_API_KEY: key,
      })
      return sort((JSON.parse(out) as Results).results, /^(?:responses|models)\b/)
    },
  }
}

function askLlmComply(program: string): Peer {
  return {
    name: 'llm-comply',
    version: PINNED['llm-comply'],
    from: 'PyPI',
    command: 'llm-comply -u URL -k KEY -m MODEL --json',
    async ask({ url, key, model }) {
      return sort(
        (JSON.parse(await run(program, ['-u', url, '-k', key, '-m', model, '--json'])) as Results)
          .results,
      )
    },
  }
}

function askOpenResponses(folder: string): Peer {
  return {
    name: "Open Responses' suite",
    version: readRevision(folder),
    from: 'a clone',
    command: 'bun run bin/compliance-test.ts --base-url URL --api-key KEY --model MODEL --json',
    async ask({ url, key, model }) {
      const args = ['--base-url', url, '--api-key', key, '--model', model, '--json']
      const bun = join(folder, 'node_modules/.bin/bun')
      const out = await run(bun, ['run', join(folder, 'bin/compliance-test.ts'), ...args])
      const { results } = JSON.parse(out) as Results
      // One of its tests looks at a text of its own, and asks nobody.
      return sort(results.filter(({ id }) => id !== 'response-output-phase-schema'))
    },
  }
}

function askAvelrl(folder: string): Peer {
  return {
    name: 'openai-compatible-tester',
    version: readRevision(folder),
    from: 'a clone, built by Go',
    command: 'openai-compatible-tester -base-url ORIGIN -models MODELS -no-tui -out-dir DIR',
    async ask({ url, key, model }) {
      const out = mkdtempSync(join(tmpdir(), 'peers-'))
      const models = join(out, 'models.yaml')
      writeFileSync(
        models,
        `profiles:\n  - { name: default, chat_model: "${model}", responses_model: "${model}", extra: {} }\n`,
      )
      const endpoints = join(out, 'endpoints.yaml')
      const { origin, pathname } = new URL(url)
      const base = pathname.replace(/\/$/, '')
      const paths = Object.entries({
        models: '/models',
        chat: '/chat/completions',
        responses: '/responses',
        conversations: '/conversations',
      })
      writeFileSync(
        endpoints,
        `base_url: "${origin}"\napi_key_env: "OPENAI_API_KEY"\npaths:\n${paths.map(([name, path]) => `  ${name}: "${base}${path}"\n`).join('')}`,
      )
      const configs = ['suite', 'clients'].flatMap((name) => [
        `-${name}`,
        join(folder, `configs/${name}.yaml`),
      ])
      const flags = ['-endpoints', endpoints, '-models', models, ...configs, '-no-tui', '-json']
      await run(join(folder, 'tester'), [...flags, '-out-dir', join(out, 'of')], {
        OPENAI_API_KEY: key,
      })
      const written = readdirSync(out).find((name) => name.startsWith('of_'))
      const lines = readFileSync(join(out, written ?? '', 'full_log.jsonl'), 'utf8')
        .trim()
        .split('\n')
      const results = lines.map((line) => {
        const { test_id: id, status } = JSON.parse(line) as { test_id: string; status: string }
        return { id, status }
      })
      return sort(results, /^(?:responses\.|sanity)/)
    },
  }
}

interface Results {
  readonly results: readonly { readonly id: string; readonly status: string }[]
}

/** Of results with a word each: passed, failed, or neither. */
function sort(results: Results['results'], about = /./): Said {
  const having = (word: RegExp): readonly string[] =>
    results.filter(({ id, status }) => about.test(id) && word.test(status)).map(({ id }) => id)
  return { judged: having(/^(?:pass|fail|timeout)/), failing: having(/^(?:fail|timeout)/) }
}

/** What a program writes to its standard output; its exit code says what a suite found, and is not looked at. */
function run(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { env: { ...process.env, ...env }, maxBuffer: 2 ** 27, timeout: PATIENCE_MS }
    execFile(program, args, options, (error, stdout, stderr) => {
      if (error !== null && (typeof error.code === 'string' || error.killed === true))
        return reject(
          new UsageError(
            `${program} did not run: ${error.code ?? 'too slow'} ${stderr.slice(-300)}`,
          ),
        )
      resolve(stdout)
    })
  })
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'))
}

function readVersion(folder: string): string {
  return (readJson(join(folder, 'package.json')) as { version: string }).version
}

/** The commit that is checked out. */
function readRevision(folder: string): string {
  const head = readFileSync(join(folder, '.git/HEAD'), 'utf8').trim()
  const ref = /^ref: (.*)/.exec(head)?.[1]
  return (ref === undefined ? head : readFileSync(join(folder, '.git', ref), 'utf8')).slice(0, 7)
}
