import type { RunResult } from '../../src/types/index.ts'
import { findFirstDifference, padEnd, wrapText } from '../common/text-columns.ts'
import { cutText, escapeControls } from '../common/escape.ts'
import { yardsticksOfGroup, circumstancesOf } from '../common/failure-report.ts'
import type { FailureReport } from '../common/failure-report.ts'
import { formatCount, MARK_WORDS } from '../common/labels.ts'
import type { Paint } from './paint.ts'

const LABEL = 11
const INDENT = 4

/** One failing check, within one screen. */
export function renderFailureBlock(
  run: RunResult,
  failure: FailureReport,
  look: Paint,
  width: number,
): readonly string[] {
  const { group, finding } = failure
  const seen = finding?.exchanges?.length ?? 0
  const colour = group.mark === 'breaks' ? look.bad : look.warn
  const room = width - INDENT - LABEL
  const line = (label: string, value: string): readonly string[] =>
    wrapText(escapeControls(value), room).map(
      (part, index) =>
        ' '.repeat(INDENT) + look.dim(padEnd(index === 0 ? label : '', LABEL)) + part,
    )
  return [
    `${colour(`${MARK_WORDS[group.mark].glyph} ${escapeControls(group.check)}`)}   ${group.first.level}   ${yardsticksOfGroup(group)}`,
    look.dim(`  ${escapeControls(circumstancesOf(run, group))}`),
    '',
    ...wrapText(escapeControls(failure.sentence), width - INDENT).map((part) =>
      look.bold(`    ${part}`),
    ),
    '',
    ...(failure.sent === undefined ? [] : line('sent', cutText(failure.sent, 400))),
    ...(finding === undefined ? [] : comparison(finding.expected, finding.actual, line, room)),
    ...(finding?.control === undefined ? [] : line('control', cutText(finding.control, 400))),
    ...(failure.where === undefined ? [] : line('where', failure.where)),
    ...(finding?.near ?? []).flatMap((event, index) => line(index === 0 ? 'stream' : '', event)),
    ...(seen > 1 ? line('seen', `in ${formatCount(seen, 'exchange')}`) : []),
    ...(failure.more > 0 ? line('also', formatCount(failure.more, 'further finding')) : []),
    ...failure.sources
      .slice(0, 3)
      .flatMap(({ says, title, url }, index) => [
        ...(says === failure.sources[index - 1]?.says ? [] : line('source', cutText(says, 240))),
        ...line('', `${title} ${url}`),
      ]),
    ...(failure.contested === undefined ? [] : line('contested', failure.contested)),
    ...line('impact', failure.impact),
    ...(failure.cause === undefined || failure.cause.others.length === 0
      ? []
      : line('likely', likely(failure.cause))),
    ...(failure.baseline === undefined
      ? []
      : line('baseline', `expected until ${failure.baseline.expires}: ${failure.baseline.reason}`)),
    ...evidenceOf(failure).flatMap(({ step, file }, index) =>
      line(index === 0 ? 'evidence' : '', failure.evidence.length > 1 ? `${file} (${step})` : file),
    ),
    ...line('repeat', failure.repeat),
    ...line('explain', failure.explain),
  ]
}

/** The exchange in which it showed; all of them where no single one did. */
function evidenceOf({ evidence, finding }: FailureReport): FailureReport['evidence'] {
  const guilty = evidence.filter(({ step }) => step === finding?.step)
  return guilty.length > 0 ? guilty : evidence
}

function comparison(
  expected: string,
  actual: string,
  line: (label: string, value: string) => readonly string[],
  room: number,
): readonly string[] {
  const difference = findFirstDifference(expected, actual, room)
  if (difference === undefined)
    return [...line('expected', cutText(expected, 400)), ...line('actual', cutText(actual, 400))]
  return [
    ...line('expected', difference.expected),
    ...line('actual', difference.actual),
    ...line('', `they differ from character ${difference.at} on`),
  ]
}

function likely({ title, others }: NonNullable<FailureReport['cause']>): string {
  const some = others.slice(0, 3).join(', ')
  return `${title}. Same cause: ${some}${others.length > 3 ? ` and ${others.length - 3} more` : ''}`
}
