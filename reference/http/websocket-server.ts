// `/responses` over WebSocket: one JSON object for each frame, one response after the other in each
// lane. The latest response of a lane can be continued even when it is not stored.

import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocket, WebSocketServer } from 'ws'
import type {
  JsonObject,
  ReferenceRequest,
  Reply,
  Mutation,
  WireAction,
} from '../../src/types/index.ts'
import { applyDialect } from '../reply-as-open-responses.ts'
import { toApiError, createBadRequest, createErrorReply } from '../api-error.ts'
import type { CreatedResponse, ReferenceProvider } from '../create/create-response.ts'
import { createResponse } from '../create/create-response.ts'
import { isRecord } from '../json.ts'
import type { Service } from './accounts-and-headers.ts'
import {
  authenticateCaller,
  refuseUpgrade,
  requestOfMessage,
  mutationOf,
} from './accounts-and-headers.ts'
import { ignoreUpgrade } from './ignore-upgrade.ts'
import type { Account, StoredResponse } from '../store.ts'

const FRAME_LIMIT = 64 * 1024 * 1024
const MOST_LANES = 32
/** Of responses that only the connection remembers. */
const MOST_RECENT = 64

interface Session {
  readonly socket: WebSocket
  readonly upgrade: ReferenceRequest
  readonly account: Account
  readonly service: Service
  /** The end of each lane's queue; `''` is the lane without a name. */
  readonly lanes: Map<string, Promise<void>>
  readonly recent: Map<string, StoredResponse>
}

export function acceptSockets(server: Server, service: Service): WebSocketServer {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: FRAME_LIMIT })
  server.on('upgrade', (message: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (!/\bwebsocket\b/i.test(message.headers.upgrade ?? '')) {
      ignoreUpgrade(server, message, socket, head)
      return
    }
    socket.on('error', () => socket.destroy())
    const heard = requestOfMessage(message, '')
    const upgrade = mutationOf(heard, service)?.request?.(heard) ?? heard
    try {
      const account = authenticateCaller(upgrade, service)
      if (upgrade.path !== '/responses')
        throw createBadRequest(null, null, 'This path takes no WebSocket.')
      sockets.handleUpgrade(message, socket, head, (opened) => {
        open({ socket: opened, upgrade, account, service, lanes: new Map(), recent: new Map() })
      })
    } catch (problem) {
      const { dialect } = service.provider
      refuseUpgrade(socket, applyDialect(dialect, createErrorReply(toApiError(problem))))
    }
  })
  return sockets
}

function open(session: Session): void {
  const { socket, lanes } = session
  socket.on('error', () => socket.terminate())
  socket.on('message', (data: Buffer, isBinary) => {
    const frame = isBinary ? undefined : parse(data.toString('utf8'))
    const lane = isRecord(frame) && typeof frame['stream_id'] === 'string' ? frame['stream_id'] : ''
    const isFull = lane !== '' && !lanes.has(lane) && lanes.size >= MOST_LANES
    const before = lanes.get(isFull ? '' : lane) ?? Promise.resolve()
    const turn = before
      .then(() => take(frame, lane, isFull, session))
      .catch(() => socket.terminate())
    if (!isFull) lanes.set(lane, turn)
  })
}

async function take(
  frame: unknown,
  lane: string,
  isFull: boolean,
  session: Session,
): Promise<void> {
  const { upgrade, service } = session
  const heard = { ...upgrade, method: 'POST', text: '', body: (frame ?? null) as JsonObject | null }
  const mutation = mutationOf(heard, service)
  const request = mutation?.request?.(heard) ?? heard
  const right = await answer(request.body, isFull, session)
  const reply = mutation?.reply?.(right, heard) ?? right
  await send(encode(reply, lane, mutation), session.socket)
}

