// Real servers whose red rows were grouped by hand into defects, and how well causes agree with them.

import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { ScenarioRecord, Verdict } from '../../../../src/types/index.ts'

/** One fault of a server, and the rows that show it, as `check@scenario`; a row may show several. */
export interface Defect {
  readonly defect: string
  readonly rows: readonly string[]
}

export interface JudgedServer {
  readonly server: string
  readonly defects: readonly Defect[]
  /** Pairs of defects about which one could argue: not counted. */
  readonly near: readonly (readonly [string, string])[]
  readonly verdicts: readonly Verdict[]
  readonly scenarios: Readonly<Record<string, ScenarioRecord>>
}

export function loadJudgedServers(): readonly JudgedServer[] {
  const bytes = readFileSync(new URL('servers.json.gz', import.meta.url))
  return JSON.parse(gunzipSync(bytes).toString('utf8')) as readonly JudgedServer[]
}

/** Pairs of rows: of one cause and one defect, of one cause only, of one defect only. */
interface Agreement {
  readonly printed: number
  readonly defects: number
  readonly both: number
  readonly causeOnly: number
  readonly defectOnly: number
  /** Pairs of defects that one cause mixes, and defects that several causes share. */
  readonly mixed: ReadonlySet<string>
  readonly split: ReadonlySet<string>
}

/** `causes`: those of each red row, by `check@scenario`. */
export function agreement(
  { defects, near }: Pick<JudgedServer, 'defects' | 'near'>,
  causes: ReadonlyMap<string, ReadonlySet<string>>,
): Agreement {
  const names = new Map<string, Set<string>>()
  for (const { defect, rows } of defects) {
    for (const row of rows) names.set(row, (names.get(row) ?? new Set()).add(defect))
  }
  const rows = [...names.keys()].toSorted()
  let [both, causeOnly, defectOnly] = [0, 0, 0]
  const isNear = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean =>
    near.some(([a, b]) => (one.has(a) && other.has(b)) || (one.has(b) && other.has(a)))
  const mixed = new Set<string>()
  const split = new Set<string>()
  for (const [index, one] of rows.entries()) {
    for (const other of rows.slice(index + 1)) {
      const isDefect = meet(names.get(one)!, names.get(other)!)
      const isCause = meet(causes.get(one) ?? new Set(), causes.get(other) ?? new Set())
      if (!isDefect && isNear(names.get(one)!, names.get(other)!)) continue
      if (isDefect && isCause) both += 1
      else if (isCause) {
        causeOnly += 1
        mixed.add(`${[...names.get(one)!][0]!} + ${[...names.get(other)!][0]!} (${one} ${other})`)
      } else if (isDefect) {
        defectOnly += 1
        split.add(`${[...names.get(one)!][0]!} (${one} ${other})`)
      }
    }
  }
  const printed = new Set(rows.flatMap((row) => [...(causes.get(row) ?? [])])).size
  return { printed, defects: defects.length, both, causeOnly, defectOnly, mixed, split }
}

function meet(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return [...one].some((each) => other.has(each))
}
