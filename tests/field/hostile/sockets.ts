// Providers of WebSocket connections that are broken or malicious, each in one way.

import { createHash } from 'node:crypto'
import { createServer as createHttp } from 'node:http'
import type { Socket } from 'node:net'
import { WebSocketServer, type WebSocket } from 'ws'
import type { JsonObject } from '../../../src/types/index.ts'
import { createAnswer } from './answers.ts'
import { PAYLOAD, type HostileProvider } from './ways.ts'
import { http, listen, pour, tcp, type Start } from './serve.ts'

const MB = Buffer.alloc(1024 * 1024, 'x')

/** A frame as a server sends it: not masked, whole unless told otherwise. */
function frame(payload: string | Buffer, opcode = 1, { fin = true, announced = -1 } = {}): Buffer {
  const body = Buffer.from(payload)
  const length = announced < 0 ? body.length : announced
  const head = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10)
  head[0] = (fin ? 0x80 : 0) | opcode
  head[1] = length < 126 ? length : length < 65_536 ? 126 : 127
  if (head.length === 4) head.writeUInt16BE(length, 2)
  if (head.length === 10) head.writeBigUInt64BE(BigInt(length), 2)
  return Buffer.concat([head, body])
}

function event(type: string, more: JsonObject = {}): string {
  return JSON.stringify({ type, ...more })
}

const DELTA = event('response.output_text.delta', { delta: 'x', sequence_number: 1 })
const DONE = event('response.completed', { sequence_number: 2, response: createAnswer('fine') })

/** Shakes hands, and speaks bytes from then on. */
function upgraded(act: (socket: Socket) => void): Start {
  return tcp((socket, request) => {
    const key = /sec-websocket-key: (\S+)/i.exec(request)?.[1]
    if (key === undefined) return
    const accept = createHash('sha1')
      .update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
      .digest('base64')
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
      () => act(socket),
    )
  })
}

function sendsFrames(...frames: readonly Buffer[]): Start {
  return upgraded((socket) => socket.write(Buffer.concat(frames)))
}

function poursFrames(next: (index: number) => Buffer): Start {
  return upgraded((socket) => pour(socket, next))
}

/** Speaks WebSocket correctly, and says what it should not, to each frame that it hears. */
function talks(say: (socket: WebSocket, heard: string, key: string) => void): Start {
  return () => {
    // Over HTTP it is an endpoint, or nothing of it would be judged.
    const server = createHttp((_, response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}'),
    )
    const sockets = new WebSocketServer({ server })
    sockets.on('connection', (socket, request) => {
      const key = (request.headers.authorization ?? '').replace(/^Bearer /, '')
      socket.on('error', () => undefined)
      socket.on('message', (data) => say(socket, String(data), key))
    })
    return listen(server)
  }
}

/** Refuses or misleads the handshake. */
function handshake(status: string, headers: readonly string[] = [], body = ''): Start {
  const head = [`HTTP/1.1 ${status}`, ...headers, `content-length: ${body.length}`]
  return tcp((socket) => socket.end(`${head.join('\r\n')}\r\n\r\n${body}`))
}

const broken = (start: Start): HostileProvider => ({ start, never: 'pass' })
const sly = (start: Start): HostileProvider => ({ start })

/** More than anybody can hold: they keep this process busy, and so have a run of their own. */
export const FLOODS: Readonly<Record<string, HostileProvider>> = {
  'refuses without end': broken(
    tcp((socket) => {
      socket.write('HTTP/1.1 403 Forbidden\r\n\r\n')
      pour(socket, () => MB)
    }),
  ),
  'headers without end': broken(
    tcp((socket) => {
      socket.write('HTTP/1.1 101 Switching Protocols\r\n')
      pour(socket, (index) => `x-${index}: ${'y'.repeat(1000)}\r\n`)
    }),
  ),
  'a frame of 100 MB': broken(
    upgraded((socket) => {
      socket.write(frame('', 1, { announced: 100 * 1024 * 1024 }))
      pour(socket, () => MB)
    }),
  ),
  'one message in fragments without end': broken(
    poursFrames((index) => frame(MB.subarray(0, 1024), index === 0 ? 1 : 0, { fin: false })),
  ),
  'empty fragments without end': broken(
    poursFrames((index) => frame('', index === 0 ? 1 : 0, { fin: false })),
  ),
  'pings without end': broken(poursFrames(() => Buffer.concat(Array(500).fill(frame('', 9))))),
  'pongs without end': broken(poursFrames(() => Buffer.concat(Array(500).fill(frame('', 10))))),
  'messages without end': broken(poursFrames(() => Buffer.concat(Array(100).fill(frame(DELTA))))),
  'empty messages without end': broken(
    poursFrames(() => Buffer.concat(Array(500).fill(frame('')))),
  ),
}

