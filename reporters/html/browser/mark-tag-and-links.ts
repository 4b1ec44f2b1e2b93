import type { Mark } from '../../../src/result/rows-marks-and-standing.ts'
import { MARK_WORDS } from '../../common/labels.ts'
import { make, showHidden } from './make-elements.ts'

/** A mark with a text: its name, if no other is given. */
export function createTag(mark: Mark, text: string = MARK_WORDS[mark].name): HTMLElement {
  return make('span', { class: `tag m-${mark}` }, `${MARK_WORDS[mark].glyph} ${text}`)
}

/** A link; the title alone where the address is no web address. */
export function createLink(title: string, url: string): HTMLElement {
  return /^https?:\/\//.test(url)
    ? make('a', { href: url, rel: 'noreferrer', target: '_blank' }, showHidden(title))
    : make('span', {}, showHidden(title))
}
