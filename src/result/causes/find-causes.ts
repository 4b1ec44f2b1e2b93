// Which failures are one fault: rows whose findings have one key. The first cause of a row is its
// cause, further ones stand beside it; undecided rows hang under the cause that blocks them.

import { createHash } from 'node:crypto'
import { compareText } from '../../base/sort-text-and-ranks.ts'
import { causeKeyOf } from './cause-keys.ts'
import {
  exchangesOf,
  readFactsOfRun,
  rowNameOf,
  type CauseKey,
  type Explained,
  type RedRow,
} from './run-facts.ts'
import { titleOf } from './cause-titles.ts'
import type {
  Cause,
  CheckRecord,
  Finding,
  FindingKind,
  ScenarioRecord,
  Verdict,
  Yardstick,
} from '../../types/index.ts'

/** What is known of the run besides its rows. */
interface RunTables {
  readonly scenarios?: Readonly<Record<string, ScenarioRecord>> | undefined
  readonly checks?: Readonly<Record<string, CheckRecord>> | undefined
  /** The yardsticks that decide for a target; all of them where nothing is said. */
  readonly gates?: Readonly<Record<string, readonly Yardstick[]>> | undefined
}

export function findCauses(
  verdicts: readonly Verdict[],
  tables: RunTables = {},
): {
  readonly causes: readonly Cause[]
  readonly verdicts: readonly Verdict[]
} {
  const marked = new Map<Verdict, Partial<Verdict>>()
  const targets = [...new Set(verdicts.map(({ target }) => target))]
  const causes = targets.flatMap((target) =>
    causesOfTarget(
      target,
      verdicts.filter((verdict) => verdict.target === target),
      tables,
      marked,
    ),
  )
  return {
    causes: causes.toSorted((a, b) => b.checks.length - a.checks.length || compareText(a.id, b.id)),
    verdicts: verdicts.map((verdict) => ({ ...verdict, ...marked.get(verdict) })),
  }
}

function causesOfTarget(
  target: string,
  verdicts: readonly Verdict[],
  tables: RunTables,
  marked: Map<Verdict, Partial<Verdict>>,
): readonly Cause[] {
  // What fails names a cause before what warns.
  const red = verdicts
    .filter(isRed)
    .toSorted((a, b) => Number(b.outcome === 'fail') - Number(a.outcome === 'fail'))
  const rows = redRows(red)
  const explained = explain([...rows.values()], verdicts, tables)
  const ids = new Map<Explained, string>()
  const groups = new Map<string, Explained[]>()
  for (const one of explained) {
    const text = one.key.join('\0')
    groups.set(text, [...(groups.get(text) ?? []), one])
  }
  const causes = [...groups.values()].map((group) => {
    const id = idOf(group)
    for (const one of group) ids.set(one, id)
    return { id, group }
  })
  const byRow = new Map<RedRow, Explained[]>()
  for (const one of explained) byRow.set(one.row, [...(byRow.get(one.row) ?? []), one])
  for (const verdict of red) {
    const own = new Set(verdict.findings)
    const all = byRow.get(rows.get(rowNameOf(verdict))!)!
    const mine = all.filter(({ finding }) => own.has(finding))
    const [cause, ...also] = [
      ...new Set((mine.length > 0 ? mine : all).map((one) => ids.get(one)!)),
    ]
    marked.set(verdict, { cause: cause!, ...(also.length === 0 ? {} : { also }) })
  }
  // A yardstick that decides nothing here names no failure of one that does.
  const gate = tables.gates?.[target]
  const failing = new Set(
    red.flatMap((one) =>
      one.outcome === 'fail' && gate?.includes(one.yardstick) !== false ? [rowNameOf(one)] : [],
    ),
  )
  const hidden = hiddenBehind(verdicts, explained, (one) => ids.get(one)!)
  for (const [verdict, id] of hidden) marked.set(verdict, { hiddenBy: id })
  return causes.map(({ id, group }) => {
    const hides = new Set([...hidden].flatMap(([row, by]) => (by === id ? [rowNameOf(row)] : [])))
    return {
      id,
      title: titleOf(worstOf(group, failing), tables.checks ?? {}),
      target,
      checks: [...new Set(group.map(({ row }) => row.check))].toSorted(),
      ...(hides.size === 0 ? {} : { hides: hides.size }),
    }
  })
}

/** What a failure is called is said by what fails, not by a warning that shares its cause. */
function worstOf(group: readonly Explained[], failing: ReadonlySet<string>): readonly Explained[] {
  const worst = group.filter(({ row }) => failing.has(rowNameOf(row)))
  return worst.length === 0 ? group : worst
}

function isRed({ outcome, findings }: Verdict): boolean {
  return findings.length > 0 && (outcome === 'fail' || outcome === 'warn')
}

/** The yardsticks of one check and scenario look at the same exchanges: they are one row. */
function redRows(red: readonly Verdict[]): ReadonlyMap<string, RedRow> {
  const rows = new Map<string, { check: string; scenario: string; findings: Finding[] }>()
  for (const verdict of red) {
    const { check, scenario, findings } = verdict
    const name = rowNameOf(verdict)
    const row = rows.get(name) ?? { check, scenario, findings: [] }
    row.findings.push(...findings)
    rows.set(name, row)
  }
  return rows
}

