import type { CTRFReport, Test } from 'ctrf'
import { concludeRun, concludeTarget } from '../src/result/exit-code.ts'
import { serializeVisibly, sortRun } from '../src/result/run-json.ts'
import {
  emulatedTargetsOf,
  featureOf,
  observedTargetsOf,
  rowsOf,
} from '../src/result/rows-marks-and-standing.ts'
import type { Reporter, RunResult, TargetRecord, Verdict } from '../src/types/index.ts'
import { isDecidingFailure, describeSkip } from './common/case-status.ts'
import { cutText, escapeControls } from './common/escape.ts'
import { placeOf, repeatCommandOf, sentenceOf } from './common/failure-report.ts'
import { formatTrouble, troublesOf, YARDSTICK_NAMES } from './common/labels.ts'

/** https://ctrf.io, the common test report format. */
const ctrf: Reporter = {
  name: 'ctrf',
  title: 'ctrf.json: the rows as test cases in the Common Test Report Format',
  render: (run) => ({ 'ctrf.json': serializeVisibly(reportOf(sortRun(run))) }),
}

export default ctrf

function reportOf(run: RunResult): CTRFReport {
  const targets = [...observedTargetsOf(run), ...emulatedTargetsOf(run)]
  const tests = targets.flatMap((target) => [
    ...conclusionOf(run, target),
    ...rowsOf(run, target).map((row) => testOf(run, target, row)),
  ])
  const count = (status: Test['status']): number =>
    tests.filter((test) => test.status === status).length
  const { code, word } = concludeRun(run)
  return {
    reportFormat: 'CTRF',
    specVersion: '0.0.0',
    timestamp: run.run.finishedAt,
    generatedBy: run.suite.name,
    results: {
      tool: { name: run.suite.name, version: run.suite.version },
      summary: {
        tests: tests.length,
        passed: count('passed'),
        failed: count('failed'),
        pending: count('pending'),
        skipped: count('skipped'),
        other: count('other'),
        start: Date.parse(run.run.startedAt),
        stop: Date.parse(run.run.finishedAt),
        extra: { conclusion: word, exitCode: code, complete: run.run.complete },
      },
      tests,
    },
  }
}

/** Whoever reads the cases alone must not take for green what was cut short, or is no longer expected. */
function conclusionOf(run: RunResult, target: TargetRecord): readonly Test[] {
  const { code, word } = concludeTarget(run, target)
  if (code === 0 || code === 1) return []
  const why = [
    ...troublesOf(run, target).map(formatTrouble),
    ...(run.run.complete ? [] : [run.run.incomplete ?? 'the run did not end']),
  ].join('\n')
  return [
    {
      name: 'the run comes to a conclusion',
      status: 'failed',
      duration: 0,
      rawStatus: word,
      suite: [escapeControls(target.name)],
      message: escapeControls(`exit code ${code}: ${word}\n${why}`, true),
    },
  ]
}

function testOf(run: RunResult, target: TargetRecord, row: Verdict): Test {
  const isRed = isDecidingFailure(target, row)
  const skipped = describeSkip(target, row)
  const isOpen = row.outcome === 'inconclusive'
  const message = isRed || row.outcome === 'warn' ? sentenceOf(run, row) : skipped
  return {
    name: escapeControls(`${row.check} (${row.scenario}) by ${YARDSTICK_NAMES[row.yardstick]}`),
    status: isRed ? 'failed' : isOpen ? 'other' : skipped === undefined ? 'passed' : 'skipped',
    duration: 0,
    rawStatus: row.outcome,
    suite: [target.name, featureOf(run, row)].map((part) => escapeControls(part)),
    ...(message === undefined ? {} : { message: escapeControls(message) }),
    ...(isRed ? { trace: escapeControls(traceOf(run, target, row), true) } : {}),
    ...(row.reason === 'flaky' ? { flaky: true } : {}),
    tags: [row.level, `gate: ${target.gate.includes(row.yardstick) ? 'yes' : 'no'}`],
  }
}

function traceOf(run: RunResult, target: TargetRecord, row: Verdict): string {
  return [
    ...row.findings
      .slice(0, 5)
      .flatMap((finding) => [
        `expected  ${cutText(finding.expected, 400)}`,
        `actual    ${cutText(finding.actual, 400)}`,
        `where     ${placeOf(finding)}`,
      ]),
    `repeat    ${repeatCommandOf(run, target, row.check)}`,
  ].join('\n')
}
