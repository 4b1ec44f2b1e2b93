import { MARK_WORDS, YARDSTICK_NAMES } from '../../common/labels.ts'
import { make } from './make-elements.ts'
import type { Model, ViewState } from '../matrix-model.ts'

/** Head and body of the matrix for a state of the view. */
export function createTableView(
  model: Model,
  state: ViewState,
): { readonly head: HTMLElement; readonly body: readonly HTMLElement[]; readonly rows: number } {
  const { data } = model
  const targets = model.targets(state)
  const head = make(
    'tr',
    {},
    make('th', { scope: 'col', class: 'corner' }, `By ${YARDSTICK_NAMES[state.lens]}`),
    targets.map((index) => {
      const target = data.targets[index]!
      return make(
        'th',
        { scope: 'col', title: `${target.name}, ${target.model}, ${target.endpoint}` },
        make('span', { class: 'target' }, target.name),
        make('span', { class: 'model' }, target.model),
        make('span', { class: `origin o-${target.origin}` }, target.origin),
        target.isPart ? make('span', { class: 'age' }, 'asked in part') : undefined,
        target.stale === undefined ? undefined : make('span', { class: 'age' }, target.stale),
        make(
          'label',
          { class: 'compare' },
          make('input', {
            type: 'checkbox',
            'data-compare': String(index),
            checked: state.compare.includes(index),
            'aria-label': `Compare ${target.name}`,
          }),
          'compare',
        ),
      )
    }),
  )
  const totals = (['must', 'should'] as const).map((level) =>
    make(
      'tr',
      { class: 'total' },
      make('th', { scope: 'row' }, `All ${level}s`),
      targets.map((target) => {
        const total = model.total(target, state.lens, level)
        return make(
          'td',
          { class: 'sum' },
          total.text === '' ? make('small', {}, 'not judged') : make('b', {}, total.text),
          total.of === '' ? undefined : make('small', {}, ` ${total.of}`),
        )
      }),
    ),
  )
  const view = model.view(state)
  const rows = view.map((row) =>
    make(
      'tr',
      { class: `depth-${row.depth}`, 'data-row': row.id },
      make(
        'th',
        { scope: 'row' },
        row.folds
          ? make(
              'button',
              {
                type: 'button',
                class: 'fold',
                tabindex: '-1',
                'aria-expanded': String(row.open),
                'data-fold': row.id,
              },
              row.label,
            )
          : make('span', { class: 'check' }, row.label, make('small', {}, row.title)),
      ),
      row.cells.map((cell) =>
        make(
          'td',
          { class: data.targets[cell.target]!.stale === undefined ? undefined : 'stale' },
          cell.mark === 'none'
            ? undefined
            : make(
                'button',
                {
                  type: 'button',
                  class: `cell m-${cell.mark}`,
                  tabindex: '-1',
                  'data-target': String(cell.target),
                  'aria-label': cell.label,
                },
                make('i', {}, MARK_WORDS[cell.mark].glyph),
                cell.text === '' ? undefined : ` ${cell.text}`,
                cell.of === '' ? undefined : ' ',
                cell.of === '' ? undefined : make('small', {}, cell.of),
              ),
        ),
      ),
    ),
  )
  return { head, body: [...totals, ...rows], rows: view.length }
}
