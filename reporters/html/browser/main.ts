// The script of the HTML report. `npm run build` bundles it; the page carries the bundle.

import type { Yardstick } from '../../../src/types/index.ts'
import { YARDSTICK_NAMES } from '../../common/labels.ts'
import { createModel } from '../matrix-model.ts'
import type { PageCapabilities, PageNames } from '../capability-data.ts'
import type { PageData } from '../page-data-types.ts'
import { startCapabilities } from './capabilities.ts'
import { loadCells } from './load-cells.ts'
import { createDrawerView } from './drawer-content.ts'
import { createEvidence } from './load-evidence.ts'
import { createExchangeView } from './exchange.ts'
import { createGrid } from './grid.ts'
import { createCopyButton, make } from './make-elements.ts'
import { formatPlaceHash, readPlace } from './state.ts'
import { createTableView } from './table.ts'

// After the first paint: the page shows its matrix without any script.
requestAnimationFrame(() => setTimeout(start))

/** Brings the page to life. */
function start(): void {
  const find = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T
  const { capabilities, ...data } = JSON.parse(find('data').textContent ?? '') as PageData & {
    readonly capabilities?: PageCapabilities | PageNames
  }
  // The index of a site has no matrix of checks: that is a page of its own.
  const isIndex = data.targets === undefined
  if (capabilities !== undefined)
    loadCells(capabilities, (whole) =>
      startCapabilities(whole, ({ target, lens }, check) => {
        const place = new URLSearchParams({ lens, cell: `${target ?? ''}~${check}` })
        return `${isIndex ? 'matrix.html' : ''}#${place.toString()}`
      }),
    )
  if (isIndex) return
  const model = createModel(data)
  const head = find('matrix-head')
  const body = find('matrix-body')
  const controls = find<HTMLFormElement>('controls')
  const drawer = find<HTMLDialogElement>('drawer')
  const help = find<HTMLDialogElement>('help')
  const root = document.documentElement

  let { state, cell: openCell } = readPlace(data, location.hash)
  const grid = createGrid(body, { fold, open })

  // ── the table ──────────────────────────────────────────────────────────────

  const control = (name: string): HTMLInputElement =>
    controls.elements.namedItem(name) as HTMLInputElement

  function render(): void {
    root.dataset['lens'] = state.lens
    const table = createTableView(model, state)
    head.replaceChildren(table.head)
    body.replaceChildren(...table.body)
    const comparing = state.compare.length === 2
    find('told').textContent = comparing
      ? `${state.compare.map((index) => data.targets[index]!.name).join(' and ')} side by side: what differs by ${YARDSTICK_NAMES[state.lens]}.`
      : table.rows === 0
        ? model.rows.some((row) => row.yardsticks.includes(state.lens))
          ? 'Nothing matches these filters.'
          : `Nobody is judged by ${YARDSTICK_NAMES[state.lens]} here.`
        : ''
    find('stop-comparing').hidden = !comparing
    for (const name of ['feature', 'level', 'rows', 'columns', 'text'] as const)
      control(name).value = state[name]
    for (const name of ['failing', 'differing'] as const) control(name).checked = state[name]
    for (const radio of controls.querySelectorAll<HTMLInputElement>('[name=lens]'))
      radio.checked = radio.value === state.lens
    grid.rove()
    remember()
  }

  function remember(): void {
    const hash = formatPlaceHash(data, { state, cell: openCell })
    // Only what has a state of its own: a link into the documents stays in the address.
    if (hash !== location.hash && (hash !== '' || location.hash.includes('=')))
      history.replaceState(null, '', hash === '' ? location.pathname + location.search : hash)
  }

  function rerender(): void {
    const inside = body.contains(document.activeElement)
    render()
    if (inside) grid.refocus()
  }

  function fold(id: string): void {
    if (state.toggled.has(id)) state.toggled.delete(id)
    else state.toggled.add(id)
    rerender()
  }

  head.addEventListener('change', (event) => {
    const box = event.target as HTMLInputElement
    const index = Number(box.dataset['compare'])
    state.compare = box.checked
      ? [...state.compare, index].slice(-2)
      : state.compare.filter((each) => each !== index)
    // One tick alone changes nothing yet.
    if (state.compare.length !== 1) {
      state.toggled = new Set()
      render()
    }
  })

  find('stop-comparing').addEventListener('click', () => {
    state.compare = []
    render()
  })

  // ── controls ───────────────────────────────────────────────────────────────

  controls.addEventListener('submit', (event) => event.preventDefault())
  controls.addEventListener('input', (event) => {
    const { name, value, checked } = event.target as HTMLInputElement
    if (name === 'lens') state.lens = value as Yardstick
    else if (name === 'failing' || name === 'differing') state[name] = checked
    else if (name === 'feature' || name === 'level' || name === 'text') state[name] = value
    else if (name === 'rows' || name === 'columns') state[name] = value
    if (!['lens', 'rows', 'columns'].includes(name)) state.toggled = new Set()
    render()
  })

  find('theme').addEventListener('click', () => {
    const dark = matchMedia('(prefers-color-scheme: dark)').matches
    const now = root.dataset['theme'] ?? (dark ? 'dark' : 'light')
    root.dataset['theme'] = now === 'dark' ? 'light' : 'dark'
  })
  find('show-help').addEventListener('click', () => help.showModal())

  // ── the drawer ─────────────────────────────────────────────────────────────

  const loadEvidence = createEvidence((saved, findings, target) =>
    createExchangeView(saved, findings, data.targets[target]!),
  )

  function open(id: string, target: number): void {
    openCell = { id, target }
    const record = data.targets[target]!
    find('drawer-title').textContent = id
    find('drawer-target').textContent = `${record.name} · ${record.model} · ${record.origin}`
    const actions = { loadEvidence, cellLink }
    find('drawer-body').replaceChildren(...createDrawerView(actions, model, id, target, state.lens))
    find('drawer-link').replaceChildren(
      createCopyButton(
        location.href.replace(/#.*$/, '') + formatPlaceHash(data, { state, cell: openCell }),
        'Copy link',
      ),
    )
    if (!drawer.open) drawer.showModal()
    find('drawer-body').scrollTop = 0
    remember()
  }

  function cellLink(target: number, id: string, label: string): HTMLElement {
    const button = make('button', { type: 'button', class: 'link' }, label)
    button.addEventListener('click', () => open(id, target))
    return button
  }

  /** Closes the drawer, if it is open, and puts the keys back on its cell. */
  function leave(): void {
    drawer.close()
    const closed = openCell
    if (closed === undefined) return
    openCell = undefined
    remember()
    grid.goTo({ row: closed.id, target: String(closed.target) })
  }
  // At once: the event `close` comes so late that the next key may have moved the focus by then.
  drawer.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return
    event.preventDefault()
    leave()
  })
  // What else closes a dialog: the back gesture of a phone.
  drawer.addEventListener('close', () => {
    if (!drawer.open) leave()
  })
  const closeHelp = (): void => help.close()
  for (const [dialog, close] of [
    [drawer, leave],
    [help, closeHelp],
  ] as const) {
    dialog.addEventListener('click', (event) => {
      if (event.target === dialog) close()
    })
    for (const button of dialog.querySelectorAll('[data-close]'))
      button.addEventListener('click', close)
  }

  /** Every failing check of the view, column by column: what `n` and `p` walk. */
  function failing(): { readonly id: string; readonly target: number }[] {
    return model
      .targets(state)
      .flatMap((target) =>
        data.checks
          .filter(({ id }) =>
            model.under(id, target, state.lens).some((row) => row.outcome === 'fail'),
          )
          .map(({ id }) => ({ id, target })),
      )
  }

  function walk(step: 1 | -1): void {
    const all = failing()
    if (all.length === 0) return
    const here = openCell ?? grid.cell()
    const at = all.findIndex(({ id, target }) => id === here?.id && target === here.target)
    const next =
      all[at < 0 ? (step > 0 ? 0 : all.length - 1) : (at + step + all.length) % all.length]!
    open(next.id, next.target)
  }
  find('drawer-next').addEventListener('click', () => walk(1))
  find('drawer-previous').addEventListener('click', () => walk(-1))

  // ── keys and addresses ─────────────────────────────────────────────────────

  const keys: Readonly<Record<string, () => void>> = {
    '/': () => control('text').focus(),
    '?': () => (help.open ? help.close() : help.showModal()),
    n: () => walk(1),
    p: () => walk(-1),
    1: () => choose('own'),
    2: () => choose('openai'),
    3: () => choose('open-responses'),
    f: () => toggle('failing'),
    d: () => toggle('differing'),
  }
  function choose(lens: Yardstick): void {
    state.lens = lens
    rerender()
  }
  function toggle(name: 'failing' | 'differing'): void {
    state[name] = !state[name]
    state.toggled = new Set()
    rerender()
  }
  document.addEventListener('keydown', (event) => {
    const { target, key } = event
    const typing =
      target instanceof HTMLSelectElement ||
      (target instanceof HTMLInputElement && target.type === 'search')
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return
    const act = Object.hasOwn(keys, key) ? keys[key] : undefined
    if (act === undefined || (drawer.open && !['n', 'p'].includes(key))) return
    event.preventDefault()
    act()
  })

  function follow(): void {
    if (location.hash !== '' && !location.hash.includes('=')) {
      // A place in the documents: unfold whatever it is in.
      const place = document.getElementById(decodeURIComponent(location.hash.slice(1)))
      for (let at = place; at !== null; at = at.parentElement)
        if (at instanceof HTMLDetailsElement) at.open = true
      place?.scrollIntoView()
      return
    }
    const place = readPlace(data, location.hash)
    state = place.state
    openCell = place.cell
    render()
    if (place.cell !== undefined && model.under(place.cell.id, place.cell.target).length > 0)
      open(place.cell.id, place.cell.target)
    else if (drawer.open) drawer.close()
  }
  window.addEventListener('hashchange', follow)
  render()
  if (location.hash !== '') follow()
  root.dataset['ready'] = ''
}
