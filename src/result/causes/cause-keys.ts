// The key of a finding: what was wrong at the provider, computed from the finding's data and its
// exchange. Findings with one key are one fault. No sentence takes part, nor does the target.

import { generalizePlace } from '../../base/json.ts'
import type { Finding } from '../../types/index.ts'
import {
  CONTENT,
  isAbout,
  isTaken,
  isWholeEvent,
  ONE_PLACE,
  STRUCTURE,
  readPlaceInExchange,
  isFailed,
  isFetched,
} from './finding-forms.ts'
import { exchangesOf, stepOf, type CauseKey, type RedRow } from './red-row.ts'
import { keyOfBody, isToldInStream, type Broken, type RunFacts } from './run-facts.ts'

/** Bodies in which no field can stand. */
const WITHOUT_FIELDS: readonly string[] = ['list', 'scalar', 'null', 'text', 'empty']

/** Whether a request was accepted, and what came can hold nothing of what a finding misses. */
function isWithoutFields({ at, answer }: Finding): boolean {
  if (answer === undefined || answer.status > 299 || !/^(\/|$)/.test(at)) return false
  return WITHOUT_FIELDS.includes(answer.body)
}

/** The key of one finding: the first that applies, from the answer as a whole to single values. */
export function causeKeyOf(finding: Finding, row: RedRow, facts: RunFacts): CauseKey {
  const same = row.scenario === 'every' ? undefined : sameInEvery(finding, row, facts)
  if (same !== undefined) return causeKeyOf(same.finding, same.row, facts)
  return (
    belowKey(finding, row, facts) ??
    (isFailed(finding, row) ? (['failed'] as const) : undefined) ??
    unreadableKey(finding, row, facts) ??
    answerKey(finding, row, facts) ??
    storedKey(finding, row, facts) ??
    objectKey(finding, row, facts) ??
    eventKey(finding) ??
    effectKey(finding, row, facts) ??
    streamKey(finding, row, facts) ??
    valueKey(finding, row)
  )
}

/** The same place in the same exchange, found wrong by a check of every exchange: the same fault. */
function sameInEvery(finding: Finding, row: RedRow, { inEvery }: RunFacts) {
  const place = readPlaceInExchange(finding)
  const [exchange] = exchangesOf(finding, row)
  return place === undefined ? undefined : inEvery.get(`${exchange} ${place}`)
}

/** A broken answer underneath, if there is one wherever this row fails: the one that most of them have. */
function belowKey(
  finding: Finding,
  row: RedRow,
  { broken, exchanges }: RunFacts,
): CauseKey | undefined {
  const mine = [...exchanges.get(row)!]
  const under = mine.map((exchange) => broken.filter((one) => one.exchanges.has(exchange)))
  if (under.every((all) => all.length > 0)) {
    const all = under.flat()
    const count = ({ key }: Broken): number => all.filter((one) => isSame(one.key, key)).length
    return all.reduce((most, one) => (count(one) > count(most) ? one : most)).key
  }
  if (!isTaken(finding)) return undefined
  const key = keyOfBody(finding)
  return broken.some((one) => isSame(one.key, key)) ? key : undefined
}

function isSame(one: CauseKey, other: CauseKey): boolean {
  return one.join('\0') === other.join('\0')
}

/** A place that holds this one is wrong itself, or keeps what was asked for from being read. */
function unreadableKey(finding: Finding, row: RedRow, facts: RunFacts): CauseKey | undefined {
  const found = exchangesOf(finding, row).map((exchange) => facts.misshapen.get(exchange) ?? [])
  const [first = []] = found
  const place = readPlaceInExchange(finding)
  const above = first.find(
    (one) =>
      place?.startsWith(`${one.place}/`) === true &&
      found.every((all) => all.some((other) => other.place === one.place)),
  )
  if (above !== undefined) return causeKeyOf(above.finding, above.row, facts)
  const isContent = finding.kind === 'no-effect' || generalizePlace(finding.at) === '/output'
  const unread =
    isContent && row.scenario !== 'every'
      ? first.find((one) => UNREADABLE.test(generalizePlace(one.place)))
      : undefined
  return unread === undefined ? undefined : causeKeyOf(unread.finding, unread.row, facts)
}

/** Whoever finds something else here finds no text, and no call. */
const UNREADABLE = /^\/output(\/\*(\/(type|arguments|content(\/\*(\/(type|text))?)?))?)?$/

