import type { PageTarget } from './page-data.ts'

/** The head of a target's column. */
export function TargetHead({ target }: { readonly target: PageTarget }) {
  return (
    <th scope="col">
      <span class="target">{target.name}</span>
      <span class="model">{target.model}</span>
      <span class={`origin o-${target.origin}`}>{target.origin}</span>
      {target.stale === undefined ? undefined : <span class="age">{target.stale}</span>}
    </th>
  )
}
