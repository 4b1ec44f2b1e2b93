import { documentedProvidersOf } from '../src/result/documented.ts'
import {
  cellKeyOf,
  cellsOf,
  rankCauses,
  emulatedTargetsOf,
  featuresOf,
  observedTargetsOf,
  rowsOf,
  standingOf,
  tallyOf,
} from '../src/result/summary.ts'
import type { Group } from '../src/result/summary.ts'
import type { Cause, ReportContext, Reporter, RunResult, TargetRecord } from '../src/types/index.ts'
import { clipColumn, formatTable, wrapText } from './common/text-table.ts'
import { escapeControls } from './common/escape.ts'
import { failuresOf, flakyOf, warningsOf } from './common/failure-report.ts'
import {
  formatCount,
  formatMilliseconds,
  formatFraction,
  LEGEND,
  MARK_WORDS,
  formatStanding,
  formatThousands,
  YARDSTICK_NAMES,
} from './common/labels.ts'
import { renderClientLines } from './terminal/clients.ts'
import { renderFailureBlock } from './terminal/failure.ts'
import { createPaint } from './terminal/paint.ts'
import type { Paint } from './terminal/paint.ts'

/** As many failures as a person reads in one go; the other reports have all. Targets share them. */
const SHOWN = 12
const SHOWN_OF_EACH = 3

const terminal: Reporter = {
  name: 'terminal',
  title: 'terminal.txt: failures first, then the matrix, for a person at a prompt',
  render: (run, context) => ({ 'terminal.txt': text(run, context) }),
}

export default terminal

function text(run: RunResult, context: ReportContext): string {
  const look = createPaint(context.color ?? false)
  const width = Math.max(40, context.width ?? 100)
  const targets = [...observedTargetsOf(run), ...emulatedTargetsOf(run)]
  const lines = [
    ...targets.flatMap((target) => failing(run, target, context, look, width)),
    ...targets.flatMap((target) => summary(run, target, look, width)),
    ...documents(run, look),
    ...closing(run, look, width),
  ]
  return `${lines.join('\n')}\n`
}

function failing(
  run: RunResult,
  target: TargetRecord,
  context: ReportContext,
  look: Paint,
  width: number,
): readonly string[] {
  const told = failuresOf(run, target)
  if (told.length === 0) return []
  // What decides the exit code comes first; other yardsticks get one line unless asked for.
  const deciding = told.filter(({ group }) => decides(group, target))
  const all = context.verbose === true ? told : deciding
  const many = observedTargetsOf(run).length + emulatedTargetsOf(run).length
  const room = Math.max(SHOWN_OF_EACH, Math.floor(SHOWN / many))
  const ofCauses = context.verbose === true ? all : firstOfEachCause(all)
  const shown = context.verbose === true ? all : ofCauses.slice(0, room)
  const left = ofCauses.length - shown.length
  const aside = told.length - all.length
  return [
    look.bold(heading(target, width)),
    '',
    ...shown.flatMap((failure) => [...renderFailureBlock(run, failure, look, width), '']),
    ...(left > 0
      ? [`  … and ${formatCount(left, 'more cause')}, told in the other reports.`, '']
      : []),
    ...(aside > 0
      ? [
          `  ${formatCount(aside, 'more failing check')} by yardsticks that do not gate (--verbose).`,
          '',
        ]
      : []),
    ...causeLines(run, target, look, width),
  ]
}

/** One failure for each cause, the worst: the others of that cause are counted below. */
function firstOfEachCause(told: ReturnType<typeof failuresOf>): ReturnType<typeof failuresOf> {
  const known = new Set<string>()
  return told.filter(({ group: { check, rows } }) => {
    const mine = rows.map(({ cause }) => cause ?? check)
    const isNew = mine.some((cause) => !known.has(cause))
    for (const cause of mine) known.add(cause)
    return isNew
  })
}

function decides(group: Group, target: TargetRecord): boolean {
  return group.yardsticks.some((yardstick) => target.gate.includes(yardstick))
}

function heading(target: TargetRecord, width: number): string {
  const origin =
    target.origin === 'emulated'
      ? 'emulated: a test of this suite, not of a provider'
      : target.origin
  return clipColumn(
    escapeControls(`── ${target.name} · ${target.models.text} · ${origin} ──`),
    width,
  )
}

function causeLines(
  run: RunResult,
  target: TargetRecord,
  look: Paint,
  width: number,
): readonly string[] {
  const found = rankCauses(run, target)
  // A cause of one failure is printed with it.
  const shared = found.filter(({ cause, explains }) => explains > 1 || cause.hides !== undefined)
  if (shared.length === 0) return []
  const failing = rowsOf(run, target).filter(({ outcome }) => outcome === 'fail')
  const explained = new Set(failing.map(({ check }) => check)).size
  const lines = shared
    .slice(0, 8)
    .flatMap(({ cause, explains }) => [
      [
        formatCount(explains, 'check'),
        clipColumn(escapeControls(`${cause.title}${hiding(cause)}`), width - 16),
      ],
    ])
  return [
    look.bold(
      `  ${formatCount(found.length, 'cause')} behind ${formatCount(explained, 'failing check')}; behind several:`,
    ),
    ...formatTable(lines).map((line) => `  ${line}`),
    '',
  ]
}

function hiding({ hides }: Cause): string {
  return hides === undefined ? '' : ` (hides ${formatCount(hides, 'undecided check')})`
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
  const word = standingOf(run, target)
  const say = look[word === 'conforms' ? 'good' : word === 'incomplete' ? 'unsure' : 'bad']
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
  const all = flakyOf(run, target)
  const left = all.length - SHOWN
  return [...all.slice(0, SHOWN), ...(left > 0 ? [`and ${left} more`] : [])].map((line) =>
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
    .slice(0, 3)
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

function documents(run: RunResult, look: Paint): readonly string[] {
  const all = documentedProvidersOf(run)
  if (all.length === 0) return []
  const rows = all.map(({ title, covers, contradictions, differences }) => [
    clipColumn(`  ${escapeControls(title)}`, 26),
    `${covers.features} of ${covers.of}`,
    `${contradictions}`,
    `${differences.openai}`,
    `${differences['open-responses']}`,
  ])
  return [
    look.bold('── What documents say, no request sent ──'),
    ...formatTable([
      ['  features covered', '', 'contradictions', '≠ OpenAI', '≠ Open Responses'],
      ...rows,
    ]),
    '',
  ]
}

function closing(run: RunResult, look: Paint, width: number): readonly string[] {
  const legend = LEGEND.map(({ glyph, name }) => `${glyph} ${name}`).join('   ')
  return [
    ...wrapText(legend, width - 2).map((line) => look.dim(`  ${line}`)),
    look.dim('  k/n (m): passed of applicable musts (of all musts)'),
    ...(run.run.complete
      ? []
      : wrapText(
          escapeControls(
            `This run is incomplete${run.run.incomplete ? `: ${run.run.incomplete}` : ''}.`,
          ),
          width - 2,
        ).map((line) => look.unsure(`  ${line}`))),
    escapeControls(`  ${run.suite.name} ${run.suite.version} · run ${run.run.id}`),
  ]
}
