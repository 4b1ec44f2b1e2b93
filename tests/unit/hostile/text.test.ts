// Whatever others wrote is shown as text: one corpus of attacks, for every reporter that the folder has.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  escapeCsv,
  escapeMarkdown,
  formatMarkdownCode,
  escapeControls,
  escapeWorkflow,
  escapeXml,
} from '../../../reporters/common/escape.ts'
import { getEnvironment, withEnvironment } from '../../../src/base/current-environment.ts'
import { reportTroubles } from '../../../src/cli/terminal/report-troubles.ts'
import { runCommandLine } from '../../cli/command.ts'
import { createEmptyFolder } from '../../empty-folder.ts'
import { loadReporters } from '../../../src/plan/load-suites-and-reporters.ts'
import { readRunResult, serializeRun } from '../../../src/result/run-json.ts'
import type { RunResult } from '../../../src/types/index.ts'
import { HOSTILE, hostileExchange, hostileRun } from '../reporters/large.ts'

/** What is obeyed or not seen somewhere, by name. */
const CORPUS: Readonly<Record<string, string>> = {
  'a colour': '\u001b[31m',
  'a title of the window': '\u001b]0;owned\u0007',
  'a control of eight bits': '\u009b2J',
  'an end of a line': '\r\n::error::owned',
  'a section of GitLab': '\u001b[0Ksection_start:1:x\r\u001b[0K',
  'a command of GitHub': '::stop-commands::x',
  'a command behind blanks': '   ::error title=x::y',
  'an old command of GitHub': 'text ##[add-mask]x',
  'a command of Azure': 'text ##vso[task.setvariable variable=x]y',
  'text turned around': '\u202egnp.exe\u2066',
  'an Arabic letter mark': 'a\u061cb',
  tags: '\u{e0001}\u{e0041}\u{e007f}',
  'no width': 'a\u200bb\u2060c\ufeff',
  'a soft hyphen': 'a\u00adb',
  fillers: '\u115f\u1160\u3164\uffa0\u2800',
  variations: 'a\ufe00b\u{e0100}',
  'lines of Unicode': 'a\u2028b\u2029c',
  'half a character': 'a\ud800b',
  'no character': 'a\ufffe\uffff',
  'all that were known': HOSTILE,
}

const UNSEEN =
  // oxlint-disable-next-line no-control-regex, no-misleading-character-class -- these are what must not be there
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0d\ufeff\uffa0\ufffe\uffff\u{e0000}-\u{e01ef}]|\p{Cs}/u
const COMMAND = /^\s*::[a-z]|##\[|##vso\[/im

/** Every string of a run that is nobody's id, with an attack behind it. */
function runWith(attack: string): RunResult {
  const KEPT = new Set(['id', 'check', 'target', 'scenario', 'yardstick', 'format', 'file', 'area'])
  const spoil = (value: unknown, key = ''): unknown => {
    if (value === HOSTILE) return attack
    if (typeof value === 'string') return KEPT.has(key) ? value : value.replaceAll(HOSTILE, attack)
    if (Array.isArray(value)) return value.map((entry) => spoil(entry, key))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name, spoil(inner, name)]),
    )
  }
  return spoil(hostileRun()) as RunResult
}

describe.each(Object.entries(CORPUS))('%s', (_, attack) => {
  test.each([
    ['plain', escapeControls],
    ['markdown', escapeMarkdown],
    ['markdownCode', formatMarkdownCode],
    ['xml', escapeXml],
    ['csv', escapeCsv],
    ['workflow, message', (text: string) => escapeWorkflow(text, 'message')],
    ['workflow, property', (text: string) => escapeWorkflow(text, 'property')],
  ] as const)('is shown by %s', (_name, escape) => {
    expect(escape(attack)).not.toMatch(UNSEEN)
    expect(escape(attack)).not.toMatch(COMMAND)
    expect(escape(`before ${attack} after`)).not.toMatch(UNSEEN)
  })

  test('is shown by every reporter', async () => {
    const run = runWith(attack)
    const reporters = await loadReporters()
    expect(reporters.length).toBeGreaterThan(6)
    for (const reporter of reporters) {
      const context = { evidence: hostileExchange, color: false, width: 40, verbose: true }
      for (const [name, text] of Object.entries(reporter.render(run, context))) {
        // What scripts of a page hold is data, shown by the page's own function.
        const seen = name.endsWith('.html')
          ? text.replaceAll(/<(script|style)\b[^>]*>[^]*?<\/\1>/g, '')
          : text
        if (name.endsWith('.js')) continue
        expect([name, UNSEEN.exec(seen)?.[0]]).toEqual([name, undefined])
        const lines = seen.split('\n').filter((line) => COMMAND.test(line))
        const ours = name === 'github/annotations.txt' ? /^::(error|warning|notice) title=/ : /^$/
        expect([name, lines.filter((line) => !ours.test(line))]).toEqual([name, []])
      }
    }
  })
})

test('what a run says of baselines and of our own faults is text', async () => {
  const written: string[] = []
  const stderr = { write: (text: string) => written.push(text) }
  for (const attack of Object.values(CORPUS)) {
    withEnvironment({ ...getEnvironment(), stderr }, () =>
      reportTroubles({ stale: [attack], harness: [attack] }),
    )
  }
  expect(written.length).toBe(2 * Object.keys(CORPUS).length)
  for (const text of written) {
    expect(text).not.toMatch(UNSEEN)
    expect(text).not.toMatch(COMMAND)
  }
})

test('what two results differ in is text', async () => {
  const folder = createEmptyFolder()
  const files = ['before.json', 'after.json'].map((name) => join(folder, name))
  for (const attack of Object.values(CORPUS)) {
    const run = runWith(attack)
    const [first, ...others] = run.verdicts
    const finding = { step: 'ask', at: attack, expected: attack, actual: attack }
    const changed = { ...first!, findings: [finding] }
    const failing = { ...changed, outcome: 'fail' } as const
    const passing = { ...changed, outcome: 'inconclusive' } as const
    writeFileSync(files[0]!, serializeRun({ ...run, verdicts: [passing, ...others] }))
    writeFileSync(files[1]!, serializeRun({ ...run, verdicts: [failing, ...others] }))
    const { stdout, stderr } = await runCommandLine(['diff', ...files])
    expect(stderr).toBe('')
    expect(stdout).toContain('1 ')
    expect(stdout).not.toMatch(UNSEEN)
    expect(stdout).not.toMatch(COMMAND)
  }
})

test('run.json with escapes is the same run', () => {
  const run = runWith('##[group]\u202e\u{e0041}::x::')
  const text = serializeRun(run)
  expect(text).not.toMatch(UNSEEN)
  expect(text).not.toMatch(/##\[/)
  expect(readRunResult(text, 'run.json').causes).toEqual(run.causes)
})

test('text that nobody obeys stays as it is', () => {
  for (const text of [
    'a: b',
    'std:: c',
    '## heading',
    '\u00e4\u4e2d\u{1f600}',
    '[::1]:80',
    'a\u00a0b',
  ])
    expect(escapeControls(text)).toBe(text)
})
