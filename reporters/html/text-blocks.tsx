import type { Block } from '../common/blocks.ts'
import { escapeControls } from '../common/escape.ts'
import { PlainTable } from './plain-table.tsx'
import { Sentence, SourceLinks } from './text.tsx'

/** What `formatBlocks` writes to a terminal, as a part of a page. */
export function Blocks({ blocks }: { readonly blocks: readonly Block[] }) {
  return (
    <>
      {blocks.map((block, index) => (
        <BlockView key={index} block={block} />
      ))}
    </>
  )
}

function BlockView({ block }: { readonly block: Block }) {
  if ('heading' in block) {
    return (
      <h2>
        <Sentence text={block.heading} />
      </h2>
    )
  }
  if ('text' in block) {
    return (
      <p>
        <Sentence text={block.text} />
      </p>
    )
  }
  if ('quote' in block) {
    return (
      <blockquote>
        <Sentence text={block.quote} />
      </blockquote>
    )
  }
  if ('code' in block) return <pre class="code">{escapeControls(block.code.join('\n'), true)}</pre>
  if ('links' in block) {
    return (
      <p>
        <SourceLinks sources={block.links} />
      </p>
    )
  }
  if ('items' in block) {
    return (
      <ul>
        {block.items.map((item) => (
          <li key={item}>
            <Sentence text={item} />
          </li>
        ))}
      </ul>
    )
  }
  return (
    <PlainTable label={block.columns.join(', ')} columns={block.columns}>
      {block.rows.map((row) => (
        <tr key={row.join()}>
          {row.map((cell, index) => (
            <td key={index}>
              <Sentence text={cell} />
            </td>
          ))}
        </tr>
      ))}
    </PlainTable>
  )
}
