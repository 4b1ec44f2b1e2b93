/** A stop of the arrow keys: a row's own button (no target), or a cell. */
interface Stop {
  readonly row: string
  readonly target: string
}

interface Grid {
  /** One stop for the tab key in the whole table; call it after each change of the table. */
  rove(): void
  /** Focus where it was before the table changed. */
  refocus(): void
  goTo(stop: Stop): void
  /** The cell that the keys are on. */
  cell(): { readonly id: string; readonly target: number } | undefined
}

/** Arrow keys, Home and End walk the table; the rest of it is for the mouse as for the keys. */
export function createGrid(
  body: HTMLElement,
  on: { readonly fold: (id: string) => void; readonly open: (id: string, target: number) => void },
): Grid {
  const STOPS = 'button.cell, button.fold'
  let focus: Stop | undefined

  const stopsOf = (place: Element): readonly HTMLElement[] => [
    ...place.querySelectorAll<HTMLElement>(STOPS),
  ]
  const stopOf = (button: HTMLElement): Stop => ({
    row: button.closest('tr')?.dataset['row'] ?? '',
    target: button.dataset['target'] ?? '',
  })
  const buttonAt = (stop: Stop | undefined): HTMLElement | undefined =>
    stop === undefined
      ? undefined
      : stopsOf(body).find((button) => {
          const here = stopOf(button)
          return here.row === stop.row && here.target === stop.target
        })

  const rove = (): void => {
    const all = stopsOf(body)
    for (const button of all) button.tabIndex = -1
    const current = buttonAt(focus) ?? all[0]
    if (current !== undefined) current.tabIndex = 0
  }

  const focusOn = (button: HTMLElement | undefined): void => {
    if (button === undefined) return
    focus = stopOf(button)
    rove()
    button.focus()
    button.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }

  /** The button beside or above this one, in the same column if there is one. */
  const neighbour = (from: HTMLElement, key: string): HTMLElement | undefined => {
    const row = from.closest('tr')!
    const here = stopsOf(row)
    const column = here.indexOf(from)
    if (key === 'ArrowRight') return here[column + 1]
    if (key === 'ArrowLeft') return here[column - 1]
    if (key === 'Home') return here[0]
    if (key === 'End') return here.at(-1)
    let next: Element | null = row
    do next = key === 'ArrowDown' ? next!.nextElementSibling : next!.previousElementSibling
    while (next !== null && stopsOf(next).length === 0)
    const there = next === null ? [] : stopsOf(next)
    return there.find((stop) => stop.dataset['target'] === from.dataset['target']) ?? there[0]
  }

  const buttonOf = (event: Event): HTMLElement | null =>
    (event.target as HTMLElement).closest<HTMLElement>(STOPS)

  body.addEventListener('focusin', (event) => {
    const button = buttonOf(event)
    if (button !== null) focus = stopOf(button)
  })

  body.addEventListener('keydown', (event) => {
    const from = buttonOf(event)
    if (from === null || event.ctrlKey || event.metaKey || event.altKey) return
    const { key } = event
    if (!['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(key)) return
    event.preventDefault()
    const folds = from.dataset['fold']
    const open = from.getAttribute('aria-expanded') === 'true'
    if (folds !== undefined && ((key === 'ArrowRight' && !open) || (key === 'ArrowLeft' && open)))
      on.fold(folds)
    else focusOn(neighbour(from, key))
  })

  body.addEventListener('click', (event) => {
    const button = buttonOf(event)
    if (button === null) return
    focus = stopOf(button)
    const folds = button.dataset['fold']
    if (folds !== undefined) on.fold(folds)
    else on.open(focus.row, Number(focus.target))
  })

  return {
    rove,
    refocus: () => focusOn(buttonAt(focus)),
    goTo: (stop) => focusOn(buttonAt(stop) ?? stopsOf(body).find(({ tabIndex }) => tabIndex === 0)),
    cell: () =>
      focus === undefined || focus.target === ''
        ? undefined
        : { id: focus.row, target: Number(focus.target) },
  }
}
