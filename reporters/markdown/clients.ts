import { observedTargetsOf } from '../../src/result/rows-marks-and-standing.ts'
import type { Readiness, RunResult } from '../../src/types/index.ts'
import { escapeMarkdown } from '../common/escape.ts'
import { ANSWER_WORDS, CLIENTS_MEANS } from '../common/labels.ts'

/** One table: clients down, targets across; the reasons below. */
export function renderClientSection(run: RunResult): readonly string[] {
  const rows = run.readiness ?? []
  const targets = observedTargetsOf(run).filter(({ id }) =>
    rows.some(({ target }) => target === id),
  )
  if (targets.length === 0) return []
  const clients = [...new Map(rows.map((row) => [row.client, row])).values()]
  const cell = (client: string, target: string): string => {
    const row = rows.find((each) => each.client === client && each.target === target)
    if (row === undefined) return ''
    const { glyph, name } = ANSWER_WORDS[row.answer]
    return `${glyph} ${name}`
  }
  return [
    '## Clients',
    '',
    CLIENTS_MEANS,
    '',
    `| | ${targets.map(({ name }) => escapeMarkdown(name)).join(' | ')} |`,
    `| --- |${' --- |'.repeat(targets.length)}`,
    ...clients.map(
      ({ client, name, version }) =>
        `| ${escapeMarkdown(`${name} ${version}`)} | ${targets.map(({ id }) => cell(client, id)).join(' | ')} |`,
    ),
    ...targets.flatMap(({ id, name }) =>
      reasons(
        name,
        rows.filter(({ target }) => target === id),
      ),
    ),
  ]
}

function reasons(target: string, rows: readonly Readiness[]): readonly string[] {
  const told = rows.filter((row) => row.reasons.length > 0)
  if (told.length === 0) return []
  return [
    '',
    `### What clients meet at ${escapeMarkdown(target)}`,
    '',
    ...told.flatMap((row) => [
      `- **${escapeMarkdown(row.name)}**: ${ANSWER_WORDS[row.answer].name}`,
      ...row.reasons.map((reason) => `  - ${escapeMarkdown(reason)}`),
    ]),
  ]
}
