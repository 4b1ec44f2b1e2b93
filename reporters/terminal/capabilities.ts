// The matrix of capabilities for a terminal: one column as lines of words, several as a table.

import { FIRST_FEATURES } from '../../src/result/rows-marks-and-standing.ts'
import type {
  CapabilityMatrix,
  CapabilityRecord,
  KeptState,
  MatrixColumn,
  RunResult,
} from '../../src/types/index.ts'
import { escapeControls } from '../common/escape.ts'
import { clipColumn, padEnd, wrapText } from '../common/text-columns.ts'
import {
  BROKEN_MEANS,
  findCell,
  findFeatureCell,
  formatKept,
  formatPromised,
  listCapabilitiesOf,
  titleOfColumn,
} from '../common/matrix-words.ts'
import type { Paint } from './paint.ts'

const NAME_WIDTH = 31
/** Columns side by side; more are shown below. */
const MOST_ACROSS = 4
const MOST_TOLD = 9

interface Look {
  readonly look: Paint
  readonly width: number
}

/** The columns of a matrix; those of documents alone are shown where nothing was measured. */
export function renderMatrixScreen(
  run: RunResult,
  matrix: CapabilityMatrix,
  columns: readonly MatrixColumn[],
  drawn: Look,
): readonly string[] {
  const measured = columns.filter(({ target }) => target !== undefined)
  const shown = measured.length > 0 ? measured : columns
  const lines =
    shown.length === 1
      ? renderOne(run, matrix, shown[0]!, drawn)
      : Array.from({ length: Math.ceil(shown.length / MOST_ACROSS) }, (_, index) =>
          renderSeveral(
            run,
            matrix,
            shown.slice(index * MOST_ACROSS, (index + 1) * MOST_ACROSS),
            drawn,
          ),
        ).flatMap((part, index) => (index === 0 ? part : ['', ...part]))
  const others = columns.length - shown.length
  const more =
    others === 0 ? [] : ['', `${others} more of which only documents were read: capabilities.csv`]
  return [...lines, ...more.map((line) => drawn.look.dim(line))]
}

/** A line for each feature, then what is promised and not there, then what else is not there. */
function renderOne(
  run: RunResult,
  matrix: CapabilityMatrix,
  column: MatrixColumn,
  { look, width }: Look,
): readonly string[] {
  const { name, version, behind } = titleOfColumn(run, column)
  const title = [name, version, behind].filter((part) => part !== '').join(', ')
  const head = look.bold(clipColumn(escapeControls(title), width))
  const features = matrix.features.flatMap((feature) => {
    const cell = findFeatureCell(column, feature.id)
    const states = `${padEnd(formatKept(cell?.kept), 12)}${padEnd(formatPromised(cell?.promised), 15)}`
    const rest = summarizeRows(column, listCapabilitiesOf(matrix, feature.id))
    return [clipColumn(`${padEnd(feature.name, NAME_WIDTH)}${states}${rest}`, width).trimEnd()]
  })
  const unmeasured = column.unmeasured === undefined ? [] : [`Not measured: ${column.unmeasured}.`]
  return [
    head,
    '',
    ...unmeasured,
    ...features,
    ...listTold(matrix, column, true, width, look.bad(`Promised and not kept`)),
    ...listTold(matrix, column, false, width, look.bold('Not there')),
  ]
}

function summarizeRows(column: MatrixColumn, own: readonly CapabilityRecord[]): string {
  const named = (state: KeptState): readonly string[] =>
    own.filter(({ id }) => findCell(column, id)?.kept?.state === state).map(({ name }) => name)
  const parts = (['no', 'partly', 'unclear'] as const).flatMap((state) => {
    const names = named(state)
    return names.length === 0 ? [] : [`${state}: ${names.join(', ')}`]
  })
  const yes = named('yes').length
  if (parts.length === 0) return yes === 0 ? '' : 'all that was asked'
  return [...parts, ...(yes > 0 ? [`yes: ${yes} more`] : [])].join(' · ')
}

function listTold(
  { capabilities }: CapabilityMatrix,
  column: MatrixColumn,
  isBroken: boolean,
  width: number,
  head: string,
): readonly string[] {
  const found = capabilities.flatMap((one) => {
    const cell = findCell(column, one.id)
    const isOfKind = (cell?.isBroken === true) === isBroken
    return cell?.kept?.state === 'no' && isOfKind ? [{ one, kept: cell.kept }] : []
  })
  if (found.length === 0) return []
  const lines = found.slice(0, MOST_TOLD).map(({ one, kept }) => {
    const first = capabilities.find(({ id }) => id === kept.as)
    const why = first === undefined ? (kept.why ?? '') : `as ${first.name}`
    return clipColumn(`  ${padEnd(one.name, 28)} ${escapeControls(why)}`, width).trimEnd()
  })
  const more = found.length - lines.length
  return ['', head, ...lines, ...(more > 0 ? [`  … and ${more} more`] : [])]
}

/** The eight features of the API and, below each, what differs. */
function renderSeveral(
  run: RunResult,
  matrix: CapabilityMatrix,
  columns: readonly MatrixColumn[],
  { look, width }: Look,
): readonly string[] {
  const room = Math.max(12, Math.floor((width - NAME_WIDTH) / columns.length))
  const cut = (text: string): string => padEnd(clipColumn(text, room - 1), room)
  const line = (name: string, cells: readonly string[]): string =>
    `${padEnd(clipColumn(name, NAME_WIDTH - 1), NAME_WIDTH)}${cells.map(cut).join('')}`.trimEnd()
  const titles = columns.map((column) => titleOfColumn(run, column))
  const head = [
    look.bold(
      line(
        '',
        titles.map(({ name }) => escapeControls(name)),
      ),
    ),
    ...(titles.some(({ version }) => version !== '')
      ? [
          look.dim(
            line(
              '',
              titles.map(({ version }) => escapeControls(version)),
            ),
          ),
        ]
      : []),
  ]
  const cellOf = (column: MatrixColumn, kept: KeptState | undefined, isBroken: boolean): string =>
    column.target === undefined ? '' : `${formatKept(kept)}${isBroken ? ' !' : ''}`
  const body = matrix.features.flatMap((feature) => {
    const own = listCapabilitiesOf(matrix, feature.id).filter(({ id }) => {
      const states = columns.map((column) => findCell(column, id)?.kept?.state)
      return states.includes('no') && new Set(states).size > 1
    })
    const top = columns.map((column) => {
      const cell = findFeatureCell(column, feature.id)
      const lost = cell?.lost ?? 0
      const hint = cell?.kept === 'yes' && lost > 0 ? `, ${lost} no` : ''
      return column.target === undefined
        ? formatPromised(cell?.promised)
        : `${cellOf(column, cell?.kept, cell?.isBroken === true)}${hint}`
    })
    const isFirst = FIRST_FEATURES.includes(feature.id)
    return [
      line(feature.name, top),
      ...(isFirst ? own : []).map(({ id, name }) =>
        line(
          `  ${name}`,
          columns.map((column) => {
            const cell = findCell(column, id)
            return cellOf(column, cell?.kept?.state, cell?.isBroken === true)
          }),
        ),
      ),
    ]
  })
  const foot = `! ${BROKEN_MEANS}. Below a feature stand only capabilities that differ here and that somebody lacks.`
  return [...head, ...body, '', ...wrapText(foot, width).map((line) => look.dim(line))]
}
