// A bare client of Messages, and what its answers say.

import { expect } from 'vitest'
import type { Reference } from '../../../reference/main.ts'
import type { Any } from './client.ts'

export const MESSAGES_HEADERS = {
  'content-type': 'application/json',
  'x-api-key': 'test',
  'anthropic-version': '2023-06-01',
}

/** Posts what every message needs and `body`, or a text as it is. */
export function postMessage(
  at: Reference,
  body: object | string,
  { path = '/messages', headers = MESSAGES_HEADERS as Record<string, string> } = {},
): Promise<Response> {
  const text =
    typeof body === 'string'
      ? body
      : JSON.stringify({ model: 'reference', max_tokens: 500, ...body })
  return fetch(at.url + path, { method: 'POST', headers, body: text })
}

export const sayAsUser = (content: unknown): object => ({ messages: [{ role: 'user', content }] })

export const messageTextIn = (message: Any): string =>
  message.content.find(({ type }: Any) => type === 'text').text

/** Status, type and sentence of a refusal, after a look at its shape. */
export async function readRefusedMessage(response: Response): Promise<Any> {
  const body: Any = await response.json()
  expect(body).toEqual({
    type: 'error',
    error: { type: expect.any(String), message: expect.any(String) },
    request_id: response.headers.get('request-id'),
  })
  return [response.status, body.error.type, body.error.message]
}
