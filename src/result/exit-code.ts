// What a run comes to: one function for the word that every report shows and for the exit code.

import { standingOf } from './rows-marks-and-standing.ts'
import type { RunResult, TargetRecord } from '../types/index.ts'

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

/** The word of each code that a result can have. */
export const CONCLUSIONS = {
  0: 'conforms',
  1: 'does not conform',
  3: 'incomplete',
  4: 'stale baseline',
  5: 'fault of the suite',
  6: 'budget used up',
} as const

export interface RunConclusion {
  readonly code: keyof typeof CONCLUSIONS
  readonly word: (typeof CONCLUSIONS)[keyof typeof CONCLUSIONS]
}

/** When several hold, the first of these counts. */
const PRECEDENCE: readonly RunConclusion['code'][] = [5, 1, 4, 6, 3, 0]

const CODES = { harness: EXIT.harness, baseline: EXIT.baseline, budget: EXIT.budget } as const

const STANDINGS = {
  conforms: EXIT.conforms,
  'does not conform': EXIT.fails,
  incomplete: EXIT.incomplete,
} as const

/** What a target comes to: by its rows, and by what else happened to it. */
export function concludeTarget(run: RunResult, target: TargetRecord): RunConclusion {
  const troubles = (run.troubles ?? []).filter((trouble) => trouble.target === target.id)
  return heaviest([STANDINGS[standingOf(run, target)], ...troubles.map(({ kind }) => CODES[kind])])
}

/** What a run comes to: the heaviest of its targets, and of troubles with what it did not ask. */
export function concludeRun(run: RunResult): RunConclusion {
  return heaviest([
    ...(run.targets.length === 0 ? [EXIT.incomplete] : []),
    ...run.targets.map((target) => concludeTarget(run, target).code),
    ...(run.troubles ?? []).map(({ kind }) => CODES[kind]),
  ])
}

function heaviest(codes: readonly RunConclusion['code'][]): RunConclusion {
  const code = PRECEDENCE.find((each) => codes.includes(each)) ?? EXIT.conforms
  return { code, word: CONCLUSIONS[code] }
}

/** `secrets`: files in which a key was found; no report can tell of that, since they are written by then. */
export function exitCodeOf(run: RunResult, secrets: readonly string[] = []): ExitCode {
  return secrets.length > 0 ? EXIT.secret : concludeRun(run).code
}
