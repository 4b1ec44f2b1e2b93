// What the page carries for its script: the rows in a compact form, every text once.

import { compareText, LEVELS, YARDSTICK_LABELS } from '../../src/base/sort-text-and-ranks.ts'
import {
  compareFeatures,
  featureOf,
  groupsOf,
  markOf,
  observedTargetsOf,
  standingOf,
} from '../../src/result/rows-marks-and-standing.ts'
import type { Mark } from '../../src/result/rows-marks-and-standing.ts'
import type { ProviderReply } from '../../src/result/publish/provider-replies.ts'
import { sortRun } from '../../src/result/run-json.ts'
import type {
  Finding,
  Outcome,
  Reason,
  RunResult,
  TargetRecord,
  Verdict,
  Yardstick,
} from '../../src/types/index.ts'
import { escapeControls } from '../common/escape.ts'
import { CHECK_OPTION, claimSourceOf, repeatCommandOf } from '../common/failure-report.ts'
import {
  formatList,
  formatScopes,
  REASON_WORDS,
  formatStanding,
  YARDSTICK_NAMES,
} from '../common/labels.ts'
import { describeSource } from '../common/source-words.ts'
import type { PackedRow, PageClaim, PageData, PageReply, PageTarget } from './page-data-types.ts'

/** What a published matrix knows besides a result. */
export interface Publication {
  /** How old a target's result is, if it is stale. */
  stale(target: string): string | undefined
  readonly replies: readonly ProviderReply[]
}

const OUTCOMES: readonly Outcome[] = ['pass', 'fail', 'warn', 'inconclusive', 'not-applicable']

/** Everything about the observed targets of a run that the page's script shows. */
export function createPageData(whole: RunResult, publication?: Publication): PageData {
  const run = sortRun(whole)
  const targets = observedTargetsOf(run)
  const rows = run.verdicts.filter((row) =>
    targets.some(({ id, origin }) => id === row.target && origin === row.origin),
  )
  const checks = [...new Set(rows.map((row) => row.check))].toSorted(
    (a, b) =>
      compareFeatures(featureOf(run, { check: a }), featureOf(run, { check: b })) ||
      compareText(a, b),
  )
  const scenarios = [...new Set(rows.map((row) => row.scenario))]
  const requirements = [...new Set(rows.flatMap((row) => row.requirements))]
  const reasons = Object.keys(REASON_WORDS) as Reason[]
  const tables = {
    evidence: interner<PageData['evidence'][number]>(),
    claims: interner<PageClaim>(),
    notes: interner<string>(),
    findings: interner<readonly Finding[]>(),
    causes: interner<PageData['causes'][number]>(),
    expected: interner<PageData['expected'][number]>(),
  }
  const place = {
    target: new Map(targets.map(({ id }, index) => [id, index])),
    check: new Map(checks.map((id, index) => [id, index])),
    scenario: new Map(scenarios.map((id, index) => [id, index])),
    requirement: new Map(requirements.map((id, index) => [id, index])),
  }
  const titles = new Map(run.causes.map(({ id, title }) => [id, title]))
  const pack = (row: Verdict, yardsticks: number): PackedRow => {
    const packed = [
      place.target.get(row.target)!,
      place.check.get(row.check)!,
      place.scenario.get(row.scenario)!,
      yardsticks,
      OUTCOMES.indexOf(row.outcome),
      LEVELS.indexOf(row.level),
      tables.evidence.index(Object.entries(row.evidence), Object.keys(row.evidence).length > 0),
      tables.claims.index(claimOf(run, row), row.claim !== undefined),
      row.reason === undefined ? 0 : reasons.indexOf(row.reason) + 1,
      tables.notes.index(row.note ?? '', row.note !== undefined),
      tables.findings.index(row.findings, row.findings.length > 0),
      tables.causes.index(
        { id: row.cause ?? '', title: titles.get(row.cause ?? '') ?? '' },
        row.cause !== undefined,
      ),
      tables.expected.index(
        row.expected ?? { reason: '', expires: '' },
        row.expected !== undefined,
      ),
      row.attempts.made > 1 ? row.attempts.made : 0,
      row.attempts.made > 1 ? row.attempts.passed : 0,
    ]
    return packed.slice(
      0,
      packed.findLastIndex((value, index) => value !== 0 || index < 6) + 1,
    ) as unknown as PackedRow
  }
  const packed = mergeYardsticks(rows).map(([row, yardsticks]) => pack(row, yardsticks))
  return {
    lens: defaultLens(targets),
    targets: targets.map((target): PageTarget => ({
      id: target.id,
      name: escapeControls(target.name),
      model: escapeControls(target.models.text),
      origin: target.origin,
      endpoint: escapeControls(target.endpoint),
      ...(target.credential === undefined ? {} : { credential: target.credential }),
      ...(target.headers === undefined ? {} : { headers: target.headers }),
      standing: standingOf(run, target),
      verdict: escapeControls(formatStanding(run, target)),
      isPart: formatScopes(target) !== undefined,
      ...failing(run, target),
      gate: formatList(target.gate.map((yardstick) => YARDSTICK_NAMES[yardstick])),
      ...staleness(publication?.stale(target.id)),
      repeat: `${escapeControls(repeatCommandOf(run, target))} ${CHECK_OPTION}`,
    })),
    checks: checks.map((id) => ({
      id,
      title: run.checks[id]?.title ?? id,
      feature: featureOf(run, { check: id }),
      kind: run.checks[id]?.kind ?? 'wire',
      mark: markOf(run, { check: id, outcome: 'fail' }),
      ...(run.checks[id]?.breaks === undefined ? {} : { breaks: run.checks[id].breaks }),
    })),
    scenarios: scenarios.map((id) => ({ id, title: run.scenarios[id]?.title ?? id })),
    requires: checks.map((id) =>
      (run.checks[id]?.requirements ?? [])
        .map((requirement) => place.requirement.get(requirement))
        .filter((index) => index !== undefined),
    ),
    requirements: requirements.map((id) => {
      const known = run.requirements[id]
      return {
        id,
        statement: known?.statement ?? id,
        level: known?.level ?? {},
        sources: (known?.sources ?? []).map((source) => ({
          title: describeSource(source),
          url: source.url,
        })),
        ...(known?.contested === undefined ? {} : { contested: known.contested }),
      }
    }),
    evidence: tables.evidence.values,
    claims: tables.claims.values,
    notes: tables.notes.values,
    findings: tables.findings.values,
    causes: tables.causes.values,
    expected: tables.expected.values,
    rows: packed,
    replies: (publication?.replies ?? []).flatMap((reply): readonly PageReply[] => {
      const target = place.target.get(reply.target)
      const check = place.check.get(reply.check)
      return target === undefined || check === undefined ? [] : [{ ...reply, target, check }]
    }),
    outcomes: OUTCOMES,
    levels: LEVELS,
    reasons,
    yardsticks: YARDSTICK_LABELS,
  }
}

