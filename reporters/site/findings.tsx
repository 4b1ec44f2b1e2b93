import type { CapabilityMatrix, MatrixColumn } from '../../src/types/index.ts'
import { findCell } from '../common/matrix-words.ts'
import { formatCount } from '../common/labels.ts'
import { capabilityFileOf, hrefOf } from './places.ts'

/** Of a capability, how many columns it takes to say something about all. */
const LEAST_DECIDED = 2

/** What the results found, in three sentences: what most lack, what is promised and not kept, what is promised twice. */
export function Findings({
  matrix,
  columns,
}: {
  readonly matrix: CapabilityMatrix
  readonly columns: readonly MatrixColumn[]
}) {
  const first = matrix.features.slice(0, 8).map(({ id }) => id)
  const lacking = matrix.capabilities
    .filter(({ feature }) => first.includes(feature))
    .map((one) => {
      const states = columns.flatMap((column) => findCell(column, one.id)?.kept?.state ?? [])
      const decided = states.filter((state) => ['yes', 'partly', 'no'].includes(state)).length
      return { one, no: states.filter((state) => state === 'no').length, decided }
    })
    .filter(({ no, decided }) => no > 0 && decided >= LEAST_DECIDED)
    .toSorted((a, b) => b.no / b.decided - a.no / a.decided || b.decided - a.decided)
    .slice(0, 3)
  const cells = columns.flatMap(({ cells: all }) => all)
  const put = cells.filter(
    ({ kept, promised }) =>
      promised?.state === 'yes' && ['yes', 'partly', 'no'].includes(kept?.state ?? ''),
  )
  const of = (state: string): number => put.filter(({ kept }) => kept?.state === state).length
  const both = columns.filter(({ cells: all }) =>
    all.some(({ promised }) => promised?.state === 'yes & no'),
  ).length
  return (
    <ul class="findings">
      {lacking.length === 0 ? undefined : (
        <li>
          What most lack:{' '}
          {lacking.map(({ one, no, decided }, index) => (
            <span key={one.id}>
              {index === 0 ? '' : ', '}
              <a href={hrefOf(capabilityFileOf(one.id), 0)}>{one.name}</a> ({no} of {decided})
            </span>
          ))}
          .
        </li>
      )}
      {put.length === 0 ? undefined : (
        <li>
          Of {formatCount(put.length, 'plain promise')} put to the test, {of('yes')} kept,{' '}
          {of('partly')} in part, {of('no')} not.
        </li>
      )}
      {both === 0 ? undefined : (
        <li>
          {formatCount(both, 'provider')} promise in one place what they take back in another.
        </li>
      )}
    </ul>
  )
}
