// Finds the route of a method and path, and calls it.

import type { Json, ReferenceRequest, Reply } from '../../src/types/index.ts'
import { ApiError } from '../api-error.ts'
import { clipText } from '../json.ts'
import type { Account } from '../store.ts'
import type { ReferenceProvider } from '../create/create-response.ts'

/** A reply, and how it is to be paced. */
export interface RouteAnswer {
  readonly reply: Reply
  /** Milliseconds before each event. */
  readonly delays?: readonly number[]
  /** Ends the stream where it stands. */
  readonly until?: AbortSignal
  /** Called when the client left before the end. */
  readonly abandoned?: () => void
}

export interface RouteCall {
  readonly request: ReferenceRequest
  readonly account: Account
  readonly provider: ReferenceProvider
  /** The path's variable parts, in order. */
  readonly ids: readonly string[]
}

type Handler = (call: RouteCall) => RouteAnswer | Promise<RouteAnswer>

export interface Route {
  readonly method: string
  /** `*` stands for an id. */
  readonly path: string
  readonly handler: Handler
}

export const createJsonAnswer = (value: Json): RouteAnswer => ({
  reply: { status: 200, headers: {}, body: { json: value } },
})

export async function dispatchCall(
  routes: readonly Route[],
  call: Omit<RouteCall, 'ids'>,
): Promise<RouteAnswer> {
  const { method, path } = call.request
  const here = routes.flatMap((route) => {
    const ids = match(route.path, path)
    return ids === undefined ? [] : [{ route, ids }]
  })
  if (here.length === 0) throw new ApiError(404, `Invalid URL (${method} ${clipText(path)})`)
  const found = here.find(({ route }) => route.method === method)
  if (found !== undefined) return found.route.handler({ ...call, ids: found.ids })
  const allow = here.map(({ route }) => route.method).join(', ')
  throw new ApiError(
    405,
    `Not allowed to ${clipText(method)} on ${clipText(path)}; allowed: ${allow}.`,
    {
      code: 'method_not_allowed',
      headers: { allow },
    },
  )
}

function match(pattern: string, path: string): readonly string[] | undefined {
  const wanted = pattern.split('/')
  const given = path.split('/')
  if (wanted.length !== given.length) return undefined
  const ids: string[] = []
  for (const [index, part] of wanted.entries()) {
    const one = given[index]!
    if (part === '*' && one !== '') ids.push(decode(one))
    else if (part !== one) return undefined
  }
  return ids
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
