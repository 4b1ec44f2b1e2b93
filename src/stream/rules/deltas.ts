// What the deltas spell is what every later telling says: the closing event, the closed part,
// the done item and the final response.

import { sent } from '../../authoring/read.ts'
import { field, show } from '../../base/json.ts'
import type { Json, StreamEvent } from '../../types/index.ts'
import { difference } from '../finding.ts'
import type { LawId, Mistake } from '../finding.ts'
import { deadline, endsIncomplete, partType } from './parts.ts'
import { CHANNELS } from '../event-types.ts'
import type { ChannelKind } from '../event-types.ts'
import { addedItem, doneItem, named } from './items.ts'
import { payload, typeOf } from '../timeline.ts'
import type { Channel, Item, Part, Story } from '../timeline.ts'

export function assembly(story: Story): readonly Mistake[] {
  const places = new Map<string, Final>()
  const output = story.final?.['output']
  if (Array.isArray(output)) {
    ;(output as readonly Json[]).forEach((item, place) => {
      const id = field(item, '/id')
      if (typeof id === 'string') places.set(id, { item, at: `/response/output/${place}` })
    })
  }
  return story.items.flatMap((item) => {
    const final = item.id === undefined ? undefined : places.get(item.id)
    return [
      ...item.parts.flatMap((part) => spelled(item, part, final, story)),
      ...item.channels.flatMap((channel) => [
        ...disagreements(item, channel, undefined, final, story),
        ...bodyOrder(item, channel, story),
      ]),
      ...calls(item),
    ]
  })
}

/** The item as the terminal event has it, and where. */
interface Final {
  readonly item: Json
  readonly at: string
}

const LAWS: Readonly<Record<string, LawId>> = {
  output_text: 'text-assembly',
  refusal: 'refusal',
  reasoning_text: 'reasoning-text',
  summary_text: 'summary-assembly',
  function_call: 'arguments-assembly',
  custom_tool_call: 'custom-input',
}

function lawOf(kind: ChannelKind): LawId {
  return LAWS[kind.part ?? kind.item] ?? 'hosted-phases'
}

function spelled(
  item: Item,
  part: Part,
  final: Final | undefined,
  story: Story,
): readonly Mistake[] {
  if (item.type === 'function_call') return []
  const type = partType(part)
  // A channel of the wrong kind is told by the order of events.
  const channel = part.channels.find(({ kind }) => kind.part === type)
  if (channel !== undefined) return disagreements(item, channel, part, final, story)
  const kind = CHANNELS.find(({ part: own }) => own !== undefined && own === type)
  const closed = part.closed[0]
  const text = kind === undefined ? undefined : field(closed?.data, `/part/${kind.text}`)
  if (kind === undefined || part.channels.length > 0 || typeof text !== 'string' || text === '') {
    return []
  }
  return [
    {
      law: lawOf(kind),
      event: closed,
      pointer: `/part/${kind.text}`,
      expected: `the text in \`${kind.delta}\` events`,
      actual: 'no delta at all',
    },
  ]
}

interface Telling {
  readonly who: string
  readonly text: string
  readonly event: StreamEvent
  readonly pointer: string
  /** The item is there and has no such field. */
  readonly isAbsent?: boolean
}

