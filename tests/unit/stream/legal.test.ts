import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { ROLES } from '../../../src/stream/event-types.ts'
import { judgeStream } from '../../../src/stream/rules/judge-stream.ts'
import type { Json } from '../../../src/types/index.ts'
import { arbitraryFraming, encodeEvents, receiveEvents } from './framing.ts'
import { createStream, legalStream } from './legal.ts'

// `npm run fuzz:stream` asks for ten thousand.
const runs = Number(process.env['STREAM_RUNS'] ?? 300)

test('a legal stream breaks no law, however it is framed and cut', () => {
  fc.assert(
    fc.property(
      legalStream,
      arbitraryFraming,
      fc.array(fc.nat(), { maxLength: 10 }),
      (spec, how, cuts) => {
        const bytes = encodeEvents(createStream(spec), {
          ...how,
          sentinel: how.sentinel || spec.dialect === 'open-responses',
        })
        const exchange = receiveEvents(bytes, cuts)
        expect(judgeStream(exchange, spec.dialect)).toEqual([])
        const unusual =
          exchange.body.kind === 'events' ? exchange.body.anomalies.map(({ kind }) => kind) : []
        const usual = ['crlf-line-ends', 'split-utf8', 'comment', 'no-event-line']
        expect(unusual.filter((kind) => !usual.includes(kind))).toEqual([])
      },
    ),
    { numRuns: runs },
  )
})

test('nothing that is sent makes a law throw', () => {
  const types = fc.constantFrom(...ROLES.keys(), 'ping', '')
  const event = fc.record(
    {
      type: fc.oneof({ weight: 9, arbitrary: types }, fc.jsonValue()),
      sequence_number: fc.oneof(fc.nat(20), fc.jsonValue()),
      output_index: fc.oneof(fc.nat(2), fc.jsonValue()),
      content_index: fc.oneof(fc.nat(2), fc.jsonValue()),
      summary_index: fc.oneof(fc.nat(2), fc.jsonValue()),
      item_id: fc.oneof(fc.constantFrom('a', 'b', '__proto__'), fc.jsonValue()),
      delta: fc.oneof(fc.string(), fc.jsonValue()),
      text: fc.oneof(fc.string(), fc.jsonValue()),
      item: fc.oneof(
        fc.record({ id: fc.constantFrom('a', 'b'), type: fc.string(), content: fc.jsonValue() }),
        fc.jsonValue(),
      ),
      part: fc.oneof(
        fc.record({
          type: fc.constantFrom('output_text', 'refusal', 'summary_text', 'toString'),
          text: fc.jsonValue(),
          annotations: fc.jsonValue(),
        }),
        fc.jsonValue(),
      ),
      response: fc.oneof(
        fc.record({ id: fc.jsonValue(), status: fc.jsonValue(), output: fc.array(fc.jsonValue()) }),
        fc.jsonValue(),
      ),
    },
    { requiredKeys: ['type'] },
  )
  fc.assert(
    fc.property(fc.array(event, { maxLength: 20 }), (events) => {
      for (const finding of judgeStream(receiveEvents(encodeEvents(events as Json[])))) {
        expect(finding.at).toMatch(/^\/events/)
      }
    }),
    { numRuns: runs },
  )
})

test('a hostile stream is judged in the end', () => {
  const many = 5000
  const deep = `${'['.repeat(many)}${']'.repeat(many)}`
  const streams: readonly (readonly string[])[] = [
    Array.from(
      { length: many },
      (_, at) => `{"type":"response.output_item.added","output_index":${at}}`,
    ),
    Array.from(
      { length: many },
      (_, at) =>
        `{"type":"response.output_text.delta","item_id":"m","content_index":${at},"delta":"x"}`,
    ),
    Array.from(
      { length: many },
      (_, at) => `{"type":"response.content_part.done","item_id":"m","content_index":${at % 9}}`,
    ),
    Array.from({ length: many }, () => '{"type":"response.output_text.delta","delta":"x"}'),
    Array.from({ length: many }, () => '{"type":"response.completed","response":{"output":[{}]}}'),
    Array.from({ length: many }, () => '{"type":"error"}'),
    [
      `{"type":"response.created","response":{"id":${deep}}}`,
      `{"type":"response.completed","response":{"id":1,"tools":${deep}}}`,
    ],
  ]
  for (const payloads of streams) {
    const bytes = Buffer.from(payloads.map((data) => `data: ${data}\n\n`).join(''))
    expect(judgeStream(receiveEvents(bytes)).length).toBeGreaterThan(0)
  }
})
