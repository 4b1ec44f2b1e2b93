import {
  emulatedTargetsOf,
  featureOf,
  observedTargetsOf,
  rowsOf,
} from '../src/result/rows-marks-and-standing.ts'
import { sortRun } from '../src/result/run-json.ts'
import type { Reporter, RunResult, TargetRecord, Verdict } from '../src/types/index.ts'
import { cutText, escapeXml } from './common/escape.ts'
import {
  formatImpact,
  repeatCommandOf,
  requestOf,
  failingScenarioOf,
  sentenceOf,
  sourcesOf,
  placeOf,
} from './common/failure-report.ts'
import { causeTitlesOf, rankFailureCauses } from './common/failure-causes.ts'
import { formatScopes, REASON_WORDS, YARDSTICK_NAMES } from './common/labels.ts'

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
  const sum = (key: 'tests' | 'failures' | 'skipped'): number =>
    suites.reduce((total, each) => total + each[key], 0)
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${escapeXml(run.suite.name)}" tests="${sum('tests')}" failures="${sum('failures')}" errors="0">`,
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
  const part = formatScopes(target)
  const seconds = (target.usage.wallMs / 1000).toFixed(3)
  return {
    tests: rows.length,
    failures,
    skipped,
    lines: [
      `  <testsuite name="${escapeXml(`${target.name} (${target.origin}${part === undefined ? '' : ', in part'})`)}" tests="${rows.length}" failures="${failures}" errors="0" skipped="${skipped}" time="${seconds}" timestamp="${escapeXml(run.run.startedAt.slice(0, 19))}">`,
      '    <properties>',
      ...Object.entries({
        endpoint: target.endpoint,
        model: target.models.text,
        contract: target.contract ?? '',
        gate: target.gate.join(' '),
        run: run.run.id,
        complete: String(run.run.complete),
        causes: String(rankFailureCauses(run, target).length),
        ...(part === undefined ? {} : { asked: part }),
      }).map(([name, value]) => `      <property name="${name}" value="${escapeXml(value)}"/>`),
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
  const open = `    <testcase classname="${escapeXml(`${target.id}.${featureOf(run, row)}`)}" name="${escapeXml(`${row.check} (${row.scenario}) by ${YARDSTICK_NAMES[row.yardstick]}`)}" time="0"`
  const why = skips(target, row)
  if (isFailure(target, row))
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
    `explain   npx responses-conformance explain ${row.check}`,
  ].join('\n')
}
