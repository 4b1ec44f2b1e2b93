// What more than one finding needs to know about a run of one target, before any of them gets its key.

import { generalizePlace } from '../../base/json.ts'
import type { CheckId, Finding, ScenarioId, ScenarioRecord } from '../../types/index.ts'
import {
  CONTENT,
  isAbout,
  isFailed,
  isFetched,
  isEventStream,
  isTaken,
  ONE_PLACE,
} from './finding-forms.ts'
import { exchangesOf, type CauseKey, type Placed, type RedRow } from './red-row.ts'
import {
  findDisorderedStreams,
  findMisshapenPlaces,
  findPlacesInEvery,
  findPlacesInItems,
} from './wrong-places.ts'

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
      isTaken(findings[0]) && !isAbout('auth', check) && !isEventStream(findings[0]),
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
    inEvery: findPlacesInEvery(rows),
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
    misshapen: findMisshapenPlaces(rows),
    isStoredWrong: rows.some(
      ({ scenario, findings }) =>
        scenario !== 'every' &&
        findings.some(
          (one) => isFetched(one) && one.about?.every((at) => at === '/store') !== false,
        ),
    ),
    inItems: findPlacesInItems(rows),
    disordered: findDisorderedStreams(rows, exchanges),
    taken: new Set(
      rows.flatMap(({ scenario, findings }) =>
        findings.some((one) => isTaken(one) && !isEventStream(one)) ? [scenario] : [],
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
            .filter(({ findings }) => isTaken(findings[0]) && !isEventStream(findings[0]))
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

/** What is refused where no stream is asked for is told inside of a stream where one is. */
export function isToldInStream(finding: Finding, { scenario }: RedRow, facts: RunFacts): boolean {
  return isTaken(finding) && isEventStream(finding) && !facts.taken.has(scenario)
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

export function keyOfBody(finding: Finding | undefined): CauseKey {
  return ['body', finding?.answer?.body ?? '']
}
