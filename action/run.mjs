// The action's only step: inputs → the command; its reports → summary, annotations and outputs.
// Plain JavaScript: it runs before anything is built.

import { spawnSync } from 'node:child_process'
import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const main = join(root, 'dist', 'src', 'cli', 'main.js')

const TITLE = 'Responses API conformance'

/** Inputs that are options with one value, with several, and with several lines. */
const SINGLE = [
  'base-url',
  'model',
  'vision-model',
  'reasoning-model',
  'api-key-env',
  'second-key-env',
  'contract',
  'config',
  'attempts',
  'concurrency',
  'rate',
  'deadline',
  'proxy',
  'ca',
  'max-requests',
  'max-tokens',
  'max-time',
  'budget',
  'new-checks',
  'shard',
  'baseline',
  'out',
]
const MANY = ['suite', 'check', 'scenario', 'client', 'level', 'gate', 'load']
const LINES = ['header', 'target']

const MEANING = {
  1: 'the endpoint does not conform.',
  2: 'wrong use, or a missing key; see the log.',
  3: 'incomplete: what gates could not be judged (rate limits, timeouts, an interruption).',
  4: 'the baseline has entries that no longer hold.',
  5: 'a fault of responses-conformance, not of the provider.',
  6: 'the budget of requests or tokens was used up.',
  70: 'a secret was found in an artefact, and the file was deleted.',
}

const inputs = Object.fromEntries(
  Object.entries(JSON.parse(process.env.CONFORMANCE_INPUTS ?? '{}')).map(([name, value]) => [
    name,
    String(value ?? '').trim(),
  ]),
)

/** A checkout of the action holds sources only. */
function build() {
  if (existsSync(main)) return
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  if (status !== 0) {
    write(`::error title=${TITLE}::The action could not be built.\n`)
    process.exit(5)
  }
}

function run() {
  const out = inputs.out || 'conformance-results'
  clear(out)
  const parts = folders(inputs.merge)
  if (inputs.merge && parts.length === 0) {
    write(`::error title=${TITLE}::There is nothing to merge at ${line(inputs.merge)}.\n`)
    appendTo('GITHUB_OUTPUT', `exit-code=2\nresults=\nasked=false\n`)
    return 2
  }
  const args =
    parts.length > 0
      ? ['merge', ...parts, `--out=${out}`, ...MERGED.flatMap(option)]
      : ['run', ...words(inputs.targets), ...options()]
  const { status } = command(args, 'inherit')
  const code = status ?? 5
  const annotations = read(join(out, 'github', 'annotations.txt'))
  const meaning = `Exit code ${code}: ${MEANING[code] ?? 'unknown'}`
  if (inputs.annotations !== 'false') write(annotations)
  // Whatever is shown, a red job says why.
  if (code !== 0 && (inputs.annotations === 'false' || !annotations.includes('::error'))) {
    write(`::error title=${TITLE}::${meaning}\n`)
  }
  if (inputs.summary !== 'false') {
    const summary = read(join(out, 'github', 'summary.md'))
    appendTo('GITHUB_STEP_SUMMARY', summary || `# ${TITLE}\n\n${meaning}\n`)
  }
  appendTo('GITHUB_OUTPUT', `exit-code=${code}\nresults=${out}\nasked=true\n`)
  return code
}

/** Options that `merge` has as well. */
const MERGED = ['load', 'contract']

/** What an earlier run left would be shown for this one if this one wrote nothing. */
function clear(out) {
  if (existsSync(join(out, 'journal.jsonl'))) rmSync(out, { recursive: true, force: true })
}

/** Folders by name; `shards/*` is all that are in one. */
function folders(text) {
  return words(text).flatMap((word) => {
    if (!word.endsWith('/*')) return [word]
    const folder = word.slice(0, -2)
    const found = existsSync(folder) ? readdirSync(folder) : []
    return found.toSorted().map((name) => join(folder, name))
  })
}

