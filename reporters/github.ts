import { concludeRun } from '../src/result/exit-code.ts'
import { emulatedTargetsOf, observedTargetsOf } from '../src/result/rows-marks-and-standing.ts'
import type { Reporter, RunResult, TargetRecord } from '../src/types/index.ts'
import { renderMatrixSection } from './markdown/observed-matrix.ts'
import {
  cutText,
  escapeMarkdown,
  formatMarkdownSentence,
  formatMarkdownCode,
  escapeWorkflow,
  escapeXml,
} from './common/escape.ts'
import { countCauses, formatBroken, rankFailureCauses } from './common/failure-causes.ts'
import type { FailureCause } from './common/failure-causes.ts'
import { yardsticksOfGroup, failuresOf, warningsOf } from './common/failure-report.ts'
import type { FailureReport } from './common/failure-report.ts'
import {
  formatCount,
  formatStanding,
  formatTrouble,
  MARK_WORDS,
  YARDSTICK_NAMES,
} from './common/labels.ts'

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

/** An error for each cause that decides; what does not decide is a warning or a notice of its check. */
function annotations(run: RunResult): string {
  const targets = [...observedTargetsOf(run), ...emulatedTargetsOf(run)]
  const lines = {
    error: targets.flatMap((target) => {
      const told = failuresOf(run, target)
      return rankFailureCauses(run, target).map((cause) => {
        const failure = told.find(({ group }) => cause.checks.includes(group.check))!
        return annotation(
          'error',
          `${target.name}: ${cause.checks[0]!}`,
          causeMessage(cause, failure),
        )
      })
    }),
    warning: targets.flatMap((target) =>
      failuresOf(run, target)
        .filter((failure) => !decides(target, failure))
        .map((failure) => ofCheck('warning', target, failure)),
    ),
    notice: targets.flatMap((target) =>
      warningsOf(run, target).map((failure) => ofCheck('notice', target, failure)),
    ),
  }
  const incomplete = run.run.complete
    ? []
    : [annotation('warning', 'Incomplete', run.run.incomplete ?? 'The run did not end.')]
  const troubles = (run.troubles ?? [])
    .filter(({ kind }) => kind !== 'budget')
    .slice(0, SHOWN)
    .map((trouble) => annotation('error', 'Responses API conformance', formatTrouble(trouble)))
  const shown = Object.values(lines).flatMap((each) => each.slice(0, SHOWN))
  return [...incomplete, ...troubles, ...shown, ''].join('\n')
}

function ofCheck(kind: 'warning' | 'notice', target: TargetRecord, failure: FailureReport): string {
  return annotation(kind, `${target.name}: ${failure.group.check}`, message(failure))
}

function annotation(kind: string, title: string, text: string): string {
  return `::${kind} title=${escapeWorkflow(title, 'property')}::${escapeWorkflow(text, 'message')}`
}

/** Whether this failure decides the exit code. */
function decides(target: TargetRecord, { group }: FailureReport): boolean {
  return group.rows.some((row) => target.gate.includes(row.yardstick) && row.expected === undefined)
}

/** The cause, the checks that fail because of it, and the worst of them in full. */
function causeMessage(cause: FailureCause, failure: FailureReport): string {
  const [, ...others] = cause.checks
  return [
    cause.title,
    ...(others.length === 0 ? [] : [`fails ${cause.checks.join(', ')}`]),
    ...(cause.hides === 0 ? [] : [`hides ${formatCount(cause.hides, 'undecided check')}`]),
    message(failure),
  ].join('\n')
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

function troubleList({ troubles = [] }: RunResult): readonly string[] {
  if (troubles.length === 0) return []
  const more = troubles.length - SHOWN
  return [
    ...troubles.slice(0, SHOWN).map((each) => `- ${escapeMarkdown(formatTrouble(each))}`),
    ...(more > 0 ? [`- … and ${more} more`] : []),
    '',
  ]
}

function summary(run: RunResult): string {
  const concluded = concludeRun(run)
  return [
    `# Responses API conformance: ${concluded.word}`,
    '',
    `Exit code ${concluded.code}.`,
    '',
    ...troubleList(run),
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
  const causes = rankFailureCauses(run, target)
  const gate = target.gate.map((yardstick) => YARDSTICK_NAMES[yardstick]).join(', ') || 'nothing'
  const origin =
    target.origin === 'emulated' ? 'emulated, a test of this suite only' : target.origin
  return [
    `## ${escapeMarkdown(target.name)}: ${escapeMarkdown(formatStanding(run, target))}`,
    '',
    `${origin}, gated by ${gate}, ${countCauses(causes)} of failure.`,
    ...(causes.length === 0 ? [] : ['', ...causes.slice(0, SHOWN).map(causePoint)]),
    ...(causes.length > SHOWN
      ? [`- … and ${formatCount(causes.length - SHOWN, 'more cause')}, in the report`]
      : []),
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

function causePoint(cause: FailureCause): string {
  const broken = formatBroken(cause, cause.impacts.length)
  const more = [
    formatCount(cause.checks.length, 'check'),
    ...(cause.hides === 0 ? [] : [`hides ${formatCount(cause.hides, 'undecided check')}`]),
    ...(broken === undefined ? [] : [broken]),
  ].join(' · ')
  return `- ${MARK_WORDS[cause.mark].glyph} ${formatMarkdownSentence(cause.title)} (${escapeMarkdown(more)})`
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
