import type { ComponentChildren } from 'preact'
import type { Reply } from '../../src/reply.ts'
import type { Mark } from '../../src/result.ts'
import type { Yardstick } from '../../src/types.ts'
import { plain, webAddress } from '../common/escape.ts'
import { LEGEND, MARK_WORDS, YARDSTICK_NAMES } from '../common/words.ts'
import { MARKS } from '../../src/result.ts'
import { href } from './places.ts'

/** What is around every page of the site. */
export function Frame({
  title,
  depth,
  children,
}: {
  readonly title: string
  readonly depth: 0 | 1
  readonly children: ComponentChildren
}) {
  return (
    <>
      <header class="top">
        <nav aria-label="Site">
          <a href={href('index.html', depth)}>Providers</a>
          <a href={href('matrix.html', depth)}>Matrix</a>
          <a href={href('data/latest/verdicts.csv', depth)}>Data</a>
        </nav>
        <h1>{plain(title)}</h1>
      </header>
      <main>{children}</main>
      <footer>
        <ul class="legend">
          {LEGEND.map(({ glyph, name, means }, index) => (
            <li key={name}>
              <span class={`tag m-${MARKS[index]}`}>
                {glyph} {name}
              </span>
              {means}
            </li>
          ))}
        </ul>
      </footer>
    </>
  )
}

export function MarkTag({ mark }: { readonly mark: Mark }) {
  return (
    <span class={`tag m-${mark}`}>
      {MARK_WORDS[mark].glyph} {MARK_WORDS[mark].name}
    </span>
  )
}

export function By({ yardstick }: { readonly yardstick: Yardstick }) {
  return <>{YARDSTICK_NAMES[yardstick]}</>
}

/** What the provider answered to a cell. */
export function Replies({ replies }: { readonly replies: readonly Reply[] }) {
  return (
    <>
      {replies.map(({ by, date, state, words, url }) => {
        const address = url === undefined ? undefined : webAddress(url)
        return (
          <p class="reply" key={`${date} ${words}`}>
            <b>
              {plain(by)}, {date}, {state}:
            </b>{' '}
            {plain(words)} {address === undefined ? undefined : <a href={address}>more</a>}
          </p>
        )
      })}
    </>
  )
}
