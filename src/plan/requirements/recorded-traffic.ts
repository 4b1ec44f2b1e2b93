// What recorded traffic of a yardstick's own API says of our checks: counts by month, `specs/observed`,
// written by `npm run observe`. A check that it breaks is contested, for as long as it broke it.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { field } from '../../base/json.ts'
import { packageRoot } from '../../base/package-root.ts'
import { compareText } from '../../base/sort-text-and-ranks.ts'
import type { CheckId, Exchange, Yardstick } from '../../types/index.ts'

/** By month, YYYY-MM or `undated`: how many exchanges could be judged, and how many broke it. */
export type MonthCounts = Readonly<Record<string, readonly [judged: number, violated: number]>>

export interface HostTraffic {
  readonly host: string
  readonly exchanges: number
  readonly first: string
  readonly last: string
  /** By repository and commit, the number of its exchanges. */
  readonly sources: Readonly<Record<string, number>>
  /** Checks that were ever broken, by OpenAI's yardstick. */
  readonly violated: Readonly<Record<CheckId, MonthCounts>>
  /** By yardstick, what the checks of every exchange say of all of it. */
  readonly outcomes: Readonly<
    Record<
      string,
      {
        readonly contract: string
        readonly passed: number
        readonly warned: readonly CheckId[]
        /** By check, the first place that is wrong and what stood there. */
        readonly failed: Readonly<Record<CheckId, string>>
      }
    >
  >
}

/** Why a check is contested by traffic; `before`: only of what is older than this month. */
export interface TrafficDispute {
  readonly words: string
  readonly before?: string
}

/** Whose traffic speaks for a yardstick. A specification has none of its own. */
const HOSTS: Readonly<Partial<Record<Yardstick, string>>> = {
  openai: 'api.openai.com',
  // Whoever offers this API promises what OpenAI keeps.
  own: 'api.openai.com',
}

/** A fixture cut short by hand, a broken recording: so rarely, traffic contests nothing. */
const RARE = 0.01
/** So many exchanges make a habit. */
const ENOUGH = 20

const loaded = new Map<string, HostTraffic | undefined>()

export function loadHostTraffic(host: string): HostTraffic | undefined {
  if (!loaded.has(host)) {
    const file = join(packageRoot, 'specs', 'observed', `${host}.json`)
    loaded.set(
      host,
      existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as HostTraffic) : undefined,
    )
  }
  return loaded.get(host)
}

/** What the yardstick's own API says of a check; undefined where it keeps it, or breaks it hardly ever. */
export function trafficDisputeOf(check: CheckId, yardstick: Yardstick): TrafficDispute | undefined {
  const host = HOSTS[yardstick]
  const counts = host === undefined ? undefined : loadHostTraffic(host)?.violated[check]
  return counts === undefined ? undefined : disputeOfCounts(counts, host!)
}

export function disputeOfCounts(counts: MonthCounts, host: string): TrafficDispute | undefined {
  const months = Object.keys(counts).toSorted(compareText)
  const sum = (some: readonly string[]): readonly [number, number] =>
    some.reduce<readonly [number, number]>(
      ([judged, violated], month) => [judged + counts[month]![0], violated + counts[month]![1]],
      [0, 0],
    )
  const keeps = ([judged, violated]: readonly [number, number]): boolean =>
    violated <= RARE * judged
  const [judged, violated] = sum(months)
  if (keeps([judged, violated])) return undefined
  const dated = months.filter((month) => month !== 'undated')
  const since = dated.find((_, index) => {
    const later = sum(dated.slice(index))
    return later[0] >= ENOUGH && keeps(later)
  })
  if (since === undefined) {
    return { words: `${violated} of ${judged} recorded answers of ${host} break it.` }
  }
  const [kept, broken] = sum(dated.slice(dated.indexOf(since)))
  const before = sum(months.filter((month) => month < since || month === 'undated'))
  return {
    before: since,
    words: `${before[1]} of ${before[0]} recorded answers of ${host} from before ${since} break it, and ${broken} of ${kept} since.`,
  }
}

/** The month of an answer by its own clock, YYYY-MM: created_at, or else its date header, or `date`. */
export function monthOf({ body, headers }: Exchange, date?: string): string | undefined {
  const value =
    body.kind === 'events'
      ? field(
          body.events.find(({ data }) => field(data, '/response') !== undefined)?.data,
          '/response',
        )
      : body.kind === 'json'
        ? body.value
        : undefined
  const seconds = field(value, '/created_at')
  const written = headers.find(([name]) => name.toLowerCase() === 'date')?.[1] ?? date
  const time = typeof seconds === 'number' ? seconds * 1000 : Date.parse(written ?? '')
  // A fixture may have any number there; this API began in 2025.
  return Number.isFinite(time) && time > Date.UTC(2025, 0) && time < Date.UTC(2100, 0)
    ? new Date(time).toISOString().slice(0, 7)
    : undefined
}
