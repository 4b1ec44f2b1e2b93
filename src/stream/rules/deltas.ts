// Judges that the deltas add up to every later copy of the text: the closing event, the closed part, the
// done item and the final response.

import { field, show } from '../../base/json.ts'
import type { Json, StreamEvent } from '../../types/index.ts'
import { excerptDifference } from '../rule-ids-and-violations.ts'
import type { RuleId, RuleViolation } from '../rule-ids-and-violations.ts'
import { deadlineOf, isEndIncomplete, partTypeOf } from './parts.ts'
import { CHANNELS } from '../event-types.ts'
import type { ChannelKind } from '../event-types.ts'
import { addedItemOf, doneItemOf, itemNameOf } from './items.ts'
import { payloadOf, eventTypeOf } from '../timeline.ts'
import type { Channel, TimelineItem, TimelinePart, StreamTimeline } from '../timeline.ts'

export function judgeDeltas(timeline: StreamTimeline): readonly RuleViolation[] {
  const places = new Map<string, Final>()
  const output = timeline.final?.['output']
  if (Array.isArray(output)) {
    ;(output as readonly Json[]).forEach((item, place) => {
      const id = field(item, '/id')
      if (typeof id === 'string') places.set(id, { item, at: `/response/output/${place}` })
    })
  }
  return timeline.items.flatMap((item) => {
    const final = item.id === undefined ? undefined : places.get(item.id)
    return [
      ...item.parts.flatMap((part) => spelled(item, part, final, timeline)),
      ...item.channels
        .filter(isOf(item))
        .flatMap((channel) => [
          ...disagreements(item, channel, undefined, final, timeline),
          ...bodyOrder(item, channel, timeline),
        ]),
      ...calls(item),
    ]
  })
}

/** Whether the events are those of such an item: one of another kind has no copy of their text, which another rule tells. */
function isOf(item: TimelineItem): (channel: Channel) => boolean {
  return ({ kind }) => item.type === undefined || item.type === kind.item
}

/** The item as the terminal event has it, and where. */
interface Final {
  readonly item: Json
  readonly at: string
}

const RULES: Readonly<Record<string, RuleId>> = {
  output_text: 'text-assembly',
  refusal: 'refusal',
  reasoning_text: 'reasoning-text',
  summary_text: 'summary-assembly',
  function_call: 'arguments-assembly',
  custom_tool_call: 'custom-input',
}

function ruleOf(kind: ChannelKind): RuleId {
  return RULES[kind.part ?? kind.item] ?? 'hosted-phases'
}

function spelled(
  item: TimelineItem,
  part: TimelinePart,
  final: Final | undefined,
  timeline: StreamTimeline,
): readonly RuleViolation[] {
  if (item.type === 'function_call') return []
  const type = partTypeOf(part)
  // The order of events reports a channel of the wrong kind.
  const channel = part.channels.find(({ kind }) => kind.part === type)
  if (channel !== undefined) return disagreements(item, channel, part, final, timeline)
  const kind = CHANNELS.find(({ part: own }) => own !== undefined && own === type)
  const closed = part.closed[0]
  const text = kind === undefined ? undefined : field(closed?.data, `/part/${kind.text}`)
  if (kind === undefined || part.channels.length > 0 || typeof text !== 'string' || text === '') {
    return []
  }
  return [
    {
      rule: ruleOf(kind),
      event: closed,
      pointer: `/part/${kind.text}`,
      expected: `the text in \`${kind.delta}\` events`,
      actual: 'no delta at all',
    },
  ]
}

interface TextCopy {
  readonly who: string
  readonly text: string
  readonly event: StreamEvent
  readonly pointer: string
  /** The item is there and has no such field. */
  readonly isAbsent?: boolean
}

