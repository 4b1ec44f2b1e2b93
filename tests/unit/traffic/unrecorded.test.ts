// What a recorder left out is not judged, and keys are masked wherever they come back.

import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../../src/types/index.ts'
import {
  ANSWER,
  JSON_HEADERS,
  record,
  LINE,
  read,
  reasonsOf,
  judge,
  rowOf,
} from './recorded-answer.ts'

describe('what was not recorded is not judged', () => {
  test('headers', async () => {
    const traffic = read(JSON.stringify(record({ status: 200, body: ANSWER })))
    expect(traffic.exchanges[0]?.exchange.unrecorded).toEqual(['headers'])
    const verdicts = await judge(traffic)
    expect(rowOf(verdicts, 'common/json-is-labelled-json')).toMatchObject({
      outcome: 'not-applicable',
      note: 'not recorded: the headers',
    })
    expect(rowOf(verdicts, 'common/matches-schema')?.outcome).toBe('pass')
  })

  test('a status: an answer shows itself, an error does not', async () => {
    const error = { error: { message: 'no', type: 'invalid_request_error' } }
    const lines = [
      record({ headers: JSON_HEADERS, body: ANSWER }),
      record({ headers: JSON_HEADERS, body: error }),
    ]
    const { exchanges } = read(lines.map((line) => JSON.stringify(line)).join('\n'))
    expect(exchanges.map(({ exchange }) => exchange.status)).toEqual([200, 0])
    const verdicts = await judge({ exchanges: exchanges.slice(1), formats: [], leftOut: [] })
    expect(verdicts.filter(({ outcome }) => outcome !== 'not-applicable')).toEqual([])
  })

  test('a body: the exchange is left out', () => {
    const traffic = read(
      `${LINE}\n${JSON.stringify(record({ status: 200, headers: JSON_HEADERS }))}`,
    )
    expect(reasonsOf(traffic)).toEqual(['line 2: its body was not recorded'])
  })

  test('an empty body is one where the answer says so', () => {
    const empty = (headers: JsonObject, more: JsonObject = {}): string =>
      JSON.stringify(record({ status: 500, headers, body: '', ...more }))
    const { exchanges } = read(
      [
        empty(JSON_HEADERS),
        empty({ 'content-length': '0' }),
        empty(JSON_HEADERS, { ending: 'complete' }),
      ].join('\n'),
    )
    expect(exchanges.map(({ place }) => place)).toEqual(['line 2', 'line 3'])
  })

  test('whether null was sent, in a body that some program printed', async () => {
    const [item] = ANSWER.output
    const content = [{ type: 'output_text', text: 'ok', annotations: null, logprobs: [] }]
    const body = { ...ANSWER, output: [{ ...item, content }] }
    const printed = await judge(read(JSON.stringify(body)))
    expect(printed.filter(({ outcome }) => outcome === 'fail')).toEqual([])
    const sent = await judge(
      read(JSON.stringify(record({ status: 200, headers: JSON_HEADERS, body }))),
    )
    const found = sent.flatMap(({ outcome, findings }) => (outcome === 'fail' ? findings : []))
    expect(found[0]).toMatchObject({ kind: 'null', at: '/output/0/content/0/annotations' })
  })

  const EVENTS = [
    {
      type: 'response.created',
      sequence_number: 0,
      response: { ...ANSWER, status: 'in_progress', output: [], usage: null },
    },
    {
      type: 'response.in_progress',
      sequence_number: 1,
      response: { ...ANSWER, status: 'in_progress', output: [], usage: null },
    },
    { type: 'response.completed', sequence_number: 2, response: { ...ANSWER, output: [] } },
  ]
  const stream = (events: readonly { readonly type: string }[]): string =>
    events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join('')

  test('the beginning of a stream that was taken up again, and the end of one that nobody saw', async () => {
    for (const part of [EVENTS.slice(1), EVENTS.slice(0, 2)]) {
      const verdicts = await judge(read(stream(part)))
      expect(verdicts.filter(({ outcome }) => outcome === 'fail')).toEqual([])
    }
    const ended = record(
      {
        status: 200,
        headers: { 'content-type': 'text/event-stream' },
        body: stream(EVENTS.slice(0, 2)),
        ending: 'complete',
      },
      '/v1/responses',
      { stream: true },
    )
    const verdicts = await judge(read(JSON.stringify(ended)))
    expect(rowOf(verdicts, 'streaming/ends-once')?.outcome).toBe('fail')
  })

  test('the lines of a stream whose events a program printed', async () => {
    const traffic = read(EVENTS.map((event) => JSON.stringify(event)).join('\n'))
    expect(traffic.exchanges.map(({ place }) => place)).toEqual(['the stream from line 1'])
    const verdicts = await judge(traffic)
    expect(rowOf(verdicts, 'streaming/names-its-events')).toMatchObject({
      outcome: 'not-applicable',
      note: 'not recorded: the lines of the stream',
    })
    expect(rowOf(verdicts, 'streaming/numbers-its-events')?.outcome).toBe('pass')
  })

  test('times: they are there where they were kept, and nowhere else', () => {
    const pieces = stream(EVENTS).split(/(?<=\n\n)/)
    const flat = {
      at: 1795972237000,
      method: 'POST',
      path: '/v1/responses',
      req: '{"model":"m","stream":true}',
      status: 200,
      headers: { 'content-type': 'text/event-stream' },
      chunks: pieces.map((piece, index) => [10 * index, Buffer.from(piece).toString('base64')]),
      end: 'end',
    }
    const [recorded] = read(JSON.stringify(flat)).exchanges
    expect(recorded?.exchange).toMatchObject({
      ending: 'complete',
      timing: { startedAt: '2026-11-29T17:10:37.000Z', endMs: 20 },
      body: { events: [{ ms: 0 }, { ms: 10 }, { ms: 20 }] },
    })
    expect(read(LINE).exchanges[0]?.exchange.timing).toBeUndefined()
  })

  test('half a document: the recorder may have cut it', () => {
    const half = JSON.stringify(ANSWER).slice(0, 200)
    const traffic = read(
      `${LINE}\n${JSON.stringify(record({ status: 200, headers: JSON_HEADERS, body: half }))}`,
    )
    expect(reasonsOf(traffic)[0]).toMatch(/^line 2: its body breaks off/)
  })
})

test('the keys of a request are masked wherever they come back', () => {
  const key = 'sk-masked-Zk3Vq8Lw2Np7Xt5B'
  const line = {
    host: 'one.example',
    request: {
      method: 'POST',
      path: `/v1/responses?api-key=${key}`,
      headers: { authorization: `Bearer ${key}`, cookie: 'session=cookie-0123456789-abcdef' },
      body: { model: 'm', input: `my key is ${key}` },
    },
    response: {
      status: 200,
      headers: { ...JSON_HEADERS, 'x-echo': key, 'set-cookie': 'a=b' },
      body: JSON.stringify({ ...ANSWER, metadata: { key, session: 'cookie-0123456789-abcdef' } }),
    },
  }
  const [recorded] = read(JSON.stringify(line)).exchanges
  const kept = JSON.stringify([recorded?.exchange, recorded?.bytes.toString()])
  expect(kept).not.toContain(key)
  expect(kept).not.toContain('cookie-0123456789-abcdef')
  expect(kept).not.toContain('a=b')
})
