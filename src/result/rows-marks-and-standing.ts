// Folds verdict rows into what every reporter shows: pure, and the only place where rows become numbers.

import { compareText, rankOf, YARDSTICK_LABELS } from '../base/sort-text-and-ranks.ts'
import type {
  CheckId,
  ClientImpact,
  Feature,
  Outcome,
  Reason,
  RunResult,
  ScenarioId,
  TargetRecord,
  Verdict,
  Yardstick,
} from '../types/index.ts'

/** The features of the API in the order in which every table has them; the others follow by name. */
export const FIRST_FEATURES: readonly Feature[] = [
  'basic',
  'message-style',
  'image',
  'file',
  'stateful',
  'structured-output',
  'tool',
  'streaming',
]

const EFFECTS: readonly ClientImpact['effect'][] = ['loops', 'hangs', 'throws', 'wrong', 'degraded']

/**
 * What a cell shows, the most urgent first. `breaks`: a failure of a kind that made a measured client
 * throw, hang, loop or go wrong; `unmeasured`: a failure of a kind that no client was measured on;
 * `specification`: a failure of a kind that the measured clients hardly noticed.
 */
export type Mark =
  | 'breaks'
  | 'unmeasured'
  | 'specification'
  | 'warn'
  | 'inconclusive'
  | 'pass'
  | 'not-applicable'

export const MARKS: readonly Mark[] = [
  'breaks',
  'unmeasured',
  'specification',
  'warn',
  'inconclusive',
  'pass',
  'not-applicable',
]

/**
 * Two denominators, so that what was not judged cannot hide: `applicable` leaves out what is not
 * applicable and keeps what is inconclusive, `all` leaves out nothing.
 */
export interface Fraction {
  readonly passed: number
  readonly applicable: number
  readonly all: number
}

export interface OutcomeTally {
  readonly must: Fraction
  readonly should: Fraction
  readonly outcomes: Readonly<Record<Outcome, number>>
  readonly reasons: Readonly<Partial<Record<Reason, number>>>
  /** Failures that the baseline expects. */
  readonly expected: number
  readonly mark: Mark
}

/** Rows of one check that end alike for one target, whatever the yardstick and the scenario. */
export interface Group {
  readonly check: CheckId
  readonly mark: Mark
  readonly yardsticks: readonly Yardstick[]
  readonly scenarios: readonly ScenarioId[]
  /** The most informative row. */
  readonly first: Verdict
  readonly rows: readonly Verdict[]
}

export type Standing = 'conforms' | 'does not conform' | 'incomplete'

// ── what may stand in a matrix ───────────────────────────────────────────────

/** The targets that were observed. Emulated ones test this project and enter no matrix. */
export function observedTargetsOf(run: RunResult): readonly TargetRecord[] {
  return run.targets.filter((target) => target.origin !== 'emulated')
}

export function emulatedTargetsOf(run: RunResult): readonly TargetRecord[] {
  return run.targets.filter((target) => target.origin === 'emulated')
}

interface Rows {
  readonly all: Verdict[]
  readonly byCheck: Map<CheckId, Verdict[]>
}

// A result never changes, so its rows are sorted into targets once.
const indexes = new WeakMap<RunResult, ReadonlyMap<string, Rows>>()

function rowsByTarget(run: RunResult): ReadonlyMap<string, Rows> {
  const known = indexes.get(run)
  if (known !== undefined) return known
  const index = new Map(
    run.targets.map(({ id }): [string, Rows] => [id, { all: [], byCheck: new Map() }]),
  )
  const origins = new Map(run.targets.map(({ id, origin }) => [id, origin]))
  for (const row of run.verdicts) {
    const rows = index.get(row.target)
    if (rows === undefined || origins.get(row.target) !== row.origin) continue
    rows.all.push(row)
    const ofCheck = rows.byCheck.get(row.check)
    if (ofCheck === undefined) rows.byCheck.set(row.check, [row])
    else ofCheck.push(row)
  }
  indexes.set(run, index)
  return index
}

/** The rows of a target. Rows of another origin than the target's are none of its. */
export function rowsOf(run: RunResult, target: TargetRecord): readonly Verdict[] {
  return rowsByTarget(run).get(target.id)?.all ?? []
}

