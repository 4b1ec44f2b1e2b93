// What a check sees of a foreign recording: whoever reads what its tool did not keep learns that nobody saw it.

import type { Exchange } from '../types/index.ts'

/** Thrown where a judge reads what was not recorded. */
export class NotRecorded extends Error {
  override readonly name = 'NotRecorded'

  constructor(what: string) {
    super(`not recorded: ${what}`)
  }
}

const views = new WeakMap<Exchange, Exchange>()

/** The exchange itself where all of it was recorded; otherwise the same view for every caller. */
export function withGuards(exchange: Exchange): Exchange {
  if (exchange.unrecorded === undefined) return exchange
  const view = views.get(exchange) ?? guard(exchange, new Set(exchange.unrecorded))
  views.set(exchange, view)
  return view
}

function guard(exchange: Exchange, lacking: ReadonlySet<string>): Exchange {
  const { request, body } = exchange
  const view = { ...exchange }
  if (lacking.has('request')) view.request = withGuard({ ...request }, 'body', 'the request')
  // A response object is an answer, whatever its status was.
  if (lacking.has('status') && exchange.status === 0) withGuard(view, 'status', 'the status')
  if (lacking.has('headers')) withGuard(view, 'headers', 'the headers')
  if (lacking.has('framing'))
    view.body = withGuard({ ...body }, 'anomalies', 'the lines of the stream')
  return view
}

function withGuard<T extends object>(of: T, key: string, what: string): T {
  return Object.defineProperty(of, key, {
    enumerable: true,
    get() {
      throw new NotRecorded(what)
    },
  })
}