/** Several copies of one text. The one that differs from most of the others is wrong. */
function disagreements(
  item: TimelineItem,
  channel: Channel,
  part: TimelinePart | undefined,
  final: Final | undefined,
  timeline: StreamTimeline,
): readonly RuleViolation[] {
  const { kind } = channel
  const copies = tell(item, channel, part, final, timeline)
  const votes = new Map<string, number>()
  for (const { text } of copies) votes.set(text, (votes.get(text) ?? 0) + 1)
  if (votes.size <= 1) return []
  // In a tie the earlier copy counts: it is what clients have shown already.
  const [right] = [...votes].toSorted(([, a], [, b]) => b - a)[0]!
  const wrong = copies.filter(({ text }) => text !== right)
  const first = wrong[0]!
  const silent = channel.deltas.length === 0
  // A call whose arguments come without deltas breaks a rule of its own.
  if (silent && kind.item === 'function_call' && wrong.every(({ text }) => text === '')) return []
  const witness = copies.find(({ text }) => text === right)!
  const { expected, actual, offset } = excerptDifference(right, first.text)
  return [
    {
      rule: ruleOf(kind),
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
const BEGUN = 'the deltas behind what the part was added with'

function differing(who: readonly string[], offset: number): string {
  const [first = '', ...rest] = who
  const many = rest.length > 0 || first === DELTAS || first === BEGUN
  const named = who.join(', ').replace(/^the /, 'The ')
  return `${named} differ${many ? '' : 's'} from character ${offset} on.`
}

function tell(
  item: TimelineItem,
  channel: Channel,
  part: TimelinePart | undefined,
  final: Final | undefined,
  timeline: StreamTimeline,
): readonly TextCopy[] {
  const { kind, dones, deltas, last } = channel
  const copies: TextCopy[] = []
  const add = (who: string, text: Told, event: StreamEvent, pointer: string): void => {
    if (text === ABSENT) copies.push({ who, text: '', event, pointer, isAbsent: true })
    else if (typeof text === 'string') copies.push({ who, text, event, pointer })
  }
  const done = dones[0]
  const opened = part === undefined ? item.added.length > 0 : part.added.length > 0
  const whole = channel.unread === 0 && channel.late.length === 0 && (opened || !timeline.resumed)
  // Without a closing event, an item that was cut off says less than its deltas did.
  const begun = field(part?.added[0]?.data, `/part/${kind.text}`)
  const behind = typeof begun === 'string' && begun !== ''
  // Clients put the deltas behind what a part was added with.
  const spelled = `${behind ? begun : ''}${deltas.join('')}`
  if (whole) add(behind ? BEGUN : DELTAS, spelled, done ?? last, done ? `/${kind.text}` : '')
  if (done !== undefined)
    add(eventTypeOf(done), field(done.data, `/${kind.text}`), done, `/${kind.text}`)
  const closed = part?.closed[0]
  if (closed !== undefined) {
    add(eventTypeOf(closed), field(closed.data, `/part/${kind.text}`), closed, `/part/${kind.text}`)
  }
  const ended = item.done[0]
  const there = doneItemOf(item)
  if (ended !== undefined && there !== undefined) {
    const { text, at } = inside(there, item, part, kind)
    add(eventTypeOf(ended), text, ended, `/item${at}`)
  }
  const end = timeline.terminals[0]
  if (end !== undefined && final !== undefined) {
    const { text, at } = inside(final.item, item, part, kind)
    add(`the output of ${eventTypeOf(end)}`, text, end, `${final.at}${at}`)
  }
  return copies
}

/** Stands for a field that an item has to have and has not. */
const ABSENT = Symbol('absent')
type Told = Json | undefined | typeof ABSENT

/** The text in a whole item, and where; undefined for an item that lacks the part altogether. */
function inside(
  whole: Json,
  item: TimelineItem,
  part: TimelinePart | undefined,
  kind: ChannelKind,
): { readonly text: Told; readonly at: string } {
  const own = `/${kind.text}`
  if (part === undefined) return { text: field(whole, own) ?? ABSENT, at: own }
  const list = part.by === 'content_index' ? 'content' : 'summary'
  const reported = field(whole, `/${list}`)
  // Parts that are all there belong together in order, even where their numbers are wrong.
  const paired = Array.isArray(reported) && reported.length === item.partCount[part.by]
  const at = `/${list}/${paired ? part.place : part.index}`
  const text = field(whole, at) === undefined ? undefined : (field(whole, `${at}${own}`) ?? ABSENT)
  return { text, at: `${at}${own}` }
}

/** Arguments, input and code: deltas, then exactly one closing event. */
function bodyOrder(
  item: TimelineItem,
  channel: Channel,
  timeline: StreamTimeline,
): readonly RuleViolation[] {
  const { kind, dones, late } = channel
  const rule = kind.item === 'function_call' ? 'arguments-done' : ruleOf(kind)
  const expected = `exactly one \`${kind.done}\`, behind the deltas and before the item is done`
  const done = dones[0]
  const end = deadlineOf(item, timeline)
  if (done === undefined) {
    return end === undefined
      ? []
      : [
          {
            rule: isEndIncomplete(timeline) ? 'incomplete-closes' : rule,
            event: end,
            expected,
            actual: `${eventTypeOf(end)} without it for ${itemNameOf(item)}`,
            lost: [channel.last.index, end.index],
          },
        ]
  }
  const again = dones.slice(1).map((event) => ({ event, actual: `${kind.done} again` }))
  const behind = late.map((event) => ({ event, actual: `${kind.delta} after ${kind.done}` }))
  const reported = new Set(item.late)
  return [...again, ...behind]
    .filter(({ event }) => !reported.has(event))
    .map(({ event, actual }) => ({ rule: rule, event, expected, actual, same: actual }))
}

/** What only function calls promise. */
function calls(item: TimelineItem): readonly RuleViolation[] {
  if (item.type === 'custom_tool_call') return unstreamedInput(item)
  if (item.type !== 'function_call') return []
  const channel = item.channels.find(({ kind }) => kind.item === 'function_call')
  const done = channel?.dones[0]
  const event = item.done[0]
  const reported = doneItemOf(item)?.['arguments'] ?? field(done?.data, '/arguments')
  const violations: RuleViolation[] = []
  if (channel === undefined) {
    // An item that `output_item.done` alone reports lacks its opening, which has a rule of its own.
    if (event !== undefined && item.added.length > 0) {
      violations.push({
        rule: 'arguments-done',
        event,
        expected: 'the arguments in events of their own, with one `.delta` or more and one `.done`',
        actual: `${eventTypeOf(event)} without them`,
        lost: [item.first.index, event.index],
      })
    }
    return violations
  }
  if (channel.deltas.length + channel.unread === 0 && reported !== '') {
    violations.push({
      rule: 'arguments-delta',
      event: channel.first,
      expected: `at least one \`${channel.kind.delta}\` before \`${channel.kind.done}\``,
      actual: 'no delta at all',
      lost: [item.first.index, channel.first.index],
    })
  }
  const name = field(done?.data, '/name')
  const known = (addedItemOf(item) ?? doneItemOf(item))?.['name']
  if (typeof name === 'string' && typeof known === 'string' && name !== known) {
    violations.push({
      rule: 'arguments-name',
      event: done,
      pointer: '/name',
      expected: `${show(known)}, the name of the call`,
      actual: show(name),
    })
  }
  return violations
}

function unstreamedInput(item: TimelineItem): readonly RuleViolation[] {
  const event = item.done[0]
  const input = doneItemOf(item)?.['input']
  const reported = item.channels.length > 0 || item.added.length === 0
  if (event === undefined || reported || typeof input !== 'string' || input === '') return []
  return [
    {
      rule: 'custom-input',
      event,
      pointer: '/item/input',
      expected: 'the input in events of its own, with one `.delta` or more and one `.done`',
      actual: `${eventTypeOf(event)} without them`,
      lost: [item.first.index, event.index],
    },
  ]
}

/**
 * Deltas are Unicode by themselves: no half characters. The replacement character tells of one that
 * got lost only where the whole answer does not have it: a model may write it.
 */
export function judgeCharacters(timeline: StreamTimeline): readonly RuleViolation[] {
  const output = timeline.final?.['output']
  const isLost = output !== undefined && !JSON.stringify(output).includes('\uFFFD')
  return timeline.events
    .filter((event) => !isWhole(payloadOf(event)['delta'], isLost))
    .map((event) => ({
      rule: 'characters',
      event,
      pointer: '/delta',
      expected: 'whole characters in every delta',
      actual: show(payloadOf(event)['delta']),
      same: 'broken',
    }))
}

function isWhole(delta: Json | undefined, isLost: boolean): boolean {
  if (typeof delta !== 'string') return true
  return delta.isWellFormed() && !(isLost && delta.includes('\uFFFD'))
}
