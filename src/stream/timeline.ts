// Reads the events of a stream into a timeline: each is attributed to its item, part and channel.
//
// An event with a wrong id or index is attributed as well as possible, so that the mistake is reported once
// and everything behind it is still read.

import { TERMINAL_EVENTS } from '../authoring/read.ts'
import { isObject } from '../base/json.ts'
import type { Exchange, Json, JsonObject, StreamEvent } from '../types/index.ts'
import { ROLES } from './event-types.ts'
import type { ChannelKind } from './event-types.ts'

export interface Channel {
  readonly kind: ChannelKind
  readonly deltas: string[]
  /** Events whose delta is no string: their text is unknown. */
  unread: number
  first: StreamEvent
  last: StreamEvent
  readonly dones: StreamEvent[]
  /** Deltas behind the closing event. */
  readonly late: StreamEvent[]
}

export interface TimelinePart {
  readonly index: number
  /** How many parts of the same kind came before it. */
  readonly place: number
  readonly by: 'content_index' | 'summary_index'
  readonly first: StreamEvent
  last: StreamEvent
  readonly added: StreamEvent[]
  readonly closed: StreamEvent[]
  readonly annotations: StreamEvent[]
  readonly channels: Channel[]
  /** Events behind the closing one. */
  readonly late: StreamEvent[]
  /** Events that name another index while this part is the open one. */
  readonly wrongIndexes: WrongName[]
}

/** An event that names an item by something else than the item's own name. */
interface WrongName {
  readonly event: StreamEvent
  readonly pointer: string
  readonly reported: Json
}

export interface TimelineItem {
  readonly index: number | undefined
  id: string | undefined
  type: string | undefined
  readonly first: StreamEvent
  last: StreamEvent
  readonly added: StreamEvent[]
  readonly done: StreamEvent[]
  /** Events of its body behind `done`. */
  readonly late: StreamEvent[]
  readonly parts: TimelinePart[]
  readonly partAt: Readonly<Record<TimelinePart['by'], Map<number, TimelinePart>>>
  readonly latest: {
    content_index: TimelinePart | undefined
    summary_index: TimelinePart | undefined
  }
  readonly partCount: { content_index: number; summary_index: number }
  readonly channels: Channel[]
  readonly phases: StreamEvent[]
  readonly wrongIds: WrongName[]
  readonly wrongIndexes: WrongName[]
}

export interface StreamTimeline {
  readonly exchange: Exchange
  /** All frames, for neighbours and numbers. */
  readonly all: readonly StreamEvent[]
  /** The JSON events in the order of reading. */
  readonly events: readonly StreamEvent[]
  readonly lifecycle: readonly StreamEvent[]
  readonly terminals: readonly StreamEvent[]
  readonly errors: readonly StreamEvent[]
  readonly items: readonly TimelineItem[]
  /** The response inside the first terminal event. */
  readonly final: JsonObject | undefined
  /** It begins behind a cursor: what was opened earlier is not in it. */
  readonly resumed: boolean
  /** Its end is not in the record, and that is not the provider's doing. */
  readonly cutByUs: boolean
}

export function payloadOf(event: StreamEvent): JsonObject {
  return isObject(event.data) ? event.data : {}
}

export function eventTypeOf(event: StreamEvent): string {
  const type = isObject(event.data) ? event.data['type'] : undefined
  return typeof type === 'string' ? type : (event.name ?? '')
}

export function channelsOf(item: TimelineItem): readonly Channel[] {
  return [...item.parts.flatMap((part) => part.channels), ...item.channels]
}

