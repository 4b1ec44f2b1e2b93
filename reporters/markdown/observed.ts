import { YARDSTICKS } from '../../src/base/sort-order.ts'
import { cellKey, cells, features, observed, rowsOf, tally } from '../../src/result/summary.ts'
import type { RunResult, TargetRecord, Yardstick } from '../../src/types/index.ts'
import { cut, markdown, markdownCode, markdownLink } from '../common/escape.ts'
import { attemptsText, byWhom, failures, flaky } from '../common/failure-report.ts'
import type { Telling } from '../common/failure-report.ts'
import {
  count,
  FRACTION_MEANS,
  fractionText,
  LEGEND,
  MARK_WORDS,
  partText,
  standingText,
  YARDSTICK_NAMES,
} from '../common/labels.ts'

/** One table for each yardstick: features down, targets across. */
export function matrixSection(run: RunResult): readonly string[] {
  const targets = observed(run)
  if (targets.length === 0) return []
  return [
    '## Observed',
    '',
    ...YARDSTICKS.flatMap((yardstick) => matrixTable(run, targets, yardstick)),
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
  const byCell = cells(run, targets)
  const total = (target: TargetRecord, level: 'must' | 'should'): string =>
    fractionText(
      tally(
        run,
        rowsOf(run, target).filter((row) => row.yardstick === yardstick),
      )[level],
    )
  return [
    `### By ${YARDSTICK_NAMES[yardstick]}`,
    '',
    tableRow(['', ...targets.map((target) => columnHead(target))]),
    tableRow(['---', ...targets.map(() => '---')]),
    ...features(run, targets).map((feature) =>
      tableRow([
        markdown(feature),
        ...targets.map((target) => {
          const cell = byCell.get(cellKey(target.id, feature, yardstick))
          return cell === undefined
            ? ''
            : `${MARK_WORDS[cell.mark].glyph} ${fractionText(cell.must)}`
        }),
      ]),
    ),
    tableRow(['**musts**', ...targets.map((target) => `**${total(target, 'must')}**`)]),
    tableRow(['shoulds', ...targets.map((target) => total(target, 'should'))]),
    '',
  ]
}

function columnHead(target: TargetRecord): string {
  const part = partText(target) === undefined ? '' : ', in part'
  return `${markdown(target.name)}<br>${markdownCode(target.models.text)}<br>${target.origin}${part}`
}

/** Every failing check of every observed target, worst first. */
export function failureSections(run: RunResult): readonly string[] {
  return observed(run).flatMap((target, index) => {
    const all = failures(run, target)
    const gate = target.gate.map((yardstick) => YARDSTICK_NAMES[yardstick]).join(', ')
    return [
      ...(index === 0 ? [] : ['']),
      `## ${markdown(target.name)}: ${markdown(standingText(run, target))}`,
      '',
      `${markdownCode(target.endpoint)}, gated by ${gate || 'nothing'}, ${count(all.length, 'failing check')}.`,
      ...all.flatMap((telling) => ['', ...failure(telling)]),
      ...flakySection(run, target),
    ]
  })
}

function flakySection(run: RunResult, target: TargetRecord): readonly string[] {
  const all = flaky(run, target)
  if (all.length === 0) return []
  return ['', `### ${MARK_WORDS.warn.glyph} Flaky`, '', ...all.map((line) => `- ${markdown(line)}`)]
}

function failure(telling: Telling): readonly string[] {
  const { group, finding } = telling
  const point = (label: string, value: string | undefined): readonly string[] =>
    value === undefined ? [] : [`- ${label}: ${value}`]
  return [
    `### ${MARK_WORDS[group.mark].glyph} ${markdown(group.check)} (${group.first.level}, ${byWhom(group)})`,
    '',
    markdown(telling.sentence),
    '',
    ...point('expected', finding && markdownCode(cut(finding.expected, 400))),
    ...point('actual', finding && markdownCode(cut(finding.actual, 400))),
    ...point('where', telling.where && markdownCode(telling.where)),
    ...point('stream', finding?.near?.map((event) => markdownCode(event)).join(' · ')),
    ...point(
      'attempts',
      group.first.attempts.made > 1 ? attemptsText(group.first.attempts) : undefined,
    ),
    ...point('also', telling.more > 0 ? count(telling.more, 'further finding') : undefined),
    ...telling.sources
      .slice(0, 2)
      .flatMap(({ says, title, url }) =>
        point('source', `${markdown(cut(says, 300))} ${markdownLink(title, url)}`),
      ),
    ...point('contested', telling.contested && markdown(telling.contested)),
    ...point('impact', markdown(telling.impact)),
    ...point('likely', telling.cause && markdown(telling.cause.title)),
    ...point(
      'baseline',
      telling.baseline &&
        markdown(`expected until ${telling.baseline.expires}: ${telling.baseline.reason}`),
    ),
    ...point(
      'evidence',
      telling.evidence.map(({ file }) => markdownCode(file)).join(', ') || undefined,
    ),
    ...point('repeat', markdownCode(telling.repeat)),
  ]
}

/** Speed and tokens: information, in no score. */
export function latencySection(run: RunResult): readonly string[] {
  const targets = observed(run)
  if (targets.length === 0) return []
  const ms = (value: { readonly median: number; readonly n: number } | undefined): string =>
    value === undefined ? '' : `${Math.round(value.median)} ms (n = ${value.n})`
  return [
    '## Speed and use, for information',
    '',
    tableRow([
      '',
      'first event, median',
      'whole answer, median',
      'requests',
      'tokens in',
      'tokens out',
    ]),
    tableRow(['---', '---', '---', '---', '---', '---']),
    ...targets.map(({ name, latency, usage }) =>
      tableRow([
        markdown(name),
        ms(latency?.firstEventMs),
        ms(latency?.totalMs),
        String(usage.requests),
        String(usage.inputTokens),
        String(usage.outputTokens),
      ]),
    ),
  ]
}

export function tableRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}
