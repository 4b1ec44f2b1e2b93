// A gate with a baseline of an older version is not red for a check that it could not know, and says so.

import { expect, test } from 'vitest'
import {
  applyBaseline,
  NO_BASELINE,
  readBaseline,
  readReleases,
  writeBaseline,
  type Baseline,
} from '../../../src/result/baseline.ts'
import { exitCodeOf } from '../../../src/result/exit-code.ts'
import type { RunResult } from '../../../src/types/index.ts'
import { join } from 'node:path'
import { createEmptyFolder } from '../../empty-folder.ts'
import { sampleRun } from '../reporters/sample.ts'

const TODAY = '2026-11-30'

/** Failures of these checks, by the version that comes after that of the baseline. */
function failing(version: string, ...checks: readonly string[]): RunResult {
  const { targets, verdicts, suite, ...rest } = sampleRun()
  const { expected: _, reason: _why, ...row } = verdicts[0]!
  const target = { ...targets[0]!, gate: ['openai'] as const }
  const of = {
    target: target.id,
    origin: target.origin,
    yardstick: 'openai',
    level: 'must',
  } as const
  const rows = checks.map((check) => ({ ...row, ...of, check, outcome: 'fail' as const }))
  return {
    ...rest,
    suite: { ...suite, version },
    targets: [target],
    causes: [],
    verdicts: [...rows, { ...row, ...of, check: 'basic/has-an-id', outcome: 'pass' as const }],
  }
}

const releases = new Map([
  ['1.0.0', new Set(['basic/has-an-id', 'basic/fields/*', 'common/accepted'])],
])
const entry = { target: 'none', check: 'a/b', reason: 'known', expires: '2999-01-01' }
const baseline = { entries: [entry], version: '1.0.0' }

test.each<readonly [string, number, RunResult, Baseline]>([
  ['a check that came later', 0, failing('1.1.0', 'tool/later'), baseline],
  ['one that was there', 1, failing('1.1.0', 'basic/has-an-id'), baseline],
  ['another case of a family', 1, failing('1.1.0', 'basic/fields/usage'), baseline],
  ['the acceptance check of a feature', 1, failing('1.1.0', 'tool/accepted'), baseline],
  ['both', 1, failing('1.1.0', 'tool/later', 'basic/has-an-id'), baseline],
  ['by the same version', 1, failing('1.0.0', 'tool/later'), baseline],
  ['of a version that nobody knows', 1, failing('1.1.0', 'a/c'), { ...baseline, version: '0.0.0' }],
  ['an empty baseline', 0, failing('1.1.0', 'tool/later'), { ...baseline, entries: [] }],
  ['on request', 1, failing('1.1.0', 'tool/later'), { ...baseline, newChecks: 'fail' }],
  ['without a baseline', 1, failing('1.1.0', 'tool/later'), { ...NO_BASELINE, version: '1.0.0' }],
])('%s: %i', (_, code, result, given) => {
  const applied = applyBaseline(result, given, TODAY, releases).result
  expect(exitCodeOf(applied)).toBe(code)
  const told = applied.verdicts.filter(({ expected }) => expected?.isNew === true)
  for (const { check, expected } of told) {
    expect([check, expected!.reason]).toEqual([
      'tool/later',
      'the check is later than version 1.0.0, of which the baseline is',
    ])
  }
})

test('a baseline names its version, and one that does not is of the first', () => {
  const file = join(createEmptyFolder(), 'known.yaml')
  writeBaseline(file, { entries: [entry], version: '1.2.3' })
  expect(readBaseline(file)).toEqual({ entries: [entry], version: '1.2.3' })
  expect(NO_BASELINE.version).toBe('0.1.0')
  expect(readReleases().get('0.1.0')?.has('basic/has-an-id')).toBe(true)
})
