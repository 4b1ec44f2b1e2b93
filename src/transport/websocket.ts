// Sends one turn on a WebSocket as one exchange: a frame is sent, frames are collected until a terminal event.

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { WebSocket, type RawData } from 'ws'
import { TERMINAL_EVENTS } from '../authoring/read.ts'
import { field, parse } from '../base/json.ts'
import { completeLimits, describeLimit } from '../target/reading-limits.ts'
import { headersOf, type Target } from '../target/target-and-keys.ts'
import type { Ending, Exchange, WireRequest } from '../types/index.ts'
import { decodeBody } from './decode-body.ts'
import { isSecretHeader, type Redactor } from '../target/redact.ts'
import { addressOf, credentialsOf, type SendResult } from './http.ts'

/** Characters of a refused handshake's body that are read. */
const MOST_REFUSAL = 64 * 1024

/**
 * What a frame costs beside its text: a flood of empty ones must end as well, before a hundred
 * thousand of them have to be judged. No answer that we ask for has more than some hundred.
 */
const FRAME_BYTES = 1024

/** The connections of one scenario, opened when they are first used. */
export interface Sockets {
  turn(request: WireRequest, signal: AbortSignal): Promise<SendResult>
  close(): void
}

interface Opened {
  readonly socket: WebSocket
  readonly headers: readonly (readonly [string, string])[]
}

interface Refused {
  readonly status: number
  readonly headers: readonly (readonly [string, string])[]
  readonly body: string
}

export function createSockets(target: Target, redactor: Redactor): Sockets {
  const open = new Map<string, Opened>()
  const used = new Set<string>()

  async function turn(request: WireRequest, signal: AbortSignal): Promise<SendResult> {
    const started = Date.now()
    const name = request.connection ?? 'main'
    // Not `AbortSignal.timeout` among the sources of `AbortSignal.any`: node 20 collects it, and it never fires.
    const late = new AbortController()
    const timer = setTimeout(() => late.abort(), target.limits.deadlineMs)
    const deadline = AbortSignal.any([signal, late.signal])
    try {
      const before = open.get(name)
      const isGone = before !== undefined && before.socket.readyState !== WebSocket.OPEN
      const isNew = before === undefined || isGone
      const opened = isNew ? await connect(target, request, redactor, deadline) : before
      if ('status' in opened) return refusal(request, opened, started)
      open.set(name, opened)
      const again = isNew && used.has(name)
      used.add(name)
      const { frames, ending } = await collect(
        opened.socket,
        payload(request),
        started,
        target,
        deadline,
      )
      if (signal.aborted) return { failed: { reason: 'interrupted', note: 'the run was stopped' } }
      if (opened.socket.readyState !== WebSocket.OPEN) open.delete(name)
      const sent = answer(request, opened, frames, ending, started, redactor)
      if (!again || 'failed' in sent) return sent
      return { ...sent, exchange: { ...sent.exchange, reconnected: true } }
    } catch (error) {
      if (signal.aborted) return { failed: { reason: 'interrupted', note: 'the run was stopped' } }
      if (deadline.aborted) {
        const seconds = target.limits.deadlineMs / 1000
        return { failed: { reason: 'timeout', note: `no connection within ${seconds} s` } }
      }
      if (error instanceof Error && 'code' in error && error.code === 'HPE_HEADER_OVERFLOW') {
        const note = describeLimit('head-bytes', completeLimits(target.limits.reading))
        return { failed: { reason: 'limit', note } }
      }
      const note = redactor.text(error instanceof Error ? error.message : String(error))
      return { failed: { reason: 'unreachable', note } }
    } finally {
      clearTimeout(timer)
    }
  }

  return {
    turn,
    close() {
      for (const { socket } of open.values()) socket.terminate()
      open.clear()
    },
  }
}

