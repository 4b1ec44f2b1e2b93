import type { Readiness, RunResult, TargetRecord } from '../../src/types/index.ts'
import { clipColumn, wrapText } from '../common/text-columns.ts'
import { formatReadiness, formatUnasked, listReadinessGroups } from '../common/client-answers.ts'
import { escapeControls } from '../common/escape.ts'
import { ANSWER_WORDS } from '../common/labels.ts'
import type { Paint } from './paint.ts'

const TONE: Readonly<Record<Readiness['answer'], 'good' | 'warn' | 'bad' | 'unsure'>> = {
  works: 'good',
  limited: 'warn',
  breaks: 'bad',
  unknown: 'unsure',
}

/** Sentences for one client; the Markdown has all. */
const SHOWN = 3

/** Lines of an answer about one client. */
const ROOM = 3

/** Whether the clients that were asked about work here: each in a sentence, or many in groups. */
export function renderClientAnswers(
  run: RunResult,
  target: TargetRecord,
  look: Paint,
  width: number,
): readonly string[] {
  const rows = (run.readiness ?? []).filter((row) => row.target === target.id)
  if (rows.length === 0) {
    return [look.dim(clipColumn(escapeControls(formatUnasked(run, target)), width))]
  }
  if (rows.length > 2) {
    return listReadinessGroups(rows).map(
      ({ answer, text }) =>
        `${look[TONE[answer]](ANSWER_WORDS[answer].glyph)} ${clipColumn(escapeControls(text), width - 2)}`,
    )
  }
  return rows.flatMap((row) => {
    const [first = '', ...more] = wrapText(escapeControls(formatReadiness(row)), width - 2)
    const shown = more.slice(0, ROOM - 1)
    const rest = more.length > shown.length ? [...shown.slice(0, -1), `${shown.at(-1)!}…`] : shown
    return [
      `${look[TONE[row.answer]](ANSWER_WORDS[row.answer].glyph)} ${look.bold(first)}`,
      ...rest.map((line) => look.dim(`  ${clipColumn(line, width - 2)}`)),
    ]
  })
}

/** Which clients work with a target, and why not. */
export function renderClientLines(
  run: RunResult,
  target: TargetRecord,
  look: Paint,
  width: number,
): readonly string[] {
  const rows = (run.readiness ?? []).filter((row) => row.target === target.id)
  if (rows.length === 0) return []
  const wide = Math.max(...rows.map(({ name, version }) => name.length + version.length)) + 1
  return [
    '  clients',
    ...rows.flatMap((row) => {
      const { glyph, name } = ANSWER_WORDS[row.answer]
      const head = `${escapeControls(row.name)} ${escapeControls(row.version)}`.padEnd(wide)
      return [
        `  ${look[TONE[row.answer]](glyph)} ${head}  ${name}`,
        ...row.reasons
          .slice(0, SHOWN)
          .flatMap((reason) => wrapText(escapeControls(reason), width - 8))
          .map((line) => look.dim(`      ${line}`)),
      ]
    }),
    '',
  ]
}
