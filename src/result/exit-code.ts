// The exit code of a run.

import { standingOf } from './rows-marks-and-standing.ts'
import type { RunResult } from '../types/index.ts'

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

interface Circumstances {
  readonly harness: readonly string[]
  readonly budget: readonly string[]
  readonly secrets: readonly string[]
  readonly staleBaseline: readonly string[]
}

/** The word for each target says whether it is 0, 1 or 3: what is printed and the code cannot disagree. */
export function exitCodeOf(result: RunResult, circumstances: Circumstances): ExitCode {
  const words = new Set(result.targets.map((target) => standingOf(result, target)))
  const codes: ExitCode[] = []
  if (words.has('does not conform')) codes.push(EXIT.fails)
  if (words.has('incomplete') || words.size === 0) codes.push(EXIT.incomplete)
  if (circumstances.secrets.length > 0) codes.push(EXIT.secret)
  if (circumstances.harness.length > 0) codes.push(EXIT.harness)
  if (circumstances.staleBaseline.length > 0) codes.push(EXIT.baseline)
  if (circumstances.budget.length > 0) codes.push(EXIT.budget)
  return PRECEDENCE.find((code) => codes.includes(code)) ?? EXIT.conforms
}
