import type { Exchange, Finding } from '../../../src/types/index.ts'
import { make } from './make-elements.ts'

/** A saved exchange, with a sentence on how its stream was delivered. */
export interface Saved {
  readonly exchange: Exchange
  readonly delivered: string | undefined
}

declare global {
  interface Window {
    /** What each file of the folder `evidence` calls with its exchange. */
    __evidence: (id: string, text: string, delivered?: string) => void
  }
}

/** Fills a place with the exchange of an evidence id, once its file is there. */
export type LoadEvidence = (
  place: HTMLElement,
  id: string,
  findings: readonly Finding[],
  target: number,
) => void

export function createEvidence(
  view: (saved: Saved, findings: readonly Finding[], target: number) => HTMLElement,
): LoadEvidence {
  const loaded = new Map<string, Saved>()
  const waiting = new Map<string, (() => void)[]>()
  window.__evidence = (id, text, delivered) => {
    loaded.set(id, { exchange: JSON.parse(text) as Exchange, delivered })
    for (const show of waiting.get(id) ?? []) show()
    waiting.delete(id)
  }

  // A page opened from disk may not fetch, but it may load a script.
  const request = (id: string, missing: () => void): void => {
    const script = make('script')
    script.src = `evidence/${encodeURIComponent(id)}.js`
    script.addEventListener('error', missing)
    script.addEventListener('load', () => script.remove())
    document.head.append(script)
  }

  return (place, id, findings, target) => {
    const show = (): void => {
      place.replaceChildren(view(loaded.get(id)!, findings, target))
      // The guilty line comes into sight of its own box; the drawer stays where it is.
      for (const box of place.querySelectorAll('pre')) {
        const hit = box.querySelector('mark')
        if (hit !== null) box.scrollTop = hit.offsetTop - box.offsetTop - box.clientHeight / 2
      }
    }
    if (loaded.has(id)) return show()
    place.replaceChildren(make('p', { class: 'quiet' }, 'Loading …'))
    const others = waiting.get(id)
    waiting.set(id, [...(others ?? []), show])
    if (others !== undefined) return
    request(id, () => {
      waiting.delete(id)
      place.replaceChildren(
        make('p', { class: 'quiet' }, `evidence/${id}.js is not beside this page.`),
      )
    })
  }
}
