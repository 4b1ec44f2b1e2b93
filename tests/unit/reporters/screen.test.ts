// The first screen: what somebody reads in twenty seconds, and the one number that all formats give.

import { expect, test } from 'vitest'
import badges from '../../../reporters/badges.ts'
import { rankFailureCauses } from '../../../reporters/common/failure-causes.ts'
import github from '../../../reporters/github.ts'
import junit from '../../../reporters/junit.ts'
import markdown from '../../../reporters/markdown.ts'
import terminal from '../../../reporters/terminal.ts'
import type { Reporter, RunResult } from '../../../src/types/index.ts'
import { hostileRun, largeRun } from './large.ts'
import { sampleRun } from './sample.ts'

function only(id: string, run: RunResult = sampleRun()): RunResult {
  return { ...run, targets: run.targets.filter((target) => target.id === id) }
}

function textOf(reporter: Reporter, run: RunResult, verbose = false): string {
  const files = reporter.render(run, { evidence: () => undefined, width: 80, verbose })
  return Object.values(files).join('\n')
}

const SCREENS: readonly (readonly [string, RunResult])[] = [
  ['the best', only('reference')],
  ['a usual one', only('harbor')],
  ['a hostile one', only('acme', hostileRun())],
  ['the worst', only('provider-0', largeRun(1, 400))],
]

test.each(SCREENS)('%s fits on 24 lines of 80 columns, with the folder below', (_, run) => {
  const lines = textOf(terminal, run).trimEnd().split('\n')
  expect(lines.length).toBeLessThanOrEqual(23)
  expect(lines.filter((line) => line.length > 80)).toEqual([])
})

test('the screen says verdict, exit code, cause and where to go on', () => {
  const text = textOf(terminal, only('harbor'))
  expect(text).toContain('does not conform · exit 1, gated by own documents · 2 causes of failure')
  expect(text).toContain('structured-output 0/1')
  // What clients made of another fault is no claim about this one: --verbose has it.
  expect(text).not.toContain('in a fault like this')
  expect(text).toContain('Not judged: model 1 (declined)')
  expect(text).toContain('Next: report.html · --verbose · explain basic/matches-schema')
})

test('detail is for who asks for it', () => {
  for (const word of ['expected   ', 'evidence   ', 'repeat     ']) {
    expect(textOf(terminal, only('harbor'))).not.toContain(word)
    expect(textOf(terminal, only('harbor'), true)).toContain(word)
  }
})

test('a target without failures counts no causes', () => {
  expect(textOf(terminal, only('reference'))).toContain('conforms · exit 0')
  expect(textOf(terminal, only('reference'))).not.toContain('cause')
})

test('every format gives the same number of causes', () => {
  const run = only('harbor')
  const count = rankFailureCauses(run, run.targets[0]!).length
  expect(count).toBe(2)
  expect(textOf(terminal, run)).toContain(`${count} causes of failure`)
  expect(textOf(markdown, run)).toContain(`${count} causes of failure`)
  expect(textOf(badges, run)).toContain(`${count} causes of failure`)
  expect(textOf(junit, run)).toContain(`<property name="causes" value="${count}"/>`)
  const { 'github/summary.md': summary, 'github/annotations.txt': annotations } = github.render(
    run,
    { evidence: () => undefined },
  )
  expect(summary).toContain(`${count} causes of failure`)
  expect(annotations!.match(/^::error /gm)).toHaveLength(count)
})

test('what the baseline expects, and what does not gate, is no cause of failure', () => {
  const run = only('harbor')
  const checks = rankFailureCauses(run, run.targets[0]!).flatMap((cause) => cause.checks)
  expect(checks).not.toContain('streaming/sequence-rises')
  expect(checks).not.toContain('errors/envelope')
  expect(
    rankFailureCauses(run, run.targets[0]!, ['openai']).flatMap(({ checks: all }) => all),
  ).toContain('errors/envelope')
})
