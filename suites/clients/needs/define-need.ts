// One thing that some client cannot do without.

import {
  events,
  eventType,
  field,
  isObject,
  isStream,
  response,
  show,
} from '../../../src/authoring/read.ts'
import type {
  Exchange,
  Finding,
  Json,
  JsonObject,
  JudgeContext,
  Mutants,
  StreamEvent,
} from '../../../src/types/index.ts'
import type { ClientMode, ItemPlace, Mode } from '../../../src/clients/profile.ts'
import { readItemsAt, readObjectsAt } from '../../common/answers.ts'

export interface ClientNeed {
  /** Unique among all needs; the last part of its checks' ids. */
  readonly id: string
  /** True when it is met. */
  readonly title: string
  readonly in: readonly Mode[]
  /** The first way in which an answer does not meet it; in a stream, where a client reads items. */
  judge(
    exchange: Exchange,
    context: JudgeContext,
    reading: Reading,
  ): Omit<Finding, 'step'> | undefined
  /** The model may do something else, and did. */
  declined?(exchange: Exchange): boolean
  readonly mutants: Mutants
}

/** Where a client looks. */
export type Reading = Pick<ClientMode, 'reads' | 'text'>

export type NeedFinding = Omit<Finding, 'step'>

export const BOTH: readonly Mode[] = ['json', 'stream']
export const STREAM: readonly Mode[] = ['stream']
export const JSON_ONLY: readonly Mode[] = ['json']

export const TEXT_DELTA = 'response.output_text.delta'
export const ARGUMENTS_DELTA = 'response.function_call_arguments.delta'
export const ARGUMENTS_DONE = 'response.function_call_arguments.done'
export const DELTAS: readonly string[] = [TEXT_DELTA, ARGUMENTS_DELTA]
/** Events about what an item says. */
export const ABOUT_ITEMS =
  /^response\.(output_text|content_part|function_call_arguments|reasoning\w*)\./

export const createNeedFinding = (
  at: string,
  expected: string,
  actual: Json | undefined,
): NeedFinding => ({
  at,
  expected,
  actual: show(actual),
})

/** That this event, if there is one, has something else under this key. */
export function findWrongEvent(
  event: StreamEvent | undefined,
  key: string,
  expected: string,
): NeedFinding | undefined {
  if (event === undefined) return undefined
  return createNeedFinding(`/events/${event.index}/${key}`, expected, field(event.data, `/${key}`))
}

export interface PlacedItem {
  readonly value: JsonObject
  readonly at: string
  readonly place: ItemPlace
}

/** Every item of the answer, wherever it stands, or where it is read. */
export function readPlacedItems(
  exchange: Exchange,
  type?: string,
  reads?: readonly ItemPlace[],
): readonly PlacedItem[] {
  const streamed = events(exchange).flatMap((event): readonly PlacedItem[] => {
    const kind = eventType(event)
    const value = field(event.data, '/item')
    if (!isObject(value)) return []
    const at = `/events/${event.index}/item`
    if (kind === 'response.output_item.added') return [{ value, at, place: 'added' }]
    return kind === 'response.output_item.done' ? [{ value, at, place: 'done' }] : []
  })
  return [...streamed, ...readItemsInOutput(exchange)].filter(
    ({ value, place }) =>
      (type === undefined || value['type'] === type) &&
      (reads === undefined || !isStream(exchange) || reads.includes(place)),
  )
}

export function readItemsInOutput(exchange: Exchange, type?: string): readonly PlacedItem[] {
  return readItemsAt(exchange, type).map((item) => ({ ...item, place: 'output' }))
}

/** The content parts of these items. */
export function contentPartsOf(items: readonly PlacedItem[]): readonly PlacedItem[] {
  return items.flatMap(({ value, at, place }) =>
    readObjectsAt(value['content'], `${at}/content`).map((part) => ({ ...part, place })),
  )
}

/** The events of one type. */
export function eventsOfTypes(
  exchange: Exchange,
  ...types: readonly string[]
): readonly StreamEvent[] {
  return events(exchange).filter((event) => types.includes(eventType(event) ?? ''))
}

/** The response objects of an answer: created and completed, or the body. */
export function readResponses(
  exchange: Exchange,
  ...types: readonly string[]
): readonly PlacedItem[] {
  if (exchange.body.kind !== 'events') {
    const value = response(exchange)
    return value === undefined ? [] : [{ value, at: '', place: 'output' }]
  }
  return eventsOfTypes(exchange, ...types).flatMap((event) => {
    const value = field(event.data, '/response')
    return isObject(value)
      ? [{ value, at: `/events/${event.index}/response`, place: 'output' as const }]
      : []
  })
}

/** The first of these that is not as it should be. */
export function findFirstWrong(
  places: readonly PlacedItem[],
  key: string,
  expected: string,
  fits: (value: Json | undefined, place: PlacedItem) => boolean,
): NeedFinding | undefined {
  const bad = places.find((place) => !fits(place.value[key], place))
  return bad === undefined
    ? undefined
    : createNeedFinding(`${bad.at}/${key}`, expected, bad.value[key])
}

export const isText = (value: Json | undefined): boolean =>
  typeof value === 'string' && value !== ''
