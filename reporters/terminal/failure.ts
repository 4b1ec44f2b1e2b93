import type { RunResult } from '../../src/types/index.ts'
import { firstDifference, padEnd, wrap } from '../common/text-table.ts'
import { cut, plain } from '../common/escape.ts'
import { byWhom, circumstances } from '../common/failure-report.ts'
import type { Telling } from '../common/failure-report.ts'
import { count, MARK_WORDS } from '../common/labels.ts'
import type { Paint } from './paint.ts'

const LABEL = 11
const INDENT = 4

/** One failing check, within one screen. */
export function failureBlock(
  run: RunResult,
  telling: Telling,
  look: Paint,
  width: number,
): readonly string[] {
  const { group, finding } = telling
  const colour = group.mark === 'breaks' ? look.bad : look.warn
  const room = width - INDENT - LABEL
  const line = (label: string, value: string): readonly string[] =>
    wrap(plain(value), room).map(
      (part, index) =>
        ' '.repeat(INDENT) + look.dim(padEnd(index === 0 ? label : '', LABEL)) + part,
    )
  return [
    `${colour(`${MARK_WORDS[group.mark].glyph} ${plain(group.check)}`)}   ${group.first.level}   ${byWhom(group)}`,
    look.dim(`  ${plain(circumstances(run, group))}`),
    '',
    ...wrap(plain(telling.sentence), width - INDENT).map((part) => look.bold(`    ${part}`)),
    '',
    ...(finding === undefined ? [] : comparison(finding.expected, finding.actual, line, room)),
    ...(telling.where === undefined ? [] : line('where', telling.where)),
    ...(finding?.near ?? []).flatMap((event, index) => line(index === 0 ? 'stream' : '', event)),
    ...(telling.more > 0 ? line('also', count(telling.more, 'further finding')) : []),
    ...telling.sources
      .slice(0, 3)
      .flatMap(({ says, title, url }, index) => [
        ...(says === telling.sources[index - 1]?.says ? [] : line('source', cut(says, 240))),
        ...line('', `${title} ${url}`),
      ]),
    ...(telling.contested === undefined ? [] : line('contested', telling.contested)),
    ...line('impact', telling.impact),
    ...(telling.cause === undefined || telling.cause.others.length === 0
      ? []
      : line('likely', likely(telling.cause))),
    ...(telling.baseline === undefined
      ? []
      : line('baseline', `expected until ${telling.baseline.expires}: ${telling.baseline.reason}`)),
    ...evidenceOf(telling).flatMap(({ step, file }, index) =>
      line(index === 0 ? 'evidence' : '', telling.evidence.length > 1 ? `${file} (${step})` : file),
    ),
    ...line('repeat', telling.repeat),
    ...line('explain', telling.explain),
  ]
}

/** The exchange in which it showed; all of them where no single one did. */
function evidenceOf({ evidence, finding }: Telling): Telling['evidence'] {
  const guilty = evidence.filter(({ step }) => step === finding?.step)
  return guilty.length > 0 ? guilty : evidence
}

function comparison(
  expected: string,
  actual: string,
  line: (label: string, value: string) => readonly string[],
  room: number,
): readonly string[] {
  const difference = firstDifference(expected, actual, room)
  if (difference === undefined)
    return [...line('expected', cut(expected, 400)), ...line('actual', cut(actual, 400))]
  return [
    ...line('expected', difference.expected),
    ...line('actual', difference.actual),
    ...line('', `they differ from character ${difference.at} on`),
  ]
}

function likely({ title, others }: NonNullable<Telling['cause']>): string {
  const some = others.slice(0, 3).join(', ')
  return `${title}. Same cause: ${some}${others.length > 3 ? ` and ${others.length - 3} more` : ''}`
}
