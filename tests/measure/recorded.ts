// Recordings of real servers, with what real clients made of them, against what is predicted of the
// recorded bytes.
//
// `npm run validate:recorded -- <folder>`: `<server>.jsonl.gz` and `<server>.real.json` in it.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { isDeepStrictEqual } from 'node:util'
import { flowsOfClient, type ClientFlow } from '../../src/clients/flows.ts'
import { loadProfiles, type ClientProfile } from '../../src/clients/profile.ts'
import type { Turn } from '../../src/clients/requests.ts'
import { field, isObject, parse } from '../../src/base/json.ts'
import { decodeBody } from '../../src/transport/decode-body.ts'
import type { Exchange, Json, JudgeContext, WireRequest } from '../../src/types/index.ts'
import { loadContract } from '../../src/contract/file/load.ts'
import { judgeFlow } from '../../suites/clients/judge-flow.ts'

interface Line {
  readonly tag: string
  readonly method: string
  readonly path: string
  readonly req: string
  readonly reqHeaders: Readonly<Record<string, string>>
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly end: string
  readonly chunks: readonly (readonly [number, string])[]
}

const folder = process.argv[2]!

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
  return { request, status: raw.status, headers: raw.headers, ending: raw.ending, body: decodeBody(raw) }
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
      ['function_call', 'item_reference', 'function_call_output'].includes(String(field(item, '/type'))),
  )
  return isAnswered ? 'again' : 'text'
}

type Turns = Partial<Record<Turn, Exchange>>

/** What the client itself was answered in a flow. */
function turnsOfReal(lines: readonly Line[], client: string, flow: ClientFlow): Turns {
  const turns: Turns = {}
  const own = lines.filter((line) => line.tag === `real:${client}:${flow.id}` && line.path === '/v1/responses')
  for (const line of own) {
    const turn = turnOf(parse(line.req))
    if (line.status !== 0) turns[turn] = exchangeOf(line)
  }
  // A conversation's second request is both: it goes on, and wants an object.
  if (flow.id === 'multi-turn' && turns.object !== undefined) turns.again = withoutObject(turns.object)
  return turns
}

/** For the turn `again`, only the form counts: what it says is judged as the object. */
function withoutObject(exchange: Exchange): Exchange {
  return { ...exchange, request: { ...exchange.request, body: { json: {} } } }
}

/** What our own requests in the client's name were answered; else what the client itself was. */
function turnsOfProduct(lines: readonly Line[], profile: ClientProfile, flow: ClientFlow): Turns {
  const [, agent] = Object.entries(profile.headers).find(([name]) => name.toLowerCase() === 'user-agent')!
  const turns: Turns = {}
  const same: Turns = {}
  const ours: Turns = {}
  for (const line of lines) {
    if (line.path !== '/v1/responses') continue
    const body = parse(line.req)
    const isOurs = line.tag === 'product-clients' && (line.reqHeaders['user-agent'] ?? '').slice(0, 20) === agent.slice(0, 20)
    const isTheirs = line.tag.startsWith(`real:${profile.id}:`) && line.status !== 0
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

const cells: { server: string; client: string; flow: string; predicted: string; real: string; by: string; why: string }[] = []

for (const file of readdirSync(folder).filter((name) => name.endsWith('.real.json'))) {
  const server = file.replace('.real.json', '')
  const real = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Record<string, Record<string, Json>>
  const reference = JSON.parse(readFileSync(join(folder, 'reference.real.json'), 'utf8')) as Record<string, Record<string, Json>>
  const lines = gunzipSync(readFileSync(join(folder, `${server}.jsonl.gz`)))
    .toString()
    .split('\n')
    .filter((text) => text !== '')
    .map((text) => JSON.parse(text) as Line)
  for (const profile of loadProfiles()) {
    for (const flow of flowsOfClient(profile)) {
      const told = real[profile.id]?.[flow.id]
      if (told === undefined) continue
      const right = reference[profile.id]?.[flow.id]
      const effect = effectOf(told, right)
      for (const by of ['bytes', 'product']) {
        const turns =
          by === 'bytes' ? turnsOfReal(lines, profile.id, flow) : turnsOfProduct(lines, profile, flow)
        const asked = JSON.stringify(turns.object?.request.body ?? '')
        const nonce = /The code word is ([\w-]+)/.exec(asked)?.[1] ?? 'kestrel'
        const account = judgeFlow(profile, flow, turns, { nonce, contract: loadContract('openai') } as unknown as JudgeContext)
        const predicted =
          account.breaks.length > 0 ? 'breaks' : account.unseen !== undefined ? 'unknown' : 'works'
        const why =
          account.breaks.map(({ need, finding }) => `${need}@${finding.step} ${finding.at}: ${finding.actual}`.slice(0, 90)).join(' | ') ||
          (account.unseen ?? '')
        cells.push({ server, client: profile.id, flow: flow.id, predicted, real: effect, by, why })
      }
    }
  }
}

function effectOf(told: Json, right: Json | undefined): string {
  if (field(told, '/error') !== undefined) return 'throws'
  if (field(told, '/value') === undefined) return 'hangs'
  const strip = (value: Json | undefined): Json | undefined =>
    isObject(value) ? Object.fromEntries(Object.entries(value).filter(([key]) => !['usage', 'finish', 'status'].includes(key)).map(([k, v]) => [k, Array.isArray(v) ? v.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)) : v])) : value
  return isDeepStrictEqual(strip(field(told, '/value')), strip(field(right, '/value'))) ? 'works' : 'wrong'
}

for (const by of ['bytes', 'product']) {
  const own = cells.filter((cell) => cell.by === by)
  const isRight = ({ predicted, real }: (typeof cells)[number]): boolean =>
    predicted !== 'unknown' && (predicted === 'works') === (real === 'works')
  const decided = own.filter(({ predicted }) => predicted !== 'unknown')
  console.log(by, own.length, 'right', own.filter(isRight).length, 'decided', decided.length, (own.filter(isRight).length / own.length).toFixed(3), (own.filter(isRight).length / decided.length).toFixed(3))
  for (const cell of own) if (!isRight(cell)) console.log('  ', cell.server, cell.client, cell.flow, 'predicted', cell.predicted, 'real', cell.real, cell.why)
}
