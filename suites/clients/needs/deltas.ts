// What is said bit by bit, and adds up to what is said in whole.

import { events, eventType, field, isObject, text } from '../../../src/authoring/read.ts'
import type { Exchange, Json, JsonObject, Reply } from '../../../src/types/index.ts'
import {
  changeEvents,
  changeItems,
  changeResponses,
  leakMarkup,
  dropEvents,
} from '../../streaming/mutants.ts'
import {
  ARGUMENTS_DELTA,
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

const ARGUMENTS_DONE = 'response.function_call_arguments.done'

/** Deltas of one kind, joined by output index. */
function joined(exchange: Exchange, type: string): ReadonlyMap<Json, string> {
  const sums = new Map<Json, string>()
  for (const { data } of eventsOfTypes(exchange, type)) {
    const index = field(data, '/output_index') ?? 0
    const delta = field(data, '/delta')
    sums.set(index, (sums.get(index) ?? '') + (typeof delta === 'string' ? delta : ''))
  }
  return sums
}

/** Events that finish a text, and where they have it. */
const FINISHING: readonly (readonly [string, string])[] = [
  ['response.output_text.done', '/text'],
  ['response.content_part.done', '/part/text'],
  ['response.output_item.done', '/item/content/0/text'],
]

const emptied = (part: Json): Json =>
  isObject(part) && part['type'] === 'output_text' ? { ...part, text: '' } : part

const emptyMessage = (item: JsonObject): JsonObject =>
  item['type'] === 'message' && Array.isArray(item['content'])
    ? { ...item, content: (item['content'] as readonly Json[]).map(emptied) }
    : item

export const deltaNeeds: readonly ClientNeed[] = [
  {
    id: 'text-deltas',
    title: 'Text comes in deltas that are strings and add up to it',
    in: STREAM,
    judge(exchange) {
      const bad = eventsOfTypes(exchange, TEXT_DELTA).find(
        ({ data }) => typeof field(data, '/delta') !== 'string',
      )
      if (bad !== undefined) return findWrongEvent(bad, 'delta', 'a string')
      const said = [...joined(exchange, TEXT_DELTA).values()].join('')
      const whole = text(exchange)
      return whole === '' || said === whole
        ? undefined
        : createNeedFinding('/events', `deltas of ${JSON.stringify(whole)}`, said)
    },
    mutants: [
      {
        story: 'an adapter sends the text when it is finished',
        reply: (reply) => dropEvents(reply, TEXT_DELTA),
      },
      {
        story: 'an adapter wraps each delta in a part',
        reply: (reply) =>
          changeEvents(reply, TEXT_DELTA, (event) => ({
            ...event,
            delta: { type: 'output_text', text: event['delta'] ?? '' },
          })),
      },
    ],
  },
  {
    id: 'text-finished',
    title: 'What finishes a text is not empty where deltas brought some',
    in: STREAM,
    judge(exchange) {
      const said = joined(exchange, TEXT_DELTA)
      const bad = FINISHING.flatMap(([type, at]) =>
        eventsOfTypes(exchange, type).map((event) => ({ event, at })),
      ).find(
        ({ event, at }) =>
          field(event.data, at) === '' &&
          (said.get(field(event.data, '/output_index') ?? 0) ?? '') !== '',
      )
      return findWrongEvent(bad?.event, bad?.at.slice(1) ?? '', 'the text of the deltas')
    },
    mutants: [
      {
        story: 'an adapter that keeps no text ends with an empty one',
        reply: (reply) =>
          changeItems(
            changeEvents(
              changeEvents(reply, 'response.output_text.done', (event) => ({ ...event, text: '' })),
              'response.content_part.done',
              (event) => ({ ...event, part: emptied(event['part'] ?? null) }),
            ),
            'response.output_item.done',
            emptyMessage,
          ),
      },
    ],
  },
  {
    id: 'text-completed',
    title: 'The message in response.completed is not empty where deltas brought text',
    in: STREAM,
    judge(exchange) {
      const said = [...joined(exchange, TEXT_DELTA).values()].join('')
      const [message] = readItemsInOutput(exchange, 'message')
      return message === undefined || said === '' || text(exchange) !== ''
        ? undefined
        : createNeedFinding(`${message.at}/content`, said, message.value['content'])
    },
    mutants: [
      {
        story: 'an adapter that keeps no text completes with an empty one',
        reply: (reply) =>
          changeResponses(reply, ['response.completed'], (response) => ({
            ...response,
            output: ((response['output'] ?? []) as readonly JsonObject[]).map(emptyMessage),
          })),
      },
    ],
  },
  {
    id: 'no-text-in-calls',
    title: 'Text is said by messages, not by calls',
    in: STREAM,
    judge(exchange) {
      const messages = new Set(
        eventsOfTypes(exchange, 'response.output_item.added')
          .filter(({ data }) => field(data, '/item/type') === 'message')
          .map(({ data }) => field(data, '/output_index')),
      )
      const bad = eventsOfTypes(exchange, TEXT_DELTA).find(({ data }) =>
        messages.size > 0 || readItemsInOutput(exchange, 'message').length === 0
          ? !messages.has(field(data, '/output_index'))
          : false,
      )
      return findWrongEvent(bad, 'output_index', 'a message')
    },
    mutants: [
      {
        story: 'the markup of a call leaks as text',
        reply: leakMarkup,
      },
    ],
  },
  {
    id: 'argument-deltas',
    title: 'Arguments come in deltas that add up to them, call by call',
    in: STREAM,
    judge(exchange) {
      const sums = joined(exchange, ARGUMENTS_DELTA)
      const at = new Map(
        eventsOfTypes(exchange, 'response.output_item.added').map(({ data }) => [
          field(data, '/item/call_id'),
          field(data, '/output_index') ?? 0,
        ]),
      )
      for (const { value } of readItemsInOutput(exchange, 'function_call')) {
        const index = at.get(value['call_id'])
        const said = index === undefined ? [...sums.values()].join('') : (sums.get(index) ?? '')
        const whole = value['arguments']
        if (typeof whole === 'string' && !said.includes(whole)) {
          return createNeedFinding('/events', `deltas of ${whole}`, said)
        }
      }
      return undefined
    },
    mutants: [
      {
        story: 'an adapter sends arguments when they are finished',
        reply: (reply) => dropEvents(reply, ARGUMENTS_DELTA),
      },
    ],
  },
  {
    id: 'arguments-streamed',
    title: 'Arguments come in events of their own',
    in: STREAM,
    judge(exchange) {
      const calls = readItemsInOutput(exchange, 'function_call').length
      return calls === 0 || eventsOfTypes(exchange, ARGUMENTS_DELTA, ARGUMENTS_DONE).length > 0
        ? undefined
        : createNeedFinding('/events', 'function_call_arguments.delta or .done', 'neither')
    },
    mutants: [
      {
        story: 'an adapter sends calls as whole items only',
        reply: (reply) => dropEvents(reply, ARGUMENTS_DELTA, ARGUMENTS_DONE),
      },
    ],
  },
  {
    id: 'arguments-once',
    title: 'A call is announced without the arguments that its deltas bring',
    in: STREAM,
    judge(exchange) {
      const deltas = eventsOfTypes(exchange, ARGUMENTS_DELTA).length
      return findFirstWrong(
        readPlacedItems(exchange, 'function_call').filter(
          ({ place }) => place === 'added' && deltas > 0,
        ),
        'arguments',
        'an empty string',
        (value) => typeof value !== 'string' || value === '',
      )
    },
    mutants: [
      {
        story: 'an adapter announces whole calls and then streams them',
        reply(reply) {
          if (!('events' in reply.body)) return reply
          const whole = new Map(
            reply.body.events
              .filter((event) => field(event, '/type') === 'response.output_item.done')
              .map((event) => [field(event, '/item/id'), field(event, '/item/arguments')]),
          )
          return changeItems(reply, 'response.output_item.added', (item) =>
            item['type'] === 'function_call'
              ? { ...item, arguments: whole.get(item['id']) ?? '' }
              : item,
          )
        },
      },
    ],
  },
  {
    id: 'arguments-agree',
    title: 'function_call_arguments.done has the arguments of the call',
    in: STREAM,
    judge(exchange) {
      const whole = readItemsInOutput(exchange, 'function_call').map(
        ({ value }) => value['arguments'],
      )
      const bad = eventsOfTypes(exchange, ARGUMENTS_DONE).find(
        ({ data }) => whole.length > 0 && !whole.includes(field(data, '/arguments')),
      )
      return findWrongEvent(bad, 'arguments', whole.join(' or '))
    },
    mutants: [
      {
        story: 'the buffer of one call is not emptied for the next',
        reply: (reply) =>
          changeEvents(reply, ARGUMENTS_DONE, (event) => ({
            ...event,
            arguments: `{}${String(event['arguments'])}`,
          })),
      },
    ],
  },
  {
    id: 'calls-not-interleaved',
    title: 'The deltas of one item end before those of the next begin',
    in: STREAM,
    judge(exchange) {
      const left = new Set<Json | undefined>()
      let current: Json | undefined
      for (const event of eventsOfTypes(exchange, ...DELTAS)) {
        const index = field(event.data, '/output_index')
        if (index === current) continue
        if (left.has(index)) {
          return createNeedFinding(
            `/events/${event.index}/output_index`,
            `no more deltas of item ${String(index)}`,
            index,
          )
        }
        if (current !== undefined) left.add(current)
        current = index
      }
      return undefined
    },
    mutants: [
      {
        story: 'a server streams parallel calls in turns',
        reply: takingTurns,
      },
    ],
  },
  {
    id: 'calls-finished-in-turn',
    title: 'A call is finished before the next one is announced',
    in: STREAM,
    judge(exchange) {
      let latest: Json | undefined
      for (const event of events(exchange)) {
        const type = eventType(event)
        const index = field(event.data, '/output_index')
        if (type === 'response.output_item.added') latest = index
        if (type === ARGUMENTS_DONE && latest !== undefined && index !== latest) {
          return createNeedFinding(
            `/events/${event.index}/output_index`,
            `the arguments of item ${String(index)} to end before item ${String(latest)}`,
            index,
          )
        }
      }
      return undefined
    },
    mutants: [
      {
        story: 'an adapter finishes all calls when its upstream is done',
        reply: finishingLast,
      },
    ],
  },
]

/** Whatever ends a call comes after all calls were announced and streamed. */
function finishingLast(reply: Reply): Reply {
  if (!('events' in reply.body)) return reply
  const { events: all } = reply.body
  const ends = all.filter(
    (event) =>
      field(event, '/type') === ARGUMENTS_DONE ||
      (field(event, '/type') === 'response.output_item.done' &&
        field(event, '/item/type') === 'function_call'),
  )
  if (ends.length === 0) return reply
  const rest = all.filter((event) => !ends.includes(event))
  return { ...reply, body: { events: [...rest.slice(0, -1), ...ends, ...rest.slice(-1)] } }
}

/** Announces all calls, then streams the first bit of each, the second of each, and so on. */
function takingTurns(reply: Reply): Reply {
  if (!('events' in reply.body)) return reply
  const { events } = reply.body
  const isOf =
    (...types: readonly string[]) =>
    (event: JsonObject | string): boolean =>
      types.includes(String(field(event, '/type')))
  const indexOf = (event: JsonObject | string): Json | undefined => field(event, '/output_index')
  const deltas = events.filter(isOf(ARGUMENTS_DELTA))
  const calls = [...new Set(deltas.map(indexOf))]
  if (calls.length < 2) return reply
  const bits = calls.map((index) => deltas.filter((event) => indexOf(event) === index))
  const turns = deltas.flatMap((_, n) => bits.flatMap((own) => own.slice(n, n + 1)))
  const moved = isOf(ARGUMENTS_DELTA, 'response.output_item.added')
  const rest = events.filter((event) => !moved(event))
  const start = rest.findIndex(isOf(ARGUMENTS_DONE, 'response.output_item.done'))
  const added = events.filter(isOf('response.output_item.added'))
  return { ...reply, body: { events: rest.toSpliced(start, 0, ...added, ...turns) } }
}
