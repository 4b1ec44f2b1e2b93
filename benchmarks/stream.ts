// How fast streams are read and judged: `npm run bench:stream`.
//
// 100,000 text deltas, 24 MB, as chunks of 16 KiB. Each figure is the median CPU time of several
// rounds, in which every way takes its turn; the official SDK reads the same bytes in the same
// process.

import { setTimeout } from 'node:timers/promises'
import { createParser } from 'eventsource-parser'
import OpenAI from 'openai'
import { Stream } from 'openai/streaming'
import { VERSION } from 'openai/version'
import { loadContract } from '../src/contract/file/load.ts'
import { judgeStream } from '../src/stream/rules/judge-stream.ts'
import type { Exchange, JsonObject } from '../src/types/index.ts'
import { completeLimits } from '../src/target/reading-limits.ts'
import { decodeEvents } from '../src/transport/sse.ts'
import { printPart } from './measure-command.ts'
import { createEmptyResponse, createExchange } from '../tests/exchange.ts'

/** What a response object also has to have. */
const SETTINGS = {
  instructions: null,
  metadata: {},
  parallel_tool_calls: true,
  temperature: 1,
  tool_choice: 'auto',
  top_p: 1,
}

const EVENTS = 100_000
const BYTES = 21_700_000
const CHUNK = 16 * 1024
const ROUNDS = Number(process.env['ROUNDS'] ?? 9)

const whole = body()
const chunks = cut(whole, CHUNK)
// As a provider sends them that waits for each token.
const frames = whole
  .toString('latin1')
  .split(/(?<=\n\n)/)
  .map((frame) => Buffer.from(frame, 'latin1'))
const contract = loadContract('openai')

const ways = {
  'eventsource-parser alone': () => parse(() => {}),
  'eventsource-parser and JSON': () => parse((data) => void JSON.parse(data)),
  'eventsource-parser and JSON, payloads kept': () => {
    const kept: unknown[] = []
    parse((data) => kept.push(JSON.parse(data), data))
    return kept
  },
  'our decoder: JSON, offsets, times, anomalies': () => receive(),
  'our decoder and all laws': () => judgeStream(receive()),
  'our decoder, all laws and schemas': () => {
    const exchange = receive()
    return [judgeStream(exchange), contract.flaws(exchange)]
  },
  'official SDK: Stream, which parses JSON': () => official(chunks),
  'official SDK: Stream, a chunk for each event': () => official(frames),
  'official SDK: responses.stream() to its response': () => accumulated(chunks),
} satisfies Readonly<Record<string, () => unknown>>
type Way = keyof typeof ways
const names = Object.keys(ways) as Way[]

await check()
const times = await measure()
const mb = whole.length / 1e6
console.log(
  `Node ${process.version}, openai ${VERSION}; ${EVENTS} events, ${mb.toFixed(1)} MB, median CPU time of ${ROUNDS} rounds\n`,
)
for (const name of names) {
  const ms = median(times[name])
  console.log(
    `${name.padEnd(48)} ${ms.toFixed(0).padStart(6)} ms ${(EVENTS / ms).toFixed(0).padStart(6)} events/ms ${((1000 * mb) / ms).toFixed(0).padStart(5)} MB/s`,
  )
}
for (const ours of ['our decoder and all laws', 'our decoder, all laws and schemas'] as const) {
  console.log(`\n${ours}, times as fast as …`)
  for (const other of names.filter((name) => !name.startsWith('our') && !name.endsWith('alone'))) {
    console.log(`  ${other.padEnd(48)} ${ratio(other, ours).toFixed(2).padStart(6)}`)
  }
}
await memory()
const [kept, judged] = [
  'eventsource-parser and JSON, payloads kept',
  'our decoder, all laws and schemas',
] as const

printPart({
  title: 'Streams: 100,000 events',
  goals: [
    [
      'rules and schemas of a stream against decoding and JSON.parse with payloads kept',
      '≤ 1.10',
      (1 / ratio(kept, judged)).toFixed(2),
    ],
  ],
  rows: [
    '| way | CPU, median | events/ms |',
    '|---|---|---|',
    ...names.map((name) => {
      const ms = median(times[name])
      return `| ${name} | ${ms.toFixed(0)} ms | ${(EVENTS / ms).toFixed(0)} |`
    }),
  ],
})

/** CPU time of each way in each round, in milliseconds. The first round warms up. */
async function measure(): Promise<Record<Way, readonly number[]>> {
  const took = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<
    Way,
    number[]
  >
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const name of names) {
      await settle()
      const before = process.cpuUsage()
      await ways[name]()
      const { user, system } = process.cpuUsage(before)
      if (round > 0) took[name].push((user + system) / 1000)
    }
  }
  return took
}

/** Nobody pays for the garbage of those before. */
async function settle(): Promise<void> {
  globalThis.gc?.()
  await setTimeout(20)
}

/** The median of the ratios within the rounds: what slows the machine down slows both. */
function ratio(other: Way, ours: Way): number {
  return median(times[other].map((ms, round) => ms / times[ours][round]!))
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
}

