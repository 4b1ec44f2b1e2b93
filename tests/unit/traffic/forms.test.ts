// The same exchanges in every wrapping that files have, what a recorder left out, and files that mean harm.

import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { readTraffic, type Traffic } from '../../../src/evidence/import-traffic.ts'
import { createMemoryStore } from '../../../src/evidence/saved-exchanges.ts'
import { createTrafficJudge } from '../../../src/run/judge-traffic.ts'
import type { Json, JsonObject, Verdict } from '../../../src/types/index.ts'

const ANSWER = {
  id: 'resp_1',
  object: 'response',
  created_at: 1795972237,
  status: 'completed',
  error: null,
  incomplete_details: null,
  instructions: null,
  metadata: {},
  model: 'm',
  output: [
    {
      id: 'msg_1',
      type: 'message',
      status: 'completed',
      role: 'assistant',
      content: [{ type: 'output_text', text: 'ok', annotations: [], logprobs: [] }],
    },
  ],
  parallel_tool_calls: true,
  temperature: 1,
  tool_choice: 'auto',
  tools: [],
  top_p: 1,
  usage: {
    input_tokens: 5,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: 2,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: 7,
  },
}

const JSON_HEADERS = { 'content-type': 'application/json' }

function record(response: Json, path = '/v1/responses', more: JsonObject = {}): Json {
  return {
    host: 'one.example',
    request: { method: 'POST', path, body: { model: 'm', input: 'x', ...more } },
    response,
  }
}

const RECORD = record({ status: 200, headers: JSON_HEADERS, body: JSON.stringify(ANSWER) })
const LINE = JSON.stringify(RECORD)

function read(file: string | Buffer): Traffic {
  return readTraffic(typeof file === 'string' ? Buffer.from(file) : file, 'file')
}

function reasonsOf({ leftOut }: Traffic): readonly string[] {
  return leftOut.map(({ place, because }) => `${place}: ${because}`)
}

async function judge({ exchanges }: Traffic): Promise<readonly Verdict[]> {
  const judgeAll = await createTrafficJudge({
    contract: 'openai',
    yardsticks: ['openai'],
    store: createMemoryStore(),
    isWritten: false,
  })
  return (await judgeAll(exchanges)).result.verdicts
}

function rowOf(verdicts: readonly Verdict[], check: string): Verdict | undefined {
  return verdicts.find((row) => row.check === check)
}

describe('wrappings', () => {
  const bom = '\uFEFF'
  const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le')
  const files: Readonly<Record<string, string | Buffer>> = {
    'JSON Lines': `${LINE}\n${LINE}\n`,
    'JSON Lines with CRLF and blank lines': `${LINE}\r\n\r\n${LINE}\r\n`,
    'a list': JSON.stringify([RECORD, RECORD]),
    'documents one behind the other': `${JSON.stringify(RECORD, null, 2)}\n${JSON.stringify(RECORD, null, 2)}\n`,
    'a byte order mark': `${bom}${LINE}\n${LINE}`,
    'UTF-16, little end first': utf16(`${bom}${LINE}\n${LINE}`),
    'UTF-16, big end first': utf16(`${bom}${LINE}\n${LINE}`).swap16(),
    'UTF-16 without a mark': utf16(`${LINE}\n${LINE}`),
    gzip: gzipSync(`${LINE}\n${LINE}\n`),
    'gzip in gzip': gzipSync(gzipSync(`${LINE}\n${LINE}\n`)),
  }

  test.each(Object.entries(files))('%s', (_, file) => {
    const { exchanges, leftOut } = read(file)
    expect(exchanges.map(({ exchange }) => exchange.body)).toMatchObject([
      { kind: 'json', value: ANSWER },
      { kind: 'json', value: ANSWER },
    ])
    expect(leftOut).toEqual([])
  })

  test('a bad line costs itself alone, and has its number', () => {
    const traffic = read(`${LINE}\n{"half\n${JSON.stringify({ any: 1 })}\n${LINE}\n`)
    expect(traffic.exchanges.map(({ place }) => place)).toEqual(['line 1', 'line 4'])
    expect(reasonsOf(traffic)).toEqual([
      'line 2: it is no JSON within the bounds: "{\\"half"',
      'line 3: it is of no format that is known: {"any":1}',
    ])
  })

  test('a method in small letters, a base path, a query, a host that is none, an address in one piece', () => {
    const at = (fields: object): string => JSON.stringify({ ...(RECORD as object), ...fields })
    const { exchanges } = read(
      [
        at({ request: { method: 'post', path: '/openai/v1/responses?api-version=1' } }),
        at({ host: 'no host!' }),
        at({ host: undefined }),
        at({ host: undefined, request: { method: 'GET', url: 'http://h:1/x/responses/resp_1' } }),
      ].join('\n'),
    )
    expect(
      exchanges.map(({ host, baseUrl, exchange: { request } }) => [host, baseUrl, request]),
    ).toMatchObject([
      [
        'one.example',
        'https://one.example/openai/v1',
        { method: 'POST', path: '/responses', query: [['api-version', '1']] },
      ],
      ['', '', { path: '/responses' }],
      ['', '', { path: '/responses' }],
      ['h:1', 'http://h:1/x', { operation: 'retrieve', path: '/responses/resp_1' }],
    ])
  })

  test('pages of other programs are left out, and so are lists of models that stand alone', () => {
    const traffic = read(
      [
        JSON.stringify(record({ status: 200, body: '{}' }, '/v1/chat/completions')),
        JSON.stringify({
          url: 'https://shop.example/models',
          request: { method: 'GET' },
          response: { status: 200, body: '<html>' },
        }),
        LINE,
      ].join('\n'),
    )
    expect(traffic.exchanges.map(({ place }) => place)).toEqual(['line 3'])
    expect(reasonsOf(traffic)).toEqual([
      'line 1: POST /v1/chat/completions: not an endpoint of this API',
      'line 2: GET /models: nothing else shows that this API is offered there',
    ])
  })
})

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

