// Recordings of real servers, with what real clients made of them, against what is predicted.
//
// `npm run validate:recorded -- <folder> [--write --client <name> …]`: in the folder stand `<server>.jsonl.gz`,
// one exchange a line, and `<server>.real.json`, what each client made of each flow; `reference.real.json` is what
// they make of the right server. Predicted is from three kinds of evidence: the answers that the client itself got,
// the answers to our requests in its name, and the answers of a default run. Installed clients that the recordings
// do not know, or those of them that are named, are shown the recorded bytes. `--write` puts the figures into
// specs/clients/agreement.json.

import { readdirSync, readFileSync } from 'node:fs'
import { isDeepStrictEqual, parseArgs } from 'node:util'
import { join } from 'node:path'
import { items, sent } from '../../src/authoring/read.ts'
import { field, isObject, parse } from '../../src/base/json.ts'
import { flowsOfClient, type ClientFlow } from '../../src/clients/flows.ts'
import { loadProfiles, type ClientProfile } from '../../src/clients/profile.ts'
import type { Turn } from '../../src/clients/requests.ts'
import { listInstalledClients } from '../../src/drivers/client-folders.ts'
import type { Exchange, Json } from '../../src/types/index.ts'
import { findImpacts } from '../../suites/clients/impact-of-answer.ts'
import { publishConfusion } from './publish-agreement.ts'
import { printConfusion, type Cell } from './confusion.ts'
import {
  createContext,
  readRecordedExchange,
  isStreamed,
  predictFlow,
  readRecording,
  turnOf,
  withoutObject,
  type RecordedLine,
  type Turns,
} from './read-recording.ts'
import { openReplay } from './replayed.ts'

type Told = Readonly<Record<string, Readonly<Record<string, Json>>>>

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: { write: { type: 'boolean' }, client: { type: 'string', multiple: true } },
})
const [folder] = positionals
if (folder === undefined) {
  console.error('Name a folder of recordings: npm run validate:recorded -- <folder>')
  process.exit(2)
}
const readJson = (name: string): Told =>
  JSON.parse(readFileSync(join(folder, name), 'utf8')) as Told
const right = readJson('reference.real.json')
const recordings = readdirSync(folder).filter((name) => name.endsWith('.jsonl.gz'))

const EVIDENCE = {
  answers: (lines: readonly RecordedLine[], profile: ClientProfile, flow: ClientFlow) =>
    predictFlow(profile, flow, turnsOfClient(lines, profile.id, flow)),
  clients: (lines: readonly RecordedLine[], profile: ClientProfile, flow: ClientFlow) =>
    predictFlow(profile, flow, turnsInItsName(lines, profile, flow)),
  default: predictFromDefault,
}
type Evidence = keyof typeof EVIDENCE

const cells: Readonly<Record<Evidence, Cell[]>> = { answers: [], clients: [], default: [] }
for (const file of recordings) {
  const server = file.replace('.jsonl.gz', '')
  const real = readJson(`${server}.real.json`)
  const lines = readRecording(join(folder, file))
  for (const profile of loadProfiles()) {
    for (const flow of flowsOfClient(profile)) {
      const told = real[profile.id]?.[flow.id]
      if (told === undefined) continue
      const about = { server, client: profile.id, flow: flow.id }
      const effect = isRight(told, right[profile.id]?.[flow.id]) ? 'works' : 'breaks'
      for (const [name, judge] of Object.entries(EVIDENCE)) {
        cells[name as Evidence].push({ ...about, real: effect, ...judge(lines, profile, flow) })
      }
    }
  }
}
const replayed = await replay()
for (const [name, own] of Object.entries({ ...cells, replayed })) {
  console.log(`\n${name}`)
  printConfusion(own)
}
if (flags.write === true) {
  publishConfusion('recorded', { clients: cells.clients, default: cells.default, replayed })
}

/** Installed clients that were not there when it was recorded, before its bytes. */
async function replay(): Promise<readonly Cell[]> {
  const replayed: Cell[] = []
  for (const profile of loadProfiles()) {
    if (profile.id in right || !listInstalledClients().includes(profile.id)) continue
    if (flags.client?.includes(profile.id) === false) continue
    const client = await openReplay(profile.id)
    for (const file of recordings) {
      const lines = readRecording(join(folder!, file))
      for (const flow of flowsOfClient(profile)) {
        const seen = await client.perform(lines, flow)
        if (seen?.right === undefined) continue
        replayed.push({
          server: file.replace('.jsonl.gz', ''),
          client: profile.id,
          flow: flow.id,
          real: isRight(seen.told as Json, seen.right as Json) ? 'works' : 'breaks',
          ...predictFlow(profile, flow, seen.turns),
        })
      }
    }
    await client.close()
  }
  return replayed
}

