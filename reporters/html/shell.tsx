import { createHash } from 'node:crypto'
import type { ComponentChildren, VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { formatScriptJson } from '../common/escape.ts'

interface Shell {
  readonly title: string
  readonly style: string
  /** Runs at the end of the page; may load further scripts, nothing else may run. */
  readonly script?: string
  /** Put into `<script id="data" type="application/json">`. */
  readonly data?: unknown
  readonly body: ComponentChildren
}

/** One self-contained page that loads nothing from anywhere and runs no script but its own. */
export function renderHtmlDocument(shell: Shell): string {
  return `<!doctype html>\n${renderToString(<Page {...shell} />)}\n`
}

function Page({ title, style, script, data, body }: Shell): VNode {
  const policy = [
    `default-src 'none'`,
    `style-src '${hash(style)}'`,
    // strict-dynamic: the page's own script may load the evidence files beside it, also from disk,
    // where 'self' means nothing.
    ...(script === undefined ? [] : [`script-src '${hash(script)}' 'strict-dynamic'`]),
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ')
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={policy} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>{title}</title>
        <style dangerouslySetInnerHTML={{ __html: style }} />
      </head>
      <body>
        {body}
        {data === undefined ? undefined : (
          <script
            id="data"
            type="application/json"
            dangerouslySetInnerHTML={{ __html: formatScriptJson(data) }}
          />
        )}
        {script === undefined ? undefined : <script dangerouslySetInnerHTML={{ __html: script }} />}
      </body>
    </html>
  )
}

function hash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}
