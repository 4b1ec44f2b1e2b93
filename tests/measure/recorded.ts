// Recordings of real servers, with what real clients made of them, against what is predicted.
//
// `npm run validate:recorded -- <folder> [--write]`: in the folder stand `<server>.jsonl.gz`, one exchange a
// line, and `<server>.real.json`, what each client made of each flow; `reference.real.json` is what they make
// of the right server. Predicted is from three kinds of evidence: the answers that the client itself got, the
// answers to our requests in its name, and the answers of a default run. `--write` puts the figures into
// specs/clients/agreement.json.

import { readdirSync, readFileSync } from 'node:fs'
import { isDeepStrictEqual, parseArgs } from 'node:util'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { items, sent } from '../../src/authoring/read.ts'
import { field, isObject, parse } from '../../src/base/json.ts'
import { flowsOfClient, type ClientFlow } from '../../src/clients/flows.ts'
import { loadProfiles, type ClientProfile } from '../../src/clients/profile.ts'
import type { Turn } from '../../src/clients/requests.ts'
import { loadContract } from '../../src/contract/file/load.ts'
import { decodeBody } from '../../src/transport/decode-body.ts'
import type { Exchange, Json, JudgeContext, WireRequest } from '../../src/types/index.ts'
import { findImpacts } from '../../suites/clients/impact-of-answer.ts'
import { judgeFlow } from '../../suites/clients/judge-flow.ts'
import { publishConfusion } from './agreement.ts'
import { printConfusion, type Cell } from './confusion.ts'

interface Line {
  /** `real:<client>:<flow>`, `product-clients`, `product-default` */
  readonly tag: string
  readonly path: string
  readonly req: string
  readonly reqHeaders: Readonly<Record<string, string>>
  /** 0: no answer. */
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** `end`, or how the connection broke. */
  readonly end: string
  /** Milliseconds and base64. */
  readonly chunks: readonly (readonly [number, string])[]
}

type Told = Readonly<Record<string, Readonly<Record<string, Json>>>>
type Turns = Partial<Record<Turn, Exchange>>

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: { write: { type: 'boolean' } },
})
const [folder] = positionals
if (folder === undefined) {
  console.error('Name a folder of recordings: npm run validate:recorded -- <folder>')
  process.exit(2)
}
const contract = loadContract('openai')
const readJson = (name: string): Told =>
  JSON.parse(readFileSync(join(folder, name), 'utf8')) as Told
const right = readJson('reference.real.json')

const EVIDENCE = {
  answers: (lines: readonly Line[], profile: ClientProfile, flow: ClientFlow) =>
    predict(profile, flow, turnsOfClient(lines, profile.id, flow)),
  clients: (lines: readonly Line[], profile: ClientProfile, flow: ClientFlow) =>
    predict(profile, flow, turnsInItsName(lines, profile, flow)),
  default: predictFromDefault,
}
type Evidence = keyof typeof EVIDENCE

