import type { Readiness, RunResult, TargetRecord } from '../../src/types/index.ts'
import { wrapText } from '../common/text-columns.ts'
import { escapeControls } from '../common/escape.ts'
import { ANSWER_WORDS } from '../common/labels.ts'
import type { Paint } from './paint.ts'

/** Sentences for one client; the Markdown has all. */
const SHOWN = 3

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

const TONE: Readonly<Record<Readiness['answer'], 'good' | 'warn' | 'bad' | 'unsure'>> = {
  works: 'good',
  limited: 'warn',
  breaks: 'bad',
  unknown: 'unsure',
}
