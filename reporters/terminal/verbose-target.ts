// All about a target: what `--verbose` shows beyond the screen.

import { concludeTarget } from '../../src/result/exit-code.ts'
import {
  cellKeyOf,
  cellsOf,
  featuresOf,
  rowsOf,
  tallyOf,
} from '../../src/result/rows-marks-and-standing.ts'
import type { RunResult, TargetRecord } from '../../src/types/index.ts'
import { countCauses, rankFailureCauses } from '../common/failure-causes.ts'
import { clipColumn, formatTable, wrapText } from '../common/text-columns.ts'
import { escapeControls } from '../common/escape.ts'
import { failuresOf, flakyOf, warningsOf } from '../common/failure-report.ts'
import {
  formatCount,
  formatFraction,
  formatOrigin,
  formatMilliseconds,
  formatStanding,
  formatThousands,
  MARK_WORDS,
  YARDSTICK_NAMES,
} from '../common/labels.ts'
import { renderClientLines } from './clients.ts'
import { renderFailureBlock } from './failure.ts'
import type { Paint } from './paint.ts'

/** Every failure of a target, its cells, its warnings and its clients. */
export function renderDetails(
  run: RunResult,
  target: TargetRecord,
  look: Paint,
  width: number,
): readonly string[] {
  return [...failing(run, target, look, width), ...summary(run, target, look, width)]
}

function failing(
  run: RunResult,
  target: TargetRecord,
  look: Paint,
  width: number,
): readonly string[] {
  const told = failuresOf(run, target)
  if (told.length === 0) return []
  return [
    look.bold(heading(target, width)),
    '',
    ...told.flatMap((failure) => [...renderFailureBlock(run, failure, look, width), '']),
    ...causeLines(run, target, look, width),
  ]
}

function heading(target: TargetRecord, width: number): string {
  return clipColumn(
    escapeControls(`── ${target.name} · ${target.models.text} · ${formatOrigin(target)} ──`),
    width,
  )
}

/** All that decides; the screen has the heaviest. */
function causeLines(
  run: RunResult,
  target: TargetRecord,
  look: Paint,
  width: number,
): readonly string[] {
  const causes = rankFailureCauses(run, target)
  if (causes.length === 0) return []
  const lines = causes.map(({ title, checks, hides, mark }) => [
    MARK_WORDS[mark].glyph,
    formatCount(checks.length, 'check'),
    clipColumn(
      escapeControls(
        hides === 0 ? title : `${title} (hides ${formatCount(hides, 'undecided check')})`,
      ),
      width - 18,
    ),
  ])
  return [
    look.bold(`  ${countCauses(causes)} of failure`),
    ...formatTable(lines).map((line) => `  ${colourMarks(line, look)}`),
    '',
  ]
}

function summary(
  run: RunResult,
  target: TargetRecord,
  look: Paint,
  width: number,
): readonly string[] {
  const byCell = cellsOf(run, [target])
  const rows = featuresOf(run, [target]).map((feature) => [
    `  ${escapeControls(feature)}`,
    ...target.yardsticks.map((yardstick) => {
      const cell = byCell.get(cellKeyOf(target.id, feature, yardstick))
      return cell === undefined ? '' : `${MARK_WORDS[cell.mark].glyph} ${formatFraction(cell.must)}`
    }),
  ])
  const totals = target.yardsticks.map((yardstick) =>
    tallyOf(
      run,
      rowsOf(run, target).filter((row) => row.yardstick === yardstick),
    ),
  )
  const lines = formatTable([
    ['', ...target.yardsticks.map((yardstick) => YARDSTICK_NAMES[yardstick])],
    ...rows,
    ['  all musts', ...totals.map(({ must }) => `  ${formatFraction(must)}`)],
    ['  all shoulds', ...totals.map(({ should }) => `  ${formatFraction(should)}`)],
  ])
  const { usage } = target
  const outcomes = tallyOf(run, rowsOf(run, target)).outcomes
  const told = [
    `${formatThousands(outcomes.pass)} passed`,
    `${formatThousands(outcomes.fail)} failed`,
    formatCount(outcomes.warn, 'warning'),
    `${formatThousands(outcomes.inconclusive)} inconclusive`,
    `${formatThousands(outcomes['not-applicable'])} not applicable`,
    formatCount(usage.requests, 'request'),
    formatCount(usage.inputTokens + usage.outputTokens, 'token'),
    formatMilliseconds(usage.wallMs),
  ].join(' · ')
  const { code } = concludeTarget(run, target)
  const say = look[code === 0 ? 'good' : code === 3 || code === 6 ? 'unsure' : 'bad']
  const said = wrapText(escapeControls(formatStanding(run, target)), width - 2)
  const gate = target.gate.map((each) => YARDSTICK_NAMES[each]).join(', ') || 'nothing'
  return [
    look.bold(heading(target, width)),
    ...lines.map((line) => colourMarks(line, look)),
    '',
    ...wrapText(told, width - 2).map((line) => look.dim(`  ${line}`)),
    ...unsteady(run, target, look, width),
    ...warned(run, target, look, width),
    ...renderClientLines(run, target, look, width),
    ...said.map((line, index) =>
      index < said.length - 1
        ? `  ${say(line)}`
        : `  ${say(line)}${look.dim(`, gated by ${gate}`)}`,
    ),
    '',
  ]
}

/** Never hidden behind other warnings: who asks once more may see it fail. */
function unsteady(
  run: RunResult,
  target: TargetRecord,
  look: Paint,
  width: number,
): readonly string[] {
  return flakyOf(run, target).map((line) =>
    look.warn(
      `  ${clipColumn(escapeControls(`${MARK_WORDS.warn.glyph} flaky: ${line}`), width - 2)}`,
    ),
  )
}

function warned(
  run: RunResult,
  target: TargetRecord,
  look: Paint,
  width: number,
): readonly string[] {
  const all = warningsOf(run, target)
  return all
    .filter(({ group }) => group.first.reason !== 'flaky')
    .flatMap(({ group, sentence }) =>
      wrapText(
        escapeControls(`${MARK_WORDS.warn.glyph} ${group.check}: ${sentence}`),
        width - 4,
      ).map((line, index) => look.dim(index === 0 ? `  ${line}` : `    ${line}`)),
    )
}

function colourMarks(line: string, look: Paint): string {
  return line
    .replaceAll(MARK_WORDS.breaks.glyph, (glyph) => look.bad(glyph))
    .replaceAll(MARK_WORDS.unmeasured.glyph, (glyph) => look.warn(glyph))
    .replaceAll(MARK_WORDS.specification.glyph, (glyph) => look.warn(glyph))
    .replaceAll(MARK_WORDS.warn.glyph, (glyph) => look.warn(glyph))
    .replaceAll(MARK_WORDS.pass.glyph, (glyph) => look.good(glyph))
}
