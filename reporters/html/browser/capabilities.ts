// Brings the table of capabilities to life: folding, filters, and what is behind a cell.

import type { PackedCell, PageCapabilities, PageColumn } from '../capability-data.ts'
import { make, showHidden } from './make-elements.ts'

/** `linkOf`: where the rows of a check stand, as a link. */
export function startCapabilities(
  data: PageCapabilities,
  linkOf: (column: PageColumn, check: string) => string,
): void {
  const section = document.getElementById('capabilities')!
  const controls = document.getElementById('capability-controls') as HTMLFormElement
  const dialog = document.getElementById('behind') as HTMLDialogElement
  const told = document.getElementById('capabilities-told')!
  const bodies = [...section.querySelectorAll<HTMLTableSectionElement>('tbody')]
  const text = (index: number): string => showHidden(data.texts[index - 1] ?? '')
  const places = new Map(data.capabilities.map(({ id }, index) => [id, index]))
  const opened = new Set<string>()

  for (const body of bodies) {
    const name = body.querySelector('.feature .name')!
    const fold = make('button', { type: 'button', class: 'fold' }, name.textContent)
    fold.addEventListener('click', () => {
      const feature = body.dataset['feature']!
      if (!opened.delete(feature)) opened.add(feature)
      show()
    })
    name.replaceChildren(fold)
  }
  // Buttons are made when they are needed: a large table has thousands of cells.
  const equip = (row: HTMLTableRowElement): void => {
    if (row.dataset['ready'] !== undefined) return
    row.dataset['ready'] = ''
    for (const half of row.querySelectorAll('td > b, td > i')) {
      const column = (half.parentElement as HTMLElement).dataset['c']!
      half.replaceChildren(
        make('button', { type: 'button', class: 'half', 'data-c': column }, half.textContent),
      )
    }
  }

  section.addEventListener('click', (event) => {
    const half = (event.target as HTMLElement).closest<HTMLElement>('.half')
    const row = half?.closest<HTMLElement>('[data-capability], .feature')
    if (half === null || half === undefined || row === null || row === undefined) return
    const column = Number(half.dataset['c'])
    const ids =
      row.dataset['capability'] === undefined
        ? [...row.parentElement!.querySelectorAll<HTMLElement>('[data-capability]')].map(
            (one) => one.dataset['capability']!,
          )
        : [row.dataset['capability']]
    tell(
      column,
      ids.map((id) => places.get(id)!),
    )
  })

  function tell(column: number, capabilities: readonly number[]): void {
    const { name, about } = data.columns[column]!
    const close = make('button', { type: 'button', class: 'plain-button' }, 'Close')
    close.addEventListener('click', () => dialog.close())
    dialog.replaceChildren(
      make('header', {}, make('h3', { id: 'behind-title' }, showHidden(name)), close),
      make('p', { class: 'quiet' }, showHidden(about)),
      ...capabilities.flatMap((index) => describe(column, index)),
    )
    dialog.showModal()
    dialog.scrollTop = 0
  }

  function describe(column: number, index: number): readonly HTMLElement[] {
    const cell: PackedCell | undefined = data.cells[column]![index]
    if (cell === undefined) return []
    const [kept, why, as, rows, promised, quote, at, source, url, contested, broken] = cell
    const { name, question } = data.capabilities[index]!
    const first = data.capabilities[as - 1]
    const address = text(url)
    return [
      make('h4', {}, name),
      make('p', { class: 'quiet' }, question),
      ...(kept === 0
        ? []
        : [
            make(
              'p',
              {},
              make('b', {}, text(kept)),
              why === 0 ? '' : `: ${text(why)}`,
              first === undefined ? '' : ` (the same as ${first.name})`,
            ),
          ]),
      ...(rows.length === 0
        ? []
        : [make('ul', {}, ...rows.map((row) => describeRow(data.columns[column]!, text(row))))]),
      ...(promised === 0
        ? []
        : [
            make(
              'p',
              {},
              make('b', {}, text(promised)),
              at === 0 ? '' : ': ',
              make('code', {}, text(at)),
            ),
            ...(quote === 0 ? [] : [make('blockquote', {}, text(quote))]),
            ...(contested === 0 ? [] : [make('p', {}, `Against it: ${text(contested)}`)]),
            ...(source === 0
              ? []
              : [
                  make(
                    'p',
                    { class: 'quiet' },
                    /^https?:\/\//.test(address)
                      ? make('a', { href: address, rel: 'noreferrer' }, text(source))
                      : text(source),
                  ),
                ]),
          ]),
      ...(broken === 1
        ? [make('p', { class: 'alert' }, 'Promised without a condition, and not there.')]
        : []),
    ]
  }

  function describeRow(column: PageColumn, row: string): HTMLElement {
    const [check = '', outcome = ''] = row.split(' ')
    const link =
      column.target === undefined
        ? check
        : make('a', { href: linkOf(column, check), class: 'check-link' }, check)
    return make('li', {}, link, ` ${outcome}`)
  }
  dialog.addEventListener('click', (event) => {
    const target = event.target as HTMLElement
    if (target === dialog || target.closest('.check-link') !== null) dialog.close()
  })

  const WORKS = /^[✓◐]/
  function matches(cell: PackedCell | undefined, only: string): boolean {
    if (cell === undefined) return false
    const promised = text(cell[4])
    if (only === 'broken') return cell[10] === 1
    if (only === 'both') return promised.startsWith('⇄')
    return WORKS.test(text(cell[0])) && promised === 'no word of its own'
  }

  function show(): void {
    const said = new FormData(controls)
    const value = (name: string): string => String(said.get(`capability-${name}`) ?? '')
    const [one, only, words] = [value('column'), value('only'), value('text').toLowerCase()]
    const columns = one === '' ? data.columns.map((_, index) => index) : [Number(one)]
    section.classList.toggle('one', columns.length === 1 && data.columns.length > 1)
    let found = 0
    for (const body of bodies) {
      const rows = [...body.querySelectorAll<HTMLTableRowElement>('.capability')]
      const shown = rows.filter((row) => {
        const index = places.get(row.dataset['capability']!)!
        const { name, question } = data.capabilities[index]!
        const isNamed = words === '' || `${name} ${question}`.toLowerCase().includes(words)
        const isAsked =
          only === '' || columns.some((column) => matches(data.cells[column]![index], only))
        return isNamed && isAsked
      })
      const isFiltered = only !== '' || words !== ''
      const isOpen = isFiltered || opened.has(body.dataset['feature']!)
      body.hidden = isFiltered && shown.length === 0
      body.querySelector('.fold')!.setAttribute('aria-expanded', String(isOpen))
      equip(body.querySelector<HTMLTableRowElement>('.feature')!)
      for (const row of rows) {
        row.hidden = !isOpen || !shown.includes(row)
        if (!row.hidden) equip(row)
      }
      found += shown.length
    }
    for (const cell of section.querySelectorAll<HTMLElement>('th[data-c], td[data-c]'))
      cell.hidden = one !== '' && cell.dataset['c'] !== one
    if (one !== '') explain(Number(one))
    told.textContent = only === '' && words === '' ? '' : `${found} capabilities`
  }

  /** One provider is read as sentences: the reason stands beside the word. */
  function explain(column: number): void {
    for (const row of section.querySelectorAll<HTMLElement>('.capability')) {
      const cell = data.cells[column]![places.get(row.dataset['capability']!)!]
      const place = row.querySelector<HTMLElement>(`td[data-c="${column}"]`)
      if (
        place === null ||
        place.querySelector('q') !== null ||
        cell === undefined ||
        cell[1] === 0
      )
        continue
      place.append(make('q', {}, text(cell[1])))
    }
  }

  document.getElementById('open-all')!.addEventListener('click', () => {
    if (opened.size === bodies.length) opened.clear()
    else for (const body of bodies) opened.add(body.dataset['feature']!)
    show()
  })
  controls.addEventListener('submit', (event) => event.preventDefault())
  controls.addEventListener('input', show)
  controls.hidden = false
  show()
}
