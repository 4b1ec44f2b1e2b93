import { splitCode, escapeControls, toWebAddress } from '../common/escape.ts'

export function SourceLink({ title, url }: { readonly title: string; readonly url: string }) {
  const href = toWebAddress(url)
  return href === undefined ? (
    <span>{escapeControls(title)}</span>
  ) : (
    <a href={href} rel="noreferrer" target="_blank">
      {escapeControls(title)}
    </a>
  )
}

export function SourceLinks({
  sources,
}: {
  readonly sources: readonly { readonly title: string; readonly url: string }[]
}) {
  return (
    <>
      {sources.map(({ title, url }) => (
        <span key={url}>
          <SourceLink title={title} url={url} />{' '}
        </span>
      ))}
    </>
  )
}

/** A sentence of this project, in which backticks mark code. */
export function Sentence({ text }: { readonly text: string }) {
  return (
    <>
      {splitCode(text).map((part) =>
        part.code ? <code>{escapeControls(part.text)}</code> : escapeControls(part.text),
      )}
    </>
  )
}