async function connect(
  target: Target,
  request: WireRequest,
  redactor: Redactor,
  signal: AbortSignal,
): Promise<Opened | Refused> {
  const url = addressOf(target, request).replace(/^http/, 'ws')
  const limits = completeLimits(target.limits.reading)
  const socket = new WebSocket(url, {
    headers: { ...headersOf(target), ...credentialsOf(target, request), ...request.headers },
    perMessageDeflate: false,
    followRedirects: false,
    maxPayload: limits['body-bytes'],
    maxHeaderSize: limits['head-bytes'],
    ...(target.ca === undefined ? {} : { ca: readFileSync(target.ca) }),
  })
  const abort = (): void => socket.terminate()
  signal.addEventListener('abort', abort, { once: true })
  try {
    return await new Promise<Opened | Refused>((resolve, reject) => {
      let headers: Opened['headers'] = []
      socket.on('upgrade', (reply) => (headers = pairs(reply.rawHeaders, redactor)))
      socket.on('open', () => resolve({ socket, headers }))
      socket.on('error', reject)
      socket.on('unexpected-response', (_, reply) => {
        let body = ''
        const refuse = (): void =>
          resolve({
            status: reply.statusCode ?? 0,
            headers: pairs(reply.rawHeaders, redactor),
            body: redactor.text(body),
          })
        reply.setEncoding('utf8')
        reply.on('data', (chunk: string) => {
          body += chunk
          if (body.length <= MOST_REFUSAL) return
          refuse()
          socket.terminate()
        })
        reply.on('error', reject)
        reply.on('end', refuse)
      })
    })
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

/** Frames until the response has ended, an error has come, or the connection is gone. */
async function collect(
  socket: WebSocket,
  frame: string,
  started: number,
  target: Target,
  signal: AbortSignal,
): Promise<{ frames: readonly (readonly [string, number])[]; ending: Ending }> {
  const frames: (readonly [string, number])[] = []
  let bytes = 0
  const most = completeLimits(target.limits.reading)['body-bytes']
  let stop: (ending: Ending) => void = () => undefined
  const ended = new Promise<Ending>((resolve) => (stop = resolve))
  const onMessage = (data: RawData): void => {
    const text = data.toString()
    frames.push([text, Date.now() - started])
    bytes += text.length + FRAME_BYTES
    const type = field(parse(text), '/type')
    if (bytes > most) stop('size-cap')
    else if (typeof type === 'string' && (type === 'error' || TERMINAL_EVENTS.includes(type)))
      stop('complete')
  }
  // Neither begins nor ends an answer, and answering each costs memory.
  const onControl = (): void => {
    bytes += FRAME_BYTES
    if (bytes > most) stop('size-cap')
  }
  const onClose = (): void => stop('cut')
  // A frame that is larger than what is read is cut off by the library, with an error of its own.
  const onError = (error: Error): void =>
    stop('code' in error && error.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH' ? 'size-cap' : 'cut')
  const onAbort = (): void => stop('timeout')
  socket.on('message', onMessage).on('close', onClose).on('error', onError)
  socket.on('ping', onControl).on('pong', onControl)
  signal.addEventListener('abort', onAbort, { once: true })
  // Time was up before: nobody will say so again, either.
  if (signal.aborted) stop('timeout')
  // Closed since the turn before: nobody will say so again.
  if (socket.readyState === WebSocket.OPEN) socket.send(frame)
  else stop('cut')
  const ending = await ended
  socket.off('message', onMessage).off('close', onClose).off('error', onError)
  socket.off('ping', onControl).off('pong', onControl)
  // An 'error' without a listener would end the process.
  socket.on('error', () => undefined)
  signal.removeEventListener('abort', onAbort)
  if (ending !== 'complete') socket.terminate()
  return { frames, ending }
}

function payload({ body }: WireRequest): string {
  if (body === undefined) return ''
  return 'raw' in body ? body.raw : JSON.stringify('json' in body ? body.json : {})
}

function answer(
  request: WireRequest,
  { headers }: Opened,
  frames: readonly (readonly [string, number])[],
  ending: Ending,
  started: number,
  redactor: Redactor,
): SendResult {
  // One JSON string per line: frames may hold line ends.
  const lines = frames.map(([text]) => `${JSON.stringify(redactor.text(text))}\n`)
  let offset = 0
  const chunks = lines.map((line, index): readonly [number, number] => {
    const at = offset
    offset += Buffer.byteLength(line)
    return [at, frames[index]![1]]
  })
  return exchangeOf(request, 200, headers, Buffer.from(lines.join('')), ending, started, chunks)
}

function refusal(
  request: WireRequest,
  { status, headers, body }: Refused,
  started: number,
): SendResult {
  return exchangeOf(request, status, headers, Buffer.from(body), 'complete', started, [])
}

function exchangeOf(
  request: WireRequest,
  status: number,
  headers: Exchange['headers'],
  bytes: Buffer,
  ending: Ending,
  started: number,
  chunks: readonly (readonly [number, number])[],
): SendResult {
  const exchange: Exchange = {
    request,
    status,
    headers,
    ending,
    ...(ending === 'size-cap' ? { beyond: 'body-bytes' } : {}),
    body: decodeBody({ request, headers, status, bytes, chunks, ending, leftOpen: false }),
    timing: {
      startedAt: new Date(started).toISOString(),
      headersMs: chunks[0]?.[1] ?? 0,
      endMs: Date.now() - started,
      chunks,
    },
    raw: {
      sha256: createHash('sha256').update(bytes).digest('hex'),
      bytes: bytes.length,
      kept: bytes.length,
    },
  }
  return { exchange, bytes }
}

function pairs(raw: readonly string[], redactor: Redactor): readonly (readonly [string, string])[] {
  return raw.flatMap((name, index) =>
    index % 2 === 0
      ? [[name, isSecretHeader(name) ? '*' : redactor.text(raw[index + 1] ?? '')] as const]
      : [],
  )
}
