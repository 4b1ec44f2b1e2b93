// Which events come before which.

import { mapEvents } from '../../../src/authoring/define.ts'
import { events, eventType, field } from '../../../src/authoring/read.ts'
import type { Json, JsonObject, Reply } from '../../../src/types/index.ts'
import {
  ARGUMENTS_DELTA,
  ARGUMENTS_DONE,
  eventsOfTypes,
  createNeedFinding,
  STREAM,
  TEXT_DELTA,
  findWrongEvent,
  type ClientNeed,
} from './define-need.ts'

const ADDED = 'response.output_item.added'
const DONE = 'response.output_item.done'

const isOf = (event: JsonObject | string, type: string): boolean =>
  typeof event !== 'string' && event['type'] === type

/** The first event of a type overtakes the one before it. */
function advancing(reply: Reply, type: string): Reply {
  if (!('events' in reply.body)) return reply
  const { events: list } = reply.body
  const at = list.findIndex((event) => isOf(event, type))
  const before = list[at - 1]
  if (before === undefined) return reply
  return { ...reply, body: { events: list.with(at - 1, list[at]!).with(at, before) } }
}

export const sequenceNeeds: readonly ClientNeed[] = [
  {
    id: 'arguments-in-order',
    title: 'function_call_arguments.done comes after all deltas of its call',
    in: STREAM,
    judge(exchange) {
      const done = new Set<Json | undefined>()
      for (const event of eventsOfTypes(exchange, ARGUMENTS_DELTA, ARGUMENTS_DONE)) {
        const call = field(event.data, '/output_index')
        if (eventType(event) === ARGUMENTS_DONE) done.add(call)
        else if (done.has(call)) {
          return createNeedFinding(
            `/events/${event.index}`,
            'no more deltas of this call',
            eventType(event),
          )
        }
      }
      return undefined
    },
    mutants: [
      {
        story: 'the last delta of a call is overtaken by its end',
        reply: (reply) => advancing(reply, ARGUMENTS_DONE),
      },
    ],
  },
  {
    id: 'announced-before-finished',
    title: 'output_item.done comes after output_item.added of its item',
    in: STREAM,
    judge(exchange) {
      const announced = new Set<Json | undefined>()
      for (const event of eventsOfTypes(exchange, ADDED, DONE)) {
        const item = field(event.data, '/output_index')
        if (eventType(event) === ADDED) announced.add(item)
        else if (!announced.has(item)) {
          return createNeedFinding(`/events/${event.index}`, `${ADDED} before`, eventType(event))
        }
      }
      return undefined
    },
    mutants: [
      {
        story: 'a gateway announces items when all of them are finished',
        reply(reply) {
          if (!('events' in reply.body)) return reply
          const { events: list } = reply.body
          const done = list.filter((event) => isOf(event, DONE))
          const rest = list.filter((event) => !isOf(event, DONE))
          const first = rest.findIndex((event) => isOf(event, ADDED))
          return { ...reply, body: { events: rest.toSpliced(first, 0, ...done) } }
        },
      },
    ],
  },
  {
    id: 'said-before-finished',
    title: 'What an item says comes before its output_item.done',
    in: STREAM,
    judge(exchange) {
      const finished = new Set<Json | undefined>()
      for (const event of eventsOfTypes(
        exchange,
        TEXT_DELTA,
        ARGUMENTS_DELTA,
        ARGUMENTS_DONE,
        DONE,
      )) {
        const item = field(event.data, '/output_index')
        if (eventType(event) === DONE) finished.add(item)
        else if (finished.has(item)) {
          return createNeedFinding(
            `/events/${event.index}`,
            'no more of a finished item',
            eventType(event),
          )
        }
      }
      return undefined
    },
    mutants: [
      {
        story: 'a gateway sends the text after the item that says it',
        reply(reply) {
          if (!('events' in reply.body)) return reply
          const { events: list } = reply.body
          const said = list.filter((event) => isOf(event, TEXT_DELTA))
          const rest = list.filter((event) => !isOf(event, TEXT_DELTA))
          const last = rest.findLastIndex((event) => isOf(event, DONE))
          return { ...reply, body: { events: rest.toSpliced(last + 1, 0, ...said) } }
        },
      },
    ],
  },
  {
    id: 'output-index-known',
    title: 'Events name the output_index of an item that was announced',
    in: STREAM,
    judge(exchange) {
      const announced = new Set(
        eventsOfTypes(exchange, ADDED).map(({ data }) => field(data, '/output_index')),
      )
      const bad = events(exchange).find(({ data }) => {
        const index = field(data, '/output_index')
        return typeof index === 'number' && !announced.has(index)
      })
      return findWrongEvent(bad, 'output_index', 'the index of an announced item')
    },
    mutants: [
      {
        story: 'an adapter counts calls apart from other items when it finishes them',
        reply: (reply) =>
          mapEvents(reply, (event) =>
            event['type'] === ARGUMENTS_DONE ? { ...event, output_index: 100 } : event,
          ),
      },
    ],
  },
  {
    id: 'begun-before-items',
    title: 'response.in_progress comes before the first item',
    in: STREAM,
    judge(exchange) {
      const [first] = eventsOfTypes(exchange, 'response.output_item.added')
      const late = eventsOfTypes(exchange, 'response.in_progress').find(
        ({ index }) => first !== undefined && index > first.index,
      )
      return (
        late &&
        createNeedFinding(`/events/${late.index}`, 'no event of the beginning', eventType(late))
      )
    },
    mutants: [
      {
        story: 'a gateway tells of progress when the first item is there',
        reply: (reply) => advancing(reply, 'response.output_item.added'),
      },
    ],
  },
  {
    id: 'completed-last',
    title: 'Nothing comes after response.completed',
    in: STREAM,
    judge(exchange) {
      const [last] = eventsOfTypes(exchange, 'response.completed')
      const more = events(exchange).find(
        (event) => last !== undefined && event.index > last.index && eventType(event) !== undefined,
      )
      return (
        more && createNeedFinding(`/events/${more.index}`, 'the end of the stream', eventType(more))
      )
    },
    mutants: [
      {
        story: 'a gateway sends the usage before the last item is finished',
        reply: (reply) => advancing(reply, 'response.completed'),
      },
    ],
  },
  {
    id: 'text-before-end',
    title: 'No text comes after response.completed',
    in: STREAM,
    judge(exchange) {
      const [last] = eventsOfTypes(exchange, 'response.completed')
      const late = eventsOfTypes(exchange, TEXT_DELTA).find(
        ({ index }) => last !== undefined && index > last.index,
      )
      return (
        late && createNeedFinding(`/events/${late.index}`, 'the end of the stream', eventType(late))
      )
    },
    mutants: [
      {
        story: 'a gateway lets the text follow the end',
        reply(reply) {
          if (!('events' in reply.body)) return reply
          const { events: list } = reply.body
          const said = list.filter((event) => isOf(event, TEXT_DELTA))
          return {
            ...reply,
            body: { events: [...list.filter((event) => !isOf(event, TEXT_DELTA)), ...said] },
          }
        },
      },
    ],
  },
  {
    id: 'completed-once',
    title: 'response.completed comes once',
    in: STREAM,
    judge(exchange) {
      const [, second] = eventsOfTypes(exchange, 'response.completed')
      return (
        second &&
        createNeedFinding(`/events/${second.index}`, 'the end of the stream', eventType(second))
      )
    },
    mutants: [
      {
        story: 'a proxy repeats the last event',
        reply: (reply) =>
          mapEvents(reply, (event) =>
            event['type'] === 'response.completed' ? [event, event] : event,
          ),
      },
    ],
  },
]
