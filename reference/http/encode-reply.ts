// Encodes a reply as bytes.

import type { JsonObject, Reply, WireAction } from '../../src/types/index.ts'

const encoder = new TextEncoder()

/** `delays`: milliseconds before each event. */
export function encodeReply(reply: Reply, delays: readonly number[] = []): readonly WireAction[] {
  const { body } = reply
  if ('json' in body) return [{ bytes: encoder.encode(JSON.stringify(body.json)) }]
  if ('raw' in body) return [{ bytes: encoder.encode(body.raw) }]
  if ('none' in body) return []
  return body.events.flatMap((event, index): readonly WireAction[] => {
    const bytes = { bytes: encoder.encode(frame(event)) }
    const delay = delays[index] ?? 0
    return delay > 0 ? [{ wait: delay }, bytes] : [bytes]
  })
}

function frame(event: JsonObject | string): string {
  if (typeof event === 'string') return `data: ${event}\n\n`
  return `event: ${String(event['type'])}\ndata: ${JSON.stringify(event)}\n\n`
}

export function contentTypeOf(reply: Reply): string | undefined {
  if ('events' in reply.body) return 'text/event-stream; charset=utf-8'
  if ('json' in reply.body) return 'application/json'
  return 'raw' in reply.body ? 'text/plain; charset=utf-8' : undefined
}
