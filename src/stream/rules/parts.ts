// The life of each content and summary part: added, its text, done.

import { field, isObject, show } from '../../base/json.ts'
import type { Json, StreamEvent } from '../../types/index.ts'
import type { LawId, Mistake } from '../finding.ts'
import { CHANNELS } from '../event-types.ts'
import { doneItem, named } from './items.ts'
import { payload, typeOf } from '../timeline.ts'
import type { Channel, Item, Part, Story } from '../timeline.ts'

export function partLives(story: Story): readonly Mistake[] {
  return story.items.flatMap((item) => {
    if (item.type === 'function_call' && item.parts.length > 0) return [callWithParts(item)]
    return [
      ...item.parts.flatMap((part) => [
        ...opening(item, part, story),
        ...starts(part),
        ...hosts(item, part),
        ...order(item, part),
        ...closing(item, part, story),
      ]),
      ...indexes(item, story),
      ...unstreamed(item),
    ]
  })
}

function callWithParts(item: Item): Mistake {
  const event = item.parts[0]!.first
  return {
    law: 'function-parts',
    event,
    expected: 'no content parts and no text in a function_call',
    actual: `${typeOf(event)} for ${named(item)}`,
  }
}

/** The type that a part was added with, or that its text says. */
export function partType(part: Part): string | undefined {
  const told = field(part.added[0]?.data, '/part/type') ?? field(part.closed[0]?.data, '/part/type')
  return typeof told === 'string' ? told : part.channels[0]?.kind.part
}

/** Reasoning has laws of its own; text and refusals share those of content parts. */
function law(part: Part, general: LawId): LawId {
  if (part.by === 'summary_index') return 'summary'
  return partType(part) === 'reasoning_text' ? 'reasoning-text' : general
}

const STEM = {
  content_index: 'response.content_part',
  summary_index: 'response.reasoning_summary_part',
}

export function partName(item: Item, part: Part): string {
  return `${part.by === 'content_index' ? 'content' : 'summary'} part ${part.index} of ${named(item)}`
}

function opening(item: Item, part: Part, { resumed }: Story): readonly Mistake[] {
  const [added, ...again] = part.added
  const type = `${STEM[part.by]}.added`
  const expected = `\`${type}\` before any other event of its part`
  if (added === undefined) {
    if (resumed) return []
    return [
      {
        law: law(part, 'part-added'),
        event: part.first,
        expected,
        actual: `${typeOf(part.first)} for ${partName(item, part)}, which was never added`,
        lost: [part.first.index - 1, part.first.index],
      },
    ]
  }
  const repeated = again.map((event): Mistake => ({
    law: law(part, 'part-order'),
    event,
    expected: `\`${type}\` once for each part`,
    actual: `${partName(item, part)} added again, first in event ${added.index}`,
  }))
  if (added === part.first) return repeated
  return [
    {
      law: law(part, 'part-added'),
      event: part.first,
      expected,
      actual: `${typeOf(part.first)} for ${partName(item, part)}, added later in event ${added.index}`,
    },
    ...repeated,
  ]
}

/** Published part types: the item that has them, and the key of their text. */
const PARTS: ReadonlyMap<string, { readonly host: string; readonly text: string }> = new Map([
  ['output_text', { host: 'message', text: 'text' }],
  ['refusal', { host: 'message', text: 'refusal' }],
  ['reasoning_text', { host: 'reasoning', text: 'text' }],
  ['summary_text', { host: 'reasoning', text: 'text' }],
])

/** What a part looks like before anything was said. */
function starts(part: Part): readonly Mistake[] {
  const event = part.added[0]
  const told = event === undefined ? undefined : payload(event)['part']
  const key = PARTS.get(partType(part) ?? '')?.text
  if (!isObject(told) || key === undefined) return []
  const wrong = (name: string, expected: string): Mistake => ({
    law: law(part, 'part-starts'),
    event,
    pointer: `/part/${name}`,
    expected,
    actual: show(told[name]),
  })
  const { annotations } = told
  return [
    ...(typeof told[key] === 'string' && told[key] !== ''
      ? [wrong(key, `${key} "" when a part is added`)]
      : []),
    ...(Array.isArray(annotations) && annotations.length > 0
      ? [wrong('annotations', 'annotations [] when a part is added')]
      : []),
  ]
}

function hosts(item: Item, part: Part): readonly Mistake[] {
  const type = partType(part)
  const host = PARTS.get(type ?? '')?.host
  if (type === undefined || host === undefined || item.type === undefined || item.type === host) {
    return []
  }
  return [
    {
      law: 'part-host',
      event: part.first,
      expected: `a part of type ${type} in an item of type ${host}`,
      actual: `in ${named(item)}`,
    },
  ]
}

