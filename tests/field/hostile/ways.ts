// The ways in which a provider can be hostile: what it says, and how it sends it.

import { readFileSync } from 'node:fs'
import { createServer as createTcp, type Socket } from 'node:net'
import { createServer as createTls } from 'node:tls'
import { startReference } from '../../../reference/main.ts'
import { mapEvents, mapJson } from '../../../src/authoring/define.ts'
import type { Json, JsonObject, Reply } from '../../../src/types/index.ts'
import { createAnswer, createRawReply } from './answers.ts'
import { http, listen, pour, tcp, type Start } from './serve.ts'

/** The key that they are given, and give away. */
export const HOSTILE_KEY = 'sk-hostile/+0123456789"abcdef'

/** What they want somebody's terminal, browser, spreadsheet or CI to obey. */
export const PAYLOAD =
  '\u001b]0;owned\u0007\u001b[2J<script>alert(1)</script><img src=x onerror=alert(1)>' +
  '](javascript:alert(1)) | cell |\n# owned\n::error::owned\r\n=cmd()|A0 @everyone ]]>&x;\u202e\u0000'

export const JSON_TYPE = { 'content-type': 'application/json' }
export const STREAM_TYPE = { 'content-type': 'text/event-stream' }
export const OK = JSON.stringify(createAnswer('fine'))
export const HEAD = 'HTTP/1.1 200 OK\r\n'
export const CHUNKED = `${HEAD}content-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n`
export const MB = Buffer.alloc(1024 * 1024, 'x')

export function says(
  body: string | Buffer,
  headers: Record<string, string> = JSON_TYPE,
  status = 200,
): Start {
  return http((_, response) => response.writeHead(status, headers).end(body))
}

/** Bytes and then the end of the connection, or nothing more. */
export function sends(bytes: string | Buffer, then: 'end' | 'reset' | 'silence' = 'end'): Start {
  return tcp((socket) => {
    if (then === 'end') socket.end(bytes)
    else socket.write(bytes, () => void (then === 'reset' && socket.resetAndDestroy()))
  })
}

/** The body does not end before the client goes away. */
export function pours(head: string, next: (index: number) => Buffer | string | undefined): Start {
  return tcp((socket) => {
    socket.write(head)
    pour(socket, next)
  })
}

export function chunk(text: string | Buffer): Buffer {
  return Buffer.concat([
    Buffer.from(`${Buffer.byteLength(text).toString(16)}\r\n`),
    Buffer.from(text),
    Buffer.from('\r\n'),
  ])
}

export function drips(bytes: string): Start {
  return tcp((socket) => {
    let at = 0
    const timer = setInterval(() => socket.write(bytes[at++] ?? ' '), 200)
    socket.on('close', () => clearInterval(timer))
  })
}

export function atOnce(act: (socket: Socket) => void): Start {
  return () => listen(createTcp(act))
}

export function atOnceOverTls(act: (socket: Socket) => void): Start {
  return () => listen(createTcp(act), 'https')
}

export function overTls(): Start {
  const pem = readFileSync(new URL('wrong-name.pem', import.meta.url), 'utf8')
  return () =>
    listen(
      createTls({ key: pem, cert: pem }, (socket) =>
        socket.end(createRawReply(OK)).on('error', () => {}),
      ),
      'https',
    )
}

/** Answers with the key that it was sent, dressed up. */
export function echoes(reply: (key: string, stream: boolean) => Parameters<typeof says>): Start {
  return http((request, response) => {
    const key = (request.headers.authorization ?? '').replace(/^Bearer /, '')
    let sent = ''
    request.on('data', (chunk: Buffer) => (sent += chunk.toString()))
    request.on('end', () => {
      const [body, headers = JSON_TYPE, status = 200] = reply(key, /"stream":true/.test(sent))
      response.writeHead(status, headers).end(body)
    })
  })
}

function quoted(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}

/** With what a header can carry; a server cuts the connection over anything else. */
function headerOf(text: string): string {
  return quoted(text).replaceAll(/[^ -~]/g, '?')
}

export function spelt(text: string, escape: (hex: string) => string): string {
  return [...text].map((each) => escape(each.charCodeAt(0).toString(16).padStart(2, '0'))).join('')
}

export function saying(text: string, more: JsonObject = {}): string {
  return JSON.stringify(createAnswer(text, more))
}

/** Every string of every reply, replaced: a correct provider whose words are an attack. */
export function injects(payload: string): Start {
  const spoil = (value: Json): Json =>
    typeof value === 'string'
      ? payload
      : Array.isArray(value)
        ? value.map(spoil)
        : typeof value === 'object' && value !== null
          ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, spoil(inner)]))
          : value
  // Without its types a reply would be refused before anybody reads the rest.
  const spoilObject = (object: JsonObject): JsonObject =>
    Object.fromEntries(
      Object.entries(object).map(([key, value]): [string, Json] => {
        if (['type', 'object', 'status', 'role', 'sequence_number'].includes(key))
          return [key, value]
        if (Array.isArray(value)) return [key, value.map((each: Json) => inner(each))]
        return [key, inner(value)]
      }),
    )
  const inner = (value: Json): Json =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? spoilObject(value as JsonObject)
      : spoil(value)
  const reply = (each: Reply): Reply =>
    mapEvents(
      mapJson({ ...each, headers: { ...each.headers, 'x-note': headerOf(payload) } }, spoilObject),
      spoilObject,
    )
  return async () => {
    const reference = await startReference({ keys: [HOSTILE_KEY], mutant: { reply } })
    return reference
  }
}

export interface HostileProvider {
  readonly start: Start
  /** What must not be said of it: a provider that cannot answer has not passed. */
  readonly never?: 'pass'
}

export const broken = (start: Start): HostileProvider => ({ start, never: 'pass' })
export const sly = (start: Start): HostileProvider => ({ start })
