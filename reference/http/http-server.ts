// The HTTP server: bytes to a request, a reply to bytes.

import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { ReferenceRequest, Reply, WireAction } from '../../src/types/index.ts'
import { applyDialect } from '../reply-as-open-responses.ts'
import { contentTypeOf, encodeReply } from './encode-reply.ts'
import type { RequestFaults } from '../delivery-faults.ts'
import { toApiError, ApiError, createErrorReply } from '../api-error.ts'
import type { RouteAnswer } from './router.ts'
import { dispatchCall } from './router.ts'
import type { OtherApi, Service } from './accounts-and-headers.ts'
import {
  authenticateCaller,
  otherApiOf,
  refuseUpgrade,
  requestOfMessage,
  mutationOf,
  standardHeadersOf,
} from './accounts-and-headers.ts'

/** Where a request without a body makes no sense. */
const JSON_PATHS = ['/responses', '/chat/completions', '/messages', '/messages/count_tokens']
const BODY_LIMIT = 64 * 1024 * 1024
/** Of all requests that are being read at a time. */
const BODIES_LIMIT = 4 * BODY_LIMIT
const FIRST_BYTES = 16 * 1024
const MOST_CONNECTIONS = 2_000

export function createHttpServer(service: Service): Server {
  const server = createServer((message, response) => {
    void handle(message, response, service).catch(() => response.destroy())
  })
  // What is no HTTP at all is answered in JSON as well.
  server.on('clientError', (_, socket) => {
    if (socket.writable)
      refuseUpgrade(socket, createErrorReply(new ApiError(400, 'This is not valid HTTP.')))
    else socket.destroy()
  })
  server.keepAliveTimeout = 30_000
  server.requestTimeout = 120_000
  server.maxConnections = MOST_CONNECTIONS
  return server
}

async function handle(
  message: IncomingMessage,
  response: ServerResponse,
  service: Service,
): Promise<void> {
  const started = performance.now()
  let admission: RequestFaults | undefined
  let wired: Wired
  let heard: ReferenceRequest | undefined
  try {
    heard = await hear(message, service)
    admission = await service.trouble?.admit()
    wired = await wire(heard, service, admission)
  } catch (problem) {
    // Of a body that was not read to its end, the path and the headers are known all the same.
    const api = otherApiOf(heard ?? requestOfMessage(message, '', service), service)
    const reply = refuse(problem, service, api)
    wired = { reply, actions: encodeReply(reply) }
  }
  try {
    writeHead(response, wired.reply, performance.now() - started)
    const ended = await send(response, wired.actions, wired.until)
    if (!ended) wired.abandoned?.()
  } finally {
    admission?.release()
  }
}

interface Wired {
  readonly actions: readonly WireAction[]
  readonly reply: Reply
  readonly until?: AbortSignal | undefined
  readonly abandoned?: (() => void) | undefined
}

async function wire(
  heard: ReferenceRequest,
  service: Service,
  admission: RequestFaults | undefined,
): Promise<Wired> {
  const mutation = mutationOf(heard, service)
  const request = mutation?.request?.(heard) ?? heard
  const { reply: right, delays, ...rest } = await answer(request, service)
  const reply = mutation?.reply?.(right, heard) ?? right
  const encoded = encodeReply(reply, delays)
  const actions = admission?.distort(encoded) ?? encoded
  return { actions: mutation?.wire?.(actions, reply) ?? actions, reply, ...rest }
}

/** The right answer. Whatever goes wrong becomes an error reply. */
async function answer(request: ReferenceRequest, service: Service): Promise<RouteAnswer> {
  const { provider, routes, emulation } = service
  const api = otherApiOf(request, service)
  try {
    const account = authenticateCaller(request, service)
    emulation?.examine(request)
    examineMedia(request)
    const heard = emulation?.hear(request) ?? request
    const wishes = emulation?.ask(request)
    const given = await dispatchCall(routes, {
      request: heard,
      account,
      provider: wishes === undefined ? provider : { ...provider, wishes },
    })
    return api === undefined ? { ...given, reply: finish(given.reply, service, request) } : given
  } catch (problem) {
    return { reply: refuse(problem, service, api, request) }
  }
}

