// A saved exchange of the sample.

import type { Exchange, Json } from '../../../../src/types/index.ts'

/** A saved exchange for an evidence id of the sample. */
export function sampleExchange(id: string): Exchange | undefined {
  const stream = id.endsWith('streaming-text')
  const response = (status: string, text: string): Record<string, Json> => ({
    id: 'resp_1',
    object: 'response',
    created_at: 1_795_000_000,
    status,
    model: 'harbor-large-1106',
    output: [
      {
        id: 'msg_1',
        type: 'message',
        role: 'assistant',
        status,
        content: [{ type: 'output_text', text }],
      },
    ],
    usage: { input_tokens: 12, output_tokens: 9, total_tokens: 21 },
  })
  const types = [
    'created',
    'in_progress',
    'output_item.added',
    'content_part.added',
    'output_text.delta',
    'output_text.done',
    'output_item.done',
    'completed',
  ]
  return {
    request: {
      operation: 'create',
      method: 'POST',
      path: '/responses',
      body: {
        json: {
          model: 'harbor-large',
          input: [{ role: 'user', content: 'Count from 1 to 5 in English words.' }],
          stream,
        },
      },
    },
    status: 200,
    headers: [
      ['content-type', stream ? 'text/event-stream' : 'application/json'],
      ['x-request-id', 'req_1'],
    ],
    body: stream
      ? {
          kind: 'events',
          anomalies: [],
          events: types.map((name, index) => {
            const type = `response.${name}`
            const data: Record<string, Json> = {
              type,
              sequence_number: index,
              ...(name === 'output_text.delta' ? { delta: 'One, two, three, four, five.' } : {}),
              ...(name === 'completed'
                ? { response: response('completed', 'One, two, three, four, five.\n') }
                : {}),
            }
            return {
              index,
              name: type,
              data,
              raw: JSON.stringify(data),
              offset: index * 180,
              ms: 300 + index * 45,
            }
          }),
        }
      : {
          kind: 'json',
          value: response('completed', 'One, two, three, four, five.'),
          text: JSON.stringify(response('completed', 'One, two, three, four, five.')),
        },
    ending: 'complete',
    timing: {
      startedAt: '2026-11-20T06:00:01.000Z',
      headersMs: 290,
      firstByteMs: 300,
      endMs: 640,
      chunks: [
        [0, 300],
        [720, 480],
      ],
    },
    raw: { sha256: '0'.repeat(64), bytes: 1440, kept: 1440 },
    tries: 1,
    evidence: id,
  }
}