/** One text told several times. Whoever stands against most of the others is wrong. */
function disagreements(
  item: Item,
  channel: Channel,
  part: Part | undefined,
  final: Final | undefined,
  story: Story,
): readonly Mistake[] {
  const { kind } = channel
  const tellings = tell(item, channel, part, final, story)
  const votes = new Map<string, number>()
  for (const { text } of tellings) votes.set(text, (votes.get(text) ?? 0) + 1)
  if (votes.size <= 1) return []
  // In a tie the earlier telling counts: it is what clients have shown already.
  const [right] = [...votes].toSorted(([, a], [, b]) => b - a)[0]!
  const wrong = tellings.filter(({ text }) => text !== right)
  const first = wrong[0]!
  const silent = channel.deltas.length === 0
  // A call whose arguments come without deltas breaks a law of its own.
  if (silent && kind.item === 'function_call' && wrong.every(({ text }) => text === '')) return []
  const witness = tellings.find(({ text }) => text === right)!
  const { expected, actual, offset } = difference(right, first.text)
  return [
    {
      law: lawOf(kind),
      event: first.event,
      pointer: first.pointer,
      expected: `${expected}, as ${witness.who}`,
      actual: first.isAbsent ? 'absent' : silent && first.text === '' ? 'no delta at all' : actual,
      message: differing(
        wrong.map(({ who }) => who),
        offset,
      ),
      lost: [(part ?? item).first.index, first.event.index],
    },
  ]
}

const DELTAS = 'the deltas together'

function differing(who: readonly string[], offset: number): string {
  const [first = '', ...rest] = who
  const many = rest.length > 0 || first === DELTAS
  const named = who.join(', ').replace(/^the /, 'The ')
  return `${named} differ${many ? '' : 's'} from character ${offset} on.`
}

function tell(
  item: Item,
  channel: Channel,
  part: Part | undefined,
  final: Final | undefined,
  story: Story,
): readonly Telling[] {
  const { kind, dones, deltas, last } = channel
  const tellings: Telling[] = []
  const add = (who: string, text: Told, event: StreamEvent, pointer: string): void => {
    if (text === ABSENT) tellings.push({ who, text: '', event, pointer, isAbsent: true })
    else if (typeof text === 'string') tellings.push({ who, text, event, pointer })
  }
  const done = dones[0]
  const opened = part === undefined ? item.added.length > 0 : part.added.length > 0
  const whole = channel.unread === 0 && channel.late.length === 0 && (opened || !story.resumed)
  // Without a closing event, an item that was cut off says less than its deltas did.
  if (whole) add(DELTAS, deltas.join(''), done ?? last, done ? `/${kind.text}` : '')
  if (done !== undefined)
    add(typeOf(done), field(done.data, `/${kind.text}`), done, `/${kind.text}`)
  const closed = part?.closed[0]
  if (closed !== undefined) {
    add(typeOf(closed), field(closed.data, `/part/${kind.text}`), closed, `/part/${kind.text}`)
  }
  const ended = item.done[0]
  const there = doneItem(item)
  if (ended !== undefined && there !== undefined) {
    const { text, at } = inside(there, item, part, kind)
    add(typeOf(ended), text, ended, `/item${at}`)
  }
  const end = story.terminals[0]
  if (end !== undefined && final !== undefined) {
    const { text, at } = inside(final.item, item, part, kind)
    add(`the output of ${typeOf(end)}`, text, end, `${final.at}${at}`)
  }
  return tellings
}

/** Stands for a field that an item has to have and has not. */
const ABSENT = Symbol('absent')
type Told = Json | undefined | typeof ABSENT

/** The text in a whole item, and where. An item that lacks the part altogether does not tell. */
function inside(
  whole: Json,
  item: Item,
  part: Part | undefined,
  kind: ChannelKind,
): { readonly text: Told; readonly at: string } {
  const own = `/${kind.text}`
  if (part === undefined) return { text: field(whole, own) ?? ABSENT, at: own }
  const list = part.by === 'content_index' ? 'content' : 'summary'
  const told = field(whole, `/${list}`)
  // Parts that are all there belong together in order, even where their numbers are wrong.
  const paired = Array.isArray(told) && told.length === item.partCount[part.by]
  const at = `/${list}/${paired ? part.place : part.index}`
  const text = field(whole, at) === undefined ? undefined : (field(whole, `${at}${own}`) ?? ABSENT)
  return { text, at: `${at}${own}` }
}

