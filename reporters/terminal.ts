import { documented } from '../src/result/documented.ts'
import {
  cellKey,
  cells,
  causes,
  emulated,
  features,
  observed,
  rowsOf,
  standing,
  tally,
} from '../src/result/summary.ts'
import type { Group } from '../src/result/summary.ts'
import type { ReportContext, Reporter, RunResult, TargetRecord } from '../src/types/index.ts'
import { clip, table, wrap } from './common/text-table.ts'
import { plain } from './common/escape.ts'
import { failures, flaky, warnings } from './common/failure-report.ts'
import {
  count,
  duration,
  fractionText,
  LEGEND,
  MARK_WORDS,
  standingText,
  thousands,
  YARDSTICK_NAMES,
} from './common/labels.ts'
import { clientLines } from './terminal/clients.ts'
import { failureBlock } from './terminal/failure.ts'
import { paint } from './terminal/paint.ts'
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
  const look = paint(context.color ?? false)
  const width = Math.max(40, context.width ?? 100)
  const targets = [...observed(run), ...emulated(run)]
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
  const told = failures(run, target)
  if (told.length === 0) return []
  // What decides the exit code comes first; other yardsticks are told in one line unless asked for.
  const deciding = told.filter(({ group }) => decides(group, target))
  const all = context.verbose === true ? told : deciding
  const many = observed(run).length + emulated(run).length
  const room = Math.max(SHOWN_OF_EACH, Math.floor(SHOWN / many))
  const shown = context.verbose === true ? all : all.slice(0, room)
  const left = all.length - shown.length
  const aside = told.length - all.length
  return [
    look.bold(heading(target, width)),
    '',
    ...shown.flatMap((telling) => [...failureBlock(run, telling, look, width), '']),
    ...(left > 0
      ? [`  … and ${count(left, 'more failing check')}, told in the other reports.`, '']
      : []),
    ...(aside > 0
      ? [`  ${count(aside, 'more failing check')} by yardsticks that do not gate (--verbose).`, '']
      : []),
    ...causeLines(run, target, look, width),
  ]
}

function decides(group: Group, target: TargetRecord): boolean {
  return group.yardsticks.some((yardstick) => target.gate.includes(yardstick))
}

function heading(target: TargetRecord, width: number): string {
  const origin =
    target.origin === 'emulated'
      ? 'emulated: a test of this suite, not of a provider'
      : target.origin
  return clip(plain(`── ${target.name} · ${target.models.text} · ${origin} ──`), width)
}

function causeLines(
  run: RunResult,
  target: TargetRecord,
  look: Paint,
  width: number,
): readonly string[] {
  const found = causes(run, target)
  // A cause of one failure is told with it.
  const shared = found.filter(({ explains }) => explains > 1)
  if (shared.length === 0) return []
  const failing = rowsOf(run, target).filter(({ outcome }) => outcome === 'fail')
  const explained = new Set(failing.map(({ check }) => check)).size
  const lines = shared
    .slice(0, 8)
    .flatMap(({ cause, explains }) => [
      [count(explains, 'check'), clip(plain(cause.title), width - 16)],
    ])
  return [
    look.bold(
      `  ${count(found.length, 'cause')} behind ${count(explained, 'failing check')}; behind several:`,
    ),
    ...table(lines).map((line) => `  ${line}`),
    '',
  ]
}

function summary(
  run: RunResult,
  target: TargetRecord,
  look: Paint,
  width: number,
): readonly string[] {
  const byCell = cells(run, [target])
  const rows = features(run, [target]).map((feature) => [
    `  ${plain(feature)}`,
    ...target.yardsticks.map((yardstick) => {
      const cell = byCell.get(cellKey(target.id, feature, yardstick))
      return cell === undefined ? '' : `${MARK_WORDS[cell.mark].glyph} ${fractionText(cell.must)}`
    }),
  ])
  const totals = target.yardsticks.map((yardstick) =>
    tally(
      run,
      rowsOf(run, target).filter((row) => row.yardstick === yardstick),
    ),
  )
  const lines = table([
    ['', ...target.yardsticks.map((yardstick) => YARDSTICK_NAMES[yardstick])],
    ...rows,
    ['  all musts', ...totals.map(({ must }) => `  ${fractionText(must)}`)],
    ['  all shoulds', ...totals.map(({ should }) => `  ${fractionText(should)}`)],
  ])
  const { usage } = target
  const outcomes = tally(run, rowsOf(run, target)).outcomes
  const told = [
    `${thousands(outcomes.pass)} passed`,
    `${thousands(outcomes.fail)} failed`,
    count(outcomes.warn, 'warning'),
    `${thousands(outcomes.inconclusive)} inconclusive`,
    `${thousands(outcomes['not-applicable'])} not applicable`,
    count(usage.requests, 'request'),
    count(usage.inputTokens + usage.outputTokens, 'token'),
    duration(usage.wallMs),
  ].join(' · ')
  const word = standing(run, target)
  const say = look[word === 'conforms' ? 'good' : word === 'incomplete' ? 'unsure' : 'bad']
  const said = wrap(plain(standingText(run, target)), width - 2)
  const gate = target.gate.map((each) => YARDSTICK_NAMES[each]).join(', ') || 'nothing'
  return [
    look.bold(heading(target, width)),
    ...lines.map((line) => colourMarks(line, look)),
    '',
    ...wrap(told, width - 2).map((line) => look.dim(`  ${line}`)),
    ...unsteady(run, target, look, width),
    ...warned(run, target, look, width),
    ...clientLines(run, target, look, width),
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
  const all = flaky(run, target)
  const left = all.length - SHOWN
  return [...all.slice(0, SHOWN), ...(left > 0 ? [`and ${left} more`] : [])].map((line) =>
    look.warn(`  ${clip(plain(`${MARK_WORDS.warn.glyph} flaky: ${line}`), width - 2)}`),
  )
}

function warned(
  run: RunResult,
  target: TargetRecord,
  look: Paint,
  width: number,
): readonly string[] {
  const all = warnings(run, target)
  return all
    .filter(({ group }) => group.first.reason !== 'flaky')
    .slice(0, 3)
    .flatMap(({ group, sentence }) =>
      wrap(plain(`${MARK_WORDS.warn.glyph} ${group.check}: ${sentence}`), width - 4).map(
        (line, index) => look.dim(index === 0 ? `  ${line}` : `    ${line}`),
      ),
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
  const all = documented(run)
  if (all.length === 0) return []
  const rows = all.map(({ title, covers, contradictions, differences }) => [
    clip(`  ${plain(title)}`, 26),
    `${covers.features} of ${covers.of}`,
    `${contradictions}`,
    `${differences.openai}`,
    `${differences['open-responses']}`,
  ])
  return [
    look.bold('── What documents say, no request sent ──'),
    ...table([
      ['  features covered', '', 'contradictions', '≠ OpenAI', '≠ Open Responses'],
      ...rows,
    ]),
    '',
  ]
}

function closing(run: RunResult, look: Paint, width: number): readonly string[] {
  const legend = LEGEND.map(({ glyph, name }) => `${glyph} ${name}`).join('   ')
  return [
    ...wrap(legend, width - 2).map((line) => look.dim(`  ${line}`)),
    look.dim('  k/n (m): passed of applicable musts (of all musts)'),
    ...(run.run.complete
      ? []
      : wrap(
          plain(`This run is incomplete${run.run.incomplete ? `: ${run.run.incomplete}` : ''}.`),
          width - 2,
        ).map((line) => look.unsure(`  ${line}`))),
    plain(`  ${run.suite.name} ${run.suite.version} · run ${run.run.id}`),
  ]
}
