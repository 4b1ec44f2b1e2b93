import type { PageTarget } from './page-data-types.ts'

/** The head of a target's column. */
export function TargetHead({ target }: { readonly target: PageTarget }) {
  return (
    <th scope="col">
      <span class="target">{target.name}</span>
      <span class="model">{target.model}</span>
      <span class={`origin o-${target.origin}`}>{target.origin}</span>
      {target.isPart ? <span class="age">asked in part</span> : undefined}
      {target.stale === undefined ? undefined : <span class="age">{target.stale}</span>}
    </th>
  )
}