/** The answer as a whole: refused, crashed, answered although it is not valid, of another form. */
function answerKey(finding: Finding, row: RedRow, facts: RunFacts): CauseKey | undefined {
  const { kind, answer, about, at } = finding
  const said: CauseKey = ['said', answer?.message ?? 'nothing']
  switch (kind) {
    case 'no-body':
      return keyOfBody(finding)
    case 'taken': {
      if (isToldInStream(finding, row, facts)) return ['taken', 'stream']
      const on = fieldBelow(finding, row, facts)
      if (on !== undefined) return ['ignored', on]
      // Whoever does not read a field does not see that it is wrong.
      const ignored = ignoredAt(about?.[0], facts)
      if (ignored !== undefined) return ['ignored', ignored]
      if (isAbout('auth', row.scenario)) return ['auth']
      return ['taken', facts.isUnlooked ? '*' : (about?.[0] ?? row.check)]
    }
    case 'label':
      return answer?.body === 'object' ? undefined : (formKey(finding, facts) ?? said)
    case 'refused':
    case 'misrefused':
      if (isUpset(finding, row, facts)) return ['ignored', fieldBelow(finding, row, facts)!]
      if (kind === 'misrefused' && about?.[0] !== undefined && facts.ignored.has(about[0])) {
        return ['ignored', about[0]]
      }
      return kind === 'refused' && answer?.status === 404 && answer.repeatsId === true
        ? ['lost']
        : said
    case 'crashed':
      return isMistake(finding, row, facts) ? (crashKey(finding) ?? said) : said
    case 'error-form':
      return formKey(finding, facts) ?? said
    default: {
      if (at === 'status' && about?.[0] !== undefined) return ['refused', about[0]]
      if (isWithoutFields(finding)) return keyOfBody(finding)
      const place = generalizePlace(at)
      if ((answer?.status ?? 0) < 400 || !/^\/error(?=\/|$)/.test(place)) return undefined
      return place === '/error' ? (formKey(finding, facts) ?? said) : ['error-fields']
    }
  }
}

/** Whether the answer should have been a refusal. */
function isMistake(finding: Finding, row: RedRow, { scenarios }: RunFacts): boolean {
  const [scenario = '', step = ''] = stepOf(finding, row)
  const { isRefusal, refusals = [] } = scenarios[scenario] ?? {}
  return isRefusal === true || refusals.includes(step)
}

/** A crash that is told in an object: which words are in it depends on the mistake alone. */
function crashKey({ answer }: Finding): CauseKey | undefined {
  const { errorForm } = answer ?? {}
  const isForm = errorForm !== undefined && !['text', 'nothing'].includes(errorForm)
  return isForm ? ['crash', errorForm] : undefined
}

/** The form of a refusal that is no error object; a text that valid requests are refused with is that refusal. */
function formKey({ answer }: Finding, { saidToValid }: RunFacts): CauseKey | undefined {
  const { errorForm, message = '' } = answer ?? {}
  if (errorForm === undefined || ['object', 'nothing'].includes(errorForm)) return undefined
  return errorForm === 'text' && saidToValid.has(message) ? undefined : ['error-form', errorForm]
}

/** The field without effect that this is, or that holds it. */
function ignoredAt(field: string | undefined, { ignored }: RunFacts): string | undefined {
  return [...ignored].find((one) => field === one || field?.startsWith(`${one}/`) === true)
}

/** Whether more than one row shows that a field has no effect. */
function isKnownIgnored(field: string, { ineffectiveRows }: RunFacts): boolean {
  return (ineffectiveRows.get(field) ?? 0) > 1
}

/** What the step takes for granted, unless that was shown to hold. */
function fieldBelow(finding: Finding, row: RedRow, facts: RunFacts): string | undefined {
  const [scenario = '', step = ''] = stepOf(finding, row)
  const { rests, restsOn } = facts.scenarios[scenario] ?? {}
  const check = rests?.[step]
  if (check !== undefined && facts.passing.has(check)) return undefined
  return restsOn?.[step] ?? check
}

/** Whether a step was refused because what it takes for granted has no effect. */
function isUpset(finding: Finding, row: RedRow, { scenarios, ineffective }: RunFacts): boolean {
  const [scenario = '', step = ''] = stepOf(finding, row)
  const check = scenarios[scenario]?.rests?.[step]
  return check !== undefined && check !== row.check && ineffective.has(check)
}

/** What is fetched again is not what was stored; a background run that is fetched is no other matter. */
function storedKey(finding: Finding, row: RedRow, facts: RunFacts): CauseKey | undefined {
  if (row.scenario === 'every' || !isFetched(finding)) return undefined
  const isOwn = finding.about?.every((field) => field === '/store') ?? true
  return isOwn || facts.isStoredWrong ? ['stored'] : undefined
}