export function readTimeline(
  exchange: Exchange,
  all: readonly StreamEvent[],
  events: readonly StreamEvent[],
): StreamTimeline {
  const lifecycle: StreamEvent[] = []
  const terminals: StreamEvent[] = []
  const errors: StreamEvent[] = []
  const itemIndex = createItemIndex()

  for (const event of events) {
    const type = eventTypeOf(event)
    const role = ROLES.get(type)
    if (role === undefined || role.role === 'aside') continue
    const data = event.data as JsonObject
    switch (role.role) {
      case 'lifecycle':
        lifecycle.push(event)
        if (TERMINAL_EVENTS.includes(type)) terminals.push(event)
        break
      case 'error':
        errors.push(event)
        break
      case 'item': {
        const reported = isObject(data['item']) ? data['item'] : undefined
        if (role.phase === 'added') itemIndex.add(event, data, reported)
        else {
          const item = itemIndex.find(event, data, reported?.['id'], '/item/id', reported?.['type'])
          item?.done.push(event)
        }
        break
      }
      case 'part': {
        const item = itemIndex.find(event, data, data['item_id'], '/item_id')
        if (item === undefined) break
        const part = findPart(item, event, data, { by: role.by, opens: role.phase === 'added' })
        if (role.phase === 'added') part.added.push(event)
        else if (role.phase === 'annotation') part.annotations.push(event)
        if (part.closed.length > 0 && role.phase !== 'done') part.late.push(event)
        if (role.phase === 'done') part.closed.push(event)
        part.last = event
        break
      }
      case 'channel': {
        const { kind } = role
        const item = itemIndex.find(event, data, data['item_id'], '/item_id', kind.item)
        if (item === undefined) break
        if (kind.by === undefined) {
          addDelta(item.channels, kind, role.phase, event, data)
          break
        }
        const part = findPart(item, event, data, { by: kind.by, opens: false })
        if (part.closed.length > 0) part.late.push(event)
        addDelta(part.channels, kind, role.phase, event, data)
        part.last = event
        break
      }
      case 'phase':
        itemIndex.find(event, data, data['item_id'], '/item_id', role.item)?.phases.push(event)
        break
    }
  }

  const { body, ending, request } = exchange
  const final = terminals[0] === undefined ? undefined : payloadOf(terminals[0])['response']
  return {
    exchange,
    all,
    events,
    lifecycle,
    terminals,
    errors,
    items: itemIndex.items,
    final: isObject(final) ? final : undefined,
    resumed: (request.query ?? []).some(([key]) => key === 'starting_after'),
    cutByUs:
      ending === 'aborted' ||
      ending === 'size-cap' ||
      ending === 'timeout' ||
      (body.kind === 'events' &&
        exchange.unrecorded?.includes('framing') !== true &&
        body.anomalies.some(({ kind }) => kind === 'cut')),
  }
}

/** The items of a stream, found by their index and by their id. */
function createItemIndex() {
  const items: TimelineItem[] = []
  const byIndex = new Map<number, TimelineItem>()
  const byId = new Map<string, TimelineItem>()

  function addItem(
    event: StreamEvent,
    index: Json | undefined,
    id: Json | undefined,
  ): TimelineItem {
    const item: TimelineItem = {
      index: integer(index),
      id: name(id),
      type: undefined,
      first: event,
      last: event,
      added: [],
      done: [],
      late: [],
      parts: [],
      partAt: { content_index: new Map(), summary_index: new Map() },
      latest: { content_index: undefined, summary_index: undefined },
      partCount: { content_index: 0, summary_index: 0 },
      channels: [],
      phases: [],
      wrongIds: [],
      wrongIndexes: [],
    }
    items.push(item)
    if (item.index !== undefined) byIndex.set(item.index, item)
    if (item.id !== undefined && !byId.has(item.id)) byId.set(item.id, item)
    return item
  }

  function add(event: StreamEvent, data: JsonObject, reported: JsonObject | undefined): void {
    const index = integer(data['output_index'])
    const id = name(reported?.['id'])
    const there = index === undefined ? undefined : byIndex.get(index)
    const same = id === undefined ? undefined : byId.get(id)
    // An index that is taken, with another id, is a new item; anything else is the known one again.
    const known =
      same ??
      (there !== undefined && (there.added.length === 0 || id === undefined) ? there : undefined)
    const item = known ?? addItem(event, index, id)
    item.added.push(event)
    if (item.added.length === 1) item.type = name(reported?.['type']) ?? item.type
    if (known !== undefined) {
      attribute(item, event, index, id, '/item/id')
      if (item.done.length > 0) item.late.push(event)
    }
  }

  function find(
    event: StreamEvent,
    data: JsonObject,
    said: Json | undefined,
    pointer: string,
    type?: Json,
  ): TimelineItem | undefined {
    const index = integer(data['output_index'])
    const id = name(said)
    const there = index === undefined ? undefined : byIndex.get(index)
    const same = id === undefined ? undefined : byId.get(id)
    let item: TimelineItem | undefined
    if (there === same) item = there
    else if (same === undefined) item = there
    else if (there === undefined || same.index === index) item = same
    else item = fits(there, type) && !fits(same, type) ? there : same
    if (item === undefined) {
      if (index !== undefined || id !== undefined) {
        item = addItem(event, index, id)
        if (typeof type === 'string') item.type = type
      } else {
        // The event names no item at all; other rules judge its fields.
        const latest = items.at(-1)
        item = latest !== undefined && fits(latest, type) ? latest : undefined
      }
    } else attribute(item, event, index, id, pointer)
    if (item === undefined) return undefined
    if (item.done.length > 0 && pointer !== '/item/id') item.late.push(event)
    item.last = event
    return item
  }

  function attribute(
    item: TimelineItem,
    event: StreamEvent,
    index: number | undefined,
    id: string | undefined,
    pointer: string,
  ): void {
    if (id !== undefined && id !== item.id) {
      if (item.id === undefined) {
        item.id = id
        if (!byId.has(id)) byId.set(id, item)
      } else item.wrongIds.push({ event, pointer, reported: id })
    }
    if (index !== undefined && item.index !== undefined && index !== item.index) {
      item.wrongIndexes.push({ event, pointer: '/output_index', reported: index })
    }
  }

  return { items, add, find }
}

