// The exit code of a run.

import { gatedVerdictsOf } from './summary.ts'
import type { RunResult, Verdict } from '../types/index.ts'

export const EXIT = {
  conforms: 0,
  fails: 1,
  usage: 2,
  incomplete: 3,
  baseline: 4,
  harness: 5,
  budget: 6,
  secret: 70,
  interrupted: 130,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** When several hold, the first of these counts. */
const PRECEDENCE: readonly ExitCode[] = [70, 5, 2, 1, 4, 6, 3, 0]

export interface Circumstances {
  readonly harness: readonly string[]
  readonly budget: readonly string[]
  readonly secrets: readonly string[]
  readonly staleBaseline: readonly string[]
}

export function exitCodeOf(result: RunResult, circumstances: Circumstances): ExitCode {
  const codes: ExitCode[] = [EXIT.conforms]
  const gated = gatedVerdictsOf(result)
  if (gated.some(({ outcome, expected }) => outcome === 'fail' && expected === undefined))
    codes.push(EXIT.fails)
  if (circumstances.secrets.length > 0) codes.push(EXIT.secret)
  if (circumstances.harness.length > 0) codes.push(EXIT.harness)
  if (circumstances.staleBaseline.length > 0) codes.push(EXIT.baseline)
  if (circumstances.budget.length > 0) codes.push(EXIT.budget)
  if (!result.run.complete || gated.some(isOpen) || !gated.some(isJudged))
    codes.push(EXIT.incomplete)
  return PRECEDENCE.find((code) => codes.includes(code)) ?? EXIT.conforms
}

/** A run that judged nothing must not look green. */
function isJudged({ outcome }: Verdict): boolean {
  return outcome === 'pass' || outcome === 'fail' || outcome === 'warn'
}

/** A gated must that is inconclusive, for another reason than a model that declined or a failure already reported. */
function isOpen({ outcome, reason, level }: Verdict): boolean {
  return (
    level === 'must' &&
    outcome === 'inconclusive' &&
    reason !== 'model-declined' &&
    reason !== 'prerequisite'
  )
}
