import type { ComponentChildren } from 'preact'
import type { Reply } from '../../src/publish/provider-replies.ts'
import { plain, webAddress } from '../common/escape.ts'
import { Legend } from '../html/marks.tsx'
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
        <Legend />
      </footer>
    </>
  )
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
