import { brotliCompressSync } from 'node:zlib'
import { isStream, mediaType } from '../../../src/authoring/read.ts'
import type { AnomalyKind, Exchange, Reply, WireAction } from '../../../src/types/index.ts'
import {
  createNeedFinding,
  JSON_ONLY,
  STREAM,
  type NeedFinding,
  type ClientNeed,
} from './define-need.ts'

function anomaly(
  exchange: Exchange,
  kinds: readonly AnomalyKind[],
  wanted: string,
): NeedFinding | undefined {
  if (exchange.body.kind !== 'events') return undefined
  const violation = exchange.body.anomalies.find(({ kind }) => kinds.includes(kind))
  return violation === undefined
    ? undefined
    : { at: 'framing', expected: wanted, actual: `${violation.note} (byte ${violation.offset})` }
}

const isEvents = (reply: Reply): boolean => 'events' in reply.body

/** Changes the bytes of streams only. */
function bytes(
  change: (text: string, index: number, last: boolean) => string,
): (actions: readonly WireAction[], reply: Reply) => readonly WireAction[] {
  return (actions, reply) => {
    if (!isEvents(reply)) return actions
    const last = actions.findLastIndex((action) => 'bytes' in action)
    return actions.map((action, index) =>
      'bytes' in action
        ? {
            bytes: Buffer.from(change(Buffer.from(action.bytes).toString(), index, index === last)),
          }
        : action,
    )
  }
}

export const byteNeeds: readonly ClientNeed[] = [
  {
    id: 'labelled-stream',
    title: 'A stream is labelled text/event-stream',
    in: STREAM,
    judge: (exchange) =>
      !isStream(exchange) || mediaType(exchange) === 'text/event-stream'
        ? undefined
        : createNeedFinding('header content-type', 'text/event-stream', mediaType(exchange)),
    mutants: [
      {
        story: 'a proxy labels every answer as JSON',
        reply: (reply) =>
          isEvents(reply)
            ? { ...reply, headers: { ...reply.headers, 'content-type': 'application/json' } }
            : reply,
      },
    ],
  },
  {
    id: 'labelled-json',
    title: 'A JSON answer is labelled application/json',
    in: JSON_ONLY,
    judge: (exchange) =>
      exchange.body.kind !== 'json' || /^application\/(.*\+)?json$/.test(mediaType(exchange))
        ? undefined
        : createNeedFinding('header content-type', 'application/json', mediaType(exchange)),
    mutants: [
      {
        story: 'a proxy labels JSON as plain text',
        reply: (reply) =>
          'json' in reply.body
            ? { ...reply, headers: { ...reply.headers, 'content-type': 'text/plain' } }
            : reply,
      },
    ],
  },
  {
    id: 'line-feeds',
    title: 'Lines end with LF or CRLF, not with CR alone',
    in: STREAM,
    judge: (exchange) => anomaly(exchange, ['cr-line-ends'], 'lines that end with LF or CRLF'),
    mutants: [
      {
        story: 'an old server ends lines with CR',
        wire: bytes((text) => text.replaceAll('\n', '\r')),
      },
    ],
  },
  {
    id: 'no-mark',
    title: 'A stream does not begin with a byte order mark',
    in: STREAM,
    judge: (exchange) =>
      anomaly(exchange, ['byte-order-mark'], 'a stream without a byte order mark'),
    mutants: [
      {
        story: 'a server writes its text files with a byte order mark, and streams too',
        wire: bytes((text, index) => (index === 0 ? `\uFEFF${text}` : text)),
      },
    ],
  },
  {
    id: 'last-frame-ends',
    title: 'The last frame is ended by a blank line',
    in: STREAM,
    judge: (exchange) =>
      anomaly(exchange, ['unterminated-frame'], 'a blank line after the last frame'),
    mutants: [
      {
        story: 'a proxy trims the end of the body',
        wire: bytes((text, _, last) => (last ? text.trimEnd() : text)),
      },
    ],
  },
  {
    id: 'closes',
    title: 'A stream is closed when it has ended',
    in: STREAM,
    judge: (exchange) =>
      anomaly(exchange, ['left-open'], 'the connection closed after the last event'),
    mutants: [
      {
        story: 'a gateway forgets to close the stream of a tool call',
        wire: (actions, reply) =>
          'events' in reply.body && JSON.stringify(reply.body.events).includes('"function_call"')
            ? [...actions, { hang: true }]
            : actions,
      },
    ],
  },
  {
    id: 'no-empty-data',
    title: 'No frame has an empty data line',
    in: STREAM,
    judge: (exchange) => anomaly(exchange, ['empty-data'], 'a comment, or nothing'),
    mutants: [
      {
        story: 'a gateway keeps the connection alive with empty data',
        wire: bytes((text, index) => (index === 1 ? `data:\n\n${text}` : text)),
      },
    ],
  },
  {
    id: 'no-event-without-data',
    title: 'No frame names an event and has no data',
    in: STREAM,
    judge: (exchange) => anomaly(exchange, ['event-without-data'], 'a comment, or nothing'),
    mutants: [
      {
        story: 'a gateway keeps the connection alive with an event that has no data',
        wire: bytes((text, index) => (index === 1 ? `event: ping\n\n${text}` : text)),
      },
    ],
  },
  {
    id: 'no-compression',
    title: 'A client gets no compression that it did not ask for',
    in: STREAM,
    judge: (exchange) => anomaly(exchange, ['unasked-compression'], 'plain bytes'),
    mutants: [
      {
        story: 'a proxy compresses whatever passes',
        reply: (reply) =>
          isEvents(reply)
            ? { ...reply, headers: { ...reply.headers, 'content-encoding': 'br' } }
            : reply,
        wire: (actions, reply) =>
          isEvents(reply)
            ? [
                {
                  bytes: brotliCompressSync(
                    Buffer.concat(actions.flatMap((one) => ('bytes' in one ? [one.bytes] : []))),
                  ),
                },
              ]
            : actions,
      },
    ],
  },
]
