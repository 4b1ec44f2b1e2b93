import type { PageCapabilities, PageCells, PageNames } from '../capability-data.ts'
import { make } from './make-elements.ts'

declare global {
  interface Window {
    /** What the file beside a page calls with what is behind its cells. */
    __cells: (cells: PageCells) => void
  }
}

/** Hands on what is behind the cells: the page's own, or that of the file beside it. Without either, nothing is. */
export function loadCells(
  page: PageCapabilities | PageNames,
  use: (whole: PageCapabilities) => void,
): void {
  if ('cells' in page) return use(page)
  window.__cells = (cells) => use({ ...page, ...cells })
  // A page opened from disk may not fetch, but it may load a script.
  const script = make('script')
  script.src = 'cells.js'
  script.addEventListener('error', () => {
    use({ ...page, texts: [], cells: page.columns.map(() => []) })
    document.getElementById('capabilities-told')!.textContent =
      'cells.js is not beside this page: what is behind a word cannot be told.'
  })
  document.head.append(script)
}
