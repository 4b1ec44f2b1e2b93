import * as fc from 'fast-check'
import { createParser } from 'eventsource-parser'
import { expect, test } from 'vitest'
import { createAnomalyLog } from '../../../src/transport/anomaly-log.ts'
import { completeLimits } from '../../../src/target/reading-limits.ts'
import { decodeEvents } from '../../../src/transport/sse.ts'
import type { Ending } from '../../../src/types/index.ts'

const utf8 = (text: string): Buffer => Buffer.from(text, 'utf8')

function decode(
  body: Uint8Array | string,
  {
    cuts = [],
    ending = 'complete',
    maxFrames,
  }: { cuts?: number[]; ending?: Ending; maxFrames?: number } = {},
) {
  const bytes = typeof body === 'string' ? utf8(body) : Buffer.from(body)
  const edges = [...new Set([0, ...cuts])].toSorted((a, b) => a - b)
  const chunks = edges.map((edge, index): [number, number] => [edge, index])
  const limits = completeLimits(maxFrames === undefined ? {} : { events: maxFrames })
  const { events, anomalies, beyond } = decodeEvents({ bytes, chunks, ending }, limits)
  return { events, anomalies, beyond, kinds: anomalies.map(({ kind }) => kind).toSorted() }
}

const frame = (type: string, more = ''): string =>
  `event: ${type}\ndata: {"type":"${type}"${more}}\n\n`
const CREATED = frame('response.created')
const COMPLETED = frame('response.completed')

test('gives each event its payload, its byte offset and the arrival of its last byte', () => {
  const first = frame('response.output_text.delta', ',"delta":"ü€😀"')
  const body = first + COMPLETED
  const bytes = utf8(first).length
  const { events, kinds } = decode(body, { cuts: [10, bytes - 1, bytes + 3] })
  expect(events).toEqual([
    expect.objectContaining({ index: 0, offset: 0, ms: 2, name: 'response.output_text.delta' }),
    expect.objectContaining({ index: 1, offset: bytes, ms: 3, name: 'response.completed' }),
  ])
  expect(events[0]!.data).toEqual({ type: 'response.output_text.delta', delta: 'ü€😀' })
  expect(kinds).toEqual([])
})

test('reads LF, CRLF and CR alike, and says which it was', () => {
  const body = CREATED + COMPLETED
  const plain = decode(body)
  for (const [end, kind] of [
    ['\r\n', 'crlf-line-ends'],
    ['\r', 'cr-line-ends'],
  ] as const) {
    const text = body.replaceAll('\n', end)
    for (let cut = 0; cut < text.length; cut += 1) {
      const { events, kinds } = decode(text, { cuts: [cut] })
      expect(events.map(({ raw, name }) => [raw, name])).toEqual(
        plain.events.map(({ raw, name }) => [raw, name]),
      )
      expect(events.map(({ offset }) => text.slice(offset, offset + 5))).toEqual(['event', 'event'])
      expect(kinds).toEqual([kind])
    }
  }
  expect(decode(CREATED + COMPLETED.replaceAll('\n', '\r\n')).kinds).toEqual([
    'crlf-line-ends',
    'mixed-line-ends',
  ])
})

test('blames nobody for a line end that was cut in two', () => {
  const body = (CREATED + COMPLETED).replaceAll('\n', '\r\n').slice(0, -1)
  expect(decode(body, { ending: 'aborted' }).kinds).toEqual(['crlf-line-ends'])
})

test.each([
  ['no-event-line', 'data: {"type":"response.created"}\n\n'],
  ['event-differs-from-type', 'event: message\ndata: {"type":"response.created"}\n\n'],
  ['no-type', 'event: response.created\ndata: {}\n\n'],
  ['no-type', 'event: response.created\ndata: 7\n\n'],
  ['empty-data', 'event: response.created\ndata:\n\n'],
  ['event-without-data', 'event: response.created\n\n'],
  ['not-json', 'event: response.created\ndata: {"type":\n\n'],
  ['byte-order-mark', `\uFEFF${CREATED}`],
  ['unterminated-frame', CREATED.trimEnd()],
  ['unterminated-frame', CREATED.slice(0, -8)],
  ['after-terminal', COMPLETED + CREATED],
  ['after-terminal', `${COMPLETED}data: [DONE]\n\ndata: [DONE]\n\n`],
  ['id-line', `id: 7\n${CREATED}`],
  ['id-line', 'id: 7\n\n'],
  ['retry-line', `retry: 7\n${CREATED}`],
  ['retry-line', 'retry: soon\n\n'],
  ['comment', `: ping\n\n${CREATED}`],
  ['unknown-line', `{"error":"overloaded"}\n\n`],
])('notes %s', (kind, body) => {
  expect(decode(body).kinds).toEqual([kind])
})

test('finds nothing unusual about a sentinel, several data lines, or a missing space', () => {
  const body = `event:response.completed\ndata:{"type":\ndata:"response.completed"}\n\ndata: [DONE]\n\n`
  const { events, kinds } = decode(body)
  expect(kinds).toEqual([])
  expect(events.map(({ data }) => data)).toEqual([{ type: 'response.completed' }, undefined])
})