/** The rows of one check of a target by one yardstick. */
export function rowsOfCheck(
  run: RunResult,
  target: TargetRecord,
  check: CheckId,
  yardstick: Yardstick,
): readonly Verdict[] {
  const rows = rowsByTarget(run).get(target.id)?.byCheck.get(check) ?? []
  return rows.filter((row) => row.yardstick === yardstick)
}

/** The rows that decide: those of the yardsticks that gate, observed on a provider. */
export function gatedVerdictsOf(run: RunResult): readonly Verdict[] {
  const gates = new Map(run.targets.map(({ id, gate }) => [id, gate]))
  return run.verdicts.filter(
    ({ target, yardstick }) => gates.get(target)?.includes(yardstick) === true,
  )
}

/** The feature of a row: its check's, whichever scenario showed it. */
export function featureOf(run: RunResult, row: Pick<Verdict, 'check'>): Feature {
  return run.checks[row.check]?.feature ?? row.check.split('/')[0]!
}

/** The eight features of the API first, the others by name. */
export function compareFeatures(a: Feature, b: Feature): number {
  return rankOf(FIRST_FEATURES, a) - rankOf(FIRST_FEATURES, b) || compareText(a, b)
}

/** Every feature with a row of these targets. */
export function featuresOf(
  run: RunResult,
  targets: readonly TargetRecord[] = observedTargetsOf(run),
): readonly Feature[] {
  const found = new Set(
    targets.flatMap((target) => rowsOf(run, target).map((row) => featureOf(run, row))),
  )
  return [...found].toSorted(compareFeatures)
}

// ── counting ─────────────────────────────────────────────────────────────────

/** The worst that a measured client did in a fault of this check's kind; undefined when all worked. */
function worstEffect(impacts: readonly ClientImpact[]): ClientImpact['effect'] | undefined {
  return EFFECTS.find((effect) => impacts.some((impact) => impact.effect === effect))
}

/** The mark of a row: its outcome, and for a failure what is known about its impact on clients. */
export function markOf(run: RunResult, row: Pick<Verdict, 'check' | 'outcome'>): Mark {
  if (row.outcome !== 'fail') return row.outcome
  const impacts = run.checks[row.check]?.breaks
  if (impacts === undefined) return 'unmeasured'
  const effect = worstEffect(impacts)
  return effect === undefined || effect === 'degraded' ? 'specification' : 'breaks'
}

export function worstMarkOf(marks: readonly Mark[]): Mark {
  return MARKS.find((mark) => marks.includes(mark)) ?? 'not-applicable'
}

export function tallyOf(run: RunResult, rows: readonly Verdict[]): OutcomeTally {
  const outcomes = { pass: 0, warn: 0, fail: 0, inconclusive: 0, 'not-applicable': 0 }
  const reasons: Partial<Record<Reason, number>> = {}
  for (const row of rows) {
    outcomes[row.outcome] += 1
    if (row.reason !== undefined) reasons[row.reason] = (reasons[row.reason] ?? 0) + 1
  }
  return {
    must: fraction(rows.filter((row) => row.level === 'must')),
    should: fraction(rows.filter((row) => row.level === 'should')),
    outcomes,
    reasons,
    expected: rows.filter((row) => row.expected !== undefined).length,
    mark: worstMarkOf(rows.map((row) => markOf(run, row))),
  }
}

function fraction(rows: readonly Verdict[]): Fraction {
  return {
    passed: rows.filter((row) => row.outcome === 'pass').length,
    applicable: rows.filter((row) => row.outcome !== 'not-applicable').length,
    all: rows.length,
  }
}

/** One cell for each target, feature and yardstick that has rows, by `cellKey`. */
export function cellsOf(
  run: RunResult,
  targets: readonly TargetRecord[] = observedTargetsOf(run),
): ReadonlyMap<string, OutcomeTally> {
  const byCell = new Map<string, Verdict[]>()
  for (const target of targets) {
    for (const row of rowsOf(run, target)) {
      const key = cellKeyOf(target.id, featureOf(run, row), row.yardstick)
      const known = byCell.get(key)
      if (known === undefined) byCell.set(key, [row])
      else known.push(row)
    }
  }
  return new Map([...byCell].map(([key, rows]) => [key, tallyOf(run, rows)]))
}