function body(): Buffer {
  const frame = (event: JsonObject): string =>
    `event: ${String(event['type'])}\ndata: ${JSON.stringify(event)}\n\n`
  const at = { item_id: 'msg_1', output_index: 0, content_index: 0 }
  const part = { type: 'output_text', annotations: [], logprobs: [] }
  const item = { id: 'msg_1', type: 'message', role: 'assistant' }
  const bare = frame({
    type: 'response.output_text.delta',
    sequence_number: EVENTS,
    ...at,
    delta: '',
    logprobs: [],
    obfuscation: '',
  }).length
  const padding = 'x'.repeat(Math.max(0, Math.round(BYTES / EVENTS) - bare - 6))
  const texts = Array.from({ length: EVENTS }, (_, index) => ` word${index % 10}`)
  const text = texts.join('')
  const whole = { ...item, status: 'completed', content: [{ ...part, text }] }
  const events: JsonObject[] = [
    { type: 'response.created', response: createEmptyResponse('in_progress', SETTINGS) },
    { type: 'response.in_progress', response: createEmptyResponse('in_progress', SETTINGS) },
    {
      type: 'response.output_item.added',
      output_index: 0,
      item: { ...item, status: 'in_progress', content: [] },
    },
    { type: 'response.content_part.added', ...at, part: { ...part, text: '' } },
    ...texts.map((delta) => ({
      type: 'response.output_text.delta',
      ...at,
      delta,
      logprobs: [],
      obfuscation: padding,
    })),
    { type: 'response.output_text.done', ...at, text, logprobs: [] },
    { type: 'response.content_part.done', ...at, part: { ...part, text } },
    { type: 'response.output_item.done', output_index: 0, item: whole },
    {
      type: 'response.completed',
      response: createEmptyResponse('completed', {
        ...SETTINGS,
        output: [whole],
        usage: {
          input_tokens: 1,
          input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
          output_tokens: EVENTS,
          output_tokens_details: { reasoning_tokens: 0 },
          total_tokens: EVENTS + 1,
        },
      }),
    },
  ]
  return Buffer.from(
    events.map((event, sequence_number) => frame({ ...event, sequence_number })).join(''),
  )
}

function cut(bytes: Buffer, length: number): readonly Buffer[] {
  const pieces: Buffer[] = []
  for (let at = 0; at < bytes.length; at += length) pieces.push(bytes.subarray(at, at + length))
  return pieces
}

function parse(take: (data: string) => void): number {
  let seen = 0
  const decoder = new TextDecoder()
  const parser = createParser({
    onEvent: ({ data }) => {
      seen += 1
      take(data)
    },
  })
  for (const chunk of chunks) parser.feed(decoder.decode(chunk, { stream: true }))
  return seen
}

function receive(maxFrames = 2 * EVENTS): Exchange {
  const bytes = Buffer.concat(chunks)
  const places = chunks.map((_, index) => [index * CHUNK, index] as const)
  const limits = completeLimits({ events: maxFrames })
  const body = decodeEvents({ bytes, chunks: places, ending: 'complete' }, limits)
  return createExchange({ kind: 'events', ...body })
}

function reply(pieces: readonly Buffer[]): Response {
  const source = pieces.values()
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      const { value, done } = source.next()
      if (done === true) controller.close()
      else controller.enqueue(value)
    },
  })
  return new Response(stream, { headers: { 'content-type': 'text/event-stream' } })
}

async function official(pieces: readonly Buffer[]): Promise<number> {
  let seen = 0
  for await (const _ of Stream.fromSSEResponse(reply(pieces), new AbortController())) seen += 1
  return seen
}

async function accumulated(pieces: readonly Buffer[]): Promise<number> {
  const client = new OpenAI({ apiKey: 'none', fetch: async () => reply(pieces) })
  const { output_text: text } = await client.responses.stream({ model: 'm' }).finalResponse()
  return text.length
}

/** Everybody sees the same events, and the stream is lawful: otherwise the figures mean nothing. */
async function check(): Promise<void> {
  const exchange = receive()
  const seen = [
    parse(() => {}),
    exchange.body.kind === 'events' ? exchange.body.events.length : 0,
    await official(chunks),
    await official(frames),
  ]
  const broken = [...judgeStream(exchange), ...(contract.flaws(exchange) ?? [])]
  if (new Set(seen).size !== 1 || broken.length > 0) {
    throw new Error(`the readers disagree: ${seen.join(', ')}; ${JSON.stringify(broken[0])}`)
  }
}

/** What a decoded stream holds on to, besides the recorded bytes. */
async function memory(): Promise<void> {
  if (globalThis.gc === undefined) return
  const held = async (maxFrames?: number): Promise<number> => {
    await settle()
    const before = used()
    const exchange = receive(maxFrames)
    await settle()
    const grown = used() - before
    // Read once more, so that it is still alive when it is measured.
    return exchange.status === 200 ? grown / 1e6 : 0
  }
  const all = await held()
  const capped = await held(EVENTS / 10)
  console.log(
    `\nmemory held: ${all.toFixed(0)} MB for all events, ${capped.toFixed(0)} MB when the record keeps ${EVENTS / 10}`,
  )
}

function used(): number {
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
