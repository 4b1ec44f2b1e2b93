// The first screen of a target: what somebody reads who has twenty seconds. All detail is elsewhere.

import {
  featureOf,
  FIRST_FEATURES,
  rowsOf,
  tallyOf,
} from '../../src/result/rows-marks-and-standing.ts'
import { concludeTarget, type RunConclusion } from '../../src/result/exit-code.ts'
import type { RunResult, TargetRecord, Verdict } from '../../src/types/index.ts'
import {
  countCauses,
  formatBroken,
  rankFailureCauses,
  type FailureCause,
} from '../common/failure-causes.ts'
import { flakyOf } from '../common/failure-report.ts'
import { escapeControls } from '../common/escape.ts'
import {
  formatCount,
  formatFraction,
  formatOrigin,
  formatStanding,
  formatTrouble,
  MARK_WORDS,
  REASON_WORDS,
  troublesOf,
  YARDSTICK_NAMES,
} from '../common/labels.ts'
import { clipColumn, padEnd, wrapText } from '../common/text-columns.ts'
import { renderClientAnswers } from './clients.ts'
import type { Paint } from './paint.ts'

const CAPABILITIES = 'Musts that hold, of those judged (of all)'
const MOST_CAUSES = 8
/** Of each of several targets: the others have to be seen as well. */
const FEW_CAUSES = 3
/** Lines that say why a run is incomplete. */
const MOST_REASON = 4
/** Clients that are named beside a cause. */
const NAMED = 2

/** One target alone may fill `lines`; without them it is one of several, and has a shorter block. */
export function renderScreen(
  run: RunResult,
  target: TargetRecord,
  { look, width, lines }: { look: Paint; width: number; lines?: number },
): readonly string[] {
  const isAlone = lines !== undefined
  const causes = rankFailureCauses(run, target)
  const clients = renderClientAnswers(run, target, look, width)
  // Whoever asks about a client reads the answer first.
  const isFirst = target.selection?.some(({ clients: asked = [] }) => asked.length > 0) === true
  const head = [
    ...(isFirst ? clients : []),
    look.bold(heading(target, width)),
    verdictLine(run, target, causes, look, width),
    ...incompleteLines(run, look, width),
    ...troubleLines(run, target, look, width),
    ...(isFirst ? [] : clients),
    ...(isAlone ? [look.dim(CAPABILITIES)] : []),
    ...capabilityLines(run, target, look, width),
  ]
  const foot = [...flakyLine(run, target, look, width), ...unjudgedLines(run, target, look, width)]
  const next = nextLine(causes, look, width)
  const room = isAlone ? lines - head.length - foot.length - 3 : FEW_CAUSES * 2
  const told = causeLines(causes, { look, width, room, most: isAlone ? MOST_CAUSES : FEW_CAUSES })
  return [
    ...head,
    ...(told.length === 0 ? [] : [...(isAlone ? [''] : []), causeHead(look, width), ...told]),
    ...foot,
    next,
  ]
}

function heading(target: TargetRecord, width: number): string {
  return clipColumn(
    escapeControls(
      `${target.name} · ${target.models.text} · ${formatOrigin(target)} · ${target.endpoint}`,
    ),
    width,
  )
}

const TONES: Readonly<Record<RunConclusion['word'], 'good' | 'unsure' | 'bad'>> = {
  conforms: 'good',
  'does not conform': 'bad',
  incomplete: 'unsure',
  'stale baseline': 'bad',
  'fault of the suite': 'bad',
  'budget used up': 'unsure',
}

function verdictLine(
  run: RunResult,
  target: TargetRecord,
  causes: readonly FailureCause[],
  look: Paint,
  width: number,
): string {
  const { code, word: conclusion } = concludeTarget(run, target)
  const word = escapeControls(formatStanding(run, target))
  const gate = target.gate.map((each) => YARDSTICK_NAMES[each]).join(', ') || 'nothing'
  const line = [
    `exit ${code}, gated by ${gate}`,
    ...(causes.length === 0 ? [] : [`${countCauses(causes)} of failure`]),
  ].join(' · ')
  const clipped = clipColumn(`${word} · ${escapeControls(line)}`, width)
  const say = look[TONES[conclusion]]
  return clipped.startsWith(word) ? say(look.bold(word)) + clipped.slice(word.length) : clipped
}

