// What was predicted of clients and what they did, counted.

import { findManifest } from '../../src/drivers/client-folders.ts'

export interface Cell {
  readonly server: string
  readonly client: string
  readonly flow: string
  readonly predicted: 'works' | 'breaks' | 'unknown'
  readonly real: 'works' | 'breaks'
  /** What was said, and what was seen: for whoever looks for the mistake. */
  readonly why: string
}

/** Unknown is not right. */
export interface Confusion {
  readonly cells: number
  readonly decided: number
  readonly right: number
  /** Predicted to break, and worked. */
  readonly falseBreaks: number
  /** Predicted to work, and broke. */
  readonly falseWorks: number
}

export function countConfusion(cells: readonly Cell[]): Confusion {
  const decided = cells.filter(({ predicted }) => predicted !== 'unknown')
  const wrong = decided.filter(({ predicted, real }) => predicted !== real)
  return {
    cells: cells.length,
    decided: decided.length,
    right: decided.length - wrong.length,
    falseBreaks: wrong.filter(({ real }) => real === 'works').length,
    falseWorks: wrong.filter(({ real }) => real === 'breaks').length,
  }
}

/** By server, by client, and by the language of the client. */
export function countBy(
  cells: readonly Cell[],
  key: 'server' | 'client' | 'language',
): Readonly<Record<string, Confusion>> {
  const of = (cell: Cell): string => (key === 'language' ? languageOf(cell.client) : cell[key])
  const names = [...new Set(cells.map(of))].toSorted()
  return Object.fromEntries(
    names.map((name) => [name, countConfusion(cells.filter((cell) => of(cell) === name))]),
  )
}

export function sumConfusions(all: readonly Confusion[]): Confusion {
  const sum = (key: keyof Confusion): number => all.reduce((total, one) => total + one[key], 0)
  return {
    cells: sum('cells'),
    decided: sum('decided'),
    right: sum('right'),
    falseBreaks: sum('falseBreaks'),
    falseWorks: sum('falseWorks'),
  }
}

export const languageOf = (client: string): string => findManifest(client)?.language ?? 'unknown'

export function printConfusion(cells: readonly Cell[]): void {
  const rows = [
    ...Object.entries(countBy(cells, 'server')),
    ...Object.entries(countBy(cells, 'client')),
    ...Object.entries(countBy(cells, 'language')),
    ['all', countConfusion(cells)] as const,
  ]
  console.log(`${''.padEnd(24)} right/decided/all   of decided  of all  false breaks  false works`)
  for (const [name, { right, decided, cells: all, falseBreaks, falseWorks }] of rows) {
    const share = (of: number): string => (of === 0 ? '–' : `${((100 * right) / of).toFixed(1)} %`)
    console.log(
      `${name.padEnd(24)} ${`${right}/${decided}/${all}`.padEnd(19)} ${share(decided).padEnd(11)} ${share(all).padEnd(7)} ${falseBreaks} ${falseWorks}`,
    )
  }
  for (const cell of cells) {
    if (cell.predicted === cell.real || (cell.predicted === 'unknown' && cell.why === '')) continue
    console.log(
      `  ${cell.server} ${cell.client} ${cell.flow}: ${cell.predicted}, really ${cell.real}: ${cell.why}`,
    )
  }
}
