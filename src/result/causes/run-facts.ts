// What more than one finding needs to know about a run of one target, before any of them gets its key.

import { generalizePlace } from '../../base/generalize-place.ts'
import { compareText } from '../../base/sort-text-and-ranks.ts'
import type {
  CheckId,
  Finding,
  FindingKind,
  ScenarioId,
  ScenarioRecord,
} from '../../types/index.ts'

/** What kind of fault, and which; the first entry names the kind. */
export type CauseKey = readonly [KeyKind, ...string[]]

type KeyKind =
  | 'body' // nothing that can be read came, or always the same
  | 'label' // a stream where none was asked for
  | 'failed' // accepted, and ended as failed
  | 'refused' // refused for one field, and answered without it
  | 'said' // refused or crashed: what was said
  | 'crash' // mistakes break the server: in which form it says so
  | 'lost' // an id just given is not found
  | 'error-form' // a refusal that is no error object
  | 'error-fields' // error objects lack something
  | 'auth' // requests without a right key are answered
  | 'taken' // what is not valid is answered
  | 'object' // fields are missing: where, and in which part
  | 'stored' // what is stored comes back otherwise
  | 'echo' // the answer repeats other values than were sent
  | 'event' // fields are missing in events
  | 'ignored' // a request field has no effect
  | 'stream' // the order of events, or what they say together
  | 'wrong' // one place has a wrong value
  | 'check' // nothing but the check itself says what it is

/** One row that fails or warns, with the findings of all yardsticks. */
export interface RedRow {
  readonly check: CheckId
  readonly scenario: ScenarioId
  /** By one yardstick at least; otherwise it only warns. */
  readonly isFailing: boolean
  /** One name for exchanges that several scenarios share. */
  readonly names: ReadonlyMap<string, string>
  readonly findings: readonly Finding[]
}

/** One finding of a red row with its key, which joining may change. */
export interface Explained {
  readonly row: RedRow
  readonly finding: Finding
  key: CauseKey
}

export function rowNameOf({ check, scenario }: Pick<RedRow, 'check' | 'scenario'>): string {
  return `${check}@${scenario}`
}

/** A finding, its row, and the place where it stands. */
export interface Placed {
  readonly place: string
  readonly row: RedRow
  readonly finding: Finding
}

/** What more than one finding needs to know about a run of one target. */
export interface RunFacts {
  readonly scenarios: Readonly<Record<ScenarioId, ScenarioRecord>>
  /** Every exchange in which a row fails. */
  readonly exchanges: ReadonlyMap<RedRow, ReadonlySet<string>>
  /** Places that are wrong in streams, and never in a single answer. */
  readonly onlyInStreams: ReadonlySet<string>
  readonly absent: ReadonlySet<string>
  /** Places that are absent from answers to requests that say nothing of them. */
  readonly lacking: ReadonlySet<string>
  readonly passing: ReadonlySet<CheckId>
  /** Checks that show that something has no effect, and the request fields that have none. */
  readonly ineffective: ReadonlySet<CheckId>
  readonly ignored: ReadonlySet<string>
  /** By field: how many rows show that it has no effect. */
  readonly ineffectiveRows: ReadonlyMap<string, number>
  /** By exchange and place: what checks of every exchange find wrong there. */
  readonly inEvery: ReadonlyMap<string, Placed>
  /** What valid requests were answered in place of an answer. */
  readonly saidToValid: ReadonlySet<string>
  /** By exchange: what is of another form than it should be, the outermost first. */
  readonly misshapen: ReadonlyMap<string, readonly Placed[]>
  /** By place: what is wrong in items, and shows in one answer alone. */
  readonly inItems: ReadonlyMap<string, Placed>
  /** By exchange: the rule of every stream that it breaks; of several the one that most streams break. */
  readonly disordered: ReadonlyMap<string, RedRow>
  /** Scenarios with a mistake that is answered without a stream. */
  readonly taken: ReadonlySet<ScenarioId>
  /** Whether something that is stored comes back otherwise, whatever made it. */
  readonly isStoredWrong: boolean
  readonly broken: readonly Broken[]
  /** Whether invalid requests are answered as a rule. */
  readonly isUnlooked: boolean
  /** Whether so many streams were judged that one answer is no sample of all. */
  readonly hasManyStreams: boolean
}

/** An answer that is none, whatever was asked: what fails in these exchanges only fails because of it. */
export interface Broken {
  readonly key: CauseKey
  readonly row: RedRow
  readonly exchanges: ReadonlySet<string>
}

/**
 * So many invalid requests are answered, and so many of those that are refused: nobody looks at what he
 * takes, even where an upstream refuses what is passed on.
 */
const UNLOOKED = { least: 12, times: 0.2 }
const UNLOOKED_KEY: CauseKey = ['taken', '*']
const AUTH_KEY: CauseKey = ['auth']
const MANY_STREAMS = 4

