import { documentedProvidersOf } from '../src/result/tally-document-rows.ts'
import { emulatedTargetsOf, observedTargetsOf } from '../src/result/rows-marks-and-standing.ts'
import type { ReportContext, Reporter, RunResult } from '../src/types/index.ts'
import { clipColumn, formatTable, wrapText } from './common/text-columns.ts'
import { escapeControls } from './common/escape.ts'
import { formatCount, LEGEND } from './common/labels.ts'
import { renderDetails } from './terminal/verbose-target.ts'
import { createPaint } from './terminal/paint.ts'
import type { Paint } from './terminal/paint.ts'
import { renderScreen } from './terminal/target-summary.ts'

/** Of the 24 lines of a terminal, one is for the folder of the results. */
const LINES = 23

const terminal: Reporter = {
  name: 'terminal',
  title: 'terminal.txt: verdict, capabilities and causes on one screen, for a person at a prompt',
  render: (run, context) => ({ 'terminal.txt': text(run, context) }),
}

export default terminal

function text(run: RunResult, context: ReportContext): string {
  const look = createPaint(context.color ?? false)
  const width = Math.max(40, context.width ?? 100)
  const targets = [...observedTargetsOf(run), ...emulatedTargetsOf(run)]
  const below = context.verbose === true ? [] : documentsLine(run, look, width)
  const screens = targets.map((target) =>
    renderScreen(run, target, {
      look,
      width,
      ...(targets.length === 1 ? { lines: LINES - below.length } : {}),
    }),
  )
  const lines = [
    ...(context.verbose === true ? details(run, look, width) : []),
    ...screens.flatMap((screen, index) => (index === 0 ? screen : ['', ...screen])),
    ...below,
  ]
  return `${lines.join('\n')}\n`
}

/** All that the screen leaves out; before it, since the end of an output is what one sees. */
function details(run: RunResult, look: Paint, width: number): readonly string[] {
  const targets = [...observedTargetsOf(run), ...emulatedTargetsOf(run)]
  return [
    ...targets.flatMap((target) => renderDetails(run, target, look, width)),
    ...documents(run, look),
    ...closing(run, look, width),
    '',
  ]
}

function documentsLine(run: RunResult, look: Paint, width: number): readonly string[] {
  const all = documentedProvidersOf(run)
  if (all.length === 0) return []
  const contradictions = all.reduce((sum, each) => sum + each.contradictions, 0)
  const line = `Documents of ${formatCount(all.length, 'vendor')} were read: ${formatCount(contradictions, 'contradiction')} (--verbose, matrix.md)`
  return ['', look.dim(clipColumn(line, width))]
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
