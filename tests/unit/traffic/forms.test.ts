// The same exchanges in every wrapping that files have, and forms that no sample has.

import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { ANSWER, JSON_HEADERS, record, RECORDED, LINE, read, reasonsOf } from './recorded-answer.ts'

describe('wrappings', () => {
  const bom = '\uFEFF'
  const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le')
  const files: Readonly<Record<string, string | Buffer>> = {
    'JSON Lines': `${LINE}\n${LINE}\n`,
    'JSON Lines with CRLF and blank lines': `${LINE}\r\n\r\n${LINE}\r\n`,
    'a list': JSON.stringify([RECORDED, RECORDED]),
    'documents one behind the other': `${JSON.stringify(RECORDED, null, 2)}\n${JSON.stringify(RECORDED, null, 2)}\n`,
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
    const at = (fields: object): string => JSON.stringify({ ...(RECORDED as object), ...fields })
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
