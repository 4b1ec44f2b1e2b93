// What is to be read about one thing, in blocks that a terminal and a web page show alike.

import { escapeControls } from './escape.ts'
import { formatTable, wrapText } from './text-columns.ts'

/** Backticks mark code in `heading`, `text`, `quote`, `items` and cells; `code` is shown as it stands. */
export type Block =
  | { readonly heading: string }
  | { readonly text: string }
  | { readonly quote: string }
  | { readonly items: readonly string[] }
  | { readonly links: readonly { readonly title: string; readonly url: string }[] }
  | { readonly code: readonly string[] }
  | { readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] }

/** Lines of at most `width` columns, except where code or an address is longer. */
export function formatBlocks(blocks: readonly Block[], width: number): readonly string[] {
  return blocks.flatMap((block, index) => [
    ...(index === 0 ? [] : ['']),
    ...linesOf(block, width).map((line) => escapeControls(line)),
  ])
}

function linesOf(block: Block, width: number): readonly string[] {
  if ('heading' in block) return [block.heading]
  if ('text' in block) return indented(wrapText(block.text, width - 2), '  ')
  if ('quote' in block) return indented(wrapText(block.quote, width - 4), '  | ')
  if ('code' in block) return indented(block.code, '    ')
  if ('links' in block) return block.links.map(({ title, url }) => `  ${title}: ${url}`)
  if ('items' in block) {
    return block.items.flatMap((item) =>
      wrapText(item, width - 4).map((line, index) => `  ${index === 0 ? '-' : ' '} ${line}`),
    )
  }
  return indented(formatTable([block.columns, ...block.rows]), '  ')
}

function indented(lines: readonly string[], by: string): readonly string[] {
  return lines.map((line) => (line === '' ? '' : by + line))
}
