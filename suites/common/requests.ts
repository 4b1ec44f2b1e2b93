// Builds requests about a stored response.

import { idOf, NothingToBuildOn } from '../../src/authoring/define.ts'
import type { Exchange, Json, WireRequest } from '../../src/types/index.ts'

/** `GET /responses/{id}` for an id, or for the response of an exchange. */
export function buildRetrieve(
  of: Exchange | string,
  query: WireRequest['query'] = [],
): WireRequest {
  return { operation: 'retrieve', method: 'GET', path: `/responses/${idIn(of)}`, query }
}

export function buildDelete(of: Exchange | string): WireRequest {
  return { operation: 'delete', method: 'DELETE', path: `/responses/${idIn(of)}` }
}

export function buildCancel(of: Exchange | string): WireRequest {
  return { operation: 'cancel', method: 'POST', path: `/responses/${idIn(of)}/cancel` }
}

export function buildInputItems(
  of: Exchange | string,
  query: WireRequest['query'] = [],
): WireRequest {
  return {
    operation: 'input-items',
    method: 'GET',
    path: `/responses/${idIn(of)}/input_items`,
    query,
  }
}

/** The same request, repeated until the response has come to an end. */
export function repeatUntilEnded(request: WireRequest): WireRequest {
  const oneOf: readonly Json[] = ['completed', 'incomplete', 'failed', 'cancelled']
  return { ...request, repeatUntil: { at: '/status', oneOf, everyMs: 500, limitMs: 60_000 } }
}

function idIn(of: Exchange | string): string {
  return encodeId(typeof of === 'string' ? of : idOf(of))
}

/**
 * An id as a part of a path. Half a character, which no address can hold, is sent as U+FFFD. Dots that
 * every address takes for another folder, encoded or not, cannot be sent at all: nothing is built on them.
 */
export function encodeId(id: string): string {
  if (id === '.' || id === '..') throw new NothingToBuildOn('id that can stand in an address')
  return encodeURIComponent(id.replaceAll(/\p{Cs}/gu, '\ufffd'))
}
