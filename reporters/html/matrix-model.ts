// The rows of a result as cells of the matrix: for the page as it is rendered, and for its script.

import { worstMarkOf } from '../../src/result/rows-marks-and-standing.ts'
import type { Mark } from '../../src/result/rows-marks-and-standing.ts'
import type { Finding, Level, Outcome, Reason, Yardstick } from '../../src/types/index.ts'
import { MARK_WORDS, YARDSTICK_NAMES } from '../common/labels.ts'
import type { PageClaim, PageData } from './page-data-types.ts'

export interface PageRow {
  readonly target: number
  readonly check: number
  readonly scenario: number
  readonly yardsticks: readonly Yardstick[]
  readonly outcome: Outcome
  readonly mark: Mark
  readonly level: Level
  readonly evidence: readonly (readonly [step: string, id: string])[]
  readonly claim?: PageClaim | undefined
  readonly reason?: Reason | undefined
  readonly note?: string | undefined
  readonly findings: readonly Finding[]
  readonly cause?: { readonly id: string; readonly title: string } | undefined
  readonly expected?: { readonly reason: string; readonly expires: string } | undefined
  readonly made: number
  readonly passed: number
}

export interface ViewState {
  lens: Yardstick
  failing: boolean
  differing: boolean
  feature: string
  level: string
  text: string
  /** `catalogue` or `worst`. */
  rows: string
  /** `run`, `name` or `failing`. */
  columns: string
  /** Targets side by side: none, or two. */
  compare: number[]
  /** Rows whose folding is not what it would be by itself. */
  toggled: Set<string>
}

export interface CellView {
  readonly target: number
  readonly mark: Mark | 'none'
  /** `3/5`, or the glyph alone where there is one row. */
  readonly text: string
  /** The second denominator, where it differs. */
  readonly of: string
  readonly label: string
}

export interface RowView {
  /** A feature, a family or a check. */
  readonly id: string
  readonly depth: number
  readonly label: string
  readonly title: string
  readonly folds: boolean
  readonly open: boolean
  readonly cells: readonly CellView[]
}

export interface Model {
  readonly data: PageData
  readonly rows: readonly PageRow[]
  targets(state: ViewState): readonly number[]
  view(state: ViewState): readonly RowView[]
  total(target: number, lens: Yardstick, level: Level): CellView
  /** The rows of a target below a row of the table; of one lens if given. */
  under(id: string, target: number, lens?: Yardstick): readonly PageRow[]
}

/** How heavily the failures of a row count where the worst rows come first. */
const FAILURE_WEIGHTS: Readonly<Partial<Record<CellView['mark'], number>>> = {
  breaks: 100,
  unmeasured: 30,
  specification: 10,
}

