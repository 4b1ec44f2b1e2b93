// Compares two results of the same targets: what newly fails, what is fixed, and which change may explain it.

import { currentIdOf } from '../plan/renamed-checks.ts'
import { causesOfRow } from './rows-marks-and-standing.ts'
import type { Cause, CheckKind, RunResult, TargetRecord, Verdict } from '../types/index.ts'

/** Whose change explains a difference. */
type Blame = 'endpoint' | 'model' | 'suite'

export interface VerdictChange {
  readonly target: string
  readonly check: string
  readonly scenario: string
  readonly yardstick: Verdict['yardstick']
  readonly before?: Verdict
  readonly after?: Verdict
  readonly blame: Blame
}

export interface ResultDifference {
  /** Sentences about what was compared: versions, models, endpoints. */
  readonly circumstances: readonly string[]
  /** Causes of failure that one of the two results has, and the other does not. */
  readonly causes: { readonly came: readonly Cause[]; readonly went: readonly Cause[] }
  readonly newlyFailing: readonly VerdictChange[]
  readonly fixed: readonly VerdictChange[]
  /** Still failing, for another cause. */
  readonly changedCause: readonly VerdictChange[]
  /** Any other change of outcome. */
  readonly other: readonly VerdictChange[]
  readonly unchanged: number
}

export function diffResults(before: RunResult, after: RunResult): ResultDifference {
  const pairs = pairTargets(before, after)
  const suiteChanged = before.suite.version !== after.suite.version
  const changes = pairs.flatMap(([old, now]) => {
    const modelChanged = old.echoedModels.join() !== now.echoedModels.join()
    const rows = new Map<string, { before?: Verdict; after?: Verdict }>()
    for (const verdict of before.verdicts)
      if (verdict.target === old.id) rows.set(keyOf(verdict), { before: verdict })
    for (const verdict of after.verdicts) {
      if (verdict.target === now.id)
        rows.set(keyOf(verdict), { ...rows.get(keyOf(verdict)), after: verdict })
    }
    return [...rows.values()].map(({ before: was, after: is }): VerdictChange => {
      const { check, scenario, yardstick } = (is ?? was)!
      const kind = (after.checks[check] ?? before.checks[check])?.kind ?? 'wire'
      return {
        target: now.id,
        check,
        scenario,
        yardstick,
        blame: blameFor(
          kind,
          modelChanged,
          suiteChanged && (was === undefined || is === undefined),
        ),
        ...(was === undefined ? {} : { before: was }),
        ...(is === undefined ? {} : { after: is }),
      }
    })
  })
  const fails = (verdict: Verdict | undefined): boolean => verdict?.outcome === 'fail'
  const newlyFailing = changes.filter(({ before, after }) => !fails(before) && fails(after))
  const fixed = changes.filter(({ before, after }) => fails(before) && after?.outcome === 'pass')
  const changedCause = changes.filter(
    ({ before, after }) => fails(before) && fails(after) && before?.cause !== after?.cause,
  )
  const told = new Set([...newlyFailing, ...fixed, ...changedCause])
  const other = changes.filter(
    (change) => !told.has(change) && change.before?.outcome !== change.after?.outcome,
  )
  return {
    circumstances: circumstances(before, after, pairs),
    causes: {
      came: pairs.flatMap(([old, now]) => missingCauses(after, now, before, old)),
      went: pairs.flatMap(([old, now]) => missingCauses(before, old, after, now)),
    },
    newlyFailing,
    fixed,
    changedCause,
    other,
    unchanged:
      changes.length - newlyFailing.length - fixed.length - changedCause.length - other.length,
  }
}

/** Causes of failures of one target that no failure of the other has. */
function missingCauses(
  here: RunResult,
  { id }: TargetRecord,
  there: RunResult,
  other: TargetRecord,
): readonly Cause[] {
  const known = failingCauses(there, other.id)
  const own = failingCauses(here, id)
  return here.causes.filter(
    (cause) => cause.target === id && own.has(cause.id) && !known.has(cause.id),
  )
}

function failingCauses({ verdicts }: RunResult, target: string): ReadonlySet<string> {
  const failing = verdicts.filter((row) => row.target === target && row.outcome === 'fail')
  return new Set(failing.flatMap(causesOfRow))
}

/** By id; two results of one target each are compared whatever their ids. */
function pairTargets(
  before: RunResult,
  after: RunResult,
): readonly (readonly [TargetRecord, TargetRecord])[] {
  const [old] = before.targets
  const [now] = after.targets
  if (before.targets.length === 1 && after.targets.length === 1) return [[old!, now!]]
  return after.targets.flatMap((target) => {
    const same = before.targets.find(({ id }) => id === target.id)
    return same === undefined ? [] : [[same, target] as const]
  })
}

/** Bytes are the endpoint's; where a model had a say and the model's name changed, it may be the model's. */
function blameFor(kind: CheckKind, modelChanged: boolean, suiteChanged: boolean): Blame {
  if (suiteChanged) return 'suite'
  return kind !== 'wire' && modelChanged ? 'model' : 'endpoint'
}

function circumstances(
  before: RunResult,
  after: RunResult,
  pairs: readonly (readonly [TargetRecord, TargetRecord])[],
): readonly string[] {
  const lines = [`${before.run.startedAt.slice(0, 16)} → ${after.run.startedAt.slice(0, 16)}`]
  if (before.suite.version === after.suite.version)
    lines.push(`suite ${after.suite.version}, unchanged`)
  else
    lines.push(
      `suite ${before.suite.version} → ${after.suite.version}: new and changed checks explain some differences`,
    )
  for (const [old, now] of pairs) {
    if (old.endpoint !== now.endpoint)
      lines.push(`${now.id}: endpoint ${old.endpoint} → ${now.endpoint}`)
    const [was, is] = [old.echoedModels.join(', '), now.echoedModels.join(', ')]
    if (was !== is) lines.push(`${now.id}: the model reported was "${was}" and is "${is}"`)
    else
      lines.push(
        `${now.id}: the reported model is unchanged ("${is}"), so differences are the endpoint's`,
      )
  }
  for (const result of [before, after]) {
    if (!result.run.complete)
      lines.push(
        `the run of ${result.run.startedAt.slice(0, 16)} is incomplete: ${result.run.incomplete ?? ''}`,
      )
  }
  return lines
}

function keyOf({ check, scenario, yardstick }: Verdict): string {
  return `${currentIdOf(check)} ${scenario} ${yardstick}`
}