/** Why a run did not get to its end. */
function incompleteLines(run: RunResult, look: Paint, width: number): readonly string[] {
  if (run.run.complete) return []
  const why = escapeControls(`incomplete: ${run.run.incomplete ?? 'the run did not end'}`)
  return wrapText(why, width)
    .slice(0, MOST_REASON)
    .map((line) => look.unsure(line))
}

/** What decides beside the verdicts, in the words of its own. */
function troubleLines(
  run: RunResult,
  target: TargetRecord,
  look: Paint,
  width: number,
): readonly string[] {
  const mine = troublesOf(run, target).filter(({ kind }) => kind !== 'budget')
  const lines = mine.slice(0, MOST_REASON).map(formatTrouble)
  const more = mine.length - lines.length
  return [...lines, ...(more > 0 ? [`and ${more} more of these`] : [])].map((line) =>
    look.bad(clipColumn(escapeControls(line), width)),
  )
}

/** The eight features of the API, two a line; features that nobody asked for are left out. */
function capabilityLines(
  run: RunResult,
  target: TargetRecord,
  look: Paint,
  width: number,
): readonly string[] {
  const gating = rowsOf(run, target).filter(({ yardstick }) => target.gate.includes(yardstick))
  const cells = FIRST_FEATURES.flatMap((feature) => {
    const rows = gating.filter((row) => featureOf(run, row) === feature)
    if (rows.length === 0) return []
    const { mark, must } = tallyOf(run, rows)
    const { glyph } = MARK_WORDS[mark]
    const paint = mark === 'breaks' ? look.bad : mark === 'pass' ? look.good : look.warn
    return [{ glyph: paint(glyph), text: `${padEnd(feature, 17)} ${formatFraction(must)}` }]
  })
  const half = Math.floor((width - 2) / 2)
  return Array.from({ length: Math.ceil(cells.length / 2) }, (_, index) => {
    const [left, right] = [cells[index * 2]!, cells[index * 2 + 1]]
    const first = padEnd(clipColumn(left.text, half - 3), half - 2)
    return right === undefined
      ? `  ${left.glyph} ${first.trimEnd()}`
      : `  ${left.glyph} ${first}${right.glyph} ${clipColumn(right.text, half - 4)}`
  })
}

function causeHead(look: Paint, width: number): string {
  const { unmeasured, specification } = MARK_WORDS
  const legend = `${unmeasured.glyph} no client measured  ${specification.glyph} no measured client broke`
  return look.bold(clipColumn(`Causes, heaviest first (${legend})`, width))
}

function causeLines(
  causes: readonly FailureCause[],
  { look, width, room, most }: { look: Paint; width: number; room: number; most: number },
): readonly string[] {
  const lines: string[] = []
  let shown = 0
  for (const cause of causes.slice(0, most)) {
    const block = causeBlock(cause, look, width)
    // The last line is for what is left out.
    const isLast = shown + 1 === causes.length
    if (lines.length + block.length > room - (isLast ? 0 : 1)) break
    lines.push(...block)
    shown += 1
  }
  const left = causes.length - shown
  if (left === 0) return lines
  return [...lines, look.dim(`  … and ${formatCount(left, 'more cause')}`)]
}

/** Its sentence, how much hangs on it and who breaks: one line, or two. */
function causeBlock(cause: FailureCause, look: Paint, width: number): readonly string[] {
  const colour = cause.mark === 'breaks' ? look.bad : look.warn
  const glyph = colour(MARK_WORDS[cause.mark].glyph)
  const count = formatCount(cause.checks.length, 'check')
  const sentence = escapeControls(cause.title)
  // What is hidden is always told; how many checks fail, where there is room.
  const weight =
    cause.hides > 0
      ? ` (hides ${formatCount(cause.hides, 'check')})`
      : cause.checks.length > 1 && clipColumn(`${sentence} (${count})`, width - 2).endsWith(')')
        ? ` (${count})`
        : ''
  // What clients did in another fault is for whoever reads on.
  const broken = cause.breaks === undefined ? undefined : formatBroken(cause, NAMED)
  const told = broken === undefined ? undefined : clipColumn(escapeControls(broken), width - 4)
  const room = width - 2
  const [first = '', second] = wrapText(sentence, room)
  const title =
    second === undefined
      ? [`${glyph} ${clipColumn(first, room - weight.length)}${look.dim(weight)}`]
      : [
          `${glyph} ${first}`,
          `  ${clipColumn(sentence.slice(first.length).trim(), room - weight.length)}${look.dim(weight)}`,
        ]
  return [...title, ...(told === undefined ? [] : [look.dim(`    ${told}`)])]
}

