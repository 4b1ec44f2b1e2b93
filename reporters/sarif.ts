import type { Log, Notification, ReportingDescriptor, Result, Run } from 'sarif'
import { concludeTarget } from '../src/result/exit-code.ts'
import { serializeVisibly } from '../src/result/run-json.ts'
import { emulatedTargetsOf, observedTargetsOf } from '../src/result/rows-marks-and-standing.ts'
import type { Reporter, RunResult, TargetRecord } from '../src/types/index.ts'
import { cutText, escapeControls } from './common/escape.ts'
import { failuresOf, warningsOf, type FailureReport } from './common/failure-report.ts'
import { formatStanding, formatTrouble, troublesOf } from './common/labels.ts'

/** https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
const sarif: Reporter = {
  name: 'sarif',
  title:
    'results.sarif: failures and warnings for code scanning, each with the file of its evidence',
  render: (run) => ({ 'results.sarif': serializeVisibly(logOf(run)) }),
}

export default sarif

function logOf(run: RunResult): Log {
  const targets = [...observedTargetsOf(run), ...emulatedTargetsOf(run)]
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: targets.map((target) => runOf(run, target)),
  }
}

function runOf(run: RunResult, target: TargetRecord): Run {
  const failing = failuresOf(run, target)
  const all = [...failing, ...warningsOf(run, target)]
  const rules = new Map(all.map((report) => [report.group.check, ruleOf(run, report)]))
  const ids = [...rules.keys()]
  const { code, word } = concludeTarget(run, target)
  return {
    tool: {
      driver: { name: run.suite.name, version: run.suite.version, rules: [...rules.values()] },
    },
    automationDetails: { id: `${run.suite.name}/${target.id}/` },
    invocations: [
      {
        executionSuccessful: run.run.complete,
        startTimeUtc: run.run.startedAt,
        endTimeUtc: run.run.finishedAt,
        exitCode: code,
        exitCodeDescription: word,
        toolExecutionNotifications: notificationsOf(run, target),
      },
    ],
    results: all.map((report) => resultOf(target, report, ids.indexOf(report.group.check))),
    properties: {
      conclusion: escapeControls(formatStanding(run, target)),
      endpoint: escapeControls(target.endpoint),
      model: escapeControls(target.models.text),
      gate: target.gate,
    },
  }
}

/** What keeps a run from being green beside its results. */
function notificationsOf(run: RunResult, target: TargetRecord): Notification[] {
  const told = [
    ...troublesOf(run, target).map(formatTrouble),
    ...(run.run.complete ? [] : [`Incomplete: ${run.run.incomplete ?? 'the run did not end'}`]),
  ]
  return told.map((text) => ({ level: 'error', message: { text: escapeControls(text) } }))
}

function ruleOf(run: RunResult, { group, sources, impact }: FailureReport): ReportingDescriptor {
  const [source] = sources
  const title = run.checks[group.check]?.title ?? group.check
  return {
    id: group.check,
    shortDescription: { text: escapeControls(title) },
    fullDescription: { text: escapeControls(source?.says ?? title) },
    ...(source === undefined ? {} : { helpUri: source.url }),
    help: { text: escapeControls(`${title}. ${impact}. ${source?.url ?? ''}`) },
    defaultConfiguration: { level: group.first.level === 'must' ? 'error' : 'warning' },
  }
}

function resultOf(target: TargetRecord, report: FailureReport, ruleIndex: number): Result {
  const { group, sentence, finding, where, evidence, baseline, repeat } = report
  const decides = group.rows.some(
    (row) => row.outcome === 'fail' && target.gate.includes(row.yardstick),
  )
  const text = [
    sentence,
    ...(finding === undefined
      ? []
      : [`Expected ${cutText(finding.expected, 400)}; got ${cutText(finding.actual, 400)}.`]),
    ...(where === undefined ? [] : [`At ${where}.`]),
    `Repeat: ${repeat}`,
  ].join('\n')
  // Code scanning wants a file: the recorded answer, or else the contract that was asked for.
  const uri = evidence[0]?.file ?? target.contractFile ?? 'journal.jsonl'
  return {
    ruleId: group.check,
    ruleIndex,
    kind: 'fail',
    level: decides ? 'error' : 'warning',
    message: { text: escapeControls(text, true) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uri.split('/').map(encodeURIComponent).join('/') },
          region: { startLine: 1 },
        },
        logicalLocations: [
          { fullyQualifiedName: escapeControls(`${target.id}: ${finding?.at ?? group.check}`) },
        ],
      },
    ],
    // The same in every run: the next one knows it again.
    partialFingerprints: { 'targetAndCheck/v1': `${target.id} ${group.check}` },
    ...(baseline === undefined
      ? {}
      : {
          suppressions: [
            {
              kind: 'external',
              status: 'accepted',
              justification: escapeControls(`${baseline.reason}, until ${baseline.expires}`),
            },
          ],
        }),
  }
}