function explain(
  rows: readonly RedRow[],
  verdicts: readonly Verdict[],
  { scenarios = {} }: RunTables,
): readonly Explained[] {
  const bad = new Set(
    verdicts.flatMap((one) =>
      one.outcome === 'fail' || one.outcome === 'warn' ? [one.check, rowNameOf(one)] : [],
    ),
  )
  const holding = verdicts.filter(({ outcome }) => outcome === 'pass')
  const passing = new Set(holding.map(({ check }) => check).filter((check) => !bad.has(check)))
  const refusals = new Set(
    holding
      .filter(({ scenario }) => scenarios[scenario]?.isRefusal)
      .map(rowNameOf)
      .filter((name) => !bad.has(name)),
  )
  const streams = new Set(
    verdicts
      .filter(({ check }) => check.startsWith('streaming/'))
      .flatMap(({ scenario, evidence }) =>
        Object.keys(evidence).map((step) => (step.includes('#') ? step : `${scenario}#${step}`)),
      ),
  )
  const facts = readFactsOfRun(rows, {
    scenarios,
    passing,
    refusals: refusals.size,
    streams: streams.size,
  })
  const explained = rows.flatMap((row) =>
    row.findings.map((finding): Explained => ({
      row,
      finding,
      key: causeKeyOf(finding, row, facts),
    })),
  )
  joinStreams(explained)
  joinLone(explained)
  return explained
}

/** Two sets of streams of which three quarters are the same. */
const ALIKE = 0.75

/** Rows that fail in nearly the same streams, or in a part of two, are one. */
function joinStreams(explained: readonly Explained[]): void {
  const sets = new Map(
    explained
      .filter(({ key }) => key[0] === 'stream')
      .map(({ key }) => [key.join('\0'), key] as const),
  )
  const largestFirst = [...sets.values()].toSorted(
    (a, b) => b.length - a.length || compareText(a.join('\0'), b.join('\0')),
  )
  const heads: CauseKey[] = []
  const headOf = new Map<string, CauseKey>()
  for (const key of largestFirst) {
    const [, ...mine] = key
    const head = heads.find(([, ...theirs]) => {
      const common = mine.filter((exchange) => theirs.includes(exchange)).length
      const isPart = theirs.length <= 2 && common === mine.length && mine.length < theirs.length
      return isPart || common / (mine.length + theirs.length - common) >= ALIKE
    })
    if (head === undefined) heads.push(key)
    headOf.set(key.join('\0'), head ?? key)
  }
  for (const one of explained) one.key = headOf.get(one.key.join('\0')) ?? one.key
}

const LONE: readonly string[] = ['object', 'wrong', 'event', 'echo']

/** Keys that explain nothing but this row, and share an exchange of it, are one. */
function joinLone(explained: readonly Explained[]): void {
  const rowsOf = new Map<string, Set<RedRow>>()
  for (const { key, row } of explained) {
    const text = key.join('\0')
    rowsOf.set(text, (rowsOf.get(text) ?? new Set()).add(row))
  }
  const firstAt = new Map<string, CauseKey>()
  for (const one of explained) {
    if (!LONE.includes(one.key[0]) || rowsOf.get(one.key.join('\0'))!.size > 1) continue
    const [exchange] = exchangesOf(one.finding, one.row)
    const at = `${rowNameOf(one.row)}\0${exchange}`
    const first = firstAt.get(at) ?? one.key
    firstAt.set(at, first)
    one.key = first
  }
}

/** Of a fault in streams the exchanges differ from run to run: the first of its checks names it. */
function idOf(group: readonly Explained[]): string {
  const { key } = group[0]!
  const checks = group.map(({ row }) => row.check).toSorted()
  const text = key[0] === 'stream' ? `stream\0${checks[0]!}` : key.join('\0')
  return createHash('sha256').update(text).digest('hex').slice(0, 8)
}

/** What takes a whole exchange away from whoever needs it. */
const FATAL: readonly (FindingKind | undefined)[] = [
  'refused',
  'crashed',
  'no-body',
  'label',
  'misrefused',
]

/** Undecided rows, and the id of the cause that blocks each; what no cause blocks is left out. */
function hiddenBehind(
  verdicts: readonly Verdict[],
  explained: readonly Explained[],
  idOf: (one: Explained) => string,
): ReadonlyMap<Verdict, string> {
  const hidden = new Map<Verdict, string>()
  for (const verdict of verdicts) {
    if (verdict.outcome !== 'inconclusive' || verdict.blockedBy === undefined) continue
    const by = blockerOf(verdict.blockedBy, explained)
    if (by !== undefined) hidden.set(verdict, idOf(by))
  }
  return hidden
}

function blockerOf(
  blocker: NonNullable<Verdict['blockedBy']>,
  explained: readonly Explained[],
): Explained | undefined {
  if ('check' in blocker) return explained.find(({ row }) => row.check === blocker.check)
  if ('field' in blocker) {
    return explained.find(({ key }) => key[0] === 'ignored' && key[1] === blocker.field)
  }
  const there = explained.filter(({ row, finding }) =>
    exchangesOf(finding, row).includes(blocker.exchange),
  )
  const { answer } = blocker
  return (
    there.find(({ finding }) => FATAL.includes(finding.kind)) ??
    there.find(({ key }) => key[0] === 'ignored') ??
    (answer?.message === undefined
      ? undefined
      : explained.find(({ key }) => key[0] === 'said' && key[1] === answer.message))
  )
}