function order(item: Item, part: Part): readonly Mistake[] {
  const mistakes: Mistake[] = []
  const wrong = (event: StreamEvent, actual: string, same: string): void => {
    mistakes.push({
      law: law(part, 'part-order'),
      event,
      expected: `for each part: added, deltas (and annotations), one done, then \`${STEM[part.by]}.done\``,
      actual,
      same,
    })
  }
  const name = partName(item, part)
  const type = partType(part)
  const late = new Set(part.late)
  for (const event of part.late) wrong(event, `${typeOf(event)} after ${name} was done`, 'late')
  for (const event of part.closed.slice(1)) wrong(event, `${name} done again`, 'again')
  for (const channel of part.channels) {
    const { part: own } = channel.kind
    if (own !== type && PARTS.has(type ?? '')) {
      wrong(channel.first, `${typeOf(channel.first)} in a part of type ${type}`, 'kind')
    }
    const done = channel.dones[0]
    for (const event of channel.late) {
      if (late.has(event)) continue
      wrong(event, `${typeOf(event)} after ${typeOf(done!)} (event ${done!.index})`, 'after')
    }
    for (const event of channel.dones.slice(1)) {
      if (late.has(event)) continue
      wrong(event, `${typeOf(event)} again, first in event ${done!.index}`, 'twice')
    }
  }
  return mistakes
}

/** The event by which everything in an item must be closed, if that point was reached. */
export function deadline(item: Item, { terminals }: Story): StreamEvent | undefined {
  const end = terminals[0]
  if (item.done[0] !== undefined) return item.done[0]
  // Without an end, the missing end is the mistake; a failed response may leave anything open.
  return end === undefined || typeOf(end) === 'response.failed' ? undefined : end
}

export function endsIncomplete({ terminals }: Story): boolean {
  return terminals[0] !== undefined && typeOf(terminals[0]) === 'response.incomplete'
}

function closing(item: Item, part: Part, story: Story): readonly Mistake[] {
  const end = deadline(item, story)
  if (end === undefined) return []
  const incomplete = endsIncomplete(story)
  const mistakes: Mistake[] = []
  const missing = (general: LawId, type: string, by: StreamEvent, from: StreamEvent): void => {
    mistakes.push({
      law: incomplete ? 'incomplete-closes' : law(part, general),
      event: by,
      expected: `\`${type}\` for every part`,
      actual: `${typeOf(by)} while ${partName(item, part)} is open`,
      lost: [from.index, by.index],
    })
  }
  const by = part.closed[0] ?? end
  const kind = CHANNELS.find(({ part: type }) => type !== undefined && type === partType(part))
  const channel: Channel | undefined = part.channels[0]
  if (channel === undefined) {
    const text = kind === undefined ? undefined : field(by.data, `/part/${kind.text}`)
    // Text that nobody streamed is told by the laws of assembly.
    if (kind !== undefined && (text === '' || text === undefined)) {
      missing('part-closed', kind.done, by, part.last === by ? part.first : part.last)
    }
  } else if (channel.dones.length === 0) {
    const general = channel.kind.part === 'refusal' ? 'refusal' : 'part-closed'
    missing(general, channel.kind.done, by, channel.last)
  }
  // Who opens no part closes none: that is one mistake.
  const isOpened = part.added.length > 0 || story.resumed
  if (part.closed.length === 0 && isOpened) {
    missing('part-closed', `${STEM[part.by]}.done`, end, part.last)
  }
  return mistakes
}

function indexes(item: Item, { resumed }: Story): readonly Mistake[] {
  const mistakes: Mistake[] = []
  const expectedIndex = { content_index: 0, summary_index: 0 }
  for (const part of item.parts) {
    const next = expectedIndex[part.by]
    expectedIndex[part.by] = Math.max(next, part.index) + 1
    const which = part.by === 'content_index' ? 'content-index' : 'summary'
    for (const { event, pointer, said } of part.wrongIndexes) {
      mistakes.push({
        law: which,
        event,
        pointer,
        expected: `${part.by} ${part.index} of the part that is open in ${named(item)}`,
        actual: show(said),
        same: `${part.by} differs`,
      })
    }
    if (part.index === next || resumed || part.wrongIndexes.length > 0) continue
    mistakes.push({
      law: which,
      event: part.first,
      pointer: `/${part.by}`,
      expected: `${part.by} ${next} for the next part of ${named(item)}: from 0, by 1`,
      actual: String(part.index),
      same: `${part.by} counts`,
    })
  }
  return mistakes
}

/** Parts that the finished item has and nobody streamed. */
function unstreamed(item: Item): readonly Mistake[] {
  const done = doneItem(item)
  // What was told by `output_item.done` alone lacks its opening, which has a law of its own.
  if (done === undefined || item.added.length === 0) return []
  return (['content', 'summary'] as const).flatMap((key): readonly Mistake[] => {
    const by = `${key}_index` as Part['by']
    const told = done[key]
    const own = item.parts.filter((part) => part.by === by)
    const parts = Array.isArray(told) ? (told as readonly Json[]) : []
    if (own.length >= parts.length) return []
    const streamed = new Set(own.map(({ index: place }) => place))
    const index = parts.findIndex((_, place) => !streamed.has(place))
    if (index === -1) return []
    const type = field(parts[index], '/type')
    return [
      {
        law:
          key === 'summary'
            ? 'summary'
            : type === 'reasoning_text'
              ? 'reasoning-text'
              : 'part-added',
        event: item.done[0],
        pointer: `/item/${key}/${index}`,
        expected: `every part of an item streamed, from \`${STEM[by]}.added\` on`,
        actual: `${key} part ${index} of ${named(item)} without any event`,
        lost: [item.first.index, item.done[0]!.index],
      },
    ]
  })
}