function staleness(stale: string | undefined): Pick<PageTarget, 'stale'> {
  return stale === undefined ? {} : { stale }
}

/** The first yardstick by which every target is judged. */
function defaultLens(targets: readonly TargetRecord[]): Yardstick {
  return (
    YARDSTICK_LABELS.find((yardstick) =>
      targets.every((target) => target.yardsticks.includes(yardstick)),
    ) ?? 'openai'
  )
}

/** Rows that say the same by several yardsticks become one. */
function mergeYardsticks(rows: readonly Verdict[]): readonly (readonly [Verdict, number])[] {
  const merged = new Map<string, [Verdict, number]>()
  for (const row of rows) {
    // Only a row by the own documents has a claim; it comes first and keeps it.
    const { yardstick, claim: _, ...rest } = row
    const bit = 1 << YARDSTICK_LABELS.indexOf(yardstick)
    const key = JSON.stringify(rest)
    const known = merged.get(key)
    if (known === undefined) merged.set(key, [row, bit])
    else known[1] |= bit
  }
  return [...merged.values()]
}

function claimOf(run: RunResult, row: Verdict): PageClaim {
  const source = claimSourceOf(run, row)
  return {
    status: row.claim?.status ?? 'silent',
    ...(row.claim?.words === undefined ? {} : { words: row.claim.words }),
    ...(source === undefined ? {} : { source: { title: source.title, url: source.url } }),
  }
}

function interner<T>(): {
  readonly values: T[]
  index(value: T, present: boolean): number
} {
  const values: T[] = []
  const known = new Map<string, number>()
  return {
    values,
    index: (value, present) => {
      if (!present) return 0
      const key = JSON.stringify(value)
      const found = known.get(key) ?? values.push(value)
      known.set(key, found)
      return found
    },
  }
}

function failing(
  run: RunResult,
  target: TargetRecord,
): Pick<PageTarget, 'failing' | 'breaking' | 'unmeasured'> {
  const gated = groupsOf(run, target, 'fail').filter(({ yardsticks }) =>
    yardsticks.some((yardstick) => target.gate.includes(yardstick)),
  )
  const ofMark = (wanted: Mark): number => gated.filter(({ mark }) => mark === wanted).length
  return { failing: gated.length, breaking: ofMark('breaks'), unmeasured: ofMark('unmeasured') }
}
