import type { Yardstick } from '../../../src/types/index.ts'
import type { PageData } from '../page-data-types.ts'
import type { ViewState } from '../matrix-model.ts'

interface Place {
  readonly state: ViewState
  /** The open cell: a row of the table, and a target. */
  readonly cell?: { readonly id: string; readonly target: number } | undefined
}

/** What an address says after its `#`. Whatever it says, a valid place comes out. */
export function readPlace(data: PageData, hash: string): Place {
  const said = new URLSearchParams(hash.replace(/^#/, ''))
  const targetOf = (id: string): number => data.targets.findIndex((target) => target.id === id)
  const lens = said.get('lens') as Yardstick
  const compare = (said.get('compare') ?? '')
    .split('~')
    .map(targetOf)
    .filter((target) => target >= 0)
  const [of = '', id = ''] = (said.get('cell') ?? '').split('~')
  const target = targetOf(of)
  return {
    state: {
      lens: data.yardsticks.includes(lens) ? lens : data.lens,
      failing: said.has('failing'),
      differing: said.has('differing'),
      feature: said.get('feature') ?? '',
      level: said.get('level') ?? '',
      text: said.get('text') ?? '',
      rows: said.get('rows') ?? 'catalogue',
      columns: said.get('columns') ?? 'run',
      compare: compare.length === 2 ? compare : [],
      toggled: new Set((said.get('fold') ?? '').split('~').filter(Boolean)),
    },
    cell: target >= 0 && id !== '' ? { id, target } : undefined,
  }
}

/** The address of a place; what is as it would be by itself is left out. */
export function formatPlaceHash(data: PageData, { state, cell }: Place): string {
  const idOf = (target: number): string => data.targets[target]!.id
  const said: [string, string][] = []
  const say = (name: string, value: string, usual = ''): void => {
    if (value !== usual) said.push([name, value])
  }
  say('lens', state.lens, data.lens)
  say('failing', state.failing ? '1' : '')
  say('differing', state.differing ? '1' : '')
  say('feature', state.feature)
  say('level', state.level)
  say('text', state.text)
  say('rows', state.rows, 'catalogue')
  say('columns', state.columns, 'run')
  say('compare', state.compare.length === 2 ? state.compare.map(idOf).join('~') : '')
  say('fold', [...state.toggled].join('~'))
  say('cell', cell === undefined ? '' : `${idOf(cell.target)}~${cell.id}`)
  return said.length === 0 ? '' : `#${new URLSearchParams(said).toString().replaceAll('%2F', '/')}`
}
