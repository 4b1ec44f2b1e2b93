// Events as bytes, framed in every way that a stream allows, and received again.

import * as fc from 'fast-check'
import { decodeEvents } from '../../../src/transport/sse.ts'
import type { Ending, Exchange, Json, JsonObject } from '../../../src/types/index.ts'
import { createExchange } from '../../exchange.ts'

interface Framing {
  readonly end: '\n' | '\r\n'
  readonly eventLines: boolean
  readonly space: boolean
  readonly comments: boolean
  readonly pretty: boolean
  readonly sentinel: boolean
}

const PLAIN: Framing = {
  end: '\n',
  eventLines: true,
  space: true,
  comments: false,
  pretty: false,
  sentinel: false,
}

export const arbitraryFraming: fc.Arbitrary<Framing> = fc.record({
  end: fc.constantFrom('\n' as const, '\r\n' as const),
  eventLines: fc.boolean(),
  space: fc.boolean(),
  comments: fc.boolean(),
  pretty: fc.boolean(),
  sentinel: fc.boolean(),
})

export function encodeEvents(events: readonly Json[], how: Framing = PLAIN): Buffer {
  const frames = events.map((event) => {
    const json = how.pretty ? JSON.stringify(event, null, 1) : JSON.stringify(event)
    const type = (event as JsonObject)['type']
    return [
      ...(how.comments ? [': still here'] : []),
      ...(how.eventLines && typeof type === 'string' ? [`event: ${type}`] : []),
      ...json.split('\n').map((line) => `data:${how.space ? ' ' : ''}${line}`),
      '',
      '',
    ].join(how.end)
  })
  return Buffer.from(frames.join('') + (how.sentinel ? `data: [DONE]${how.end}${how.end}` : ''))
}

export function receiveEvents(
  bytes: Uint8Array,
  cuts: readonly number[] = [],
  ending: Ending = 'complete',
): Exchange {
  const inside = cuts.map((cut) => cut % (bytes.length + 1))
  const edges = [...new Set([0, ...inside])].toSorted((a, b) => a - b)
  const chunks = edges.map((edge, index) => [edge, 10 * index] as const)
  const { events, anomalies } = decodeEvents({ bytes: Buffer.from(bytes), chunks, ending })
  return { ...createExchange({ kind: 'events', events, anomalies }), ending }
}