/** What a run shows besides its red rows. */
interface Surroundings {
  readonly scenarios: RunFacts['scenarios']
  /** Checks that hold somewhere and fail nowhere. */
  readonly passing: ReadonlySet<CheckId>
  /** Invalid requests that were refused as they should be. */
  readonly refusals: number
  /** Exchanges that were judged as streams. */
  readonly streams: number
}

export function readFactsOfRun(
  rows: readonly RedRow[],
  { scenarios, passing, refusals, streams }: Surroundings,
): RunFacts {
  const exchanges = new Map(
    rows.map((row) => [row, new Set(row.findings.flatMap((finding) => exchangesOf(finding, row)))]),
  )
  const all = rows.flatMap(({ findings }) => findings)
  const places = (isStreamed: boolean): readonly string[] =>
    all
      .filter(({ at }) => at.startsWith('/events') === isStreamed)
      .map(({ at }) => generalizePlace(at))
  const inAnswers = new Set(places(false))
  const absent = all.filter(({ kind }) => kind === 'absent').map(({ at }) => generalizePlace(at))
  const taken = rows.filter(
    ({ check, findings }) =>
      isTaken(findings[0]) && !isAbout('auth', check) && !isStream(findings[0]),
  )
  const isUnlooked = taken.length >= UNLOOKED.least && taken.length >= UNLOOKED.times * refusals
  const ineffective = rows.filter(isIneffective)
  const ineffectiveRows = new Map<string, number>()
  for (const { findings } of ineffective) {
    for (const field of findings[0]?.about?.slice(0, 1) ?? []) {
      ineffectiveRows.set(field, (ineffectiveRows.get(field) ?? 0) + 1)
    }
  }
  return {
    scenarios,
    passing,
    ineffective: new Set(ineffective.map(({ check }) => check)),
    ignored: new Set(ineffectiveRows.keys()),
    ineffectiveRows,
    exchanges,
    inEvery: placesInEvery(rows),
    saidToValid: new Set(
      all.flatMap(({ kind, answer }) =>
        kind === 'refused' || kind === 'crashed' ? (answer?.message ?? []) : [],
      ),
    ),
    onlyInStreams: new Set(places(true).filter((place) => !inAnswers.has(place))),
    absent: new Set(absent.filter((place) => !place.startsWith('/events'))),
    lacking: new Set(
      all.flatMap(({ kind, at, about = [] }) => {
        const place = generalizePlace(at)
        return kind === 'absent' && !about.includes(place) ? [place] : []
      }),
    ),
    misshapen: misshapenPlaces(rows),
    isStoredWrong: rows.some(
      ({ scenario, findings }) =>
        scenario !== 'every' &&
        findings.some(
          (one) => isFetched(one) && one.about?.every((at) => at === '/store') !== false,
        ),
    ),
    inItems: placesInItems(rows),
    disordered: disorderedStreams(rows, exchanges),
    taken: new Set(
      rows.flatMap(({ scenario, findings }) =>
        findings.some((one) => isTaken(one) && !isStream(one)) ? [scenario] : [],
      ),
    ),
    broken: [
      ...rows.flatMap((row) => {
        const key = brokenKey(row)
        return key === undefined ? [] : [{ key, row, exchanges: exchanges.get(row)! }]
      }),
      // What answers an invalid request as a rule is no answer to judge.
      ...(isUnlooked
        ? rows
            .filter(({ findings }) => isTaken(findings[0]) && !isStream(findings[0]))
            .map((row) => ({
              key: isAbout('auth', row.check) ? AUTH_KEY : UNLOOKED_KEY,
              row,
              exchanges: exchanges.get(row)!,
            }))
        : []),
    ],
    isUnlooked,
    hasManyStreams: streams > MANY_STREAMS,
  }
}

export function exchangesOf({ exchanges, step }: Finding, { scenario, names }: RedRow) {
  const own = exchanges ?? [nameOfExchange(scenario, step)]
  return own.map((name) => names.get(name) ?? name)
}

/** The scenario and the step of a finding, by the names that they have in its row. */
export function stepOf({ exchanges, step }: Finding, { scenario }: RedRow): readonly string[] {
  return (exchanges?.[0] ?? nameOfExchange(scenario, step)).split('#')
}

/** `<scenario>#<step>`; checks of every exchange name the step so. */
function nameOfExchange(scenario: ScenarioId, step: string): string {
  return step.includes('#') ? step : `${scenario}#${step}`
}

/** By name: the name of the same exchange that sorts first, where scenarios share it. */
export function nameSharedExchanges(
  rows: readonly {
    readonly scenario: ScenarioId
    readonly evidence: Readonly<Record<string, string>>
  }[],
): ReadonlyMap<string, string> {
  const firstOf = new Map<string, string>()
  const all = rows.flatMap(({ scenario, evidence }) =>
    Object.entries(evidence).map(([step, id]) => [nameOfExchange(scenario, step), id] as const),
  )
  for (const [name, id] of all) {
    const first = firstOf.get(id)
    if (id !== '' && (first === undefined || name < first)) firstOf.set(id, name)
  }
  return new Map(all.flatMap(([name, id]) => (id === '' ? [] : [[name, firstOf.get(id)!]])))
}

