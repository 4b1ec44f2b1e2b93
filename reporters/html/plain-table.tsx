import type { ComponentChildren } from 'preact'

/** Rows under these headings, in a region that scrolls by itself; named by `label`, or by the element with that id. */
export function PlainTable({
  label,
  labelledBy,
  columns,
  children,
}: {
  readonly label?: string
  readonly labelledBy?: string
  readonly columns: readonly string[]
  readonly children: ComponentChildren
}) {
  return (
    <div class="scroll" tabindex={0} role="region" aria-label={label} aria-labelledby={labelledBy}>
      <table class="plain-table">
        <thead>
          <tr>
            {columns.map((column) => (
              <th scope="col" key={column}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  )
}
