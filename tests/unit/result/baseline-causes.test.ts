// A baseline keeps rows, and the causes for which they failed: a comparison names what went and what came.

import { expect, test } from 'vitest'
import { applyBaseline, readBaseline, writeBaseline } from '../../../src/result/baseline.ts'
import { titlesOfCauses } from '../../../src/result/baseline-causes.ts'
import { diffResults } from '../../../src/result/diff.ts'
import type { Outcome, RunResult, Verdict } from '../../../src/types/index.ts'
import { join } from 'node:path'
import { createEmptyFolder } from '../../empty-folder.ts'
import { sampleRun } from '../reporters/sample.ts'

const TODAY = '2026-11-30'
const TITLES = { c1: 'usage is missing', c2: 'the text is cut' } as const

/** Rows of one target: check, outcome and cause. */
function resultOf(
  ...rows: readonly (readonly [string, Outcome, (keyof typeof TITLES)?])[]
): RunResult {
  const { targets, verdicts, ...rest } = sampleRun()
  const { expected: _, reason: _why, cause: _cause, also: _also, ...row } = verdicts[0]!
  const target = { ...targets[0]!, id: 'here', gate: ['openai'] as const }
  return {
    ...rest,
    targets: [target],
    causes: Object.entries(TITLES).map(([id, title]) => ({
      id,
      title,
      target: 'here',
      checks: [],
    })),
    verdicts: rows.map(([check, outcome, cause]): Verdict => ({
      ...row,
      target: 'here',
      check,
      outcome,
      yardstick: 'openai',
      level: 'must',
      ...(cause === undefined ? {} : { cause }),
    })),
  }
}

const expecting = (check: string, cause?: keyof typeof TITLES) => ({
  target: 'here',
  check,
  reason: 'known',
  expires: '2999-01-01',
  ...(cause === undefined ? {} : { causes: { [cause]: TITLES[cause] } }),
})

test('checks that pass again for one cause are one sentence, which says that the cause is gone', () => {
  const before = {
    version: '0.1.0',
    entries: [expecting('a/b', 'c1'), expecting('a/c', 'c1'), expecting('a/d'), expecting('a/e')],
  }
  const now = resultOf(['a/b', 'pass'], ['a/c', 'pass'], ['a/d', 'pass'], ['a/e', 'fail', 'c2'])
  expect(applyBaseline(now, before, TODAY).stale).toEqual([
    'a/b, a/c on here: pass now, and this is gone: usage is missing; "baseline prune" removes them',
    'a/d on here: passes now; "baseline prune" removes it',
  ])
  const half = resultOf(['a/b', 'pass'], ['a/c', 'fail', 'c1'])
  expect(applyBaseline(half, before, TODAY).stale).toEqual([
    'a/b on here: passes now; "baseline prune" removes it',
  ])
})

test('a cause that came is named, and so is a known one that shows in more checks', () => {
  const before = { version: '0.1.0', entries: [expecting('a/b', 'c1')] }
  const known = resultOf(['a/b', 'fail', 'c1'])
  expect(applyBaseline(known, before, TODAY).causes).toEqual([])
  const wider = resultOf(['a/b', 'fail', 'c1'], ['a/c', 'fail', 'c1'])
  expect(applyBaseline(wider, before, TODAY).causes).toEqual([
    'here: a known cause shows in more checks: usage is missing (a/c)',
  ])
  // The row is expected still; why it fails is another matter.
  const other = applyBaseline(resultOf(['a/b', 'fail', 'c2']), before, TODAY)
  expect(other.causes).toEqual([
    'here: a cause that the baseline does not know: the text is cut (a/b)',
  ])
  expect(other.result.verdicts[0]!.expected).toBeDefined()
  const without = { ...before, entries: [expecting('a/b')] }
  expect(applyBaseline(resultOf(['a/b', 'fail', 'c2']), without, TODAY).causes).toEqual([])
})

test('an entry keeps the titles of the causes of its rows, in the file too', () => {
  const result = resultOf(['a/b', 'fail', 'c1'])
  expect(titlesOfCauses(result, result.verdicts)).toEqual({ c1: TITLES.c1 })
  const file = join(createEmptyFolder(), 'known.yaml')
  const entries = [expecting('a/b', 'c1')]
  writeBaseline(file, { entries, version: '1.2.3' })
  expect(readBaseline(file).entries).toEqual(entries)
  writeBaseline(file, { entries: [{ ...entries[0]!, causes: { c1: 7 as never } }], version: '1' })
  expect(() => readBaseline(file)).toThrow(/titles by their ids/)
})

test('a comparison of two results says which causes came and went', () => {
  const { causes } = diffResults(
    resultOf(['a/b', 'fail', 'c1'], ['a/c', 'pass']),
    resultOf(['a/b', 'pass'], ['a/c', 'fail', 'c2']),
  )
  expect([causes.came, causes.went].map((all) => all.map(({ title }) => title))).toEqual([
    ['the text is cut'],
    ['usage is missing'],
  ])
})
