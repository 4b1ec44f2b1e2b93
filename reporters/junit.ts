import {
  emulatedTargetsOf,
  featureOf,
  observedTargetsOf,
  rowsOf,
} from '../src/result/rows-marks-and-standing.ts'
import { concludeTarget } from '../src/result/exit-code.ts'
import { sortRun } from '../src/result/run-json.ts'
import type { Reporter, RunResult, TargetRecord, Verdict } from '../src/types/index.ts'
import { isDecidingFailure, describeSkip } from './common/case-status.ts'
import { cutText, escapeXml } from './common/escape.ts'
import {
  formatImpact,
  repeatCommandOf,
  requestOf,
  failingScenarioOf,
  sentenceOf,
  sourcesOf,
  placeOf,
  formatShellWord,
} from './common/failure-report.ts'
import { causeTitlesOf, rankFailureCauses } from './common/failure-causes.ts'
import {
  formatScopes,
  formatStanding,
  formatTrouble,
  troublesOf,
  YARDSTICK_NAMES,
} from './common/labels.ts'

const junit: Reporter = {
  name: 'junit',
  title: 'junit.xml: a test case for each row; only what decides the exit code is a failure',
  render: (run) => ({ 'junit.xml': document(sortRun(run)) }),
}

export default junit

function document(run: RunResult): string {
  const suites = [...observedTargetsOf(run), ...emulatedTargetsOf(run)].map((target) =>
    suite(run, target),
  )
  const sum = (key: 'tests' | 'failures' | 'errors' | 'skipped'): number =>
    suites.reduce((total, each) => total + each[key], 0)
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${escapeXml(run.suite.name)}" tests="${sum('tests')}" failures="${sum('failures')}" errors="${sum('errors')}">`,
    ...suites.flatMap(({ lines }) => lines),
    '</testsuites>',
    '',
  ].join('\n')
}

interface Suite {
  readonly tests: number
  readonly failures: number
  readonly errors: number
  readonly skipped: number
  readonly lines: readonly string[]
}

function suite(run: RunResult, target: TargetRecord): Suite {
  const rows = rowsOf(run, target)
  const failures = rows.filter((row) => isDecidingFailure(target, row)).length
  const skipped = rows.filter((row) => describeSkip(target, row) !== undefined).length
  const part = formatScopes(target)
  const { code } = concludeTarget(run, target)
  const open = openCase(run, target)
  const seconds = (target.usage.wallMs / 1000).toFixed(3)
  return {
    tests: rows.length + open.count,
    failures,
    errors: open.count,
    skipped,
    lines: [
      `  <testsuite name="${escapeXml(`${target.name} (${target.origin}${part === undefined ? '' : ', in part'})`)}" tests="${rows.length + open.count}" failures="${failures}" errors="${open.count}" skipped="${skipped}" time="${seconds}" timestamp="${escapeXml(run.run.startedAt.slice(0, 19))}">`,
      '    <properties>',
      ...Object.entries({
        endpoint: target.endpoint,
        model: target.models.text,
        contract: target.contract ?? '',
        gate: target.gate.join(' '),
        run: run.run.id,
        complete: String(run.run.complete),
        conclusion: formatStanding(run, target),
        'exit-code': String(code),
        causes: String(rankFailureCauses(run, target).length),
        ...(part === undefined ? {} : { asked: part }),
      }).map(([name, value]) => `      <property name="${name}" value="${escapeXml(value)}"/>`),
      '    </properties>',
      ...open.lines,
      ...rows.flatMap((row) => testCase(run, target, row)),
      '  </testsuite>',
    ],
  }
}

/** Whoever reads this file alone must not take for green what was cut short, or is no longer expected. */
function openCase(
  run: RunResult,
  target: TargetRecord,
): { readonly count: 0 | 1; readonly lines: readonly string[] } {
  const { code, word } = concludeTarget(run, target)
  if (code === 0 || code === 1) return { count: 0, lines: [] }
  const why = [
    ...troublesOf(run, target).map(formatTrouble),
    ...(run.run.complete ? [] : [run.run.incomplete ?? 'the run did not end']),
  ].join('\n')
  return {
    count: 1,
    lines: [
      `    <testcase classname="${escapeXml(`${target.id}.conclusion`)}" name="the run comes to a conclusion" time="0">`,
      `      <error type="${escapeXml(word)}" message="exit code ${code}: ${escapeXml(word)}">${escapeXml(why, true)}</error>`,
      '    </testcase>',
    ],
  }
}

function testCase(run: RunResult, target: TargetRecord, row: Verdict): readonly string[] {
  const open = `    <testcase classname="${escapeXml(`${target.id}.${featureOf(run, row)}`)}" name="${escapeXml(`${row.check} (${row.scenario}) by ${YARDSTICK_NAMES[row.yardstick]}`)}" time="0"`
  const why = describeSkip(target, row)
  if (isDecidingFailure(target, row))
    return [
      `${open}>`,
      `      <failure type="${row.level}" message="${escapeXml(`${sentenceOf(run, row)} [cause: ${causeTitlesOf(run, target, row)}]`)}">${escapeXml(details(run, target, row), true)}</failure>`,
      '    </testcase>',
    ]
  if (why !== undefined)
    return [
      `${open}>`,
      `      <skipped message="${escapeXml(why)}"/>`,
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
        `      <system-out>${escapeXml(`${sentenceOf(run, row)}\n${details(run, target, row)}`, true)}</system-out>`,
      ]
}

/** What the terminal says, as lines. */
function details(run: RunResult, target: TargetRecord, row: Verdict): string {
  const source = sourcesOf(run, row)[0]
  const { sent } = requestOf(run, row, row.findings[0])
  return [
    ...(sent === undefined ? [] : [`sent      ${cutText(sent, 400)}`]),
    ...row.findings
      .slice(0, 5)
      .flatMap((finding) => [
        `expected  ${cutText(finding.expected, 400)}`,
        `actual    ${cutText(finding.actual, 400)}`,
        ...(finding.control === undefined ? [] : [`control   ${cutText(finding.control, 400)}`]),
        `where     ${placeOf(finding)}`,
        ...(finding.near ?? []).map((event) => `stream    ${event}`),
      ]),
    ...(row.findings.length > 5 ? [`also      ${row.findings.length - 5} more findings`] : []),
    ...(source === undefined ? [] : [`source    ${source.title} ${source.url}`]),
    `impact    ${formatImpact(run.checks[row.check]?.breaks)}`,
    ...Object.values(row.evidence).map((id) => `evidence  ${run.evidence[id]?.file ?? id}`),
    `repeat    ${repeatCommandOf(run, target, row.check, failingScenarioOf(row))}`,
    `explain   npx responses-conformance explain ${formatShellWord(row.check)}`,
  ].join('\n')
}
