import { emulatedTargetsOf, observedTargetsOf } from '../src/result/summary.ts'
import type { Reporter, RunResult, TargetRecord } from '../src/types/index.ts'
import { renderMatrixSection } from './markdown/observed.ts'
import {
  cutText,
  escapeMarkdown,
  formatMarkdownCode,
  escapeWorkflow,
  escapeXml,
} from './common/escape.ts'
import { yardsticksOfGroup, failuresOf, warningsOf } from './common/failure-report.ts'
import type { FailureReport } from './common/failure-report.ts'
import { formatCount, MARK_WORDS, formatStanding, YARDSTICK_NAMES } from './common/labels.ts'

/** GitHub shows ten annotations of a kind for a step, and drops the rest. */
const SHOWN = 10

const github: Reporter = {
  name: 'github',
  title:
    'github/annotations.txt, to be printed in a job, and github/summary.md, for $GITHUB_STEP_SUMMARY',
  render: (run) => ({
    'github/annotations.txt': annotations(run),
    'github/summary.md': summary(run),
  }),
}

export default github

function annotations(run: RunResult): string {
  const told = [...observedTargetsOf(run), ...emulatedTargetsOf(run)].flatMap((target) => [
    ...failuresOf(run, target).map((failure) => ({
      target,
      failure: failure,
      kind: decides(target, failure) ? ('error' as const) : ('warning' as const),
    })),
    ...warningsOf(run, target).map((failure) => ({
      target,
      failure: failure,
      kind: 'notice' as const,
    })),
  ])
  const lines = (['error', 'warning', 'notice'] as const).flatMap((kind) =>
    told
      .filter((each) => each.kind === kind)
      .slice(0, SHOWN)
      .map(({ target, failure }) => {
        const title = `${target.name}: ${failure.group.check}`
        return `::${kind} title=${escapeWorkflow(title, 'property')}::${escapeWorkflow(message(failure), 'message')}`
      }),
  )
  const incomplete = run.run.complete
    ? []
    : [
        `::warning title=Incomplete::${escapeWorkflow(run.run.incomplete ?? 'The run did not end.', 'message')}`,
      ]
  return [...incomplete, ...lines, ''].join('\n')
}

/** Whether this failure decides the exit code. */
function decides(target: TargetRecord, { group }: FailureReport): boolean {
  return group.rows.some((row) => target.gate.includes(row.yardstick) && row.expected === undefined)
}

function message(failure: FailureReport): string {
  const { finding, where } = failure
  return [
    failure.sentence,
    ...(finding === undefined
      ? []
      : [`expected ${cutText(finding.expected, 200)}`, `actual ${cutText(finding.actual, 200)}`]),
    ...(where === undefined ? [] : [`where ${where}`]),
    `impact ${failure.impact}`,
    `repeat ${failure.repeat}`,
  ].join('\n')
}

function summary(run: RunResult): string {
  return [
    '# Responses API conformance',
    '',
    ...(run.run.complete
      ? []
      : [`**Incomplete**: ${escapeMarkdown(run.run.incomplete ?? 'the run did not end')}.`, '']),
    ...[...observedTargetsOf(run), ...emulatedTargetsOf(run)].flatMap((target) => [
      ...targetSummary(run, target),
      '',
    ]),
    ...renderMatrixSection(run),
    '',
    `${escapeMarkdown(run.suite.name)} ${escapeMarkdown(run.suite.version)}, run ${escapeMarkdown(run.run.id)}.`,
    '',
  ].join('\n')
}

function targetSummary(run: RunResult, target: TargetRecord): readonly string[] {
  const all = failuresOf(run, target)
  const gate = target.gate.map((yardstick) => YARDSTICK_NAMES[yardstick]).join(', ') || 'nothing'
  const origin =
    target.origin === 'emulated' ? 'emulated, a test of this suite only' : target.origin
  return [
    `## ${escapeMarkdown(target.name)}: ${escapeMarkdown(formatStanding(run, target))}`,
    '',
    `${origin}, gated by ${gate}, ${formatCount(all.length, 'failing check')}.`,
    ...all
      .slice(0, 30)
      .flatMap((failure) => [
        '',
        `<details><summary>${MARK_WORDS[failure.group.mark].glyph} ${escapeXml(failure.group.check)} (${yardsticksOfGroup(failure.group)}): ${escapeXml(failure.sentence)}</summary>`,
        '',
        ...detail(failure),
        '',
        '</details>',
      ]),
    ...(all.length > 30 ? ['', `… and ${all.length - 30} more, in the report.`] : []),
  ]
}

function detail(failure: FailureReport): readonly string[] {
  const { finding } = failure
  const point = (label: string, value: string | undefined): readonly string[] =>
    value === undefined ? [] : [`- ${label}: ${value}`]
  return [
    ...point('expected', finding && formatMarkdownCode(cutText(finding.expected, 400))),
    ...point('actual', finding && formatMarkdownCode(cutText(finding.actual, 400))),
    ...point('where', failure.where && formatMarkdownCode(failure.where)),
    ...point('impact', escapeMarkdown(failure.impact)),
    ...point('likely', failure.cause && escapeMarkdown(failure.cause.title)),
    ...point('repeat', formatMarkdownCode(failure.repeat)),
  ]
}
