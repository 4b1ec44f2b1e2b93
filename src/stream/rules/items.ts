// The life of each output item: added, its body, done; and what its opening and closing say.

import { field, isObject, show } from '../../base/json.ts'
import type { JsonObject, StreamEvent } from '../../types/index.ts'
import type { Mistake } from '../finding.ts'
import { payload, typeOf } from '../timeline.ts'
import type { Item, Story } from '../timeline.ts'

export function itemLives(story: Story): readonly Mistake[] {
  return [
    ...story.items.flatMap((item) => [
      ...opening(item, story),
      ...objects(item),
      ...starts(item),
      ...closing(item, story),
      ...ends(item, story),
      ...completeness(item),
    ]),
    ...reasoningFirst(story),
  ]
}

function opening(item: Item, { resumed }: Story): readonly Mistake[] {
  const [added, ...again] = item.added
  const law = 'item-added'
  if (added === undefined) {
    if (resumed) return []
    return [
      {
        law,
        event: item.first,
        pointer: '/output_index',
        expected: '`response.output_item.added` before any other event of its item',
        actual: `${typeOf(item.first)} for ${named(item)}, which was never added`,
        lost: [item.first.index - 1, item.first.index],
      },
    ]
  }
  const mistakes = again.map((event): Mistake => ({
    law: 'output-index',
    event,
    pointer: '/output_index',
    expected: 'each item added once, at an output_index of its own',
    actual: `${named(item)} added again, first in event ${added.index}`,
    same: 'again',
  }))
  if (added === item.first) return mistakes
  return [
    {
      law,
      event: item.first,
      pointer: '/output_index',
      expected: '`response.output_item.added` before any other event of its item',
      actual: `${typeOf(item.first)} for ${named(item)}, which is added later, in event ${added.index}`,
    },
    ...mistakes,
  ]
}

function objects(item: Item): readonly Mistake[] {
  return [...item.added, ...item.done].flatMap((event): readonly Mistake[] => {
    const told = payload(event)['item']
    return isObject(told)
      ? []
      : [
          {
            law: 'item-object',
            event,
            pointer: '/item',
            expected: 'an output item',
            actual: show(told),
          },
        ]
  })
}

/** What an item looks like before anything was said. */
function starts(item: Item): readonly Mistake[] {
  const event = item.added[0]
  const told = event === undefined ? undefined : payload(event)['item']
  if (event === undefined || !isObject(told)) return []
  const mistakes: Mistake[] = []
  const wrong = (law: Mistake['law'], key: string, expected: string): void => {
    mistakes.push({
      law,
      event,
      pointer: `/item/${key}`,
      expected,
      actual: show(told[key]),
    })
  }
  const { type, status } = told
  const spoken = type === 'message' || type === 'function_call'
  if (spoken && typeof status === 'string' && status !== 'in_progress') {
    wrong('item-starts', 'status', `a ${type} with status in_progress when it is added`)
  }
  if (type === 'message') {
    if (told['role'] !== 'assistant') wrong('message-added', 'role', 'role assistant')
    const { content } = told
    if (!Array.isArray(content) || content.length > 0) {
      wrong('message-added', 'content', 'content [] when a message is added')
    }
  }
  if (type === 'function_call') {
    for (const key of ['name', 'call_id']) {
      if (typeof told[key] !== 'string' || told[key] === '') {
        wrong('function-added', key, `the call's ${key} when it is added`)
      }
    }
    if (told['arguments'] !== '') {
      wrong('function-added', 'arguments', 'arguments "" when a call is added')
    }
  }
  return mistakes
}

