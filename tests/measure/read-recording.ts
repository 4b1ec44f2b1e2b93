// Recordings of real servers with real clients in front of them: `<server>.jsonl.gz`, one exchange a line.

import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { field, isObject, parse } from '../../src/base/json.ts'
import type { ClientFlow } from '../../src/clients/flows.ts'
import type { ClientProfile } from '../../src/clients/profile.ts'
import type { Turn } from '../../src/clients/requests.ts'
import { loadContract } from '../../src/contract/file/load.ts'
import { decodeBody } from '../../src/transport/decode-body.ts'
import type { Exchange, Json, JudgeContext, WireRequest } from '../../src/types/index.ts'
import { judgeFlow } from '../../suites/clients/judge-flow.ts'
import type { Cell } from './confusion.ts'

export interface RecordedLine {
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

export type Turns = Partial<Record<Turn, Exchange>>

const contract = loadContract('openai')

/** The questions that were answered, whatever with. */
export function readRecording(file: string): readonly RecordedLine[] {
  return gunzipSync(readFileSync(file))
    .toString()
    .split('\n')
    .filter((text) => text !== '')
    .map((text) => JSON.parse(text) as RecordedLine)
    .filter(({ path, status }) => path === '/v1/responses' && status !== 0)
}

export function readRecordedExchange(line: RecordedLine): Exchange {
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
export function turnOf(body: Json | undefined): Turn {
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

export const isStreamed = (body: Json | undefined): boolean => field(body, '/stream') === true

/** For the turn `again`, only the form counts: what it says is judged as the object. */
export function withoutObject(exchange: Exchange): Exchange {
  return { ...exchange, request: { ...exchange.request, body: { json: {} } } }
}

export function createContext(nonce: string): JudgeContext {
  return { nonce, contract } as Partial<JudgeContext> as JudgeContext
}

/** What the answers of a flow's turns come to for a client. */
export function predictFlow(
  profile: ClientProfile,
  flow: ClientFlow,
  turns: Turns,
): Pick<Cell, 'predicted' | 'why'> {
  const asked = JSON.stringify(turns.object?.request.body ?? '')
  const nonce = /The code word is ([\w-]+)/.exec(asked)?.[1] ?? ''
  const { breaks, unseen } = judgeFlow(profile, flow, turns, createContext(nonce))
  const why = breaks.map(
    ({ need, finding: { step, at, actual } }) => `${need} ${step} ${at}: ${actual.slice(0, 60)}`,
  )
  return {
    predicted: breaks.length > 0 ? 'breaks' : unseen === undefined ? 'works' : 'unknown',
    why: why.join(' | ') || (unseen ?? ''),
  }
}