/** A default run shows answers to other questions: whether they break a client, and never that it works. */
function predictFromDefault(
  lines: readonly RecordedLine[],
  { id }: ClientProfile,
  flow: ClientFlow,
): Pick<Cell, 'predicted' | 'why'> {
  for (const line of lines) {
    const body = parse(line.req)
    if (line.tag !== 'product-default' || line.status > 299) continue
    if (isStreamed(body) !== (flow.mode === 'stream')) continue
    const exchange = readRecordedExchange(line)
    if (!flow.turns.includes(turnOfAnswer(exchange))) continue
    const broken = findImpacts(exchange, createContext(''))?.find(
      ({ client, need }) => client === id && (flow.needs[need] ?? 'degraded') !== 'degraded',
    )
    if (broken !== undefined) return { predicted: 'breaks', why: broken.place }
  }
  return { predicted: 'unknown', why: '' }
}

function turnOfAnswer(exchange: Exchange): Turn {
  if (items(exchange, 'function_call').length > 0) return 'tools'
  return field(sent(exchange), '/text/format/type') === 'json_schema' ? 'object' : 'text'
}

/** What the client itself was answered in a flow. */
function turnsOfClient(lines: readonly RecordedLine[], client: string, flow: ClientFlow): Turns {
  const turns: Turns = {}
  const own = lines.filter((line) => line.tag === `real:${client}:${flow.id}`)
  for (const line of own) {
    const turn = turnOf(parse(line.req))
    turns[turn] = readRecordedExchange(line)
  }
  // A conversation's second request is both: it goes on, and wants an object.
  if (flow.id === 'multi-turn' && turns.object !== undefined)
    turns.again = withoutObject(turns.object)
  return turns
}

/** What our own requests in the client's name were answered; else what the client itself was. */
function turnsInItsName(
  lines: readonly RecordedLine[],
  profile: ClientProfile,
  flow: ClientFlow,
): Turns {
  const [, agent] = Object.entries(profile.headers).find(
    ([name]) => name.toLowerCase() === 'user-agent',
  )!
  const turns: Turns = {}
  const same: Turns = {}
  const ours: Turns = {}
  for (const line of lines) {
    const body = parse(line.req)
    const isOurs =
      line.tag === 'product-clients' &&
      (line.reqHeaders['user-agent'] ?? '').slice(0, 20) === agent.slice(0, 20)
    const isTheirs = line.tag.startsWith(`real:${profile.id}:`)
    if (!isOurs && !isTheirs) continue
    if (isStreamed(body) !== (flow.mode === 'stream')) continue
    const turn = turnOf(body)
    if (isTheirs && line.tag !== `real:${profile.id}:multi-turn` && turn === 'again') continue
    if (isOurs) ours[turn] ??= readRecordedExchange(line)
    else if (line.tag === `real:${profile.id}:${flow.id}`) same[turn] = readRecordedExchange(line)
    else turns[turn] = readRecordedExchange(line)
  }
  const known = { ...turns, ...same, ...ours }
  const again = flow.id === 'multi-turn' && known.again === undefined ? same.object : undefined
  return again === undefined ? known : { ...known, again: withoutObject(again) }
}

/** What is lost of numbers of tokens and states is no break, and calls may come in any order. */
function isRight(told: Json, reference: Json | undefined): boolean {
  const value = field(told, '/value')
  return value !== undefined && isDeepStrictEqual(plain(value), plain(field(reference, '/value')))
}

function plain(value: Json | undefined): Json | undefined {
  if (!isObject(value)) return value
  const kept = Object.entries(value).filter(([key]) => !['usage', 'finish', 'status'].includes(key))
  return Object.fromEntries(
    kept.map(([key, inner]) => [
      key,
      Array.isArray(inner) ? inner.map((one: Json) => JSON.stringify(one)).toSorted() : inner,
    ]),
  )
}