const cells: Readonly<Record<Evidence, Cell[]>> = { answers: [], clients: [], default: [] }
for (const file of readdirSync(folder).filter((name) => name.endsWith('.real.json'))) {
  const server = file.replace('.real.json', '')
  const real = readJson(file)
  const lines = gunzipSync(readFileSync(join(folder, `${server}.jsonl.gz`)))
    .toString()
    .split('\n')
    .filter((text) => text !== '')
    .map((text) => JSON.parse(text) as Line)
    .filter(({ path, status }) => path === '/v1/responses' && status !== 0)
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
for (const [name, own] of Object.entries(cells)) {
  console.log(`\n${name}`)
  printConfusion(own)
}
if (flags.write === true) {
  publishConfusion('recorded', { clients: cells.clients, default: cells.default })
}

function predict(
  profile: ClientProfile,
  flow: ClientFlow,
  turns: Turns,
): Pick<Cell, 'predicted' | 'why'> {
  const asked = JSON.stringify(turns.object?.request.body ?? '')
  const nonce = /The code word is ([\w-]+)/.exec(asked)?.[1] ?? ''
  const context = { nonce, contract } as Partial<JudgeContext> as JudgeContext
  const { breaks, unseen } = judgeFlow(profile, flow, turns, context)
  const why = breaks.map(
    ({ need, finding: { step, at, actual } }) => `${need} ${step} ${at}: ${actual.slice(0, 60)}`,
  )
  return {
    predicted: breaks.length > 0 ? 'breaks' : unseen === undefined ? 'works' : 'unknown',
    why: why.join(' | ') || (unseen ?? ''),
  }
}

/** A default run shows answers to other questions: whether they break a client, and never that it works. */
function predictFromDefault(
  lines: readonly Line[],
  { id }: ClientProfile,
  flow: ClientFlow,
): Pick<Cell, 'predicted' | 'why'> {
  for (const line of lines) {
    const body = parse(line.req)
    if (line.tag !== 'product-default' || line.status > 299) continue
    if ((field(body, '/stream') === true) !== (flow.mode === 'stream')) continue
    const exchange = exchangeOf(line)
    if (!flow.turns.includes(turnOfAnswer(exchange))) continue
    const context = { nonce: '', contract } as Partial<JudgeContext> as JudgeContext
    const broken = findImpacts(exchange, context)?.find(
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

function exchangeOf(line: Line): Exchange {
  const json = parse(line.req)
  const request: WireRequest = {
    operation: 'create',
    method: 'POST',
    path: '/responses',
    ...(isObject(json) ? { body: { json } } : {}),
  }
  const parts = line.chunks.map(([, text]) => Buffer.from(text, 'base64'))
  let offset = 0
  const chunks = line.chunks.map(([ms], index) => {
    const at = offset
    offset += parts[index]!.length
    return [at, ms] as const
  })
  const raw = {
    request,
    status: line.status,
    headers: Object.entries(line.headers),
    bytes: Buffer.concat(parts),
    chunks,
    ending: line.end === 'end' ? ('complete' as const) : ('cut' as const),
    leftOpen: false,
  }
  return {
    request,
    status: raw.status,
    headers: raw.headers,
    ending: raw.ending,
    body: decodeBody(raw),
  }
}

/** Which turn a client's request is, by what it says. */
function turnOf(body: Json | undefined): Turn {
  const input = field(body, '/input')
  const list = Array.isArray(input) ? (input as readonly Json[]) : []
  const last = list.at(-1)
  if (field(last, '/type') === 'function_call_output') return 'results'
  if (field(body, '/text/format/type') === 'json_schema') return 'object'
  const said = typeof input === 'string' ? input : JSON.stringify(last ?? '')
  if (said.includes('once for each of:')) return 'tools'
  const isAnswered = list.some(
    (item) =>
      field(item, '/role') === 'assistant' ||
      ['function_call', 'item_reference', 'function_call_output'].includes(
        String(field(item, '/type')),
      ),
  )
  return isAnswered ? 'again' : 'text'
}

/** What the client itself was answered in a flow. */
function turnsOfClient(lines: readonly Line[], client: string, flow: ClientFlow): Turns {
  const turns: Turns = {}
  const own = lines.filter((line) => line.tag === `real:${client}:${flow.id}`)
  for (const line of own) {
    const turn = turnOf(parse(line.req))
    turns[turn] = exchangeOf(line)
  }
  // A conversation's second request is both: it goes on, and wants an object.
  if (flow.id === 'multi-turn' && turns.object !== undefined)
    turns.again = withoutObject(turns.object)
  return turns
}

/** For the turn `again`, only the form counts: what it says is judged as the object. */
function withoutObject(exchange: Exchange): Exchange {
  return { ...exchange, request: { ...exchange.request, body: { json: {} } } }
}

/** What our own requests in the client's name were answered; else what the client itself was. */
function turnsInItsName(lines: readonly Line[], profile: ClientProfile, flow: ClientFlow): Turns {
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
    if ((field(body, '/stream') === true) !== (flow.mode === 'stream')) continue
    const turn = turnOf(body)
    if (isTheirs && line.tag !== `real:${profile.id}:multi-turn` && turn === 'again') continue
    if (isOurs) ours[turn] ??= exchangeOf(line)
    else if (line.tag === `real:${profile.id}:${flow.id}`) same[turn] = exchangeOf(line)
    else turns[turn] = exchangeOf(line)
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
