import { emulated, featureOf, observed, rowsOf } from '../src/result/summary.ts'
import { ordered } from '../src/result/run-json.ts'
import type { Reporter, RunResult, TargetRecord, Verdict } from '../src/types/index.ts'
import { cut, xml } from './common/escape.ts'
import {
  impactText,
  repeatCommand,
  sentenceOf,
  sourcesOf,
  whereIn,
} from './common/failure-report.ts'
import { partText, REASON_WORDS, YARDSTICK_NAMES } from './common/labels.ts'

const junit: Reporter = {
  name: 'junit',
  title: 'junit.xml: a test case for each row; only what decides the exit code is a failure',
  render: (run) => ({ 'junit.xml': document(ordered(run)) }),
}

export default junit

function document(run: RunResult): string {
  const suites = [...observed(run), ...emulated(run)].map((target) => suite(run, target))
  const sum = (key: 'tests' | 'failures' | 'skipped'): number =>
    suites.reduce((total, each) => total + each[key], 0)
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${xml(run.suite.name)}" tests="${sum('tests')}" failures="${sum('failures')}" errors="0">`,
    ...suites.flatMap(({ lines }) => lines),
    '</testsuites>',
    '',
  ].join('\n')
}

interface Suite {
  readonly tests: number
  readonly failures: number
  readonly skipped: number
  readonly lines: readonly string[]
}

function suite(run: RunResult, target: TargetRecord): Suite {
  const rows = rowsOf(run, target)
  const failures = rows.filter((row) => isFailure(target, row)).length
  const skipped = rows.filter((row) => skips(target, row) !== undefined).length
  const part = partText(target)
  const seconds = (target.usage.wallMs / 1000).toFixed(3)
  return {
    tests: rows.length,
    failures,
    skipped,
    lines: [
      `  <testsuite name="${xml(`${target.name} (${target.origin}${part === undefined ? '' : ', in part'})`)}" tests="${rows.length}" failures="${failures}" errors="0" skipped="${skipped}" time="${seconds}" timestamp="${xml(run.run.startedAt.slice(0, 19))}">`,
      '    <properties>',
      ...Object.entries({
        endpoint: target.endpoint,
        model: target.models.text,
        contract: target.contract ?? '',
        gate: target.gate.join(' '),
        run: run.run.id,
        complete: String(run.run.complete),
        ...(part === undefined ? {} : { asked: part }),
      }).map(([name, value]) => `      <property name="${name}" value="${xml(value)}"/>`),
      '    </properties>',
      ...rows.flatMap((row) => testCase(run, target, row)),
      '  </testsuite>',
    ],
  }
}

/** A red case is one that decides the exit code: gated, and not expected by the baseline. */
function isFailure(target: TargetRecord, row: Verdict): boolean {
  return row.outcome === 'fail' && target.gate.includes(row.yardstick) && row.expected === undefined
}

/** Why a case is neither red nor green. */
function skips(target: TargetRecord, row: Verdict): string | undefined {
  if (row.expected !== undefined && row.outcome === 'fail')
    return `expected until ${row.expected.expires}: ${row.expected.reason}`
  if (row.outcome === 'fail' && !target.gate.includes(row.yardstick))
    return `fails by ${YARDSTICK_NAMES[row.yardstick]}, which does not gate this target`
  if (row.outcome === 'inconclusive' || row.outcome === 'not-applicable')
    return [
      row.outcome === 'inconclusive' ? 'inconclusive' : 'not applicable',
      row.reason === undefined ? '' : REASON_WORDS[row.reason],
      row.note ?? '',
    ]
      .filter(Boolean)
      .join(': ')
  return undefined
}

function testCase(run: RunResult, target: TargetRecord, row: Verdict): readonly string[] {
  const open = `    <testcase classname="${xml(`${target.id}.${featureOf(run, row)}`)}" name="${xml(`${row.check} (${row.scenario}) by ${YARDSTICK_NAMES[row.yardstick]}`)}" time="0"`
  const why = skips(target, row)
  if (isFailure(target, row))
    return [
      `${open}>`,
      `      <failure type="${row.level}" message="${xml(sentenceOf(run, row))}">${xml(details(run, target, row), true)}</failure>`,
      '    </testcase>',
    ]
  if (why !== undefined)
    return [
      `${open}>`,
      `      <skipped message="${xml(why)}"/>`,
      ...output(run, target, row),
      '    </testcase>',
    ]
  if (row.outcome === 'warn') return [`${open}>`, ...output(run, target, row), '    </testcase>']
  return [`${open}/>`]
}

function output(run: RunResult, target: TargetRecord, row: Verdict): readonly string[] {
  return row.findings.length === 0
    ? []
    : [
        `      <system-out>${xml(`${sentenceOf(run, row)}\n${details(run, target, row)}`, true)}</system-out>`,
      ]
}

/** What the terminal says, as lines. */
function details(run: RunResult, target: TargetRecord, row: Verdict): string {
  const source = sourcesOf(run, row)[0]
  return [
    ...row.findings
      .slice(0, 5)
      .flatMap((finding) => [
        `expected  ${cut(finding.expected, 400)}`,
        `actual    ${cut(finding.actual, 400)}`,
        `where     ${whereIn(finding)}`,
        ...(finding.near ?? []).map((event) => `stream    ${event}`),
      ]),
    ...(row.findings.length > 5 ? [`also      ${row.findings.length - 5} more findings`] : []),
    ...(source === undefined ? [] : [`source    ${source.title} ${source.url}`]),
    `impact    ${impactText(run.checks[row.check]?.breaks)}`,
    ...Object.values(row.evidence).map((id) => `evidence  ${run.evidence[id]?.file ?? id}`),
    `repeat    ${repeatCommand(run, target, row.check)}`,
    `explain   npx responses-conformance explain ${row.check}`,
  ].join('\n')
}
