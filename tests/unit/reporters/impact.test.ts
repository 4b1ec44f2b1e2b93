// What is known about clients and a kind of fault: that some suffer, that none does, or nothing.

import { expect, test } from 'vitest'
import { formatImpact } from '../../../reporters/common/failure-report.ts'
import { MARK_WORDS } from '../../../reporters/common/labels.ts'
import { impactOf, loadImpact } from '../../../src/clients/measured-impact.ts'
import { loadReporters } from '../../../src/plan/load-suites-and-reporters.ts'
import { groupsOf, markOf } from '../../../src/result/rows-marks-and-standing.ts'
import type { ClientImpact, Reporter, RunResult } from '../../../src/types/index.ts'
import { sampleExchange, sampleRun } from './sample.ts'

const reporters = await loadReporters()

const CHECK = 'streaming/deltas-add-up'
const THROWS: readonly ClientImpact[] = [{ client: 'codex', effect: 'throws' }]

/** The sample, in which a failing check has this impact. */
function runWith(
  impact: readonly ClientImpact[] | undefined,
  id: string = CHECK,
  run: RunResult = sampleRun(),
): RunResult {
  const { breaks: _, ...check } = run.checks[id]!
  const record = impact === undefined ? check : { ...check, breaks: impact }
  return { ...run, checks: { ...run.checks, [id]: record } }
}

function textOf(reporter: Reporter, impact: readonly ClientImpact[] | undefined): string {
  const context = { evidence: sampleExchange, verbose: true }
  return Object.values(reporter.render(runWith(impact), context))
    .join('\n')
    .replaceAll(/<script\b[^]*?<\/script>/g, '')
    .replaceAll(/\s+/g, ' ')
}

test('a failure has a mark for what is known, and none of them is harmless by default', () => {
  const mark = (impact: readonly ClientImpact[] | undefined) =>
    markOf(runWith(impact), { check: CHECK, outcome: 'fail' })
  expect(mark(undefined)).toBe('unmeasured')
  expect(mark([])).toBe('specification')
  expect(mark([{ client: 'codex', effect: 'degraded' }])).toBe('specification')
  expect(mark(THROWS)).toBe('breaks')
})

test('what is unknown stands after what breaks clients and before what breaks none', () => {
  const run = runWith([], 'structured-output/fits', runWith(undefined))
  const harbor = run.targets.find(({ id }) => id === 'harbor')!
  const order = groupsOf(run, harbor, 'fail').map(({ check, mark }) => `${mark} ${check}`)
  expect(order.slice(0, 3)).toEqual([
    'breaks basic/matches-schema',
    'unmeasured streaming/deltas-add-up',
    'specification structured-output/fits',
  ])
})

test('what a client did is told of a fault like this, not of this failure', () => {
  expect(formatImpact(THROWS)).toBe('in a fault like this: codex threw')
  expect(formatImpact([])).toBe(
    'in a fault like this every measured client worked: specification only',
  )
  expect(formatImpact(undefined)).toBe(
    'not measured: what clients make of a fault like this is unknown',
  )
})

test.each(reporters)('$name: who tells a known impact tells an unknown one', (reporter) => {
  const tells = textOf(reporter, THROWS).includes('in a fault like this: codex threw')
  expect(textOf(reporter, undefined).includes(formatImpact(undefined))).toBe(tells)
  expect(textOf(reporter, undefined)).not.toContain('in a fault like this: codex threw')
})

test('the terminal tells it, and marks it', () => {
  const terminal = reporters.find(({ name }) => name === 'terminal')!
  const block = (impact: readonly ClientImpact[] | undefined): string =>
    textOf(terminal, impact).match(/\S streaming\/deltas-add-up .*? repeat /)![0]
  expect(block(undefined)).toContain(`impact ${formatImpact(undefined)}`)
  expect(block(undefined)).toContain(`${MARK_WORDS.unmeasured.glyph} ${CHECK}`)
  expect(block(undefined)).not.toContain('specification only')
  expect(block([])).toContain(`${MARK_WORDS.specification.glyph} ${CHECK}`)
  expect(block(THROWS)).toContain(`${MARK_WORDS.breaks.glyph} ${CHECK}`)
})

test('silence of a few clients is not the silence of all', () => {
  const { checks } = loadImpact()
  const silent = Object.entries(checks).filter(([, clients]) =>
    Object.values(clients).every(({ effect }) => effect === 'works'),
  )
  const few = silent.filter(([, clients]) => Object.keys(clients).length < 5)
  const many = silent.filter(([, clients]) => Object.keys(clients).length >= 5)
  expect(few.length).toBeGreaterThan(0)
  expect(few.filter(([check]) => impactOf(check) !== undefined)).toEqual([])
  expect(many.filter(([check]) => impactOf(check)?.length !== 0)).toEqual([])
})