describe('forms that no sample has', () => {
  const body = JSON.stringify(ANSWER)
  const yaml = `{method: post, uri: "https://h/v1/responses", headers: {}, body: {encoding: UTF-8, string: '{"model":"m"}'}}`
  const files: Readonly<Record<string, string>> = {
    'a cassette of Ruby, with bytes': `---
http_interactions:
- request: ${yaml}
  response:
    status: {code: 200, message: OK}
    headers: {Content-Type: [application/json], Content-Encoding: [gzip]}
    body:
      encoding: ASCII-8BIT
      string: !binary |-
        ${gzipSync(body).toString('base64')}
  recorded_at: Mon, 30 Nov 2026 03:50:06 GMT
recorded_with: VCR 6.3.1
`,
    'a cassette with parsed bodies': `interactions:
- request: {method: POST, uri: "https://h/v1/responses", parsed_body: {model: m, input: x}}
  response: {status: {code: 200}, headers: {content-type: [application/json]}, parsed_body: ${body}}
`,
    'documents without anything between': `${body}${body}`,
    'several answers of curl, one after a redirect, one after 100 Continue': `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n${body}
HTTP/1.1 200 Connection established\r\n\r\nHTTP/2 200 \r\ncontent-type: application/json\r\n\r\n${body}`,
    'a request and its answer as a script prints them': `POST /responses
{"model": "m", "input": "x"}
----
HTTP 200
Content-Type: application/json

${body}`,
    'a pair of bodies': JSON.stringify({ request: { model: 'm', input: 'x' }, response: ANSWER }),
    'an observation of Langfuse that logs the response': JSON.stringify({
      data: [{ id: 'o', type: 'GENERATION', traceId: 't', output: ANSWER }],
    }),
    "a journal of WireMock's requests": JSON.stringify({
      requests: [
        {
          id: '1',
          request: { absoluteUrl: 'http://h/v1/responses', method: 'POST', body: '{"model":"m"}' },
          response: {
            status: 200,
            headers: JSON_HEADERS,
            bodyAsBase64: Buffer.from(body).toString('base64'),
          },
        },
      ],
    }),
    'Postman, its address in parts': JSON.stringify({
      info: { name: 'c' },
      item: [
        {
          name: 'folder',
          item: [
            {
              request: {},
              response: [
                {
                  originalRequest: {
                    method: 'POST',
                    url: { protocol: 'https', host: ['api', 'example'], path: ['v1', 'responses'] },
                    body: { raw: '{"model":"m"}' },
                  },
                  code: 200,
                  header: [{ key: 'content-type', value: 'application/json' }],
                  body,
                },
              ],
            },
          ],
        },
      ],
    }),
  }

  test.each(Object.entries(files))('%s', (_, file) => {
    const { exchanges, leftOut } = read(file)
    expect(leftOut).toEqual([])
    expect(exchanges.length).toBeGreaterThan(0)
    for (const { exchange } of exchanges) {
      expect(exchange).toMatchObject({ status: 200, body: { kind: 'json', value: ANSWER } })
      expect(exchange.request).toMatchObject({ method: 'POST', path: '/responses' })
    }
  })

  test.each([
    [
      "\n<<<<<<-- cut here -->>>>>>\n\nnock('https://h:443')\n  .post('/v1/responses')",
      'output_objects: true',
    ],
    [
      '== Info: Trying\n=> Send header, 196 bytes (0xc4)\n0000: POST /v1/responses HTTP/1.1',
      'record with -i or -v',
    ],
    [
      'HTTP/1.1 200 OK\ncontent-type: application/json\ncontent-length: 9\n\n',
      'its body was not recorded',
    ],
    [
      `HTTP/1.1 200 OK\ncontent-type: application/json\n\n${body.slice(0, 99)}`,
      'its body breaks off',
    ],
    ['{"object":"chat.completion","choices":[]}', 'it is of Chat Completions'],
    ['{"model":"m","input":"x"}', 'it is a request without its answer'],
    ['{"format":"responses-conformance/run/1"}', 'to "rejudge"'],
    [JSON.stringify(record({ status: 101, headers: JSON_HEADERS, body: '' })), 'it is a WebSocket'],
    [
      JSON.stringify({ id: '1', request: { urlPattern: '/v1/.*' }, response: { status: 200 } }),
      'is a pattern',
    ],
    [
      JSON.stringify({
        id: '1',
        request: { url: '/v1/responses' },
        response: { bodyFileName: 'b.json' },
      }),
      '__files/b.json',
    ],
    [JSON.stringify(record({ status: 0, headers: {}, body: '' })), 'no answer was recorded'],
  ])('%s', (file, said) => {
    expect(reasonsOf(read(file)).join()).toContain(said)
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

describe('files that mean harm end in a sentence', () => {
  const deep = '['.repeat(100_000)
  const netstring = (content: string, type: string): string => `${content.length}:${content}${type}`
  let nested = netstring('', '~')
  for (let depth = 0; depth < 200; depth++) nested = netstring(nested, ']')
  const files: Readonly<Record<string, readonly [string | Buffer, string]>> = {
    nothing: ['', 'is empty'],
    blanks: [' \n\n ', 'is empty'],
    'an empty HAR': ['{"log":{"entries":[]}}', 'there is nothing in it'],
    'prose with escapes': ['Dear \u001b[31mreader', 'begins with "Dear \\u001b[31mreader"'],
    'a zip archive': [Buffer.from('PK\u0003\u0004…'), 'a zip archive; unpack it'],
    zstd: [Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 0]), 'packed by zstd; unpack it'],
    'half a gzip': [gzipSync(LINE).subarray(0, 40), 'cannot be unpacked'],
    'gzip in gzip in gzip in gzip': [
      gzipSync(gzipSync(gzipSync(gzipSync(LINE)))),
      'packed by gzip more than 3 times',
    ],
    'a bomb': [gzipSync(Buffer.alloc(257 * 1024 * 1024)), 'unpacks to more than 256 MiB'],
    'deep JSON': [deep, 'nested too deeply'],
    'a million lines': ['{}\n'.repeat(1_000_001), 'more than 1000000 lines'],
  }

  test.each(Object.entries(files))('%s', (_, [file, said]) => {
    expect(() => read(file)).toThrow(said)
  })

  const leftOut: Readonly<Record<string, readonly [string, string]>> = {
    'a flow in a flow in a flow': [`12:${nested}`, 'it breaks off, or is no flow'],
    'a flow that breaks off': ['9999:4:type;4:http;', 'it breaks off, or is no flow'],
    'YAML that doubles itself': [
      `interactions:\n- &a [x]\n${Array.from({ length: 40 }, (__, at) => `- &${'bcdefghijklmnopqrstuvwxyz'.repeat(2).slice(at, at + 3)} [*a, *a]`).join('\n')}`,
      'no answer was recorded',
    ],
    'a body of 9 MiB': [
      JSON.stringify(
        record({ status: 200, headers: JSON_HEADERS, body: 'x'.repeat(9 * 1024 * 1024) }),
      ),
      'its body has 9 MiB; at most 8 MiB are judged',
    ],
    'a body that is a bomb': [
      JSON.stringify({
        log: {
          entries: [
            {
              request: { method: 'POST', url: 'http://h/v1/responses' },
              response: {
                status: 200,
                headers: [{ name: 'content-encoding', value: 'gzip' }],
                content: {
                  encoding: 'base64',
                  text: gzipSync(Buffer.alloc(9 * 1024 * 1024)).toString('base64'),
                },
              },
            },
          ],
        },
      }),
      'its body cannot be unpacked, or to more than 8 MiB',
    ],
  }

  test.each(Object.entries(leftOut))('%s', (_, [file, said]) => {
    const traffic = read(file)
    expect(traffic.exchanges).toEqual([])
    expect(reasonsOf(traffic)[0]).toContain(said)
  })
})