export function cellKeyOf(target: string, feature: Feature, yardstick: Yardstick): string {
  return JSON.stringify([target, feature, yardstick])
}

/**
 * The word for a target, of which the exit code is made. Only its gating yardsticks count, and failures
 * that the baseline expects do not. A gated must that could not be judged leaves it incomplete, unless
 * the model declined, an expected failure stood before it, or a recording has no more to give.
 */
export function standingOf(run: RunResult, target: TargetRecord): Standing {
  const gated = rowsOf(run, target).filter(({ yardstick }) => target.gate.includes(yardstick))
  const counted = gated.filter(({ expected }) => expected === undefined)
  if (counted.some(({ outcome }) => outcome === 'fail')) return 'does not conform'
  const excused = gated.some(
    ({ outcome, expected }) => outcome === 'fail' && expected !== undefined,
  )
  const open = counted.some(
    ({ outcome, level, reason, origin }) =>
      outcome === 'inconclusive' &&
      level === 'must' &&
      reason !== 'model-declined' &&
      !(reason === 'prerequisite' && (excused || origin === 'recorded')),
  )
  // A run that judged nothing must not look green.
  const judged = gated.some(({ outcome }) => JUDGED.has(outcome))
  return open || !judged || !run.run.complete ? 'incomplete' : 'conforms'
}

const JUDGED: ReadonlySet<Outcome> = new Set(['pass', 'warn', 'fail'])

// ── worst first ──────────────────────────────────────────────────────────────

/** The rows of this outcome, one group for each check, worst first. */
export function groupsOf(run: RunResult, target: TargetRecord, outcome: Outcome): readonly Group[] {
  const byCheck = new Map<CheckId, Verdict[]>()
  for (const row of rowsOf(run, target)) {
    if (row.outcome === outcome) byCheck.set(row.check, [...(byCheck.get(row.check) ?? []), row])
  }
  return [...byCheck.values()]
    .map((rows) => groupOf(run, rows))
    .toSorted((a, b) => compareGroups(run, target, a, b))
}

function groupOf(run: RunResult, rows: readonly Verdict[]): Group {
  const [first, ...rest] = rows.toSorted(
    (a, b) =>
      Number(a.findings.length === 0) - Number(b.findings.length === 0) ||
      rankOf(YARDSTICK_LABELS, a.yardstick) - rankOf(YARDSTICK_LABELS, b.yardstick) ||
      compareText(a.scenario, b.scenario),
  )
  const all = [first!, ...rest]
  return {
    check: first!.check,
    mark: markOf(run, first!),
    yardsticks: YARDSTICK_LABELS.filter((yardstick) =>
      all.some((row) => row.yardstick === yardstick),
    ),
    scenarios: [...new Set(all.map((row) => row.scenario))],
    first: first!,
    rows: all,
  }
}

function compareGroups(run: RunResult, target: TargetRecord, a: Group, b: Group): number {
  const expected = (group: Group): number =>
    Number(group.rows.every((row) => row.expected !== undefined))
  const gated = (group: Group): number =>
    Number(!group.rows.some((row) => target.gate.includes(row.yardstick)))
  const impacts = (group: Group): readonly ClientImpact[] => run.checks[group.check]?.breaks ?? []
  const effect = (group: Group): number => rankOf(EFFECTS, worstEffect(impacts(group)) ?? '')
  return (
    expected(a) - expected(b) ||
    gated(a) - gated(b) ||
    rankOf(MARKS, a.mark) - rankOf(MARKS, b.mark) ||
    effect(a) - effect(b) ||
    impacts(b).length - impacts(a).length ||
    compareFeatures(featureOf(run, a), featureOf(run, b)) ||
    compareText(a.check, b.check)
  )
}

/** The ids of all causes of a row, its first one first. */
export function causesOfRow({ cause, also = [] }: Verdict): readonly string[] {
  return cause === undefined ? also : [cause, ...also]
}
