// Real clients that no recording knows, before the bytes of a recording: what they make of them, flow by flow.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { parse } from '../../src/base/json.ts'
import type { ClientFlow } from '../../src/clients/flows.ts'
import { clientProfileOf } from '../../src/clients/profile.ts'
import type { ToldResult } from '../../src/drivers/judge-told-value.ts'
import { startClient } from '../../src/drivers/start-client.ts'
import { startReference } from '../../reference/main.ts'
import type { Turn } from '../../src/clients/requests.ts'
import {
  readRecordedExchange,
  isStreamed,
  turnOf,
  withoutObject,
  type RecordedLine,
  type Turns,
} from './read-recording.ts'

const KEY = 'key-of-a-replay'
const LIMIT_MS = 8_000
/** In a recording the client whose answers are most complete, and asked in the plainest form. */
const PLAINEST = 'openai-7'
/** Those of the connection are this server's own. */
const OWN = ['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'date']

export interface ReplayedFlow {
  /** What it did at the right server; undefined where it did not get through: nobody is accused. */
  readonly right: ToldResult | undefined
  readonly told: ToldResult
  /** The answers that were there for the flow, whether the client came so far or not. */
  readonly turns: Turns
}

export interface Replay {
  /** Undefined where nothing was recorded for its first turn. */
  perform(lines: readonly RecordedLine[], flow: ClientFlow): Promise<ReplayedFlow | undefined>
  close(): Promise<void>
}

export async function openReplay(client: string): Promise<Replay> {
  let answers: Partial<Record<Turn, RecordedLine>> = {}
  const server = createServer((request, response) => {
    void answer(request, response, (turn) => answers[turn])
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
  const reference = await startReference({ keys: [KEY], model: 'reference' })
  const driver = await startClient(client, { key: KEY, model: 'reference' })
  const right = new Map<string, ToldResult | undefined>()

  async function perform(flow: string, base: string): Promise<ToldResult | undefined> {
    const told = await driver.do(flow, base, LIMIT_MS * driver.slowness)
    if ('broken' in told) throw told.broken
    return 'skipped' in told ? undefined : told
  }

  return {
    async perform(lines, flow) {
      if (!driver.flows.includes(flow.id)) return undefined
      // Its results go alone, and nobody was recorded asking so: what others were answered says nothing.
      if (flow.turns.includes('results') && clientProfileOf(client)?.chains === true)
        return undefined
      answers = findAnswers(lines, flow)
      if (answers[flow.turns[0]!] === undefined) return undefined
      if (!right.has(flow.id)) {
        const told = await perform(flow.id, reference.url)
        right.set(flow.id, told !== undefined && 'value' in told ? told : undefined)
      }
      const told = await perform(flow.id, url)
      if (told === undefined) return undefined
      return { right: right.get(flow.id), told, turns: toTurns(answers) }
    },
    async close() {
      driver.end()
      await reference.close()
      server.closeAllConnections()
      server.close()
    },
  }
}

/** For each turn what the plainest client was answered in this flow, else another client, else in another flow. */
function findAnswers(
  lines: readonly RecordedLine[],
  flow: ClientFlow,
): Partial<Record<Turn, RecordedLine>> {
  const isAsked = flow.mode === 'stream'
  const asked = lines.filter(
    ({ tag, req }) => tag.startsWith('real:') && isStreamed(parse(req)) === isAsked,
  )
  const ranked = [`real:${PLAINEST}:${flow.id}`, `:${flow.id}`, `real:${PLAINEST}:`, 'real:']
  const found = flow.turns.map((turn) => {
    const wanted = turn === 'again' ? 'object' : turn
    const own = asked.filter(({ req }) => turnOf(parse(req)) === wanted)
    const line = ranked
      .map((rank) =>
        own.find(({ tag }) => (rank.startsWith(':') ? tag.endsWith(rank) : tag.startsWith(rank))),
      )
      .find((one) => one !== undefined)
    return [turn, line] as const
  })
  return Object.fromEntries(found.filter(([, line]) => line !== undefined))
}

function toTurns(answers: Partial<Record<Turn, RecordedLine>>): Turns {
  return Object.fromEntries(
    Object.entries(answers).map(([turn, line]) => {
      const exchange = readRecordedExchange(line)
      return [turn, turn === 'again' ? withoutObject(exchange) : exchange]
    }),
  )
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  find: (turn: Turn) => RecordedLine | undefined,
): Promise<void> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  const line = find(turnOf(parse(Buffer.concat(parts).toString())))
  if (line === undefined) {
    response.writeHead(404).end()
    return
  }
  const headers = Object.entries(line.headers).filter(([name]) => !OWN.includes(name.toLowerCase()))
  response.writeHead(line.status, Object.fromEntries(headers))
  for (const [, text] of line.chunks) response.write(Buffer.from(text, 'base64'))
  if (line.end === 'end') response.end()
  else response.destroy()
}
