// In what form a finding shows: by its kind and its place alone.

import { generalizePlace } from '../../base/json.ts'
import type { Finding, FindingKind } from '../../types/index.ts'
import type { RedRow } from './red-row.ts'

export function isTaken(finding: Finding | undefined): boolean {
  return finding?.kind === 'taken'
}

export function isEventStream(finding: Finding | undefined): boolean {
  return finding?.answer?.mediaType === 'text/event-stream'
}

/** Whether a response that was fetched again shows it, in a field. */
export function isFetched({ answer, kind, at }: Finding): boolean {
  if (answer?.operation !== 'retrieve' || answer.status > 299) return false
  return ONE_PLACE.includes(kind) && /^\/(?!events(\/|$))./.test(at)
}

export function isAbout(feature: string, id: string): boolean {
  return id.startsWith(`${feature}/`)
}

/** Something stands there, and not what should. */
export function isMisshapen({ kind, at }: Finding): boolean {
  const isPlace = /^\/(?!events(\/|$)|error(\/|$))./.test(generalizePlace(at))
  return isPlace && (kind === 'value' || kind === 'type' || kind === 'null')
}

/** A field of an answer; in a stream, of the answer in the very event in which it was found. */
export function readPlaceInExchange({ at }: Finding): string | undefined {
  if (/^\/events\/\d+\/response\/./.test(at)) return at
  return !/^\/./.test(at) || at.startsWith('/events') ? undefined : generalizePlace(at)
}

/** Several events, or two answers, show it together. */
export const STRUCTURE: readonly (FindingKind | undefined)[] = ['order', 'missing-event', 'differs']

/** Another event came, or others did, whatever is in them. */
export function isWholeEvent({ kind, at }: Finding): boolean {
  return kind === 'value' && /^\/events(\/\d+)?$/.test(at)
}

/** Whether a valid request was accepted, and ended as failed. */
export function isFailed(finding: Finding, { check }: RedRow): boolean {
  return check.endsWith('/accepted') && (finding.at === '/status' || isWholeEvent(finding))
}

/** One place of an answer shows it. */
export const ONE_PLACE: readonly (FindingKind | undefined)[] = [
  'absent',
  'null',
  'type',
  'value',
  undefined,
]
/** What stands here is what the answer says, not how it is built. */
export const CONTENT: readonly string[] = ['/output', '/status']
