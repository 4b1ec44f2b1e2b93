import { matrixOf, type MatrixSource } from '../../src/result/cells/compute-matrix.ts'
import { FIRST_FEATURES } from '../../src/result/rows-marks-and-standing.ts'
import type { DocumentedRun } from '../../src/result/tally-document-rows.ts'
import type {
  CapabilityMatrix,
  FeatureRecord,
  MatrixColumn,
  RunResult,
} from '../../src/types/index.ts'
import { escapeMarkdown } from '../common/escape.ts'
import {
  BROKEN_MEANS,
  findCell,
  findFeatureCell,
  formatKept,
  formatPromised,
  KEPT_WORDS,
  listToldColumns,
  titleOfColumn,
} from '../common/matrix-words.ts'
import { formatTableRow } from './observed-matrix.ts'

/** What can be relied on: what was measured, and what documents promise, in a table each. */
export function renderCapabilitySection(run: RunResult): readonly string[] {
  const matrix = matrixOf(run)
  const columns = listToldColumns(matrix)
  if (columns.length === 0) return []
  const measured = columns.filter(({ target }) => target !== undefined)
  return [
    '## What can be relied on',
    '',
    ...(measured.length === 0 ? [] : renderKeptTable(run, matrix, measured)),
    ...renderPromisedTable(run, columns),
    ...renderBrokenList(run, matrix, measured),
  ]
}

/** Providers down, the eight features of the API across. */
function renderKeptTable(
  run: RunResult,
  matrix: CapabilityMatrix,
  columns: readonly MatrixColumn[],
): readonly string[] {
  const features = firstFeatures(matrix)
  return [
    `What each does; **bold**: ${BROKEN_MEANS}. “2 no”: of a feature’s further lines two are not there.`,
    '',
    formatTableRow(['', ...features.map(({ name }) => name)]),
    formatTableRow(['---', ...features.map(() => '---')]),
    ...columns.map((column) => {
      const { name, version } = titleOfColumn(run, column)
      const cells = features.map(({ id }) => {
        const cell = findFeatureCell(column, id)
        const lost = cell?.kept === 'yes' && cell.lost > 0 ? `, ${cell.lost} no` : ''
        const word = `${formatKept(cell?.kept)}${lost}`
        return cell?.isBroken === true ? `**${word}**` : word
      })
      const behind = version === '' ? '' : `<br><sub>${escapeMarkdown(version)}</sub>`
      return formatTableRow([`${escapeMarkdown(name)}${behind}`, ...cells])
    }),
    '',
    `${Object.values(KEPT_WORDS)
      .map(({ glyph, word, means }) => `${glyph} ${word}: ${means}`)
      .join(' · ')}.`,
    '',
  ]
}

/** The same for what documents say; an empty cell is not named, or only “compatible with OpenAI”. */
export function renderPromisedTable(
  run: MatrixSource & DocumentedRun,
  columns: readonly MatrixColumn[] = listToldColumns(matrixOf(run)),
): readonly string[] {
  const matrix = matrixOf(run)
  const features = firstFeatures(matrix)
  const documented = columns.filter(({ provider }) => provider !== undefined)
  if (documented.length === 0) return []
  return [
    'What their documents promise; an empty cell is not named, or only “compatible with OpenAI”.',
    '',
    formatTableRow(['', ...features.map(({ name }) => name)]),
    formatTableRow(['---', ...features.map(() => '---')]),
    ...documented.map((column) =>
      formatTableRow([
        escapeMarkdown(titleOfColumn(run, column).name),
        ...features.map(({ id }) => formatPromised(findFeatureCell(column, id)?.promised)),
      ]),
    ),
    '',
    `A feature’s word rests on: ${features
      .map(
        ({ name, restsOn }) =>
          `${name}: ${restsOn
            .map((id) => matrix.capabilities.find((one) => one.id === id)?.name ?? id)
            .join(', ')}`,
      )
      .join(' · ')}.`,
  ]
}

function renderBrokenList(
  run: RunResult,
  { capabilities }: CapabilityMatrix,
  columns: readonly MatrixColumn[],
): readonly string[] {
  const lines = columns.flatMap((column) =>
    capabilities.flatMap(({ id, name }) => {
      const { kept, promised, isBroken } = findCell(column, id) ?? {}
      if (isBroken !== true) return []
      const said = promised?.quote ?? promised?.says ?? ''
      return [
        `- ${escapeMarkdown(titleOfColumn(run, column).name)}, ${name}: “${escapeMarkdown(said)}”; ${escapeMarkdown(kept?.why ?? 'not there')}`,
      ]
    }),
  )
  return lines.length === 0 ? [] : ['', '### Promised and not kept', '', ...lines]
}

function firstFeatures({ features }: CapabilityMatrix): readonly FeatureRecord[] {
  return features.filter(({ id }) => FIRST_FEATURES.includes(id))
}