/** Arguments, input and code: deltas, then exactly one closing event. */
function bodyOrder(item: Item, channel: Channel, story: Story): readonly Mistake[] {
  const { kind, dones, late } = channel
  const law = kind.item === 'function_call' ? 'arguments-done' : lawOf(kind)
  const expected = `exactly one \`${kind.done}\`, behind the deltas and before the item is done`
  const done = dones[0]
  const end = deadline(item, story)
  if (done === undefined) {
    return end === undefined
      ? []
      : [
          {
            law: endsIncomplete(story) ? 'incomplete-closes' : law,
            event: end,
            expected,
            actual: `${typeOf(end)} without it for ${named(item)}`,
            lost: [channel.last.index, end.index],
          },
        ]
  }
  const again = dones.slice(1).map((event) => ({ event, actual: `${kind.done} again` }))
  const behind = late.map((event) => ({ event, actual: `${kind.delta} after ${kind.done}` }))
  const told = new Set(item.late)
  return [...again, ...behind]
    .filter(({ event }) => !told.has(event))
    .map(({ event, actual }) => ({ law, event, expected, actual, same: actual }))
}

/** What only function calls promise. */
function calls(item: Item): readonly Mistake[] {
  if (item.type === 'custom_tool_call') return unstreamedInput(item)
  if (item.type !== 'function_call') return []
  const channel = item.channels.find(({ kind }) => kind.item === 'function_call')
  const done = channel?.dones[0]
  const event = item.done[0]
  const told = doneItem(item)?.['arguments'] ?? field(done?.data, '/arguments')
  const mistakes: Mistake[] = []
  if (channel === undefined) {
    // Told by `output_item.done` alone, the item lacks its opening, which has a law of its own.
    if (event !== undefined && item.added.length > 0) {
      mistakes.push({
        law: 'arguments-done',
        event,
        expected: 'the arguments in events of their own, with one `.delta` or more and one `.done`',
        actual: `${typeOf(event)} without them`,
        lost: [item.first.index, event.index],
      })
    }
    return mistakes
  }
  if (channel.deltas.length + channel.unread === 0 && told !== '') {
    mistakes.push({
      law: 'arguments-delta',
      event: channel.first,
      expected: `at least one \`${channel.kind.delta}\` before \`${channel.kind.done}\``,
      actual: 'no delta at all',
      lost: [item.first.index, channel.first.index],
    })
  }
  const name = field(done?.data, '/name')
  const known = (addedItem(item) ?? doneItem(item))?.['name']
  if (typeof name === 'string' && typeof known === 'string' && name !== known) {
    mistakes.push({
      law: 'arguments-name',
      event: done,
      pointer: '/name',
      expected: `${show(known)}, the name of the call`,
      actual: show(name),
    })
  }
  return mistakes
}

function unstreamedInput(item: Item): readonly Mistake[] {
  const event = item.done[0]
  const input = doneItem(item)?.['input']
  const told = item.channels.length > 0 || item.added.length === 0
  if (event === undefined || told || typeof input !== 'string' || input === '') return []
  return [
    {
      law: 'custom-input',
      event,
      pointer: '/item/input',
      expected: 'the input in events of its own, with one `.delta` or more and one `.done`',
      actual: `${typeOf(event)} without them`,
      lost: [item.first.index, event.index],
    },
  ]
}

/** Deltas are Unicode by themselves: no half characters, and none that got lost. */
export function characters(story: Story): readonly Mistake[] {
  const asked = JSON.stringify(sent(story.exchange) ?? {})
  if (asked.includes('\uFFFD')) return []
  return story.events
    .filter((event) => !isWhole(payload(event)['delta']))
    .map((event) => ({
      law: 'characters',
      event,
      pointer: '/delta',
      expected: 'whole characters in every delta',
      actual: show(payload(event)['delta']),
      same: 'broken',
    }))
}

function isWhole(delta: Json | undefined): boolean {
  return typeof delta !== 'string' || (delta.isWellFormed() && !delta.includes('\uFFFD'))
}
