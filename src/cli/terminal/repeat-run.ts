// The same run several times over: how often each check fails tells what is wrong in one answer of
// three from what never is.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { escapeControls } from '../../../reporters/common/escape.ts'
import { getEnvironment, resolvePath } from '../../base/current-environment.ts'
import { UsageError } from '../../base/errors.ts'
import { compareText } from '../../base/sort-text-and-ranks.ts'
import { EXIT, type ExitCode } from '../../result/exit-code.ts'
import { readRunResult } from '../../result/run-json.ts'
import type { RunFlags } from '../../run/options.ts'
import type { RunResult } from '../../types/index.ts'

/** More would be a load test. */
const MOST_RUNS = 50
/** Options of which each run would undo what the one before did. */
const OF_ONE_RUN = ['resume', 'record', 'fromRecording', 'shard'] as const
/** A run that ended like this is not followed by another. */
const ENDS: readonly ExitCode[] = [EXIT.usage, EXIT.harness, EXIT.secret, EXIT.interrupted]
/** When runs come to several of these, the first counts. */
const PRECEDENCE: readonly ExitCode[] = [...ENDS, EXIT.fails, EXIT.baseline, EXIT.budget]

/** How often one check of one target was red, of the runs in which it was judged. */
export interface FailureRate {
  readonly target: string
  readonly check: string
  readonly yardstick: string
  readonly failed: number
  readonly warned: number
  readonly judged: number
}

/** Runs so often into folders `1`, `2`, … of `--out`, prints how often checks failed, and writes `rates.json`. */
export async function repeatRun(
  times: number,
  flags: RunFlags,
  runOnce: (flags: RunFlags) => Promise<ExitCode>,
): Promise<ExitCode> {
  const one = OF_ONE_RUN.find((name) => flags[name] !== undefined)
  if (one !== undefined) {
    const option = one.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
    throw new UsageError(`--${option} is of a single run: leave it out, or --repeat`)
  }
  if (times > MOST_RUNS) throw new UsageError(`--repeat takes at most ${MOST_RUNS} runs`)
  const { repeat: _, out = 'results/latest', seed, ...rest } = flags
  const codes: ExitCode[] = []
  const runs: RunResult[] = []
  for (let run = 1; run <= times; run++) {
    const folder = join(out, String(run))
    // Other words each time: whoever remembers an answer is asked something new.
    const words = seed === undefined ? {} : { seed: `${seed}/${run}` }
    const code = await runOnce({ ...rest, ...words, out: folder })
    codes.push(code)
    if (ENDS.includes(code)) break
    const file = resolvePath(join(folder, 'run.json'))
    runs.push(readRunResult(readFileSync(file, 'utf8'), file))
  }
  const rates = countFailures(runs)
  const { stdout } = getEnvironment()
  if (runs.length > 0) {
    writeFileSync(resolvePath(join(out, 'rates.json')), `${JSON.stringify(rates, undefined, 1)}\n`)
    stdout.write(renderRates(rates, runs.length))
  }
  return PRECEDENCE.find((code) => codes.includes(code)) ?? codes.at(-1) ?? EXIT.incomplete
}

/** Checks that were red at least once, the most frequent first. */
export function countFailures(runs: readonly RunResult[]): readonly FailureRate[] {
  const rates = new Map<string, FailureRate>()
  for (const { verdicts } of runs) {
    const worst = new Map<string, { row: RunResult['verdicts'][number]; outcomes: Set<string> }>()
    for (const row of verdicts) {
      const name = [row.target, row.check, row.yardstick].join('\n')
      const known = worst.get(name) ?? { row, outcomes: new Set() }
      known.outcomes.add(row.outcome)
      worst.set(name, known)
    }
    for (const [name, { row, outcomes }] of worst) {
      const isJudged = ['pass', 'warn', 'fail'].some((outcome) => outcomes.has(outcome))
      if (!isJudged) continue
      const { target, check, yardstick } = row
      const known = rates.get(name) ?? { target, check, yardstick, failed: 0, warned: 0, judged: 0 }
      rates.set(name, {
        ...known,
        failed: known.failed + Number(outcomes.has('fail')),
        warned: known.warned + Number(!outcomes.has('fail') && outcomes.has('warn')),
        judged: known.judged + 1,
      })
    }
  }
  return [...rates.values()]
    .filter(({ failed, warned }) => failed + warned > 0)
    .toSorted((a, b) => b.failed - a.failed || b.warned - a.warned || compareText(a.check, b.check))
}

function renderRates(rates: readonly FailureRate[], runs: number): string {
  const red = rates.filter(({ failed }) => failed > 0)
  if (red.length === 0) return `In ${runs} runs no check failed.\n`
  const lines = red.map(({ target, check, yardstick, failed, judged }) =>
    escapeControls(`  ${failed} of ${judged}  ${check} (${yardstick}) · ${target}`),
  )
  return `In ${runs} runs failed:\n${lines.join('\n')}\n`
}