export function isTaken(finding: Finding | undefined): boolean {
  return finding?.kind === 'taken'
}

function isStream(finding: Finding | undefined): boolean {
  return finding?.answer?.mediaType === 'text/event-stream'
}

/** What is refused where no stream is asked for is told inside of a stream where one is. */
export function isToldInStream(finding: Finding, { scenario }: RedRow, facts: RunFacts): boolean {
  return isTaken(finding) && isStream(finding) && !facts.taken.has(scenario)
}

/** Whether a response that was fetched again shows it, in a field. */
export function isFetched({ answer, kind, at }: Finding): boolean {
  if (answer?.operation !== 'retrieve' || answer.status > 299) return false
  return ONE_PLACE.includes(kind) && /^\/(?!events(\/|$))./.test(at)
}

export function isAbout(feature: string, id: string): boolean {
  return id.startsWith(`${feature}/`)
}

function brokenKey(row: RedRow): CauseKey | undefined {
  const { findings } = row
  if (findings.every((one) => isFailed(one, row))) return ['failed']
  if (findings.every(({ kind }) => kind === 'no-body')) return keyOfBody(findings[0])
  const other = findings.find(
    ({ kind, at, answer }) =>
      kind === 'label' && (at === 'framing' || answer?.mediaType === 'text/event-stream'),
  )
  return other === undefined ? undefined : ['label', other.answer?.mediaType ?? '']
}

/** What was asked for was answered, and without effect: neither refused nor of another form. */
function isIneffective({ findings }: RedRow): boolean {
  return findings.every(
    ({ kind, at }) =>
      kind === 'no-effect' ||
      // What a text says.
      / (text|deltas) \//.test(at) ||
      (ONE_PLACE.includes(kind) && CONTENT.includes(generalizePlace(at)) && kind !== 'absent'),
  )
}

/** An item, or a field of it. */
const INSIDE = /^\/output\/\*/

/** Something stands there, and not what should. */
function isMisshapen({ kind, at }: Finding): boolean {
  const isPlace = /^\/(?!events(\/|$)|error(\/|$))./.test(generalizePlace(at))
  return isPlace && (kind === 'value' || kind === 'type' || kind === 'null')
}

function misshapenPlaces(rows: readonly RedRow[]): RunFacts['misshapen'] {
  const found = new Map<string, Placed[]>()
  for (const row of rows) {
    for (const finding of row.findings) {
      const place = placeInExchange(finding)
      const isContent = row.scenario !== 'every' && CONTENT.includes(generalizePlace(finding.at))
      if (place === undefined || !isMisshapen(finding) || isContent || finding.isEcho === true) {
        continue
      }
      for (const exchange of exchangesOf(finding, row)) {
        found.set(exchange, [...(found.get(exchange) ?? []), { place, row, finding }])
      }
    }
  }
  return new Map(
    [...found].map(([exchange, all]) => [
      exchange,
      all.toSorted((a, b) => a.place.length - b.place.length || compareText(a.place, b.place)),
    ]),
  )
}

function placesInItems(rows: readonly RedRow[]): RunFacts['inItems'] {
  const found = new Map<string, Placed>()
  for (const row of rows) {
    for (const finding of row.findings) {
      const place = generalizePlace(finding.at)
      const isWrong = isMisshapen(finding) || finding.kind === 'absent'
      if (isWrong && INSIDE.test(place) && !found.has(place)) {
        found.set(place, { place, row, finding })
      }
    }
  }
  return found
}

function disorderedStreams(
  rows: readonly RedRow[],
  exchanges: RunFacts['exchanges'],
): RunFacts['disordered'] {
  const ofEvery = rows
    .filter((row) => row.scenario === 'every' && row.isFailing)
    .filter(({ findings }) => findings.some(({ kind }) => STRUCTURE.includes(kind)))
    .toSorted((a, b) => exchanges.get(a)!.size - exchanges.get(b)!.size)
  return new Map(ofEvery.flatMap((row) => [...exchanges.get(row)!].map((one) => [one, row])))
}

/** Places that checks of every exchange find wrong, each in its exchange, and the finding. */
function placesInEvery(rows: readonly RedRow[]): RunFacts['inEvery'] {
  const found = new Map<string, Placed>()
  for (const row of rows) {
    if (row.scenario !== 'every') continue
    for (const finding of row.findings) {
      const place = placeInExchange(finding)
      if (place === undefined) continue
      for (const exchange of exchangesOf(finding, row)) {
        const at = `${exchange} ${place}`
        if (!found.has(at)) found.set(at, { place, row, finding })
      }
    }
  }
  return found
}

/** A field of an answer; in a stream, of the answer in the very event in which it was found. */
export function placeInExchange({ at }: Finding): string | undefined {
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

export function keyOfBody(finding: Finding | undefined): CauseKey {
  return ['body', finding?.answer?.body ?? '']
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
