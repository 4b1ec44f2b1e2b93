// The causes of the failures of a target: what every format counts.

import {
  causesOfRow,
  markOf,
  MARKS,
  rowsOf,
  worstMarkOf,
  type Mark,
} from '../../src/result/rows-marks-and-standing.ts'
import { compareText, rankOf } from '../../src/base/sort-text-and-ranks.ts'
import type {
  CheckId,
  ClientImpact,
  RunResult,
  TargetRecord,
  Verdict,
  Yardstick,
} from '../../src/types/index.ts'
import { EFFECT_WORDS, formatCount, formatList } from './labels.ts'

export interface FailureCause {
  readonly id: string
  readonly title: string
  /** The worst of its checks. */
  readonly mark: Mark
  /** The checks that fail because of it. */
  readonly checks: readonly CheckId[]
  readonly rows: readonly Verdict[]
  /** Undecided rows (check and scenario) that hang under it. */
  readonly hides: number
  /** What each measured client did in a fault like one of these; each once, with the worst. */
  readonly impacts: readonly ClientImpact[]
  /** Clients whose needs these very answers do not meet; undefined where none were judged on them. */
  readonly breaks?: readonly ClientImpact[]
}

/**
 * The causes by which a target fails, heaviest first: what breaks clients, then what explains and
 * hides most. Failures count that these yardsticks see and the baseline does not expect; the gating
 * yardsticks decide the exit code. A failure without a known cause is one for its check.
 */
export function rankFailureCauses(
  run: RunResult,
  target: TargetRecord,
  yardsticks: readonly Yardstick[] = target.gate,
): readonly FailureCause[] {
  const byCause = new Map<string, Verdict[]>()
  for (const row of rowsOf(run, target)) {
    if (row.outcome !== 'fail' || row.expected !== undefined) continue
    if (!yardsticks.includes(row.yardstick)) continue
    for (const id of idsOf(row)) byCause.set(id, [...(byCause.get(id) ?? []), row])
  }
  return [...byCause]
    .map(([id, rows]) => describeCause(run, target, id, rows))
    .toSorted(
      (a, b) =>
        rankOf(MARKS, a.mark) - rankOf(MARKS, b.mark) ||
        weightOf(b) - weightOf(a) ||
        compareText(a.id, b.id),
    )
}

/** The sentences of the causes of a row, for whoever reads the row alone. */
export function causeTitlesOf(run: RunResult, target: TargetRecord, row: Verdict): string {
  return idsOf(row)
    .map((id) => titleOfCause(run, target, id))
    .join('; ')
}

/** `23 causes`: the one number of a run. */
export function countCauses(causes: readonly FailureCause[]): string {
  return formatCount(causes.length, 'cause')
}

/**
 * `breaks codex (throws) and openai-7 (goes wrong)` where these answers were judged by the clients' needs;
 * otherwise `in a fault like this: codex and agents threw, and 2 more`. Undefined where no client broke.
 */
export function formatBroken({ impacts, breaks }: FailureCause, limit: number): string | undefined {
  const broken = (breaks ?? impacts).filter(({ effect }) => effect !== 'degraded')
  if (broken.length === 0) return undefined
  const told = broken.slice(0, limit)
  const more = broken.length - told.length
  const others = more === 0 ? '' : `, and ${more} more`
  if (breaks !== undefined) {
    const named = told.map(({ client, effect }) => `${client} (${BREAK_WORDS[effect]})`)
    return `breaks ${more === 0 ? formatList(named) : named.join(', ')}${others}`
  }
  const byEffect = EFFECTS.flatMap((effect) => {
    const clients = told.filter((impact) => impact.effect === effect)
    const names = formatList(clients.map(({ client }) => client))
    return clients.length === 0 ? [] : [`${names} ${EFFECT_WORDS[effect]}`]
  })
  return `in a fault like this: ${byEffect.join(', ')}${others}`
}

const BREAK_WORDS: Readonly<Record<ClientImpact['effect'], string>> = {
  degraded: 'loses something',
  wrong: 'goes wrong',
  throws: 'throws',
  hangs: 'hangs',
  loops: 'loops',
}

function idsOf(row: Verdict): readonly string[] {
  const known = causesOfRow(row)
  return known.length === 0 ? [row.check] : known
}

function describeCause(
  run: RunResult,
  target: TargetRecord,
  id: string,
  rows: readonly Verdict[],
): FailureCause {
  const checks = [...new Set(rows.map(({ check }) => check))].toSorted()
  const judged = rows.flatMap(({ findings }) =>
    findings.flatMap(({ breaks }) => (breaks === undefined ? [] : [breaks])),
  )
  const works = new Set(
    (run.readiness ?? [])
      .filter((row) => row.target === target.id && row.answer === 'works')
      .map(({ client }) => client),
  )
  const impacts = checks.flatMap((check) => run.checks[check]?.breaks ?? [])
  return {
    id,
    title: titleOfCause(run, target, id),
    mark: worstMarkOf(rows.map((row) => markOf(run, row))),
    checks,
    rows,
    hides: run.causes.find((cause) => cause.id === id && cause.target === target.id)?.hides ?? 0,
    // Whoever is seen to work here does not suffer from a fault like this.
    impacts: worstOfEach(impacts.filter(({ client }) => !works.has(client))),
    ...(judged.length === 0 ? {} : { breaks: worstOfEach(judged.flat()) }),
  }
}

function titleOfCause(run: RunResult, target: TargetRecord, id: string): string {
  const cause = run.causes.find((each) => each.id === id && each.target === target.id)
  return cause?.title ?? `this does not hold: ${run.checks[id]?.title ?? id}`
}

function weightOf({ checks, hides }: FailureCause): number {
  return checks.length + hides
}

const EFFECTS: readonly ClientImpact['effect'][] = ['loops', 'hangs', 'throws', 'wrong', 'degraded']

function worstOfEach(impacts: readonly ClientImpact[]): readonly ClientImpact[] {
  const worst = new Map<string, ClientImpact>()
  for (const impact of impacts) {
    const known = worst.get(impact.client)
    if (known === undefined || rankOf(EFFECTS, impact.effect) < rankOf(EFFECTS, known.effect))
      worst.set(impact.client, impact)
  }
  return [...worst.values()].toSorted(
    (a, b) =>
      rankOf(EFFECTS, a.effect) - rankOf(EFFECTS, b.effect) || compareText(a.client, b.client),
  )
}