/** Never hidden behind the causes: who asks once more may see it fail. */
function flakyLine(
  run: RunResult,
  target: TargetRecord,
  look: Paint,
  width: number,
): readonly string[] {
  const [first, ...others] = flakyOf(run, target)
  if (first === undefined) return []
  const more = others.length === 0 ? '' : ` and ${others.length} more`
  return [
    look.warn(clipColumn(escapeControls(`${MARK_WORDS.warn.glyph} flaky: ${first}${more}`), width)),
  ]
}

/** What was not judged and why: by the endpoint, by the model, and because nobody asked. */
function unjudgedLines(
  run: RunResult,
  target: TargetRecord,
  look: Paint,
  width: number,
): readonly string[] {
  const rows = rowsOf(run, target).filter(({ yardstick }) => target.gate.includes(yardstick))
  const open = rows.filter(({ outcome }) => outcome === 'inconclusive')
  const model = open.filter(({ reason }) => reason === 'model-declined')
  const endpoint = open.filter(({ reason }) => reason !== 'model-declined')
  const unasked = rows.filter(({ reason }) => reason === 'untestable')
  const parts = [
    ...part('endpoint', endpoint, whyOpen),
    ...part('model', model, () => 'declined'),
    ...part('not asked', unasked, optionOf),
  ]
  const unsent = unsentOf(rows)
  return [
    ...(parts.length === 0 ? [] : [`Not judged: ${parts.join('; ')}`]),
    ...(unsent === undefined ? [] : [unsent]),
  ].flatMap((text) =>
    wrapText(escapeControls(text), width)
      .slice(0, 2)
      .map((line) => look.dim(line)),
  )
}

/** Which of the requests that the documents print were not sent, and why. */
function unsentOf(rows: readonly Verdict[]): string | undefined {
  const printed = rows.filter(({ check }) => /^basic\/samples\/(?!.*-as-printed$)/.test(check))
  const unsent = printed.filter(({ reason }) => reason === 'untestable')
  if (unsent.length === 0) return undefined
  const why = unsent.map(({ check, note = '' }) => {
    const option = optionOf({ note } as Verdict)
    const because = option === 'not configured' ? note : option
    return `${check.slice('basic/samples/'.length)} (${because.replace(/^cannot be sent: /, '')})`
  })
  return `${unsent.length} of ${printed.length} documented requests not sent: ${why.join(', ')}`
}

function part(
  who: string,
  rows: readonly Verdict[],
  why: (row: Verdict) => string,
): readonly string[] {
  if (rows.length === 0) return []
  const counts = new Map<string, number>()
  for (const row of rows) counts.set(why(row), (counts.get(why(row)) ?? 0) + 1)
  const [first, ...others] = [...counts].toSorted(([, a], [, b]) => b - a)
  return [`${who} ${rows.length} (${first![0]}${others.length === 0 ? '' : ', …'})`]
}

function whyOpen({ reason, hiddenBy }: Verdict): string {
  if (hiddenBy !== undefined) return 'hidden by a cause'
  if (reason === 'prerequisite') return 'an earlier step failed'
  return reason === undefined ? 'unclear' : REASON_WORDS[reason]
}

/** The option that asks it, or what the set-up lacks; the check's note names it. */
function optionOf({ note = '' }: Verdict): string {
  return /--[a-z][a-z-]*|^the set-up lacks .*/.exec(note)?.[0] ?? 'not configured'
}

function nextLine(causes: readonly FailureCause[], look: Paint, width: number): string {
  const explain = causes[0] === undefined ? '' : ` · explain ${causes[0].checks[0]!}`
  const line = `Next: report.html · --verbose${explain}`
  return look.dim(clipColumn(escapeControls(line), width))
}