function closing(item: Item, story: Story): readonly Mistake[] {
  const [done, ...again] = item.done
  const law = 'item-done'
  const expected = '`response.output_item.done` once for each item, behind all its other events'
  if (done === undefined) {
    const end = story.terminals[0]
    // Without an end, the missing end is the mistake; a failed response may leave items open.
    if (end === undefined || typeOf(end) === 'response.failed') return []
    return [
      {
        law: typeOf(end) === 'response.incomplete' ? 'incomplete-closes' : law,
        event: end,
        expected,
        actual: `${typeOf(end)} while ${named(item)} is open`,
        ...(item.type === 'mcp_list_tools'
          ? { contested: 'OpenAI was recorded leaving it out for parallel mcp_list_tools items.' }
          : {}),
        same: `open ${item.type === 'mcp_list_tools'}`,
        lost: [item.last.index, end.index],
      },
    ]
  }
  const repeated = again.map((event): Mistake => ({
    law,
    event,
    expected,
    actual: `${named(item)} done again, first in event ${done.index}`,
    same: 'again',
  }))
  const late = item.late.map((event): Mistake => ({
    law,
    event,
    expected,
    actual: `${typeOf(event)} for ${named(item)}, done in event ${done.index}`,
    same: 'late',
  }))
  return [...repeated, ...late]
}

// Hosted tools may fail without making the response incomplete.
const ENDS = ['completed', 'incomplete', 'failed']

export function ends(item: Item, { terminals }: Story): readonly Mistake[] {
  const event = item.done[0]
  if (event === undefined) return []
  const status = field(event.data, '/item/status')
  if (typeof status !== 'string') return []
  const whole = terminals[0] !== undefined && typeOf(terminals[0]) === 'response.completed'
  const spoken = item.type === 'message' || item.type === 'function_call'
  const right = whole && spoken ? status === 'completed' : ENDS.includes(status)
  return right
    ? []
    : [
        {
          law: 'item-ends',
          event,
          pointer: '/item/status',
          expected:
            whole && spoken
              ? 'status completed when an item of a completed response is done'
              : 'status completed, incomplete or failed when an item is done',
          actual: show(status),
        },
      ]
}

/** The done item has at least the parts that were streamed and closed. */
export function completeness(item: Item): readonly Mistake[] {
  const done = doneItem(item)
  if (done === undefined) return []
  return (['content', 'summary'] as const).flatMap((key): readonly Mistake[] => {
    const told = done[key]
    const parts = item.parts.filter((part) => part.by === `${key}_index` && part.closed.length > 0)
    return !Array.isArray(told) || told.length >= parts.length
      ? []
      : [
          {
            law: 'item-done',
            event: item.done[0],
            pointer: `/item/${key}`,
            expected: `the complete item, with the ${parts.length} parts that were streamed`,
            actual: show(told),
            same: 'complete',
          },
        ]
  })
}

function reasoningFirst({ items }: Story): readonly Mistake[] {
  const thought = items.findIndex((item) => item.type === 'reasoning' && item.added.length > 0)
  const spoken = items.findIndex((item) => item.type === 'message' || item.type === 'function_call')
  const item = items[thought]
  // Reasoning between two calls is usual; reasoning that only comes behind the whole answer is not.
  const behind = items.slice(thought + 1).some((next) => next.type !== 'reasoning')
  if (item === undefined || spoken === -1 || spoken > thought || behind) return []
  return [
    {
      law: 'reasoning-first',
      event: item.added[0],
      expected: 'a reasoning item before the message or call that it led to',
      actual: `reasoning after ${named(items[spoken]!)}`,
    },
  ]
}

export function named(item: Item): string {
  const type = item.type ?? 'item'
  return item.index === undefined ? `${type} ${show(item.id)}` : `${type} ${item.index}`
}

/** The item as its closing event has it. */
export function doneItem(item: Item): JsonObject | undefined {
  const event: StreamEvent | undefined = item.done[0]
  const told = event === undefined ? undefined : payload(event)['item']
  return isObject(told) ? told : undefined
}

export function addedItem(item: Item): JsonObject | undefined {
  const event: StreamEvent | undefined = item.added[0]
  const told = event === undefined ? undefined : payload(event)['item']
  return isObject(told) ? told : undefined
}