/** How the answer is built: fields that are missing together are one, and so are echoes. */
function objectKey(finding: Finding, row: RedRow, facts: RunFacts): CauseKey | undefined {
  const { kind, isEcho, about } = finding
  const place = generalizePlace(finding.at)
  if (!ONE_PLACE.includes(kind) || !/^\/[^ ]*$/.test(place) || isAbout('/events', `${place}/`)) {
    return undefined
  }
  const isEvery = row.scenario === 'every'
  if (CONTENT.includes(place) && kind !== 'absent' && !isEvery) return undefined
  if (
    !isEvery &&
    about?.includes(place) === true &&
    !(kind === 'absent' && facts.lacking.has(place)) &&
    fieldBelow(finding, row, facts) !== undefined
  ) {
    return ['ignored', place]
  }
  const parent = place.slice(0, place.lastIndexOf('/'))
  if (kind === 'absent') {
    if (parent !== '' && facts.absent.has(parent))
      return ['object', sideOf(parent, facts), partOf(parent), 'absent']
    return ['object', baseOf(place, row, facts), partOf(place), 'absent']
  }
  // Whoever drops a field repeats what holds without it.
  if (isEcho === true) return isKnownIgnored(place, facts) ? ['ignored', place] : ['echo']
  const part = partOf(place)
  if (kind === 'null') {
    const isAbsence = part !== '' && part !== '/tools' && part !== '/output'
    return ['object', baseOf(place, row, facts), part, isAbsence ? 'absent' : 'null']
  }
  if (place.startsWith('/usage') && about?.[0] !== undefined) return ['ignored', about[0]]
  const ignored = isEvery ? undefined : ignoredAt(place, facts)
  if (ignored !== undefined) return ['ignored', ignored]
  return ['wrong', place === '/data/*' ? '/data' : place]
}

/** The top-level field whose object lacks something; empty for the response object itself. */
function partOf(place: string): string {
  const [, top, ...below] = place.split('/')
  return below.length === 0 ? '' : `/${top!}`
}

function sideOf(place: string, { onlyInStreams }: RunFacts): string {
  return onlyInStreams.has(place) ? 'stream' : 'any'
}

/** Who built it: whatever builds all answers, what builds those of streams, or one answer alone. */
function baseOf(place: string, row: RedRow, facts: RunFacts): string {
  const [only, ...others] = facts.exchanges.get(row)!
  const isAlone = row.scenario === 'every' && others.length === 0 && facts.hasManyStreams
  return isAlone && only !== undefined ? only : sideOf(place, facts)
}

function eventKey({ at, kind }: Finding): CauseKey | undefined {
  const place = generalizePlace(at)
  if (!/^\/events\/.+/.test(place)) return undefined
  if (ONE_PLACE.includes(kind) && place.startsWith('/events/error')) return ['error-fields']
  if (place.endsWith('/sequence_number') && (kind === 'order' || kind === 'value')) {
    return ['wrong', place]
  }
  if (kind !== 'absent' && kind !== 'null' && kind !== 'type') return undefined
  // Whoever does not number events leaves nothing else out.
  return ['event', place.endsWith('/sequence_number') ? 'sequence_number' : '', kind]
}

/** What was asked for had no effect. */
function effectKey(finding: Finding, row: RedRow, facts: RunFacts): CauseKey | undefined {
  if (isWholeEvent(finding)) return undefined
  if (finding.kind === 'missing-event') {
    const [field = ''] = finding.about ?? []
    return isKnownIgnored(field, facts) ? ['ignored', field] : undefined
  }
  const on = row.scenario === 'every' ? undefined : fieldBelow(finding, row, facts)
  const { about = [] } = finding
  // Of several fields it is the one that other rows show to have no effect.
  const shown = about.find((one) => isKnownIgnored(one, facts))
  const field = on ?? shown ?? about[0]
  return field === undefined ? undefined : ['ignored', field]
}

function streamKey(finding: Finding, row: RedRow, facts: RunFacts): CauseKey | undefined {
  const { kind, at, need } = finding
  // What is wrong in an item may itself lead to a check of every exchange, which leads no further.
  const isOfOne = kind === 'differs' && row.scenario !== 'every'
  const inItem = isOfOne ? facts.inItems.get(generalizePlace(at)) : undefined
  if (inItem !== undefined) return causeKeyOf(inItem.finding, inItem.row, facts)
  const isStructure = STRUCTURE.includes(kind) || (kind === 'value' && at === '/events')
  // What several clients need is one thing, whatever each of them asked.
  if (isStructure && need !== undefined) return ['stream', need]
  // One stream that is not as it was asked for, and breaks a rule of all streams.
  const rule =
    row.scenario !== 'every' && isWholeEvent(finding)
      ? facts.disordered.get(exchangesOf(finding, row)[0]!)
      : undefined
  const broken = rule ?? (isStructure ? row : undefined)
  return broken && ['stream', ...[...facts.exchanges.get(broken)!].toSorted()]
}

function valueKey({ at, kind, need }: Finding, row: RedRow): CauseKey {
  const place = generalizePlace(at)
  const isValue = ONE_PLACE.includes(kind) || kind === 'label'
  const says = !CONTENT.includes(place) && place !== '/events' && place !== 'status'
  return isValue && says ? ['wrong', place] : ['check', need ?? row.check]
}
