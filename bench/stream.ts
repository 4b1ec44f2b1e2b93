// How fast streams are read and judged: `npm run bench:stream`.
//
// 100,000 text deltas, 24 MB, in chunks of 16 KiB. Each figure is the median of several runs of
// CPU time; the official SDK decodes the same bytes in the same process.

import { createParser } from 'eventsource-parser'
import { Stream } from 'openai/streaming'
import { VERSION } from 'openai/version'
import { loadContract } from '../src/contract/load.ts'
import { judgeStream } from '../src/stream/laws.ts'
import type { Exchange, JsonObject } from '../src/types.ts'
import { decodeEvents } from '../src/wire/sse.ts'

const EVENTS = 100_000
const BYTES = 21_700_000
const CHUNK = 16 * 1024
const RUNS = 7

const chunks = cut(body(), CHUNK)
const size = chunks.reduce((sum, chunk) => sum + chunk.length, 0)
const contract = loadContract('openai')

const ways: Readonly<Record<string, () => unknown | Promise<unknown>>> = {
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
  'official SDK: its decoder alone': () => official(),
}

console.log(
  `Node ${process.version}, openai ${VERSION}; ${EVENTS} events, ${(size / 1e6).toFixed(1)} MB, median CPU time of ${RUNS} runs\n`,
)
await check()
const times = new Map<string, number>()
for (const [name, run] of Object.entries(ways)) {
  const took: number[] = []
  await run()
  for (let round = 0; round < RUNS; round += 1) {
    globalThis.gc?.()
    const before = process.cpuUsage()
    await run()
    const { user, system } = process.cpuUsage(before)
    took.push((user + system) / 1000)
  }
  const median = took.toSorted((a, b) => a - b)[Math.floor(RUNS / 2)]!
  times.set(name, median)
  console.log(
    `${name.padEnd(46)} ${median.toFixed(0).padStart(6)} ms ${(EVENTS / median).toFixed(0).padStart(6)} events/ms ${(size / 1e3 / median).toFixed(0).padStart(5)} MB/s`,
  )
}
const everything = times.get('our decoder, all laws and schemas')!
const laws = times.get('our decoder and all laws')!
const json = times.get('eventsource-parser and JSON')!
// Whoever judges a stream keeps it; most of what we take longer is the garbage collector's.
const kept = times.get('eventsource-parser and JSON, payloads kept')!
const sdk = times.get('official SDK: its decoder alone')!
console.log(
  [
    '',
    `all laws:             ${(sdk / laws).toFixed(1)} times as fast as the SDK's decoding, ${(json / laws).toFixed(2)} times as fast as decoding with JSON alone, ${(kept / laws).toFixed(2)} times with payloads kept`,
    `all laws and schemas: ${(sdk / everything).toFixed(1)} times as fast as the SDK's decoding, ${(json / everything).toFixed(2)} times as fast as decoding with JSON alone, ${(kept / everything).toFixed(2)} times with payloads kept`,
  ].join('\n'),
)
memory()

function body(): Buffer {
  const frame = (event: JsonObject): string =>
    `event: ${String(event['type'])}\ndata: ${JSON.stringify(event)}\n\n`
  const response = (status: string, more: JsonObject): JsonObject => ({
    id: 'resp_1',
    object: 'response',
    created_at: 1_700_000_000,
    status,
    model: 'm',
    output: [],
    usage: null,
    ...more,
  })
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
    { type: 'response.created', response: response('in_progress', {}) },
    { type: 'response.in_progress', response: response('in_progress', {}) },
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
      response: response('completed', {
        output: [whole],
        usage: { input_tokens: 1, output_tokens: EVENTS, total_tokens: EVENTS + 1 },
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
  return {
    request: { operation: 'create', method: 'POST', path: '/responses' },
    status: 200,
    headers: [['content-type', 'text/event-stream']],
    body: {
      kind: 'events',
      ...decodeEvents({ bytes, chunks: places, ending: 'complete' }, maxFrames),
    },
    ending: 'complete',
  }
}

async function official(): Promise<number> {
  const source = chunks.values()
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      const { value, done } = source.next()
      if (done === true) controller.close()
      else controller.enqueue(value)
    },
  })
  let seen = 0
  for await (const _ of Stream.fromSSEResponse(new Response(stream), new AbortController()))
    seen += 1
  return seen
}

/** Everybody sees the same events, and the stream is lawful: otherwise the figures mean nothing. */
async function check(): Promise<void> {
  const exchange = receive()
  const seen = [
    parse(() => {}),
    exchange.body.kind === 'events' ? exchange.body.events.length : 0,
    await official(),
  ]
  const broken = judgeStream(exchange)
  if (new Set(seen).size !== 1 || broken.length > 0) {
    throw new Error(`the readers disagree: ${seen.join(', ')}; ${JSON.stringify(broken[0])}`)
  }
}

/** What a decoder holds on to, with the record capped at a tenth of the events. */
function memory(): void {
  if (globalThis.gc === undefined) return
  const hold = (maxFrames?: number): number => {
    globalThis.gc!()
    const before = process.memoryUsage()
    const exchange = receive(maxFrames)
    globalThis.gc!()
    const after = process.memoryUsage()
    const grown = after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers
    // Read once more, so that it is still alive when it is measured.
    return exchange.status === 200 ? grown / 1e6 : 0
  }
  console.log(
    `\nmemory held: ${hold().toFixed(0)} MB for all events, ${hold(EVENTS / 10).toFixed(0)} MB when the record keeps ${EVENTS / 10}`,
  )
}