export function createModel(data: PageData): Model {
  const rows: readonly PageRow[] = data.rows.map((packed) => {
    const [target, check, scenario, bits, outcome, level] = packed
    const at = <T>(table: readonly T[], position: number): T | undefined =>
      table[(packed[position] ?? 0) - 1]
    const word = data.outcomes[outcome]!
    return {
      target,
      check,
      scenario,
      yardsticks: data.yardsticks.filter((_, index) => (bits & (1 << index)) !== 0),
      outcome: word,
      mark: word === 'fail' ? data.checks[check]!.mark : word,
      level: data.levels[level]!,
      evidence: at(data.evidence, 6) ?? [],
      claim: at(data.claims, 7),
      reason: at(data.reasons, 8),
      note: at(data.notes, 9),
      findings: at(data.findings, 10) ?? [],
      cause: at(data.causes, 11),
      expected: at(data.expected, 12),
      made: packed[13] ?? 1,
      passed: packed[14] ?? (word === 'pass' ? 1 : 0),
    }
  })

  // check → target → rows
  const byCheck = data.checks.map(() => data.targets.map((): PageRow[] => []))
  for (const row of rows) byCheck[row.check]![row.target]!.push(row)

  const checksAll = data.checks.map((_, index) => index)

  // feature → family or check → check
  const features = [...new Set(data.checks.map((check) => check.feature))]
  const checksUnder = (id: string): readonly number[] =>
    data.checks.flatMap((check, index) =>
      check.feature === id || check.id === id || check.id.startsWith(`${id}/`) ? [index] : [],
    )

  const pick = (checks: readonly number[], target: number, lens: Yardstick): readonly PageRow[] =>
    checks.flatMap((check) =>
      byCheck[check]![target]!.filter((row) => row.yardsticks.includes(lens)),
    )

  const worst = (found: readonly PageRow[]): Mark | 'none' =>
    found.length === 0 ? 'none' : worstMarkOf(found.map(({ mark }) => mark))

  const cell = (
    name: string,
    found: readonly PageRow[],
    target: number,
    lens: Yardstick,
    level: Level,
    single: boolean,
  ): CellView => {
    const mark = worst(found)
    const who = `${name}, ${data.targets[target]!.name}, by ${YARDSTICK_NAMES[lens]}`
    if (mark === 'none') return { target, mark, text: '', of: '', label: `${who}: not judged` }
    const { glyph, name: word } = MARK_WORDS[mark]
    if (single && found.length === 1)
      return { target, mark, text: '', of: '', label: `${glyph} ${who}: ${word}` }
    const counted = single ? found : found.filter((row) => row.level === level)
    const passed = counted.filter((row) => row.outcome === 'pass').length
    const applicable = counted.filter((row) => row.outcome !== 'not-applicable').length
    const text = counted.length === 0 ? '' : `${passed}/${applicable}`
    const of = counted.length === applicable ? '' : `of ${counted.length}`
    // Speech input finds a button by what is seen on it, so the name begins with that.
    const seen = [glyph, text, of].filter(Boolean).join(' ')
    const what = single ? 'cases' : `${level}s`
    return { target, mark, text, of, label: `${seen}, ${who}: ${word}, applicable ${what} passed` }
  }

  const targets = (state: ViewState): readonly number[] => {
    const all = data.targets.map((_, index) => index)
    if (state.compare.length === 2) return state.compare
    if (state.columns === 'name')
      return all.toSorted((a, b) =>
        data.targets[a]!.name.localeCompare(data.targets[b]!.name, 'en'),
      )
    if (state.columns !== 'failing') return all
    const failing = all.map(
      (target) =>
        pick(checksAll, target, state.lens).filter((row) => row.outcome === 'fail').length,
    )
    return all.toSorted((a, b) => failing[b]! - failing[a]! || a - b)
  }
  const view = (state: ViewState): readonly RowView[] => {
    const shown = targets(state)
    const comparing = state.compare.length === 2
    const words = state.text.toLowerCase().split(/\s+/).filter(Boolean)
    const marksOf = (check: number): readonly (Mark | 'none')[] =>
      shown.map((target) => worst(pick([check], target, state.lens)))
    const matches = (index: number): boolean => {
      const check = data.checks[index]!
      if (state.feature !== '' && check.feature !== state.feature) return false
      if (words.length > 0) {
        const text =
          `${check.id} ${check.title} ${(data.requires[index] ?? []).map((id) => data.requirements[id]!.id).join(' ')}`.toLowerCase()
        if (!words.every((word) => text.includes(word))) return false
      }
      const found = shown.flatMap((target) => pick([index], target, state.lens))
      if (found.length === 0) return false
      if (state.level !== '' && !found.some((row) => row.level === state.level)) return false
      const marks = marksOf(index)
      if (state.failing && !marks.some((mark) => mark in FAILURE_WEIGHTS)) return false
      const distinct = new Set(marks.filter((mark) => mark !== 'none'))
      return !(state.differing || comparing) || distinct.size > 1
    }
    const narrowed = words.length > 0 || state.failing || state.differing || comparing
    const isOpen = (id: string, unfolded: boolean): boolean => state.toggled.has(id) !== unfolded
    const weight = (checks: readonly number[]): number =>
      checks
        .flatMap((check) => marksOf(check))
        .reduce((sum, mark) => sum + (FAILURE_WEIGHTS[mark] ?? 0), 0)
    const inOrder = <T>(list: readonly T[], checksOf: (entry: T) => readonly number[]): T[] =>
      state.rows === 'worst'
        ? list.toSorted((a, b) => weight(checksOf(b)) - weight(checksOf(a)))
        : [...list]
    const row = (
      id: string,
      depth: number,
      checks: readonly number[],
      folds: boolean,
      open: boolean,
    ): RowView => {
      const check = folds ? undefined : data.checks[checks[0]!]
      const label = depth === 0 ? id : id.slice(id.indexOf('/') + 1)
      return {
        id,
        depth,
        label: depth === 2 ? label.slice(label.indexOf('/') + 1) : label,
        title: check?.title ?? '',
        folds,
        open,
        cells: shown.map((target) =>
          cell(id, pick(checks, target, state.lens), target, state.lens, 'must', !folds),
        ),
      }
    }
    const result: RowView[] = []
    const shownFeatures = features
      .map((id) => ({ id, all: checksUnder(id) }))
      .map(({ id, all }) => ({ id, all, kept: all.filter(matches) }))
      .filter(({ kept }) => kept.length > 0)
    for (const feature of inOrder(shownFeatures, ({ kept }) => kept)) {
      const open = isOpen(feature.id, narrowed)
      result.push(row(feature.id, 0, feature.all, true, open))
      if (!open) continue
      const families = new Map<string, number[]>()
      for (const check of feature.kept) {
        const segments = data.checks[check]!.id.split('/')
        const family = segments.length > 2 ? segments.slice(0, 2).join('/') : data.checks[check]!.id
        families.set(family, [...(families.get(family) ?? []), check])
      }
      for (const [id, kept] of inOrder([...families], ([, checks]) => checks)) {
        const family = data.checks[kept[0]!]!.id !== id
        const familyOpen = isOpen(id, narrowed)
        result.push(row(id, 1, family ? checksUnder(id) : kept, family, familyOpen))
        if (family && familyOpen)
          for (const check of inOrder(kept, (each) => [each]))
            result.push(row(data.checks[check]!.id, 2, [check], false, false))
      }
    }
    return result
  }

  return {
    data,
    rows,
    targets,
    view,
    total: (target, lens, level) =>
      cell(`all ${level}s`, pick(checksAll, target, lens), target, lens, level, false),
    under: (id, target, lens) => {
      const checks = checksUnder(id)
      return lens === undefined
        ? checks.flatMap((check) => byCheck[check]![target]!)
        : pick(checks, target, lens)
    },
  }
}
