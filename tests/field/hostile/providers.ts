// Providers that are broken or malicious, each in one way.

import { deflateSync, gzipSync } from 'node:zlib'
import { createAnswer, createEvent, createRawReply, createStreamReply } from './answers.ts'
import { http, tcp } from './serve.ts'
import { TOO_MUCH } from './floods.ts'
import {
  PAYLOAD,
  JSON_TYPE,
  STREAM_TYPE,
  OK,
  HEAD,
  CHUNKED,
  MB,
  says,
  sends,
  pours,
  chunk,
  drips,
  atOnce,
  atOnceOverTls,
  overTls,
  echoes,
  spelt,
  saying,
  injects,
  broken,
  sly,
  type HostileProvider,
} from './ways.ts'

export const PROVIDERS: Readonly<Record<string, HostileProvider>> = {
  // ── the connection ──
  'never answers': broken(tcp(() => undefined)),
  'accepts and says nothing': broken(atOnce(() => undefined)),
  'closes at once': broken(atOnce((socket) => socket.end())),
  'resets at once': broken(atOnce((socket) => socket.resetAndDestroy())),
  'resets after the request': broken(tcp((socket) => socket.resetAndDestroy())),
  'closes after the request': broken(tcp((socket) => socket.end())),
  'resets within the status line': broken(sends('HTTP/1.', 'reset')),
  'resets within the headers': broken(sends(`${HEAD}content-type: appl`, 'reset')),
  'resets after the headers': broken(sends(`${HEAD}content-length: 100\r\n\r\n`, 'reset')),
  'resets within the body': broken(sends(createRawReply(OK).subarray(0, -50), 'reset')),
  'resets within a chunk': broken(sends(`${CHUNKED}fff\r\ndata: {"ty`, 'reset')),
  'falls silent within the headers': broken(sends(`${HEAD}content-type: appl`, 'silence')),
  'falls silent within the body': broken(sends(createRawReply(OK).subarray(0, -50), 'silence')),
  'a few bytes a second': broken(drips(createRawReply(OK).toString())),
  'a few bytes a second of a stream': broken(drips(`${CHUNKED}${chunk(createStreamReply('a'))}`)),
  'talks before it is asked': broken(
    atOnce((socket) => socket.end(createRawReply('{}', [], '408 Timeout'))),
  ),
  'does not speak HTTP': broken(atOnce((socket) => socket.write('SSH-2.0-OpenSSH_9.2\r\n'))),

  // ── TLS ──
  'TLS: a certificate of nobody': broken(overTls()),
  'TLS: speaks plain HTTP': broken(atOnceOverTls((socket) => socket.end(createRawReply(OK)))),
  'TLS: never shakes hands': broken(atOnceOverTls(() => undefined)),
  'TLS: closes during the handshake': broken(
    atOnceOverTls((socket) => socket.once('data', () => socket.end())),
  ),
  'TLS: an alert': broken(
    atOnceOverTls((socket) => socket.end(Buffer.from('15030300020228', 'hex'))),
  ),

  // ── HTTP ──
  'a status line of garbage': broken(sends('HTTP/1.1 two hundred OK\r\n\r\n')),
  'a status beyond all classes': broken(sends(createRawReply(OK, [], '999 What'))),
  'a header without a colon': broken(sends(`${HEAD}content-type application/json\r\n\r\n{}`)),
  'a NUL in a header': broken(sends(`${HEAD}x: a\0b\r\ncontent-length: 2\r\n\r\n{}`)),
  'a header of a megabyte': broken(
    pours(`${HEAD}x-long: `, (index) => (index < 2 ? MB : undefined)),
  ),
  'headers without end': broken(pours(HEAD, (index) => `x-${index}: ${'y'.repeat(1000)}\r\n`)),
  'a content length that is too short': broken(
    sends(`${HEAD}content-type: application/json\r\ncontent-length: 10\r\n\r\n${OK}`),
  ),
  'a content length that is too long': broken(
    sends(`${HEAD}content-type: application/json\r\ncontent-length: 99999\r\n\r\n${OK}`),
  ),
  'two content lengths': broken(sends(`${HEAD}content-length: 2\r\ncontent-length: 3\r\n\r\n{}`)),
  'a negative content length': broken(sends(`${HEAD}content-length: -1\r\n\r\n{}`)),
  'a length and chunks': broken(
    sends(`${HEAD}content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`),
  ),
  'a chunk size of garbage': broken(sends(`${CHUNKED}zzz\r\ndata\r\n`)),
  'a chunk of sixteen exabytes': broken(
    sends(`${CHUNKED}ffffffffffffffff\r\ndata: 1\n\n`, 'silence'),
  ),
  'HTTP/1.0 that ends by closing': sly(
    sends(`HTTP/1.0 200 OK\r\ncontent-type: application/json\r\n\r\n${OK}`),
  ),
  '100 Continue, then an answer': sly(sends(`HTTP/1.1 100 Continue\r\n\r\n${createRawReply(OK)}`)),
  '100 Continue without end': broken(pours('', () => 'HTTP/1.1 100 Continue\r\n\r\n')),
  '103 Early Hints without end': broken(
    pours('', () => `HTTP/1.1 103 Early Hints\r\nlink: <${'x'.repeat(500)}>\r\n\r\n`),
  ),
  '101 Switching Protocols': broken(
    sends('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'),
  ),
  'two answers to one request': broken(
    sends(Buffer.concat([createRawReply('{}'), createRawReply(OK)])),
  ),
  '204 with a body': broken(sends(createRawReply(OK, [], '204 No Content'))),
  'redirects to itself': broken(
    http((request, response) => response.writeHead(307, { location: request.url! }).end()),
  ),
  'redirects to another host': broken(
    says('', { location: 'https://192.0.2.1/v1/responses' }, 308),
  ),
  'redirects into the local network': broken(
    says('', { location: 'http://127.0.0.1:22/v1/responses' }, 302),
  ),
  'redirects to a file': broken(says('', { location: 'file:///etc/passwd' }, 301)),
  trailers: sly(
    sends(
      `${CHUNKED}${chunk(createStreamReply('a').slice(0, 40))}0\r\nx-trailer: y\r\nauthorization: z\r\n\r\n`,
    ),
  ),

  ...TOO_MUCH,

  // ── strange bytes ──
  'gzip that is none': broken(says('not compressed', { ...JSON_TYPE, 'content-encoding': 'gzip' })),
  'gzip that breaks off': broken(
    says(gzipSync(OK).subarray(0, -20), { ...JSON_TYPE, 'content-encoding': 'gzip' }),
  ),
  'an encoding that nobody knows': broken(
    says('x', { ...JSON_TYPE, 'content-encoding': 'zstd, snake-oil' }),
  ),
  'bytes that are no UTF-8': broken(
    says(Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0xc0, 0x80, 0xed, 0xa0, 0x80, 0x22, 0x7d])),
  ),
  'UTF-16': broken(says(Buffer.from(`\ufeff${OK}`, 'utf16le'))),
  'lone surrogates': sly(says(OK.replace('fine', '\\ud800\\udfff\\ud800'))),
  'NaN and Infinity': broken(
    says(OK.replace('"temperature":1', '"temperature":NaN,"top_p":-Infinity')),
  ),
  'numbers beyond all numbers': sly(
    says(OK.replace('1750000000', '1e999').replace('"total_tokens":2', '"total_tokens":-1e999')),
  ),
  'keys that occur twice': sly(
    says(OK.replace('"status":"completed"', '"status":"failed","status":"completed"')),
  ),
  'keys of the prototype': sly(
    says(
      OK.replace(
        '"metadata":{}',
        '"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"metadata":{"__proto__":{"polluted":true}}',
      ),
    ),
  ),
  'tokens without measure': sly(says(OK.replace('"input_tokens":1', '"input_tokens":1e308'))),
  'events after the end': sly(says(createStreamReply('a') + createStreamReply('b'), STREAM_TYPE)),
  'a stream of errors': sly(
    says(createEvent('error', { code: 'x', message: 'y' }).repeat(1000), STREAM_TYPE),
  ),
  'half a stream': sly(says(createStreamReply('a').slice(0, 60), STREAM_TYPE)),
  'a stream that stays open': sly(
    http((_, response) => void response.writeHead(200, STREAM_TYPE).write(createStreamReply('a'))),
  ),
  'HTML with a smile': broken(
    says('<!doctype html><title>Login</title>', { 'content-type': 'text/html' }),
  ),
  '429 with an hour to wait': broken(
    says('{"error":{"message":"slow down"}}', { ...JSON_TYPE, 'retry-after': '3600' }, 429),
  ),
  '429 without end': broken(
    says('{"error":{"message":"slow down"}}', { ...JSON_TYPE, 'retry-after-ms': '20' }, 429),
  ),
  '429 with garbage to wait': broken(
    says('{}', { ...JSON_TYPE, 'retry-after': '-1e99, soon', 'retry-after-ms': 'NaN' }, 429),
  ),
  '500 with a stack trace': broken(
    says(
      `Error: at /srv/app.js:1 ${PAYLOAD}`,
      { 'content-type': 'text/plain', 'retry-after-ms': '10' },
      500,
    ),
  ),

  // ── the key ──
  'key in the text': sly(echoes((key) => [saying(`Your key is ${key}.`)])),
  'key in every field': sly(
    echoes((key) => [saying(key, { id: key, model: key, metadata: { [key]: key } })]),
  ),
  'key in an error': sly(
    echoes((key) => [
      JSON.stringify({
        error: { message: `Incorrect API key provided: ${key}`, type: key, code: key, param: key },
      }),
      JSON_TYPE,
      401,
    ]),
  ),
  'key in plain text': sly(
    echoes((key) => [`denied: ${key}`, { 'content-type': 'text/plain' }, 403]),
  ),
  'key in headers': sly(
    echoes((key) => [
      OK,
      {
        ...JSON_TYPE,
        'x-echo': key,
        'set-cookie': `k=${key}`,
        'x-request-id': encodeURIComponent(key),
      },
    ]),
  ),
  'key in a status line': sly(
    tcp((socket, request) =>
      socket.end(createRawReply(OK, [], `200 ${/Bearer ([^\r]*)/.exec(request)?.[1]}`)),
    ),
  ),
  'key in a trailer': sly(
    tcp((socket, request) =>
      socket.end(
        `${CHUNKED}${chunk(createStreamReply('a'))}0\r\nx: ${/Bearer ([^\r]*)/.exec(request)?.[1]}\r\n\r\n`,
      ),
    ),
  ),
  'key in a redirect': sly(
    echoes((key) => ['', { location: `https://192.0.2.1/?k=${encodeURIComponent(key)}` }, 302]),
  ),
  'key in JSON escapes': sly(
    echoes((key) => [
      OK.replace(
        'fine',
        spelt(key, (hex) => `\\u00${hex}`),
      ),
    ]),
  ),
  'key in URL escapes': sly(
    echoes((key) => [
      OK.replace(
        'fine',
        spelt(key, (hex) => `%${hex}`),
      ),
    ]),
  ),
  'key in base64': sly(
    echoes((key) => [
      saying(
        ['', 'a', 'ab'].map((before) => Buffer.from(before + key).toString('base64')).join(' '),
      ),
    ]),
  ),
  'key in base64url': sly(
    echoes((key) => [saying(Buffer.from(`{"key":"${key}"}`).toString('base64url'))]),
  ),
  'key in JSON in JSON': sly(
    echoes((key) => [saying(JSON.stringify({ nested: JSON.stringify({ key }) }))]),
  ),
  'key in gzip': sly(
    echoes((key) => [gzipSync(saying(key)), { ...JSON_TYPE, 'content-encoding': 'gzip' }]),
  ),
  'key in deflate': sly(
    echoes((key) => [deflateSync(saying(key)), { ...JSON_TYPE, 'content-encoding': 'deflate' }]),
  ),
  'key in event names': sly(
    echoes((key) => [
      `event: ${key}\nid: ${key}\ndata: {"type":${JSON.stringify(key)}}\n\n: ${key}\n\n`,
      STREAM_TYPE,
    ]),
  ),
  'key in pieces, one for each event': sly(
    echoes((key) => [createStreamReply(...key), STREAM_TYPE]),
  ),
  'key in pieces, one for each packet': sly(
    http((request, response) => {
      const key = (request.headers.authorization ?? '').replace(/^Bearer /, '')
      response.writeHead(200, JSON_TYPE)
      const bytes = saying(key)
      const send = (at: number): void => {
        if (at >= bytes.length) return void response.end()
        response.write(bytes.slice(at, at + 40), () => setImmediate(send, at + 40))
      }
      send(0)
    }),
  ),

  // ── injection ──
  'terminal, HTML, Markdown, CSV and XML in every string': sly(injects(PAYLOAD)),
  'an attack in every header': sly(
    tcp((socket) =>
      socket.end(
        createRawReply(OK, [
          'x-a: \u001b[2J<script>alert(1)</script>',
          'content-type: text/html;<script>',
          '=cmd(): @x',
          '::error::x: y',
        ]),
      ),
    ),
  ),
  'an attack as an error': sly(
    says(
      JSON.stringify({ error: { message: PAYLOAD, type: PAYLOAD, code: PAYLOAD, param: PAYLOAD } }),
      JSON_TYPE,
      400,
    ),
  ),
  'an attack as plain text': sly(says(PAYLOAD, { 'content-type': 'text/plain' })),
  'an attack as keys': sly(
    says(JSON.stringify({ ...createAnswer('x'), [PAYLOAD]: { [PAYLOAD]: PAYLOAD } })),
  ),
  'an attack as event names': sly(
    says(
      `event: \u001b[2J<script>alert(1)</script>\ndata: ${JSON.stringify({ type: PAYLOAD })}\n\n`,
      STREAM_TYPE,
    ),
  ),
}