function findPart(
  item: TimelineItem,
  event: StreamEvent,
  data: JsonObject,
  role: { readonly by: TimelinePart['by']; readonly opens: boolean },
): TimelinePart {
  // An event without its index belongs to the part that is open; another rule judges the field.
  const index = integer(data[role.by])
  const latest = item.latest[role.by]
  const named = index === undefined ? latest : item.partAt[role.by].get(index)
  // Parts of one item follow each other, so an event that fits no open part is misnumbered.
  const open = latest !== undefined && !isOver(latest) ? latest : undefined
  if (!role.opens && open !== undefined && (named === undefined || named.closed.length > 0)) {
    open.wrongIndexes.push({ event, pointer: `/${role.by}`, reported: index ?? null })
    return open
  }
  // An index that is taken by a finished part makes a new part of its own.
  if (named !== undefined && !(role.opens && named.closed.length > 0)) return named
  const part: TimelinePart = {
    index: index ?? 0,
    place: item.partCount[role.by],
    by: role.by,
    first: event,
    last: event,
    added: [],
    closed: [],
    annotations: [],
    channels: [],
    late: [],
    wrongIndexes: [],
  }
  item.partCount[role.by] += 1
  item.parts.push(part)
  item.latest[part.by] = part
  item.partAt[part.by].set(part.index, part)
  return part
}

/** Who opens a part by its text alone closes it likewise. */
function isOver({ added, closed, channels }: TimelinePart): boolean {
  const isSaid = added.length === 0 && channels.some(({ dones }) => dones.length > 0)
  return closed.length > 0 || isSaid
}

function addDelta(
  channels: Channel[],
  kind: ChannelKind,
  phase: 'delta' | 'done',
  event: StreamEvent,
  data: JsonObject,
): void {
  let channel = channels.find((known) => known.kind === kind)
  if (channel === undefined) {
    channel = { kind, deltas: [], unread: 0, first: event, last: event, dones: [], late: [] }
    channels.push(channel)
  }
  channel.last = event
  if (phase === 'done') {
    channel.dones.push(event)
    return
  }
  if (channel.dones.length > 0) channel.late.push(event)
  const { delta } = data
  if (typeof delta === 'string') channel.deltas.push(delta)
  else channel.unread += 1
}

function fits(item: TimelineItem, type: Json | undefined): boolean {
  return item.type === undefined || typeof type !== 'string' || item.type === type
}

function integer(value: Json | undefined): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) ? value : undefined
}

function name(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