export const SOCKETS: Readonly<Record<string, HostileProvider>> = {
  // ── the handshake ──
  'never upgrades': broken(tcp(() => undefined)),
  'upgrades to nothing': broken(handshake('101 Switching Protocols')),
  'accepts another key': broken(
    handshake('101 Switching Protocols', [
      'upgrade: websocket',
      'connection: upgrade',
      'sec-websocket-accept: c29tZWJvZHkgZWxzZQ==',
    ]),
  ),
  'redirects elsewhere': broken(handshake('302 Found', ['location: ws://192.0.2.1/v1/responses'])),
  'redirects to a file': broken(handshake('301 Moved', ['location: file:///etc/passwd'])),
  'asks for another key': broken(
    handshake('401 Unauthorized', ['content-type: application/json'], `{"error":"${PAYLOAD}"}`),
  ),
  'wants another protocol': broken(handshake('426 Upgrade Required', ['upgrade: h2c'])),
  'answers as if nothing was asked': broken(
    handshake('200 OK', [], JSON.stringify(createAnswer('fine'))),
  ),
  'refuses and falls silent': broken(
    http((_, response) => void response.writeHead(403, { 'content-length': '10' }).write('no')),
  ),

  // ── the connection ──
  'upgrades and is silent': broken(upgraded(() => undefined)),
  'upgrades and resets': broken(upgraded((socket) => socket.resetAndDestroy())),
  'closes without a word': broken(upgraded((socket) => socket.end())),
  'closes at once': broken(sendsFrames(frame('', 8))),
  'closes with a code of its own': broken(sendsFrames(frame(Buffer.from([0x13, 0x87]), 8))),
  'closes with a code that nobody may send': broken(
    sendsFrames(frame(Buffer.from([0x03, 0xed]), 8)),
  ),
  'closes with half a code': broken(sendsFrames(frame(Buffer.from([0x03]), 8))),
  'closes with an attack': broken(
    talks((socket) => socket.close(1011, Buffer.from(PAYLOAD).subarray(0, 120))),
  ),
  'closes in mid-answer': broken(
    talks((socket) => {
      socket.send(DELTA)
      socket.close(1001)
    }),
  ),
  'talks before it is asked': broken(sendsFrames(frame(DELTA), frame(DELTA))),

  // ── frames ──
  'a frame of sixteen exabytes': broken(
    sendsFrames(Buffer.concat([Buffer.from([0x81, 127]), Buffer.alloc(8, 0xff)])),
  ),
  'a frame that never comes': broken(sendsFrames(frame('{"type"', 1, { announced: 1000 }))),
  'text that is no UTF-8': broken(sendsFrames(frame(Buffer.from([0x22, 0xff, 0xfe, 0xc0, 0x80])))),
  'an opcode that there is not': broken(sendsFrames(frame('x', 5))),
  'reserved bits': broken(sendsFrames(Buffer.from([0xf1, 0x01, 0x78]))),
  'masked, as only clients do': broken(sendsFrames(Buffer.from([0x81, 0x81, 1, 2, 3, 4, 5]))),
  'a ping too large': broken(sendsFrames(frame(Buffer.alloc(200), 9))),

  // ── messages ──
  garbage: broken(talks((socket) => socket.send('{"type": response.completed'))),
  'JSON that is no object': broken(talks((socket) => socket.send('[null, 1e999]'))),
  'a hundred thousand levels': broken(
    talks((socket) => socket.send('['.repeat(100_000) + ']'.repeat(100_000))),
  ),
  'binary frames': sly(talks((socket) => socket.send(Buffer.from(DONE)))),
  'binary noise': broken(talks((socket) => socket.send(Buffer.from([0, 255, 254, 1])))),
  'messages after the end': sly(
    talks((socket) => {
      for (const each of [DONE, DELTA, DONE, DONE]) socket.send(each)
    }),
  ),
  'an echo': broken(talks((socket, heard) => socket.send(heard))),
  'the key': sly(
    talks((socket, _, key) =>
      socket.send(
        event('response.completed', { response: createAnswer(key, { id: key, user: key }) }),
      ),
    ),
  ),
  'an attack': sly(
    talks((socket) =>
      socket.send(event('error', { code: PAYLOAD, message: PAYLOAD, [PAYLOAD]: PAYLOAD })),
    ),
  ),
}