async function answer(frame: unknown, isFull: boolean, session: Session): Promise<Reply> {
  const { account, service, recent } = session
  const { provider } = service
  const parent = isRecord(frame) ? frame['previous_response_id'] : undefined
  try {
    if (isFull) {
      throw createBadRequest(
        'websocket_stream_limit_reached',
        'stream_id',
        `A connection has at most ${MOST_LANES} named streams.`,
      )
    }
    const { warmUp, body } = readFrame(frame, provider)
    const created = await createResponse(body, account, provider, recent)
    const { events, stored } = warmUp ? warmed(created, account) : created
    if (typeof parent === 'string') recent.delete(parent)
    recent.set(String(stored.response['id']), stored)
    for (const [oldest] of recent) if (recent.size > MOST_RECENT) recent.delete(oldest)
    return { status: 200, headers: {}, body: { events: events ?? [] } }
  } catch (problem) {
    // A continuation that failed has to start anew from what is stored.
    if (typeof parent === 'string') recent.delete(parent)
    return applyDialect(provider.dialect, createErrorReply(toApiError(problem)))
  }
}

/** `generate: false`: the input is taken in, and nothing is said. */
function warmed({ stored, events = [] }: CreatedResponse, account: Account): CreatedResponse {
  const usage = stored.response['usage'] as JsonObject
  const silent = { ...usage, output_tokens: 0, total_tokens: usage['input_tokens'] ?? 0 }
  const response = { ...stored.response, output: [], usage: silent }
  const kept = { ...stored, response }
  const id = String(stored.response['id'])
  if (account.responses.get(id) !== undefined) account.responses.put(id, kept, 2000)
  const ends = [events[0] ?? {}, { type: 'response.completed', sequence_number: 1, response }]
  return { response, stored: kept, events: ends }
}

interface Turn {
  readonly body: JsonObject
  readonly warmUp: boolean
}

function readFrame(frame: unknown, { dialect }: ReferenceProvider): Turn {
  if (!isRecord(frame))
    throw createBadRequest('invalid_value', null, 'A frame must be one JSON object in text.')
  const { type, stream_id: streamId, generate, ...body } = frame as JsonObject
  if (type !== 'response.create') {
    throw createBadRequest(
      'invalid_value',
      'type',
      "Invalid value for 'type'. Supported values are: 'response.create'.",
    )
  }
  if (streamId !== undefined && !/^[A-Za-z0-9_.-]{1,256}$/.test(String(streamId))) {
    throw createBadRequest(
      'invalid_stream_id',
      'stream_id',
      "Invalid 'stream_id': expected 1 to 256 letters, digits, '_', '-' or '.'.",
    )
  }
  const transport = ['stream', 'background', ...(dialect === 'openai' ? [] : ['stream_options'])]
  const wrong = transport.find((key) => body[key] !== undefined)
  if (wrong !== undefined) {
    throw createBadRequest(
      'unsupported_parameter',
      wrong,
      `Unsupported parameter: '${wrong}' has no meaning on a WebSocket.`,
    )
  }
  return { body: { ...body, stream: true }, warmUp: generate === false }
}

function encode(reply: Reply, lane: string, mutation: Mutation | undefined): readonly WireAction[] {
  const { body, status } = reply
  const named = lane === '' ? {} : { stream_id: lane }
  const frames =
    'events' in body
      ? body.events
      : 'json' in body && isRecord(body.json)
        ? [{ type: 'error', status, ...(body.json as JsonObject) }]
        : []
  const actions = frames
    .filter((frame) => frame !== '[DONE]')
    .map((frame) => ({
      bytes: Buffer.from(
        typeof frame === 'string' ? frame : JSON.stringify({ ...frame, ...named }),
      ),
    }))
  return mutation?.wire?.(actions, reply) ?? actions
}

async function send(actions: readonly WireAction[], socket: WebSocket): Promise<void> {
  for (const action of actions) {
    if (socket.readyState !== WebSocket.OPEN) return
    if ('bytes' in action) socket.send(Buffer.from(action.bytes).toString('utf8'))
    else if ('wait' in action) await new Promise((resolve) => setTimeout(resolve, action.wait))
    else if ('cut' in action) return socket.terminate()
    else return
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
