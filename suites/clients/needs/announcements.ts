// Items and parts are announced before they say anything, and finished with all they said.

import { mapEvents, without } from '../../../src/authoring/define.ts'
import { events, eventType, field, isObject } from '../../../src/authoring/read.ts'
import type { Json, JsonObject, Reply } from '../../../src/types/index.ts'
import { changeEvents, changeItems, dropEvents } from '../../streaming/mutants.ts'
import {
  ABOUT_ITEMS,
  DELTAS,
  eventsOfTypes,
  createNeedFinding,
  readItemsInOutput,
  contentPartsOf,
  readPlacedItems,
  STREAM,
  TEXT_DELTA,
  findFirstWrong,
  findWrongEvent,
  type ClientNeed,
  type PlacedItem,
} from './define-need.ts'

const ADDED = 'response.output_item.added'
const DONE = 'response.output_item.done'

/** Counts from 1. */
function shifted(reply: Reply, key: 'output_index' | 'content_index'): Reply {
  return mapEvents(reply, (event) =>
    typeof event[key] === 'number' ? { ...event, [key]: event[key] + 1 } : event,
  )
}

export const announcementNeeds: readonly ClientNeed[] = [
  {
    id: 'items-announced',
    title: 'output_item.added comes before what an item says',
    in: STREAM,
    judge(exchange) {
      const announced = new Set<Json>()
      for (const event of events(exchange)) {
        const type = eventType(event) ?? ''
        const index = field(event.data, '/output_index') ?? 0
        if (type === ADDED) {
          if (isObject(field(event.data, '/item'))) announced.add(index)
        } else if (ABOUT_ITEMS.test(type) && announced.size === 0) {
          return createNeedFinding(
            `/events/${event.index}`,
            'response.output_item.added before',
            type,
          )
        }
      }
      const items = readItemsInOutput(exchange).length
      return announced.size === 0 && items > 0
        ? createNeedFinding('/events', 'response.output_item.added for each item', 'none')
        : undefined
    },
    mutants: [
      {
        story: 'an adapter sends deltas alone',
        reply: (reply) => dropEvents(reply, ADDED),
      },
      {
        story: 'an adapter sends the whole answer in response.completed',
        reply: (reply) =>
          mapEvents(reply, (event) => (isObject(event['response']) ? event : undefined)),
      },
    ],
  },
  {
    id: 'items-announced-in-time',
    title: 'output_item.added does not come after the deltas',
    in: STREAM,
    judge(exchange) {
      const announced = new Set<Json>()
      const early = new Set<Json>()
      for (const event of events(exchange)) {
        const type = eventType(event) ?? ''
        const index = field(event.data, '/output_index') ?? 0
        // A second item in the same place is not late: the deltas were those of the first.
        if (DELTAS.includes(type) && !announced.has(index)) early.add(index)
        if (type === ADDED) announced.add(index)
        if (type === ADDED && early.has(index)) {
          return createNeedFinding(
            `/events/${event.index}`,
            'the item announced before its deltas',
            type,
          )
        }
      }
      return undefined
    },
    mutants: [
      {
        story: 'an adapter announces an item when it is finished',
        reply(reply) {
          const held = new Map<Json | undefined, JsonObject>()
          return mapEvents(reply, (event) => {
            if (event['type'] === ADDED) {
              held.set(event['output_index'], event)
              return undefined
            }
            const late = held.get(event['output_index'])
            return event['type'] === DONE && late !== undefined ? [late, event] : event
          })
        },
      },
    ],
  },
  {
    id: 'items-in-order',
    title: 'Items are announced in the order of output_index, from 0',
    in: STREAM,
    judge(exchange) {
      const added = eventsOfTypes(exchange, ADDED)
      const bad = added.findIndex(({ data }, index) => {
        const given = field(data, '/output_index')
        return given !== undefined && given !== index
      })
      if (bad < 0) return undefined
      const { index, data } = added[bad]!
      return createNeedFinding(
        `/events/${index}/output_index`,
        String(bad),
        field(data, '/output_index'),
      )
    },
    mutants: [
      {
        story: 'an adapter counts items from 1',
        reply: (reply) => shifted(reply, 'output_index'),
      },
    ],
  },
  {
    id: 'parts-announced',
    title: 'content_part.added comes before the text of a part',
    in: STREAM,
    judge(exchange) {
      const announced = new Set<string>()
      const key = (data: Json | undefined): string =>
        `${String(field(data, '/output_index'))} ${String(field(data, '/content_index'))}`
      for (const event of events(exchange)) {
        const type = eventType(event)
        if (type === 'response.content_part.added') announced.add(key(event.data))
        if (type === TEXT_DELTA && !announced.has(key(event.data))) {
          return createNeedFinding(
            `/events/${event.index}`,
            'response.content_part.added before',
            type,
          )
        }
      }
      return undefined
    },
    mutants: [
      {
        story: 'an adapter knows items and deltas, no parts',
        reply: (reply) => dropEvents(reply, 'response.content_part.added'),
      },
    ],
  },
  {
    id: 'parts-in-order',
    title: 'The parts of an item are counted from 0',
    in: STREAM,
    judge(exchange) {
      const counts = new Map<Json | undefined, number>()
      for (const { index, data } of eventsOfTypes(exchange, 'response.content_part.added')) {
        const item = field(data, '/output_index')
        const wanted = counts.get(item) ?? 0
        const given = field(data, '/content_index')
        if (given !== undefined && given !== wanted) {
          return createNeedFinding(`/events/${index}/content_index`, String(wanted), given)
        }
        counts.set(item, wanted + 1)
      }
      return undefined
    },
    mutants: [
      {
        story: 'an adapter counts parts from 1',
        reply: (reply) => shifted(reply, 'content_index'),
      },
    ],
  },
  {
    id: 'messages-announced-with-content',
    title: 'A message is announced with a list of content',
    in: STREAM,
    judge: (exchange) =>
      findFirstWrong(
        readPlacedItems(exchange, 'message').filter(({ place }) => place === 'added'),
        'content',
        'a list, empty as yet',
        Array.isArray,
      ),
    mutants: [
      {
        story: 'an adapter announces messages without content',
        reply: (reply) => changeItems(reply, ADDED, (item) => without(item, 'content')),
      },
    ],
  },
  {
    id: 'calls-announced-with-arguments',
    title: 'A call is announced with arguments, if only empty ones',
    in: STREAM,
    judge: (exchange) =>
      findFirstWrong(
        readPlacedItems(exchange, 'function_call').filter(({ place }) => place === 'added'),
        'arguments',
        'a string, empty as yet',
        (value) => typeof value === 'string',
      ),
    mutants: [
      {
        story: 'an adapter announces calls without arguments',
        reply: (reply) => changeItems(reply, ADDED, (item) => without(item, 'arguments')),
      },
    ],
  },
  {
    id: 'items-finished',
    title: 'output_item.done finishes each item',
    in: STREAM,
    judge(exchange) {
      const done = eventsOfTypes(exchange, DONE).length
      const items = Math.max(
        readItemsInOutput(exchange).length,
        eventsOfTypes(exchange, ADDED).length,
      )
      return done >= items
        ? undefined
        : createNeedFinding('/events', `${items} output_item.done`, done)
    },
    mutants: [
      {
        story: 'an adapter never finishes items',
        reply: (reply) => dropEvents(reply, DONE),
      },
    ],
  },
  {
    id: 'items-finished-whole',
    title: 'output_item.done carries the content and arguments of its item',
    in: STREAM,
    judge(exchange) {
      const done = readPlacedItems(exchange).filter(({ place }) => place === 'done')
      const of = (type: string): readonly PlacedItem[] =>
        done.filter(({ value }) => value['type'] === type)
      return (
        findFirstWrong(
          of('message'),
          'content',
          'the parts',
          (content) => Array.isArray(content) && content.length > 0 && content.every(isObject),
        ) ??
        findFirstWrong(
          contentPartsOf(of('message')).filter(({ value }) => value['type'] === 'output_text'),
          'text',
          'the text',
          (value) => typeof value === 'string',
        ) ??
        findFirstWrong(
          of('function_call'),
          'arguments',
          'the arguments',
          (value) => value !== '' && value !== undefined,
        )
      )
    },
    mutants: [
      {
        story: 'an adapter repeats the announced item when it is finished',
        reply: (reply) =>
          changeItems(reply, DONE, (item) => ({
            ...item,
            ...('content' in item ? { content: [] } : {}),
            ...('arguments' in item ? { arguments: '' } : {}),
          })),
      },
      {
        story: 'an adapter finishes messages with the parts, and leaves the text to the deltas',
        reply: (reply) =>
          changeItems(reply, DONE, (item) =>
            item['type'] === 'message' ? { ...item, content: [{ type: 'output_text' }] } : item,
          ),
      },
    ],
  },
  {
    id: 'parts-finished-whole',
    title: 'content_part.done carries the text of its part',
    in: STREAM,
    judge(exchange) {
      const bad = eventsOfTypes(exchange, 'response.content_part.done').find(
        ({ data }) =>
          field(data, '/part/type') === 'output_text' &&
          typeof field(data, '/part/text') !== 'string',
      )
      return findWrongEvent(bad, 'part/text', 'the text')
    },
    mutants: [
      {
        story: 'an adapter finishes parts without their text',
        reply: (reply) =>
          changeEvents(reply, 'response.content_part.done', (event) =>
            isObject(event['part']) ? { ...event, part: { ...event['part'], text: null } } : event,
          ),
      },
    ],
  },
]
