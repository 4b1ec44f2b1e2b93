// What HTTP and WebSocket share: the account of the caller, the request as read, the headers of each answer.

import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { ReferenceRequest, Reply, Mutation } from '../../src/types/index.ts'
import type { Emulation } from '../emulate/emulation.ts'
import type { FaultSource } from '../delivery-faults.ts'
import { newId } from '../ids.ts'
import { ApiError } from '../api-error.ts'
import type { ReferenceProvider } from '../create/create-response.ts'
import type { Route } from './router.ts'
import type { Account } from '../store.ts'

export interface Service {
  readonly provider: ReferenceProvider
  readonly routes: readonly Route[]
  /** The account of a key, if there is one. */
  readonly account: (key: string) => Account | undefined
  readonly trouble?: FaultSource
  readonly emulation?: Emulation
  /** What the provider speaks besides Responses. */
  readonly otherApis: readonly OtherApi[]
  /** In force for requests that do not choose one. */
  readonly mutation: () => Mutation | undefined
  /** A request with the header `x-mutant: <n>` suffers the n-th. */
  readonly mutations: readonly Mutation[]
}

/** An API beside Responses, in front of the same model. */
export interface OtherApi {
  readonly routes: readonly Route[]
  /** Whether a request is made in the manner of this API, whatever its path. */
  readonly hears: (request: ReferenceRequest) => boolean
  /** A key that does not come in the header `authorization`. */
  readonly keyOf: (headers: ReferenceRequest['headers']) => string | undefined
  readonly writeError: (problem: ApiError) => Reply
}

export function otherApiOf(request: ReferenceRequest, service: Service): OtherApi | undefined {
  return service.otherApis.find((api) => api.hears(request))
}

/** The mutants are wrong about Responses, and leave other APIs alone. */
export function mutationOf(request: ReferenceRequest, service: Service): Mutation | undefined {
  if (otherApiOf(request, service) !== undefined) return undefined
  const chosen = request.headers['x-mutant']
  return chosen === undefined ? service.mutation() : service.mutations[Number(chosen)]
}

export function authenticateCaller(request: ReferenceRequest, service: Service): Account {
  const header = request.headers['authorization']?.trim() ?? ''
  const named = service.emulation ?? otherApiOf(request, service)
  const given = named?.keyOf(request.headers)
  if (header === '' && given === undefined) {
    throw new ApiError(
      401,
      'You did not provide an API key. Send it in the Authorization header as a bearer token: Authorization: Bearer YOUR_KEY.',
    )
  }
  const key = given ?? /^Bearer +(\S+)$/i.exec(header)?.[1]
  const account = key === undefined ? undefined : service.account(key)
  if (account !== undefined) return account
  const shown =
    key === undefined || key.length < 12 ? '***' : `${key.slice(0, 4)}***${key.slice(-2)}`
  throw new ApiError(401, `Incorrect API key provided: ${shown}.`, { code: 'invalid_api_key' })
}

export function requestOfMessage(
  message: IncomingMessage,
  text: string,
  { emulation }: Pick<Service, 'emulation'> = {},
): ReferenceRequest {
  // A target such as `//` is no path of a URL: it becomes a route that does not exist.
  const target = message.url ?? '/'
  const url = new URL(URL.canParse(target, BASE) ? target : '/', BASE)
  return {
    method: message.method ?? 'GET',
    path: pathOf(url.pathname, emulation?.basePath ?? '/v1'),
    query: url.searchParams,
    headers: Object.fromEntries(
      Object.entries(message.headers).map(([name, value]) => [name, String(value)]),
    ),
    body: parse(text),
    text,
  }
}

const BASE = 'http://reference'

function pathOf(pathname: string, base: string): string {
  const path = pathname.startsWith(`${base}/`) ? pathname.slice(base.length) : pathname
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path
}

function parse(text: string): ReferenceRequest['body'] {
  try {
    return JSON.parse(text) as ReferenceRequest['body']
  } catch {
    return undefined
  }
}

export function standardHeadersOf(milliseconds: number): Readonly<Record<string, string>> {
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

/** A reply on a bare socket, and the end of it. */
export function refuseUpgrade(socket: Duplex, { status, body }: Reply): void {
  const text = 'json' in body ? JSON.stringify(body.json) : ''
  const headers = Object.entries({
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(text)),
    connection: 'close',
    ...standardHeadersOf(0),
  }).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.end(`HTTP/1.1 ${status} Refused\r\n${headers.join('')}\r\n${text}`)
}
