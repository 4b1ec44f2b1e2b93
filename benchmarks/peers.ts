// The comparison with other suites: each is asked of the same servers as this project, with its own defaults. Writes
// docs/peers.md and the table of README.md. What was measured is kept in the folder, part by part; --page writes the page again from it.
//
//     npm run build && npm run bench:peers -- --folder /tmp/peers --python python3.12

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Command } from 'commander'
import { startReference } from '../reference/main.ts'
import { packageRoot } from '../src/base/package-root.ts'
import { useServer } from '../matrix/measure.ts'
import { readServerFile } from '../matrix/server-file.ts'
import type { Dialect, Mutation } from '../src/types/index.ts'
import { legal } from '../tests/field/known-bugs/legal.ts'
import { said } from '../tests/field/known-bugs/reports.ts'
import { stories } from '../tests/field/known-bugs/stories.ts'
import { installPeers, listPeers, type ByHand, type Peer } from './ask-peers.ts'
import { countRequests } from './count-requests.ts'
import {
  OURS,
  renderPeers,
  renderPeersTable,
  type PeersMeasured,
  type PeerAnswer,
} from './peers-page.ts'

interface Flags extends ByHand {
  readonly folder: string
  readonly python: string
  readonly installed?: string
  readonly parts: readonly Part[]
  readonly page?: boolean
}

type Part = 'right' | 'servers' | 'faults' | 'legal'
type Answers = Readonly<Record<string, PeerAnswer>>
type Fault = Mutation & { readonly story: string; readonly dialect?: Dialect }

const PARTS: readonly Part[] = ['right', 'servers', 'faults', 'legal']
const SERVERS = ['aimock', 'llm-emulator', 'litellm-pass', 'portkey', 'codex-relay']
/** Every so many of the stories: all of them take an hour, and say the same. */
const EACH = 4
const KEY = 'test'

const flags = new Command('npm run bench:peers --')
  .requiredOption(
    '--folder <folder>',
    'where the suites of registries are installed, and the run is kept',
  )
  .option('--python <program>', 'a Python of at least 3.10', 'python3')
  .option(
    '--installed <folder>',
    'where servers of the matrix are installed already, each in <folder>/<id>',
  )
  .option('--open-responses <folder>', "a checkout of Open Responses' suite with its packages")
  .option('--avelrl <folder>', 'a checkout of avelrl/openai-compatible-tester, built as "tester"')
  .option('--parts <part...>', `what is measured: ${PARTS.join(', ')}`, [...PARTS])
  .option('--page', 'measure nothing, and write the page again')
  .parse()
  .opts<Flags>()

const folder = resolve(flags.folder)
const kept = join(folder, 'measured.json')
const measured: Partial<PeersMeasured> = existsSync(kept)
  ? (JSON.parse(readFileSync(kept, 'utf8')) as PeersMeasured)
  : {}
const keep = (more: Partial<PeersMeasured>): void => {
  Object.assign(measured, more)
  writeFileSync(kept, JSON.stringify(measured, null, 1))
}

if (flags.page !== true) {
  mkdirSync(folder, { recursive: true })
  await installPeers(folder, flags.python)
  await measureParts(listPeers(folder, flags))
}
const missing = PARTS.filter((part) => measured[part] === undefined)
if (missing.length > 0) {
  console.log(`Kept in ${kept}; the page needs ${missing.join(', ')} as well`)
} else {
  const whole = measured as PeersMeasured
  writeFileSync(join(packageRoot, 'docs/peers.md'), renderPeers(whole))
  const readme = join(packageRoot, 'README.md')
  const table = `<!-- peers -->\n${renderPeersTable(whole)}\n<!-- /peers -->`
  const text = readFileSync(readme, 'utf8')
  writeFileSync(
    readme,
    text.replace(/<!-- peers -->[^]*<!-- \/peers -->/, () => table),
  )
  console.log('Written: docs/peers.md, and the table of README.md')
}

async function measureParts(peers: readonly Peer[]): Promise<void> {
  const others = peers.filter(({ name }) => name !== OURS)
  keep({
    date: new Date().toISOString().slice(0, 10),
    node: process.versions.node,
    peers: peers.map(({ name, version, from, command }) => ({ name, version, from, command })),
    storiesInAll: Object.keys(said).length,
  })
  if (flags.parts.includes('right'))
    keep({
      right: {
        openai: await askReference(peers, 'openai'),
        'open-responses': await askReference(peers, 'open-responses'),
      },
    })
  if (flags.parts.includes('servers')) {
    const rows: PeersMeasured['servers'][number][] = []
    for (const id of SERVERS) {
      const installed =
        flags.installed === undefined ? {} : { installed: join(resolve(flags.installed), id) }
      await useServer(readServerFile(id), installed, async (file, { baseUrl }) => {
        const { name, version, mode = '', model, key = KEY, headers = {} } = file
        const answers = await askAll(peers, { base: baseUrl, key, model, headers })
        rows.push({ id, name, version, mode, answers })
      })
    }
    keep({ servers: rows })
  }
  // Of the stories, what the plain command says is known: default-run.ts asked it of each.
  if (flags.parts.includes('faults')) {
    const told = Object.keys(said).filter((_, index) => index % EACH === 0)
    const rows = await askEach(
      others,
      Object.fromEntries(told.flatMap((name) => (name in stories ? [[name, stories[name]!]] : []))),
    )
    keep({ faults: rows.map((row) => ({ ...row, ours: said[row.name]!.now })) })
  }
  if (flags.parts.includes('legal')) keep({ legal: await askEach(others, legal) })
}

async function askEach(
  peers: readonly Peer[],
  list: Readonly<Record<string, Fault>>,
): Promise<PeersMeasured['legal']> {
  const rows: PeersMeasured['legal'][number][] = []
  for (const [name, fault] of Object.entries(list)) {
    const { dialect = 'openai', story } = fault
    const answers = await askReference(peers, dialect, fault)
    rows.push({ name, story, isWire: fault.wire !== undefined, answers })
  }
  return rows
}

async function askReference(
  peers: readonly Peer[],
  dialect: Dialect,
  mutant?: Mutation,
): Promise<Answers> {
  const wrong = mutant === undefined ? {} : { mutant }
  const server = await startReference({
    dialect,
    keys: [KEY],
    speak: ['responses', 'chat'],
    ...wrong,
  })
  const answers = await askAll(peers, { base: server.url, key: KEY, model: 'reference' })
  await server.close()
  return answers
}

interface Place {
  readonly base: string
  readonly key: string
  readonly model: string
  readonly headers?: Readonly<Record<string, string>>
}

/** One after another; who says nothing is told of. */
async function askAll(
  peers: readonly Peer[],
  { base, key, model, headers }: Place,
): Promise<Answers> {
  const answers: Record<string, PeerAnswer> = {}
  for (const peer of peers) {
    const counted = await countRequests(base, headers)
    const start = performance.now()
    const told = await peer.ask({ url: counted.url, key, model }).catch((error: unknown) => {
      process.stderr.write(`${peer.name}: ${String(error).slice(0, 300)}\n`)
      return { judged: [], failing: [], error: String(error).slice(0, 300) }
    })
    const seconds = (performance.now() - start) / 1_000
    answers[peer.name] = { ...told, seconds, requests: counted.requests, tokens: counted.tokens }
    counted.close()
  }
  process.stderr.write('.')
  return answers
}
