// Formats that others defined, read by programs that others wrote.

import { sarifToMarkdown } from '@security-alert/sarif-to-markdown'
import { parse, validate } from 'ctrf'
import type { Log } from 'sarif'
import { describe, expect, test } from 'vitest'
import ctrf from '../../../reporters/ctrf.ts'
import sarif from '../../../reporters/sarif.ts'
import type { Reporter, RunResult } from '../../../src/types/index.ts'
import { hostileExchange, hostileRun } from './large.ts'
import { sampleRun } from './sample.ts'

const cut: RunResult = {
  ...sampleRun(),
  run: { ...sampleRun().run, complete: false, incomplete: 'the run was interrupted' },
  troubles: [
    { kind: 'baseline', target: sampleRun().targets[0]!.id, note: 'a/b on harbor: passes now' },
  ],
}

const RUNS = [
  ['the sample', sampleRun()],
  ['an attack', hostileRun()],
  ['half a run', cut],
  ['nothing', { ...sampleRun(), targets: [], verdicts: [], causes: [] }],
] as const

function render(reporter: Reporter, run: RunResult): string {
  const [text] = Object.values(reporter.render(run, { evidence: hostileExchange }))
  return text!
}

describe.each(RUNS)('%s', (_, run) => {
  test('CTRF is valid by its schema, and counts what it lists', () => {
    const text = render(ctrf, run)
    expect(validate(JSON.parse(text))).toMatchObject({ valid: true })
    const { summary, tests } = parse(text).results
    const { passed, failed, skipped, other, pending } = summary
    expect([tests.length, passed + failed + skipped + other + pending]).toEqual([
      summary.tests,
      summary.tests,
    ])
  })

  test('SARIF is read, and each failure is in it', () => {
    const text = render(sarif, run)
    const log = JSON.parse(text) as Log
    const told = sarifToMarkdown({
      title: 'Report',
      simple: false,
      details: true,
      owner: 'ours',
      repo: 'gateway',
      branch: 'main',
      sourceRoot: '',
    })(log)
    expect(told.length).toBe(run.targets.length)
    for (const [index, { results = [], tool, invocations }] of log.runs.entries()) {
      const target = run.targets.find(({ id }) =>
        log.runs[index]!.automationDetails!.id!.endsWith(`/${id}/`),
      )!
      const failing = new Set(
        run.verdicts
          .filter((row) => row.target === target.id && row.origin === target.origin)
          .filter(({ outcome }) => outcome === 'fail' || outcome === 'warn')
          .map(({ check }) => check),
      )
      expect(new Set(results.map(({ ruleId }) => ruleId))).toEqual(failing)
      // Each points at a rule of the tool and at a file below the folder of the results.
      for (const { ruleId, ruleIndex, locations } of results) {
        expect(tool.driver.rules![ruleIndex!]!.id).toBe(ruleId)
        const { uri } = locations![0]!.physicalLocation!.artifactLocation!
        expect(uri).toMatch(/^[\w%.-]+(\/[\w%.-]+)*$/)
      }
      expect(invocations![0]!.executionSuccessful).toBe(run.run.complete)
    }
  })
})

test('what decides is an error, what is expected is suppressed, and half a run is no success', () => {
  const levels = (text: string): readonly string[] =>
    (JSON.parse(text) as Log).runs.flatMap(({ results = [] }) =>
      results.map(({ level, suppressions = [] }) => `${level} ${suppressions.length}`),
    )
  expect(new Set(levels(render(sarif, sampleRun())))).toEqual(
    new Set(['error 0', 'error 1', 'warning 0']),
  )
  const report = parse(render(ctrf, cut))
  const [first] = report.results.tests.filter(({ name }) => name.includes('conclusion'))
  expect(first).toMatchObject({ status: 'failed', message: expect.stringContaining('passes now') })
  expect(render(sarif, cut)).toContain('Stale baseline: a/b on harbor: passes now')
})
