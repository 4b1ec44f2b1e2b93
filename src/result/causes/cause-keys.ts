// The key of a finding: what was wrong at the provider, computed from the finding's data and its
// exchange. Findings with one key are one fault. No sentence takes part, nor does the target.

import { generalizePlace } from '../../base/generalize-place.ts'
import type { Finding, FindingKind } from '../../types/index.ts'
import {
  keyOfBody,
  CONTENT,
  exchangesOf,
  isAbout,
  isTaken,
  ONE_PLACE,
  placeInExchange,
  type CauseKey,
  type RedRow,
  type RunFacts,
} from './run-facts.ts'

/** Bodies in which no field can stand. */
const WITHOUT_FIELDS: readonly string[] = ['list', 'scalar', 'null', 'text', 'empty']

/** Whether a request was accepted, and what came can hold nothing of what a finding misses. */
function isWithoutFields({ at, answer }: Finding): boolean {
  if (answer === undefined || answer.status > 299 || !/^(\/|$)/.test(at)) return false
  return WITHOUT_FIELDS.includes(answer.body)
}

/** Several events, or two answers, show it together. */
const STRUCTURE: readonly (FindingKind | undefined)[] = ['order', 'missing-event', 'differs']
/** The key of one finding: the first that applies, from the answer as a whole to single values. */
export function causeKeyOf(finding: Finding, row: RedRow, facts: RunFacts): CauseKey {
  const same = row.scenario === 'every' ? undefined : sameInEvery(finding, row, facts)
  if (same !== undefined) return causeKeyOf(same.finding, same.row, facts)
  return (
    belowKey(finding, row, facts) ??
    answerKey(finding, row, facts) ??
    objectKey(finding, row, facts) ??
    eventKey(finding) ??
    effectKey(finding, row, facts) ??
    streamKey(finding, row, facts) ??
    valueKey(finding, row)
  )
}

/** The same place in the same exchange, found wrong by a check of every exchange: the same fault. */
function sameInEvery(finding: Finding, row: RedRow, { inEvery }: RunFacts) {
  const place = placeInExchange(finding)
  const [exchange] = exchangesOf(finding, row)
  return place === undefined ? undefined : inEvery.get(`${exchange} ${place}`)
}

/** A broken answer underneath, if it is there wherever this row fails. */
function belowKey(
  finding: Finding,
  row: RedRow,
  { broken, exchanges }: RunFacts,
): CauseKey | undefined {
  const mine = exchanges.get(row)!
  for (const { key } of broken) {
    const all = new Set(
      broken.filter((one) => isSame(one.key, key)).flatMap((one) => [...one.exchanges]),
    )
    if ([...mine].every((exchange) => all.has(exchange))) return key
  }
  if (!isTaken(finding)) return undefined
  const key = keyOfBody(finding)
  return broken.some((one) => isSame(one.key, key)) ? key : undefined
}

function isSame(one: CauseKey, other: CauseKey): boolean {
  return one.join('\0') === other.join('\0')
}

/** The answer as a whole: refused, crashed, answered although it is not valid, of another form. */
function answerKey(finding: Finding, row: RedRow, facts: RunFacts): CauseKey | undefined {
  const { kind, answer, about, at } = finding
  const said: CauseKey = ['said', answer?.message ?? 'nothing']
  switch (kind) {
    case 'no-body':
      return keyOfBody(finding)
    case 'taken': {
      const on = fieldBelow(finding, row, facts)
      if (on !== undefined) return ['ignored', on]
      // Whoever does not read a field does not see that it is wrong.
      if (about?.[0] !== undefined && facts.ignored.has(about[0])) return ['ignored', about[0]]
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
      return facts.scenarios[row.scenario]?.isRefusal === true ? (crashKey(finding) ?? said) : said
    case 'error-form':
      return formKey(finding, facts) ?? said
    default: {
      if (isWithoutFields(finding)) return keyOfBody(finding)
      const place = generalizePlace(at)
      if ((answer?.status ?? 0) < 400 || !/^\/error(?=\/|$)/.test(place)) return undefined
      return place === '/error' ? (formKey(finding, facts) ?? said) : ['error-fields']
    }
  }
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

/** What the step takes for granted, unless that was shown to hold. */
function fieldBelow(finding: Finding, row: RedRow, facts: RunFacts): string | undefined {
  const [scenario = '', step = ''] = exchangesOf(finding, row)[0]!.split('#')
  const { rests, restsOn } = facts.scenarios[scenario] ?? {}
  const check = rests?.[step]
  if (check !== undefined && facts.passing.has(check)) return undefined
  return restsOn?.[step] ?? check
}

/** Whether a step was refused because what it takes for granted has no effect. */
function isUpset(finding: Finding, row: RedRow, { scenarios, ineffective }: RunFacts): boolean {
  const [scenario = '', step = ''] = exchangesOf(finding, row)[0]!.split('#')
  const check = scenarios[scenario]?.rests?.[step]
  return check !== undefined && check !== row.check && ineffective.has(check)
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
  if (isEcho === true) return ['echo']
  const part = partOf(place)
  if (kind === 'null') {
    const isAbsence = part !== '' && part !== '/tools' && part !== '/output'
    return ['object', baseOf(place, row, facts), part, isAbsence ? 'absent' : 'null']
  }
  if (place.startsWith('/usage') && about?.[0] !== undefined) return ['ignored', about[0]]
  return ['wrong', place]
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
  if (kind !== 'absent' && kind !== 'null' && kind !== 'type') return undefined
  // Whoever does not number events leaves nothing else out.
  return ['event', place.endsWith('/sequence_number') ? 'sequence_number' : '', kind]
}

/** What was asked for had no effect. */
function effectKey(finding: Finding, row: RedRow, facts: RunFacts): CauseKey | undefined {
  if (finding.kind === 'missing-event') return undefined
  const on = row.scenario === 'every' ? undefined : fieldBelow(finding, row, facts)
  const field = on ?? finding.about?.[0]
  return field === undefined ? undefined : ['ignored', field]
}

function streamKey(
  { kind, at, need }: Finding,
  row: RedRow,
  facts: RunFacts,
): CauseKey | undefined {
  const isStructure = STRUCTURE.includes(kind) || (kind === 'value' && at === '/events')
  // What several clients need is one thing, whatever each of them asked.
  if (isStructure && need !== undefined) return ['stream', need]
  return isStructure ? ['stream', ...[...facts.exchanges.get(row)!].toSorted()] : undefined
}

function valueKey({ at, kind, need }: Finding, row: RedRow): CauseKey {
  const place = generalizePlace(at)
  const isValue = ONE_PLACE.includes(kind) || kind === 'label'
  const says = !CONTENT.includes(place) && place !== '/events' && place !== 'status'
  return isValue && says ? ['wrong', place] : ['check', need ?? row.check]
}
