// HTTP: bytes to a request, a reply to bytes. The only file that knows sockets.

import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { ReferenceRequest, Reply, Sabotage, WireAction } from '../src/types.ts'
import { speak } from './dialect.ts'
import { contentType, encode } from './encode.ts'
import { newId } from './ids.ts'
import { Problem, problemReply } from './problem.ts'
import type { Provider } from './respond.ts'
import type { Answer, Route } from './route.ts'
import { dispatch } from './route.ts'
import type { Account } from './store.ts'

export const BODY_LIMIT = 64 * 1024 * 1024

export interface Service {
  readonly provider: Provider
  readonly routes: readonly Route[]
  /** The account of a key, if there is one. */
  readonly account: (key: string) => Account | undefined
  readonly sabotage: (request: ReferenceRequest) => Sabotage | undefined
}

export function serve(service: Service): Server {
  const server = createServer((message, response) => {
    const started = performance.now()
    void hear(message)
      .then((request) => answerAll(request, service))
      .catch((problem: unknown) => ({
        actions: encode(problemReply(asProblem(problem))),
        reply: problemReply(asProblem(problem)),
      }))
      .then(({ actions, reply, until }: Wired) => {
        writeHead(response, reply, performance.now() - started)
        return send(response, actions, until)
      })
      .catch(() => response.destroy())
  })
  server.keepAliveTimeout = 30_000
  server.requestTimeout = 120_000
  return server
}

interface Wired {
  readonly actions: readonly WireAction[]
  readonly reply: Reply
  readonly until?: AbortSignal | undefined
}

async function answerAll(heard: ReferenceRequest, service: Service): Promise<Wired> {
  const sabotage = service.sabotage(heard)
  const request = sabotage?.request?.(heard) ?? heard
  const { reply: right, delays, until } = await answer(request, service)
  const reply = sabotage?.reply?.(right, heard) ?? right
  const actions = encode(reply, delays)
  return { actions: sabotage?.wire?.(actions, reply) ?? actions, reply, until }
}

/** The right answer. Whatever goes wrong becomes an error reply. */
export async function answer(request: ReferenceRequest, service: Service): Promise<Answer> {
  const { provider, routes } = service
  try {
    const account = authenticate(request, service)
    examineMedia(request)
    const given = await dispatch(routes, { request, account, provider })
    return { ...given, reply: speak(provider.dialect, given.reply) }
  } catch (problem) {
    return { reply: speak(provider.dialect, problemReply(asProblem(problem))) }
  }
}

export function authenticate(request: ReferenceRequest, service: Service): Account {
  const header = request.headers['authorization']
  if (header === undefined || header.trim() === '') {
    throw new Problem(
      401,
      'You did not provide an API key. Send it in the Authorization header as a bearer token: Authorization: Bearer YOUR_KEY.',
    )
  }
  const key = /^Bearer +(\S+)$/i.exec(header.trim())?.[1]
  const account = key === undefined ? undefined : service.account(key)
  if (account !== undefined) return account
  const shown =
    key === undefined || key.length < 12 ? '***' : `${key.slice(0, 4)}***${key.slice(-2)}`
  throw new Problem(401, `Incorrect API key provided: ${shown}.`, { code: 'invalid_api_key' })
}

function examineMedia({ method, headers, text, body, path }: ReferenceRequest): void {
  if (method !== 'POST' || text === '') {
    if (method === 'POST' && path === '/responses') throw unparsable()
    return
  }
  const type = (headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase()
  if (type === 'multipart/form-data' && path === '/files') return
  if (type !== 'application/json') {
    throw new Problem(
      415,
      `Unsupported content type: '${type.slice(0, 80)}'. This API method only accepts 'application/json' requests.`,
      { code: 'unsupported_content_type' },
    )
  }
  if (body === undefined) throw unparsable()
}

function unparsable(): Problem {
  return new Problem(
    400,
    'We could not parse the JSON body of your request. The API expects a JSON payload, but what was sent is not valid JSON.',
  )
}

function asProblem(problem: unknown): Problem {
  if (problem instanceof Problem) return problem
  return new Problem(500, 'The server had an error while processing your request.', {
    type: 'server_error',
    code: 'server_error',
  })
}

/** Reads a request to its end. */
async function hear(message: IncomingMessage): Promise<ReferenceRequest> {
  const url = new URL(message.url ?? '/', 'http://reference')
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > BODY_LIMIT) {
      throw new Problem(413, `The body of this request is larger than ${BODY_LIMIT} bytes.`, {
        code: 'request_too_large',
        headers: { connection: 'close' },
      })
    }
    chunks.push(chunk)
  }
  const bytes = Buffer.concat(chunks)
  const headers = Object.fromEntries(
    Object.entries(message.headers).map(([name, value]) => [name, String(value)]),
  )
  const isMultipart = headers['content-type']?.startsWith('multipart/form-data') ?? false
  // Multipart bodies stay bytes: latin1 keeps each of them.
  const text = bytes.toString(isMultipart ? 'latin1' : 'utf8')
  return {
    method: message.method ?? 'GET',
    path: pathOf(url.pathname),
    query: url.searchParams,
    headers,
    body: isMultipart ? undefined : parse(text),
    text,
  }
}

export function pathOf(pathname: string): string {
  const path = pathname.startsWith('/v1/') ? pathname.slice(3) : pathname
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path
}

function parse(text: string): ReferenceRequest['body'] {
  try {
    return JSON.parse(text) as ReferenceRequest['body']
  } catch {
    return undefined
  }
}

function writeHead(response: ServerResponse, reply: Reply, milliseconds: number): void {
  const type = contentType(reply)
  const headers: Record<string, string> = {
    ...(type === undefined ? {} : { 'content-type': type }),
    ...standardHeaders(milliseconds),
    ...('events' in reply.body ? { 'cache-control': 'no-cache' } : {}),
    ...reply.headers,
  }
  response.writeHead(reply.status, headers)
}

function standardHeaders(milliseconds: number): Readonly<Record<string, string>> {
  return {
    'x-request-id': newId('req'),
    'openai-version': '2020-10-01',
    'openai-organization': 'reference',
    'openai-processing-ms': String(Math.round(milliseconds)),
    'x-ratelimit-limit-requests': '10000',
    'x-ratelimit-remaining-requests': '9999',
    'x-ratelimit-reset-requests': '6ms',
    'x-ratelimit-limit-tokens': '2000000',
    'x-ratelimit-remaining-tokens': '1999900',
    'x-ratelimit-reset-tokens': '3ms',
  }
}

async function send(
  response: ServerResponse,
  actions: readonly WireAction[],
  until?: AbortSignal,
): Promise<void> {
  for (const action of actions) {
    if (response.destroyed) return
    if (until?.aborted) break
    if ('bytes' in action) {
      if (!response.write(action.bytes)) await drained(response)
    } else if ('wait' in action) {
      await pause(action.wait, response, until)
    } else if ('cut' in action) {
      response.destroy()
      return
    } else return
  }
  response.end()
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
