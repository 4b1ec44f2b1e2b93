import { YARDSTICK_LABELS } from '../../src/base/sort-text-and-ranks.ts'
import {
  cellKeyOf,
  cellsOf,
  featuresOf,
  observedTargetsOf,
  rowsOf,
  tallyOf,
} from '../../src/result/rows-marks-and-standing.ts'
import type { RunResult, TargetRecord, Yardstick } from '../../src/types/index.ts'
import {
  cutText,
  escapeMarkdown,
  formatMarkdownCode,
  formatMarkdownLink,
} from '../common/escape.ts'
import { countCauses, rankFailureCauses } from '../common/failure-causes.ts'
import { formatAttempts, yardsticksOfGroup, failuresOf, flakyOf } from '../common/failure-report.ts'
import type { FailureReport } from '../common/failure-report.ts'
import {
  formatCount,
  FRACTION_MEANS,
  formatFraction,
  LEGEND,
  MARK_WORDS,
  formatScopes,
  formatStanding,
  YARDSTICK_NAMES,
} from '../common/labels.ts'

/** One table for each yardstick: features down, targets across. */
export function renderMatrixSection(run: RunResult): readonly string[] {
  const targets = observedTargetsOf(run)
  if (targets.length === 0) return []
  return [
    '## Observed',
    '',
    ...YARDSTICK_LABELS.flatMap((yardstick) => matrixTable(run, targets, yardstick)),
    LEGEND.map(({ glyph, name }) => `${glyph} ${name}`).join(' · '),
    '',
    FRACTION_MEANS,
  ]
}

function matrixTable(
  run: RunResult,
  all: readonly TargetRecord[],
  yardstick: Yardstick,
): readonly string[] {
  const targets = all.filter((target) => target.yardsticks.includes(yardstick))
  if (targets.length === 0) return []
  const byCell = cellsOf(run, targets)
  const total = (target: TargetRecord, level: 'must' | 'should'): string =>
    formatFraction(
      tallyOf(
        run,
        rowsOf(run, target).filter((row) => row.yardstick === yardstick),
      )[level],
    )
  return [
    `### By ${YARDSTICK_NAMES[yardstick]}`,
    '',
    formatTableRow(['', ...targets.map((target) => columnHead(target))]),
    formatTableRow(['---', ...targets.map(() => '---')]),
    ...featuresOf(run, targets).map((feature) =>
      formatTableRow([
        escapeMarkdown(feature),
        ...targets.map((target) => {
          const cell = byCell.get(cellKeyOf(target.id, feature, yardstick))
          return cell === undefined
            ? ''
            : `${MARK_WORDS[cell.mark].glyph} ${formatFraction(cell.must)}`
        }),
      ]),
    ),
    formatTableRow(['**musts**', ...targets.map((target) => `**${total(target, 'must')}**`)]),
    formatTableRow(['shoulds', ...targets.map((target) => total(target, 'should'))]),
    '',
  ]
}

function columnHead(target: TargetRecord): string {
  const part = formatScopes(target) === undefined ? '' : ', in part'
  return `${escapeMarkdown(target.name)}<br>${formatMarkdownCode(target.models.text)}<br>${target.origin}${part}`
}

/** Every failing check of every observed target, worst first. */
export function renderFailureSections(run: RunResult): readonly string[] {
  return observedTargetsOf(run).flatMap((target, index) => {
    const all = failuresOf(run, target)
    const gate = target.gate.map((yardstick) => YARDSTICK_NAMES[yardstick]).join(', ')
    return [
      ...(index === 0 ? [] : ['']),
      `## ${escapeMarkdown(target.name)}: ${escapeMarkdown(formatStanding(run, target))}`,
      '',
      `${formatMarkdownCode(target.endpoint)}, gated by ${gate || 'nothing'}, ${countCauses(rankFailureCauses(run, target))} of failure.`,
      ...all.flatMap((report) => ['', ...failure(report)]),
      ...flakySection(run, target),
    ]
  })
}

function flakySection(run: RunResult, target: TargetRecord): readonly string[] {
  const all = flakyOf(run, target)
  if (all.length === 0) return []
  return [
    '',
    `### ${MARK_WORDS.warn.glyph} Flaky`,
    '',
    ...all.map((line) => `- ${escapeMarkdown(line)}`),
  ]
}

function failure(report: FailureReport): readonly string[] {
  const { group, finding } = report
  const point = (label: string, value: string | undefined): readonly string[] =>
    value === undefined ? [] : [`- ${label}: ${value}`]
  return [
    `### ${MARK_WORDS[group.mark].glyph} ${escapeMarkdown(group.check)} (${group.first.level}, ${yardsticksOfGroup(group)})`,
    '',
    escapeMarkdown(report.sentence),
    '',
    ...point('sent', report.sent && formatMarkdownCode(cutText(report.sent, 400))),
    ...point('expected', finding && formatMarkdownCode(cutText(finding.expected, 400))),
    ...point('actual', finding && formatMarkdownCode(cutText(finding.actual, 400))),
    ...point('control', finding?.control && escapeMarkdown(cutText(finding.control, 400))),
    ...point('where', report.where && formatMarkdownCode(report.where)),
    ...point('stream', finding?.near?.map((event) => formatMarkdownCode(event)).join(' · ')),
    ...point(
      'attempts',
      group.first.attempts.made > 1 ? formatAttempts(group.first.attempts) : undefined,
    ),
    ...point('also', report.more > 0 ? formatCount(report.more, 'further finding') : undefined),
    ...report.sources
      .slice(0, 2)
      .flatMap(({ says, title, url }) =>
        point('source', `${escapeMarkdown(cutText(says, 300))} ${formatMarkdownLink(title, url)}`),
      ),
    ...point('contested', report.contested && escapeMarkdown(report.contested)),
    ...point('impact', escapeMarkdown(report.impact)),
    ...point('likely', report.cause && escapeMarkdown(report.cause.title)),
    ...point(
      'baseline',
      report.baseline &&
        escapeMarkdown(`expected until ${report.baseline.expires}: ${report.baseline.reason}`),
    ),
    ...point(
      'evidence',
      report.evidence.map(({ file }) => formatMarkdownCode(file)).join(', ') || undefined,
    ),
    ...point('repeat', formatMarkdownCode(report.repeat)),
  ]
}

/** Speed and tokens: information, in no score. */
export function renderLatencySection(run: RunResult): readonly string[] {
  const targets = observedTargetsOf(run)
  if (targets.length === 0) return []
  const ms = (value: { readonly median: number; readonly n: number } | undefined): string =>
    value === undefined ? '' : `${Math.round(value.median)} ms (n = ${value.n})`
  return [
    '## Speed and use, for information',
    '',
    formatTableRow([
      '',
      'first event, median',
      'whole answer, median',
      'requests',
      'tokens in',
      'tokens out',
    ]),
    formatTableRow(['---', '---', '---', '---', '---', '---']),
    ...targets.map(({ name, latency, usage }) =>
      formatTableRow([
        escapeMarkdown(name),
        ms(latency?.firstEventMs),
        ms(latency?.totalMs),
        String(usage.requests),
        String(usage.inputTokens),
        String(usage.outputTokens),
      ]),
    ),
  ]
}

export function formatTableRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}