/** The variables that should hold a key and do not. */
function missingKeys() {
  const named = words(inputs['api-key-env'])
  const wanted = named.length > 0 ? named : keysOfTargets()
  return wanted.filter((name) => (process.env[name] ?? '') === '')
}

function keysOfTargets() {
  const { stdout } = command(['list', 'providers', '--json'], 'pipe')
  const targets = words(inputs.targets)
  return JSON.parse(stdout)
    .filter(({ id }) => targets.includes(id))
    .map(({ key }) => key)
}

/** Nothing is asked: what documents promise and what was recorded earlier, clearly labelled, and green. */
function tellWithoutKey(names) {
  const contract = inputs.contract ? ['--contract', inputs.contract] : []
  const targets = words(inputs.targets)
  const documents = [...targets, ...contract].length > 0
  const args = ['audit', ...targets, ...contract, '--format', 'markdown']
  const { stdout, stderr, status } = documents ? command(args, 'pipe') : { stdout: '', status: 0 }
  const recorded = status === 0 && inputs.recording ? tellRecording(inputs.recording) : ''
  if (status !== 0 || recorded === undefined) {
    write(
      `${stderr ?? ''}::error title=${TITLE}::The documents or the recording could not be read.\n`,
    )
    return status || 2
  }
  const kind = recorded === '' ? 'Documented' : 'Documented and recorded'
  const note = `No request was sent: ${names.join(', ')} is not set here. What follows is what documents say${recorded === '' ? '' : ', and what was recorded earlier'}, not how the endpoint behaves now.`
  write(`::notice title=${kind} evidence only::${note}\n`)
  const parts = [`> **${kind} evidence only.** ${note}`, stdout, recorded]
  appendTo('GITHUB_STEP_SUMMARY', `${parts.filter((part) => part !== '').join('\n\n')}\n`)
  appendTo('GITHUB_OUTPUT', 'exit-code=0\nresults=\nasked=false\n')
  return 0
}

/** Today's checks on the evidence of an earlier run; undefined when there is none. */
function tellRecording(folder) {
  const out = inputs.out || 'conformance-results'
  command(['rejudge', folder, '--out', out], 'inherit')
  const summary = read(join(out, 'github', 'summary.md'))
  if (summary === '') return undefined
  const { startedAt } = JSON.parse(read(join(out, 'run.json'))).run
  return `> Recorded on ${startedAt.slice(0, 10)}, judged by today's checks.\n\n${summary}`
}

function options() {
  return [
    ...[...SINGLE, ...MANY].flatMap(option),
    ...LINES.flatMap((name) => repeated(name, lines(inputs[name]))),
    ...(inputs.smoke === 'true' ? ['--smoke'] : []),
    ...(inputs.expensive === 'true' ? ['--expensive'] : []),
  ]
}

/** One value, or several that are separated by white space. */
function option(name) {
  if (MANY.includes(name)) return repeated(name, words(inputs[name]))
  return inputs[name] ? [`--${name}=${inputs[name]}`] : []
}

/** With the equals sign, a value that begins with a dash stays a value. */
function repeated(name, values) {
  return values.map((value) => `--${name}=${value}`)
}

function command(args, output) {
  return spawnSync(process.execPath, [main, ...args], {
    stdio: ['ignore', output, output],
    // Whatever starts this is a job: inputs that come out empty must not ask the built-in provider.
    env: { ...process.env, CI: '1' },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
}

function words(text = '') {
  return text.split(/\s+/).filter((word) => word !== '')
}

function lines(text = '') {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

/** As one line of a log, whatever is in it. */
function line(text) {
  return text.replaceAll(/[^\x20-\x7e]/g, ' ').slice(0, 200)
}

function read(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : ''
}

function appendTo(variable, text) {
  const file = process.env[variable]
  if (file) appendFileSync(file, text)
}

function write(text) {
  process.stdout.write(text)
}

build()
const missing = inputs['without-key'] === 'documents' ? missingKeys() : []
process.exitCode = missing.length > 0 ? tellWithoutKey(missing) : run()
