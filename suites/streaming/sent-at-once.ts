import { isObject, mediaType, show } from '../../src/authoring/read.ts'
import type { Exchange, Finding, Json, Mutation } from '../../src/types/index.ts'

/** One JSON response, since no stream was asked for. */
export function findNotSentAtOnce(step: string, exchange: Exchange): readonly Finding[] {
  if (exchange.body.kind === 'json' && mediaType(exchange) === 'application/json') return []
  return [
    {
      step,
      at: 'header content-type',
      expected: 'application/json, since no stream was asked for',
      actual: `${show(mediaType(exchange))}, with a body of kind ${exchange.body.kind}`,
    },
  ]
}

/** Streams wherever `stream` has this value; where it is absent, for undefined. */
export const streamWhen =
  (value: Json | undefined): NonNullable<Mutation['reply']> =>
  (reply, { body }) => {
    if (!isObject(body) || body['stream'] !== value || !('json' in reply.body)) return reply
    return {
      ...reply,
      headers: { ...reply.headers, 'content-type': 'text/event-stream' },
      body: { events: [{ type: 'response.completed', response: reply.body.json }] },
    }
  }