test('notes split and broken UTF-8', () => {
  const body = utf8(frame('response.output_text.delta', ',"delta":"😀"'))
  const emoji = body.indexOf(0xf0)
  const split = decode(body, { cuts: [emoji + 1, emoji + 2] })
  expect(split.kinds).toEqual(['split-utf8'])
  expect(split.events[0]!.raw).toContain('😀')
  body[emoji + 1] = 0x41
  expect(decode(body, { cuts: [emoji] }).kinds).toEqual(['invalid-utf8'])
})

test('keeps an unterminated frame whose payload is whole, and drops half of one', () => {
  expect(decode(CREATED + COMPLETED.trimEnd()).events).toHaveLength(2)
  expect(decode(CREATED + COMPLETED.slice(0, -5)).events).toHaveLength(1)
  expect(decode(CREATED.slice(0, -5), { ending: 'aborted' }).kinds).toEqual([])
})

test('keeps no more than its limit, and says so', () => {
  const many = decode(CREATED.repeat(5), { maxFrames: 2 })
  expect(many.events).toHaveLength(2)
  expect(many.anomalies).toMatchObject([{ kind: 'cut', count: 3 }])
  const comments = decode(`${': ping\n\n'.repeat(3)}${CREATED}`, { maxFrames: 3 })
  expect(comments.kinds).toEqual(['comment', 'cut'])
  expect(comments.events).toHaveLength(0)
})

test('reads a frame without end, and line ends without end, in linear time', () => {
  const long = 2 ** 18
  expect(decode(`data: ${'x'.repeat(long)}`).kinds).toEqual(['unterminated-frame'])
  for (const end of ['\n', '\r', '\r\n', 'data:\n', '\r\n\n']) {
    expect(decode(end.repeat(long / end.length)).events).toHaveLength(0)
  }
  expect(decode(`${'\n'.repeat(long)}${'\r'.repeat(long)}`).kinds).toContain('mixed-line-ends')
})

// Enough of both kinds of frame: those that are read in one step, and all others.
const line = fc.constantFrom(
  'event: response.created',
  'event: response.created\ndata: {"type":"response.created"}\n',
  'event: \ndata: {"type":"response.created"}\n',
  'data: {"type":"response.created"}',
  'data: {"type":"response.completed","text":"ü😀"}',
  'data:  two spaces',
  'data: [DONE]',
  'data:',
  'event:',
  ': ping',
  'id: 1',
  '\uFEFF',
  'nonsense',
  '',
  '',
)

test('reads every event as the library alone does, with its place', () => {
  const lines = fc.array(line, { maxLength: 12 }).map((some) => `${some.join('\n')}\n\n`)
  fc.assert(
    fc.property(lines, (text) => {
      fc.pre(!text.startsWith('\uFEFF'))
      const expected: object[] = []
      createParser({ onEvent: ({ id, event, data }) => expected.push({ id, event, data }) }).feed(
        text,
      )
      const { events } = decode(text)
      expect(events.map(({ id, name, raw }) => ({ id, event: name, data: raw }))).toEqual(expected)
      for (const { offset, raw } of events) {
        const frame = utf8(text)
          .subarray(offset)
          .toString()
          .split(/(?<=(?:^|\n)\n)/)[0]!
        expect(
          frame
            .match(/^data:.*/gm)
            ?.map((own) => own.replace(/^data: ?/, ''))
            .join('\n'),
        ).toBe(raw)
      }
      // Other line ends go another way, to the same end.
      const strange = decode(text.replaceAll('\n', '\r\n')).events
      expect(strange.map(({ id, name, raw }) => ({ id, event: name, data: raw }))).toEqual(expected)
    }),
    { numRuns: 1000 },
  )
})

test('the chunks make no difference, whatever the bytes', () => {
  const end = fc.constantFrom('\n', '\n', '\r\n', '\r')
  const text = fc
    .array(fc.tuple(line, end), { maxLength: 12 })
    .map((lines) => lines.flat().join(''))
  const bytes = fc.oneof(
    text.map(utf8),
    fc.uint8Array({ maxLength: 60 }).map((a) => Buffer.from(a)),
  )
  fc.assert(
    fc.property(bytes, fc.array(fc.nat(200), { maxLength: 8 }), (body, cuts) => {
      const strip = (result: ReturnType<typeof decode>) => ({
        events: result.events.map((event) => ({ ...event, ms: 0 })),
        anomalies: result.anomalies.filter(({ kind }) => kind !== 'split-utf8'),
      })
      const inside = cuts.filter((cut) => cut < body.length)
      expect(strip(decode(body, { cuts: inside }))).toEqual(strip(decode(body)))
    }),
    { numRuns: 500 },
  )
})

test('counts what repeats and keeps the first place', () => {
  const log = createAnomalyLog()
  log.note('comment', 4)
  log.note('comment', 9)
  expect(log.list()).toMatchObject([{ kind: 'comment', offset: 4, count: 2 }])
})
