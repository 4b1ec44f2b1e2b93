// A correct answer, to be spoilt in one way each.

import type { JsonObject } from '../../../src/types/index.ts'

export function createAnswer(text: string, more: JsonObject = {}): JsonObject {
  return {
    id: 'resp_1',
    object: 'response',
    created_at: 1_750_000_000,
    status: 'completed',
    completed_at: 1_750_000_001,
    error: null,
    incomplete_details: null,
    instructions: null,
    max_output_tokens: null,
    model: 'model',
    output: [
      {
        type: 'message',
        id: 'msg_1',
        status: 'completed',
        role: 'assistant',
        content: [{ type: 'output_text', text, annotations: [], logprobs: [] }],
      },
    ],
    parallel_tool_calls: true,
    previous_response_id: null,
    reasoning: { effort: null, summary: null },
    store: true,
    temperature: 1,
    text: { format: { type: 'text' } },
    tool_choice: 'auto',
    tools: [],
    top_p: 1,
    truncation: 'disabled',
    usage: {
      input_tokens: 1,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens: 1,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: 2,
    },
    user: null,
    metadata: {},
    ...more,
  }
}

export function createEvent(type: string, more: JsonObject = {}): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...more })}\n\n`
}

/** A whole stream that says these pieces. */
export function createStreamReply(...pieces: readonly string[]): string {
  const deltas = pieces.map((delta, index) =>
    createEvent('response.output_text.delta', {
      sequence_number: index + 1,
      item_id: 'msg_1',
      output_index: 0,
      content_index: 0,
      delta,
    }),
  )
  return [
    createEvent('response.created', { sequence_number: 0, response: createAnswer('') }),
    ...deltas,
    createEvent('response.completed', {
      sequence_number: pieces.length + 1,
      response: createAnswer(pieces.join('')),
    }),
  ].join('')
}

/** A head and a body as they stand on the wire. */
export function createRawReply(
  body: string | Buffer,
  headers: readonly string[] = [],
  status = '200 OK',
): Buffer {
  const head = [
    `HTTP/1.1 ${status}`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
    ...headers,
  ]
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), Buffer.from(body)])
}
