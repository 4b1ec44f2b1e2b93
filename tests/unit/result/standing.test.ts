// The word that is printed and the code that is returned are one.

import { expect, test } from 'vitest'
import { exitCodeOf } from '../../../src/result/exit-code.ts'
import { standingOf } from '../../../src/result/rows-marks-and-standing.ts'
import type { RunResult, Verdict } from '../../../src/types/index.ts'
import { sampleRun } from '../reporters/sample.ts'

const QUIET = { harness: [], budget: [], secrets: [], staleBaseline: [] }

/** One target, gated by OpenAI alone, with these verdicts. */
function resultOf(complete: boolean, ...rows: readonly Partial<Verdict>[]): RunResult {
  const { targets, verdicts, ...rest } = sampleRun()
  const { reason: _, expected: _expected, ...plain } = verdicts[0]!
  const target = { ...targets[0]!, gate: ['openai'] as const }
  return {
    ...rest,
    run: { ...rest.run, complete },
    targets: [target],
    verdicts: rows.map((row) => ({
      ...plain,
      target: target.id,
      origin: target.origin,
      yardstick: 'openai' as const,
      level: 'must' as const,
      outcome: 'pass' as const,
      ...row,
    })),
  }
}

const expected = { reason: 'known', expires: '2099-01-01' }
const behind = { outcome: 'inconclusive', reason: 'prerequisite' } as const

test.each<readonly [string, string, number, RunResult]>([
  ['all passes', 'conforms', 0, resultOf(true, {})],
  ['a warning', 'conforms', 0, resultOf(true, { outcome: 'warn' })],
  ['a failure', 'does not conform', 1, resultOf(true, {}, { outcome: 'fail' })],
  ['a failure of a run that was cut', 'does not conform', 1, resultOf(false, { outcome: 'fail' })],
  ['a failure that is expected', 'conforms', 0, resultOf(true, { outcome: 'fail', expected })],
  [
    'what stands behind an expected failure',
    'conforms',
    0,
    resultOf(true, { outcome: 'fail', expected }, behind),
  ],
  ['a must behind another that nobody failed', 'incomplete', 3, resultOf(true, {}, behind)],
  ['the same of a should', 'conforms', 0, resultOf(true, {}, { ...behind, level: 'should' })],
  [
    'a must that timed out',
    'incomplete',
    3,
    resultOf(true, {}, { outcome: 'inconclusive', reason: 'timeout' }),
  ],
  [
    'a model that declined',
    'conforms',
    0,
    resultOf(true, {}, { outcome: 'inconclusive', reason: 'model-declined' }),
  ],
  ['a run that was cut', 'incomplete', 3, resultOf(false, {})],
  ['nothing judged', 'incomplete', 3, resultOf(true, { outcome: 'not-applicable' })],
  ['no verdict', 'incomplete', 3, resultOf(true)],
  ['another yardstick alone', 'incomplete', 3, resultOf(true, { yardstick: 'open-responses' })],
])('%s: %s, %i', (_, word, code, result) => {
  expect(standingOf(result, result.targets[0]!)).toBe(word)
  expect(exitCodeOf(result, QUIET)).toBe(code)
})

test('the worst word of several targets counts, and no target is no green', () => {
  const good = resultOf(true, {})
  const empty = { ...good.targets[0]!, id: 'another' }
  expect(exitCodeOf({ ...good, targets: [...good.targets, empty] }, QUIET)).toBe(3)
  expect(exitCodeOf({ ...good, targets: [], verdicts: [] }, QUIET)).toBe(3)
})
