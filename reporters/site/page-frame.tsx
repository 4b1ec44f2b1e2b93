import type { ComponentChildren } from 'preact'
import type { ProviderReply } from '../../src/result/publish/provider-replies.ts'
import { escapeControls, toWebAddress } from '../common/escape.ts'
import { Legend } from '../html/marks.tsx'
import { CHANGES_FILE, hrefOf } from './places.ts'

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
          <a href={hrefOf('index.html', depth)}>Providers</a>
          <a href={hrefOf('matrix.html', depth)}>Matrix</a>
          <a href={hrefOf(CHANGES_FILE, depth)}>Changes</a>
          <a href={hrefOf('data/latest/verdicts.csv', depth)}>Data</a>
        </nav>
        <h1>{escapeControls(title)}</h1>
      </header>
      <main>{children}</main>
      <footer>
        <Legend />
      </footer>
    </>
  )
}

/** What the provider answered to a cell. */
export function RepliesSection({ replies }: { readonly replies: readonly ProviderReply[] }) {
  return (
    <>
      {replies.map(({ by, date, state, words, url }) => {
        const address = url === undefined ? undefined : toWebAddress(url)
        return (
          <p class="reply" key={`${date} ${words}`}>
            <b>
              {escapeControls(by)}, {date}, {state}:
            </b>{' '}
            {escapeControls(words)} {address === undefined ? undefined : <a href={address}>more</a>}
          </p>
        )
      })}
    </>
  )
}
