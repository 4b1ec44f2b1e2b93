// Exchanges as tests write them down.

import type {
  Body,
  Exchange,
  Json,
  JsonObject,
  StreamEvent,
  WireRequest,
} from '../src/types/index.ts'

const CREATE: WireRequest = { operation: 'create', method: 'POST', path: '/responses' }

/** A whole answer to a create request, or to another one. */
export function createExchange(body: Body, status = 200, request = CREATE): Exchange {
  const type = body.kind === 'events' ? 'text/event-stream' : 'application/json'
  return { request, status, headers: [['content-type', type]], body, ending: 'complete' }
}

/** The bytes of the body are left out: what is judged is the value. */
export function createAnsweredExchange(value: Json, status = 200, request = CREATE): Exchange {
  return createExchange({ kind: 'json', value, text: '' }, status, request)
}

export function createStreamedExchange(payloads: readonly Json[]): Exchange {
  const events = payloads.map((data, index): StreamEvent => ({
    index,
    data,
    raw: '',
    offset: 0,
    ms: 0,
  }))
  return createExchange({ kind: 'events', events, anomalies: [] })
}

/** A response object with nothing in it yet. */
export function createEmptyResponse(status: string, more: JsonObject = {}): JsonObject {
  return {
    id: 'resp_1',
    object: 'response',
    created_at: 1_700_000_000,
    status,
    model: 'm',
    output: [],
    error: null,
    incomplete_details: null,
    usage: null,
    tools: [],
    ...more,
  }
}
