// What a stream consists of.

import { mapEvents } from '../../../src/authoring/define.ts'
import { events, eventType, field, isObject, isStream } from '../../../src/authoring/read.ts'
import type { JsonObject } from '../../../src/types/index.ts'
import { addSentinels, changeFrames } from '../../streaming/mutants.ts'
import { createNeedFinding, STREAM, findWrongEvent, type ClientNeed } from './define-need.ts'

export const eventNeeds: readonly ClientNeed[] = [
  {
    id: 'streams',
    title: 'stream: true is answered with an event stream',
    in: STREAM,
    judge: (exchange) =>
      isStream(exchange) ? undefined : createNeedFinding('', 'an event stream', exchange.body.kind),
    mutants: [
      {
        story: 'an adapter ignores stream',
        reply: (reply) => {
          if (!('events' in reply.body)) return reply
          const last = reply.body.events.findLast(
            (event) => typeof event !== 'string',
          ) as JsonObject
          return { ...reply, body: { json: last['response'] ?? null } }
        },
      },
    ],
  },
  {
    id: 'typed-events',
    title: 'The data of each event names its type',
    in: STREAM,
    judge(exchange) {
      const bad = events(exchange).find(({ data }) => typeof field(data, '/type') !== 'string')
      return findWrongEvent(bad, 'type', 'the type of the event')
    },
    mutants: [
      {
        story: 'a gateway names events by their event line only',
        wire: (actions) =>
          changeFrames(actions, (frame) =>
            frame.replaceAll(/^data: \{"type":"response\.[\w.]+",/gm, 'data: {'),
          ),
      },
    ],
  },
  {
    id: 'known-events',
    title: 'A stream has official events only',
    in: STREAM,
    judge(exchange, { contract }) {
      const known = new Set(contract.events.map(({ type }) => type))
      const bad = events(exchange).find((event) => {
        const type = eventType(event)
        return type !== undefined && type !== 'error' && type !== 'keepalive' && !known.has(type)
      })
      return (
        bad && createNeedFinding(`/events/${bad.index}/type`, 'an official event', eventType(bad))
      )
    },
    mutants: [
      {
        story: 'a gateway keeps the connection alive with ping events',
        reply: (reply) =>
          mapEvents(reply, (event, index) => (index === 2 ? [{ type: 'ping' }, event] : event)),
      },
    ],
  },
  {
    id: 'no-sentinel-inside',
    title: 'Nothing but comments comes between the events of a stream',
    in: STREAM,
    judge({ body }) {
      if (body.kind !== 'events') return undefined
      const last = body.events.findLastIndex(({ data }) => isObject(data))
      const bad = body.events.findIndex(({ data }, index) => index < last && !isObject(data))
      return bad < 0
        ? undefined
        : createNeedFinding(`/events/${bad}`, 'an event', body.events[bad]!.raw)
    },
    mutants: [
      {
        story: 'an adapter adds the sentinel of another API after each item',
        reply: addSentinels,
      },
    ],
  },
]
