// What is behind each cell of the capabilities, in a compact form: every text once.

import type { CapabilityMatrix, MatrixColumn, RunResult, Yardstick } from '../../src/types/index.ts'
import { formatKept, formatPromised, titleOfColumn } from '../common/matrix-words.ts'

/** An index into `texts` counts from 1; 0 is none. */
export interface PageCapabilities extends PageNames, PageCells {}

/** What a page needs before anybody asks what is behind a cell. */
export interface PageNames {
  readonly capabilities: readonly {
    readonly id: string
    readonly name: string
    readonly question: string
  }[]
  readonly columns: readonly PageColumn[]
}

export interface PageCells {
  readonly texts: readonly string[]
  /** By column, by capability. */
  readonly cells: readonly (readonly PackedCell[])[]
}

export interface PageColumn {
  /** Of a target, for links into the matrix of checks; absent where nothing was asked. */
  readonly target?: string
  readonly name: string
  readonly about: string
  readonly lens: Yardstick
}

export type PackedCell = readonly [
  kept: number,
  why: number,
  /** Index of the capability that is told first, plus one. */
  as: number,
  /** `<check> <outcome>` */
  rows: readonly number[],
  promised: number,
  quote: number,
  at: number,
  source: number,
  url: number,
  contested: number,
  broken: 0 | 1,
]

export function createCapabilityData(
  run: RunResult,
  matrix: CapabilityMatrix,
  columns: readonly MatrixColumn[],
): PageCapabilities {
  const texts: string[] = []
  const known = new Map<string, number>()
  const put = (text: string | undefined): number => {
    if (text === undefined || text === '') return 0
    const index = known.get(text) ?? texts.push(text)
    known.set(text, index)
    return index
  }
  const places = new Map(matrix.capabilities.map(({ id }, index) => [id, index + 1]))
  const cells = columns.map((column) =>
    column.cells.map(({ kept, promised, isBroken }): PackedCell => {
      const source = promised?.source
      const rows = kept?.rows.map(({ check, outcome }) => put(`${check} ${outcome}`)) ?? []
      return [
        put(formatKept(kept?.state)),
        put(kept?.why),
        places.get(kept?.as ?? '') ?? 0,
        [...new Set(rows)],
        put(formatPromised(promised?.state) || (promised && 'no word of its own')),
        put(promised?.quote ?? promised?.says),
        put(promised?.at),
        put(source && [source.title, source.edition, source.retrieved].filter(Boolean).join(', ')),
        put(source?.url),
        put(promised?.contested),
        isBroken === true ? 1 : 0,
      ]
    }),
  )
  return {
    texts,
    capabilities: matrix.capabilities.map(({ id, name, question }) => ({ id, name, question })),
    columns: columns.map((column): PageColumn => {
      const { name, version, behind } = titleOfColumn(run, column)
      return {
        ...(column.target === undefined ? {} : { target: column.target }),
        name,
        about: [version, behind, column.unmeasured].filter(Boolean).join(', '),
        lens: column.yardstick ?? 'openai',
      }
    }),
    cells,
  }
}
