// A bare client for the tests of the reference provider.

import { expect } from 'vitest'
import type { Reference } from '../../../reference/main.ts'

// eslint-disable-next-line typescript/no-explicit-any
export type Any = ReturnType<typeof JSON.parse>

interface Answered {
  readonly status: number
  readonly headers: Headers
  readonly body: Any
}

interface ReferenceClient {
  call(method: string, path: string, body?: unknown, key?: string): Promise<Answered>
  create(body: object, key?: string): Promise<Answered>
  /** The events of a streaming create. */
  stream(body: object): Promise<Any[]>
}

export function clientOf(reference: Reference): ReferenceClient {
  const headers = (key: string): Record<string, string> => ({
    authorization: `Bearer ${key}`,
    'content-type': 'application/json',
  })
  const call: ReferenceClient['call'] = async (method, path, body, key = 'test') => {
    const response = await fetch(reference.url + path, {
      method,
      headers: headers(key),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return {
      status: response.status,
      headers: response.headers,
      body: text.startsWith('event:') ? readEvents(text) : JSON.parse(text),
    }
  }
  return {
    call,
    create: (body, key) => call('POST', '/responses', { model: 'reference', ...body }, key),
    stream: async (body) => {
      const answered = await call('POST', '/responses', {
        model: 'reference',
        stream: true,
        ...body,
      })
      expect(answered.headers.get('content-type')).toMatch(/^text\/event-stream/)
      return answered.body
    },
  }
}

/** The JSON payloads of a stream; `[DONE]` stays a string. */
function readEvents(text: string): Any[] {
  return text
    .split('\n\n')
    .filter((frame) => frame !== '')
    .map((frame) => frame.slice(frame.indexOf('data: ') + 6))
    .map((data) => (data === '[DONE]' ? data : JSON.parse(data)))
}

/** A strict format whose only answer is one of these words, or `unknown`. */
export function wordFormat(...values: readonly string[]): object {
  return schemaFormat({ word: { type: 'string', enum: [...values, 'unknown'] } })
}

export function schemaFormat(properties: object): object {
  return {
    format: {
      type: 'json_schema',
      name: 'answer',
      strict: true,
      schema: {
        type: 'object',
        properties,
        required: Object.keys(properties),
        additionalProperties: false,
      },
    },
  }
}

export function textOf(body: Any): string {
  return body.output.findLast((item: Any) => item.type === 'message').content[0].text
}