/** An error in the shape of the API that was asked. */
function refuse(
  problem: unknown,
  service: Service,
  api: OtherApi | undefined,
  request?: ReferenceRequest,
): Reply {
  const error = toApiError(problem)
  return api?.writeError(error) ?? finish(createErrorReply(error), service, request)
}

/** In the words of the dialect, or in the shape of the vendor that is emulated. */
function finish(reply: Reply, { provider, emulation }: Service, request?: ReferenceRequest): Reply {
  const spoken = applyDialect(provider.dialect, reply)
  return emulation?.shape(spoken, request) ?? spoken
}

function examineMedia({ method, headers, text, body, path }: ReferenceRequest): void {
  if (method !== 'POST' || text === '') {
    if (method === 'POST' && JSON_PATHS.includes(path)) throw unparsable()
    return
  }
  const type = (headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase()
  if (type === 'multipart/form-data' && path === '/files') return
  if (type !== 'application/json') {
    throw new ApiError(
      415,
      `Unsupported content type: '${type.slice(0, 80)}'. This API method only accepts 'application/json' requests.`,
      { code: 'unsupported_content_type' },
    )
  }
  if (body === undefined) throw unparsable()
}

function unparsable(): ApiError {
  return new ApiError(
    400,
    'We could not parse the JSON body of your request. The API expects a JSON payload, but what was sent is not valid JSON.',
  )
}

/** Bytes of bodies that are being read. */
let beingRead = 0

/** Reads a request to its end. */
async function hear(message: IncomingMessage, service: Service): Promise<ReferenceRequest> {
  // One buffer that doubles: a body costs twice its size, in however many pieces it comes.
  let buffer = Buffer.alloc(FIRST_BYTES)
  let size = 0
  let bytes: Buffer
  try {
    for await (const chunk of message as AsyncIterable<Buffer>) {
      size += chunk.length
      beingRead += chunk.length
      if (size > BODY_LIMIT || beingRead > BODIES_LIMIT) throw tooLarge(size)
      if (size > buffer.length) {
        const larger = Buffer.alloc(Math.max(size, buffer.length * 2))
        buffer.copy(larger)
        buffer = larger
      }
      chunk.copy(buffer, size - chunk.length)
    }
    bytes = buffer.subarray(0, size)
  } finally {
    beingRead -= size
  }
  const isMultipart = message.headers['content-type']?.startsWith('multipart/form-data') ?? false
  // Multipart bodies stay bytes: latin1 keeps each of them.
  return requestOfMessage(message, bytes.toString(isMultipart ? 'latin1' : 'utf8'), service)
}

function tooLarge(size: number): ApiError {
  const headers = { connection: 'close' }
  return size > BODY_LIMIT
    ? new ApiError(413, `The body of this request is larger than ${BODY_LIMIT} bytes.`, {
        code: 'request_too_large',
        headers,
      })
    : new ApiError(503, 'Too many large requests at once.', { headers })
}

function writeHead(response: ServerResponse, reply: Reply, milliseconds: number): void {
  const type = contentTypeOf(reply)
  const headers: Record<string, string> = {
    ...(type === undefined ? {} : { 'content-type': type }),
    ...standardHeadersOf(milliseconds),
    ...('events' in reply.body ? { 'cache-control': 'no-cache' } : {}),
    ...reply.headers,
  }
  response.writeHead(reply.status, headers)
}

/** Whether the client was there to the end. */
async function send(
  response: ServerResponse,
  actions: readonly WireAction[],
  until?: AbortSignal,
): Promise<boolean> {
  for (const action of actions) {
    if (response.destroyed) return false
    if (until?.aborted) break
    if ('bytes' in action) {
      if (!response.write(action.bytes)) await drained(response)
    } else if ('wait' in action) {
      await pause(action.wait, response, until)
    } else if ('cut' in action) {
      await flushed(response)
      response.destroy()
      return true
    } else return true
  }
  response.end()
  return true
}

/** What was written is on its way before the connection is cut. */
function flushed({ socket }: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    if (socket === null || socket.destroyed) resolve()
    else socket.write('', () => resolve())
  })
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done)
      response.off('close', done)
      resolve()
    }
    response.on('drain', done)
    response.on('close', done)
  })
}

/** Ends early when the client leaves or the stream is called off. */
function pause(ms: number, response: ServerResponse, until?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      response.off('close', done)
      until?.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    response.on('close', done)
    until?.addEventListener('abort', done)
  })
}
