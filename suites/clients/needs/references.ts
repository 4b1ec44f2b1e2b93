// The ids and indexes by which events belong to an item or a part.

import { mapEvents, without } from '../../../src/authoring/define.ts'
import { events, eventType, field, isObject } from '../../../src/authoring/read.ts'
import type { Exchange, Json } from '../../../src/types/index.ts'
import { mapItems } from '../../common/mutants.ts'
import { changeItems, dropFields } from '../../streaming/mutants.ts'
import {
  ABOUT_ITEMS,
  DELTAS,
  eventsOfTypes,
  createNeedFinding,
  readItemsInOutput,
  readPlacedItems,
  STREAM,
  TEXT_DELTA,
  findFirstWrong,
  findWrongEvent,
  type ClientNeed,
} from './define-need.ts'

export const referenceNeeds: readonly ClientNeed[] = [
  {
    id: 'output-index',
    title: 'Events about an item carry its output_index',
    in: STREAM,
    judge(exchange) {
      const bad = events(exchange).find((event) => {
        const type = eventType(event) ?? ''
        const about = ABOUT_ITEMS.test(type) || type.startsWith('response.output_item.')
        return about && typeof field(event.data, '/output_index') !== 'number'
      })
      return findWrongEvent(bad, 'output_index', 'a number')
    },
    mutants: [
      {
        story: 'an adapter does not number items',
        reply: (reply) => dropFields(reply, 'output_index'),
      },
    ],
  },
  {
    id: 'output-indexes-differ',
    title: 'Each item has an output_index of its own',
    in: STREAM,
    judge(exchange) {
      const taken = new Set<Json | undefined>()
      for (const event of eventsOfTypes(exchange, 'response.output_item.added')) {
        const index = field(event.data, '/output_index')
        if (index !== undefined && taken.has(index)) {
          return createNeedFinding(
            `/events/${event.index}/output_index`,
            'a number of its own',
            index,
          )
        }
        taken.add(index)
      }
      return undefined
    },
    mutants: [
      {
        story: 'an adapter writes 0 everywhere',
        reply: (reply) =>
          mapEvents(reply, (event) =>
            'output_index' in event ? { ...event, output_index: 0 } : event,
          ),
      },
    ],
  },
  {
    id: 'content-index',
    title: 'Events about a part carry its content_index',
    in: STREAM,
    judge(exchange) {
      const bad = eventsOfTypes(exchange, TEXT_DELTA, 'response.content_part.added').find(
        ({ data }) => typeof field(data, '/content_index') !== 'number',
      )
      return findWrongEvent(bad, 'content_index', 'a number')
    },
    mutants: [
      {
        story: 'an adapter does not number parts',
        reply: (reply) => dropFields(reply, 'content_index'),
      },
    ],
  },
  {
    id: 'delta-item-ids',
    title: 'Deltas name the item that was announced',
    in: STREAM,
    judge(exchange) {
      const ids = new Set(announced(exchange, 'id'))
      const bad = eventsOfTypes(exchange, ...DELTAS).find(
        ({ data }) => !ids.has(field(data, '/item_id')),
      )
      return findWrongEvent(bad, 'item_id', 'the id of an announced item')
    },
    mutants: [
      {
        story: 'an adapter draws an id for each delta',
        reply: (reply) =>
          mapEvents(reply, (event, index) =>
            DELTAS.includes(String(event['type']))
              ? { ...event, item_id: `drawn_${index}` }
              : event,
          ),
      },
      {
        story: 'an adapter leaves out item_id',
        reply: (reply) =>
          mapEvents(reply, (event) =>
            ABOUT_ITEMS.test(String(event['type'])) ? without(event, 'item_id') : event,
          ),
      },
    ],
  },
  {
    id: 'event-item-ids',
    title: 'Every event about an item names the item',
    in: STREAM,
    judge(exchange) {
      const ids = new Set(announced(exchange, 'id'))
      const bad = events(exchange).find((event) => {
        const type = eventType(event) ?? ''
        const about =
          type.startsWith('response.content_part.') || /(output_text|arguments)\.done$/.test(type)
        const id = field(event.data, '/item_id')
        return about && (typeof id !== 'string' || (ids.size > 0 && !ids.has(id)))
      })
      return findWrongEvent(bad, 'item_id', 'the id of the item')
    },
    mutants: [
      {
        story: 'an adapter draws an id for each event that is no delta',
        reply: (reply) =>
          mapEvents(reply, (event, index) =>
            event['item_id'] === undefined || DELTAS.includes(String(event['type']))
              ? event
              : { ...event, item_id: `drawn_${index}` },
          ),
      },
      {
        story: 'an adapter names the item in deltas only',
        reply: (reply) =>
          mapEvents(reply, (event) =>
            String(event['type']).endsWith('.delta') ? event : without(event, 'item_id'),
          ),
      },
    ],
  },
  {
    id: 'item-ids-agree',
    title: 'An item keeps its id from output_item.added to response.completed',
    in: STREAM,
    judge(exchange) {
      const ids = new Map<Json | undefined, Json | undefined>()
      for (const event of events(exchange)) {
        const index = field(event.data, '/output_index')
        const item = field(event.data, '/item')
        const id = isObject(item) ? item['id'] : undefined
        if (id === undefined || index === undefined) continue
        if (ids.has(index) && ids.get(index) !== id) {
          return createNeedFinding(`/events/${event.index}/item/id`, String(ids.get(index)), id)
        }
        ids.set(index, id)
      }
      const bad = readItemsInOutput(exchange).find(
        ({ value }, index) => ids.has(index) && value['id'] !== ids.get(index),
      )
      return (
        bad &&
        createNeedFinding(`${bad.at}/id`, 'the id under which it was announced', bad.value['id'])
      )
    },
    mutants: [
      {
        story: 'an adapter draws a new id whenever it writes an item',
        reply(reply) {
          let count = 0
          return changeItems(reply, 'response.output_item.done', (item) => ({
            ...item,
            id: `item_${++count}`,
          }))
        },
      },
      {
        story: 'an adapter draws ids again for the whole answer',
        reply: (reply) =>
          'events' in reply.body
            ? mapItems(reply, undefined, (item) => ({ ...item, id: `${String(item['id'])}x` }))
            : reply,
      },
    ],
  },
  {
    id: 'call-ids-kept',
    title: 'A call keeps its call_id',
    in: STREAM,
    judge(exchange) {
      const ids = new Map<Json | undefined, Json | undefined>()
      return findFirstWrong(
        readPlacedItems(exchange, 'function_call'),
        'call_id',
        'the call_id it was announced with',
        (id, { value }) => {
          if (id === undefined) return true
          const known = ids.get(value['id'])
          ids.set(value['id'], known ?? id)
          return known === undefined || known === id
        },
      )
    },
    mutants: [
      {
        story: 'a call gets a new id when it is finished',
        reply: (reply) =>
          changeItems(reply, 'response.output_item.done', (item) =>
            'call_id' in item ? { ...item, call_id: `${String(item['call_id'])}x` } : item,
          ),
      },
    ],
  },
  {
    id: 'call-ids-as-completed',
    title: 'response.completed has the call_id with which a call was announced',
    in: STREAM,
    judge(exchange) {
      const ids = announced(exchange, 'call_id', 'function_call')
      return findFirstWrong(
        readItemsInOutput(exchange, 'function_call'),
        'call_id',
        'the call_id it was announced with',
        (id) => ids.length === 0 || ids.includes(id),
      )
    },
    mutants: [
      {
        story: 'an adapter draws call ids again for the whole answer',
        reply: (reply) =>
          'events' in reply.body
            ? mapItems(reply, 'function_call', (item) => ({ ...item, call_id: 'call_again' }))
            : reply,
      },
    ],
  },
]

/** What items, of one type if given, have under this key where they are announced. */
function announced(exchange: Exchange, key: string, type?: string): readonly (Json | undefined)[] {
  return readPlacedItems(exchange, type)
    .filter(({ place }) => place === 'added')
    .map(({ value }) => value[key])
}
