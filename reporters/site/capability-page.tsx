import type { CapabilityRecord, CapabilityMatrix, MatrixColumn } from '../../src/types/index.ts'
import { escapeControls, toWebAddress } from '../common/escape.ts'
import { findCell, titleOfColumn } from '../common/matrix-words.ts'
import { Halves } from '../html/capabilities.tsx'
import { PlainTable } from '../html/plain-table.tsx'
import { Frame } from './page-frame.tsx'
import { cellHrefOf, checkFileOf, hrefOf, providerFileOf } from './places.ts'
import type { Site } from './site-data.ts'

/** One capability: who can, who says so and in which words, and which checks tell. */
export function CapabilityPage({
  site,
  one,
  matrix,
  columns,
}: {
  readonly site: Site
  readonly one: CapabilityRecord
  readonly matrix: CapabilityMatrix
  readonly columns: readonly MatrixColumn[]
}) {
  const feature = matrix.features.find(({ id }) => id === one.feature)?.name ?? one.feature
  const checks = new Set(
    columns.flatMap(
      (column) => findCell(column, one.id)?.kept?.rows.map(({ check }) => check) ?? [],
    ),
  )
  const isPromised = columns.some((column) => {
    const { quote, says } = findCell(column, one.id)?.promised ?? {}
    return quote !== undefined || says !== undefined
  })
  return (
    <Frame title={one.name} depth={1}>
      <p>
        {one.question} <span class="quiet">A line of “{feature}”.</span>
      </p>
      <PlainTable
        label={one.name}
        columns={[
          'Provider',
          isPromised ? 'Kept, promised' : 'Kept',
          'Why',
          ...(isPromised ? ['In its words'] : []),
        ]}
      >
        {columns.map((column) => (
          <ProviderRow
            key={titleOfColumn(site.latest, column).id}
            {...{ site, one, column, isPromised }}
          />
        ))}
      </PlainTable>
      {checks.size === 0 ? undefined : (
        <>
          <h2>Checks that tell</h2>
          <ul>
            {[...checks].toSorted().map((check) => (
              <li key={check}>
                <a href={hrefOf(checkFileOf(check), 1)}>{check}</a>
              </li>
            ))}
          </ul>
        </>
      )}
    </Frame>
  )
}

function ProviderRow({
  site,
  one,
  column,
  isPromised,
}: {
  readonly site: Site
  readonly one: CapabilityRecord
  readonly column: MatrixColumn
  readonly isPromised: boolean
}) {
  const { name, version, behind } = titleOfColumn(site.latest, column)
  const { kept, promised, isBroken } = findCell(column, one.id) ?? {}
  const address = promised?.source && toWebAddress(promised.source.url)
  const [row] = kept?.rows ?? []
  return (
    <tr>
      <th scope="row">
        {column.target === undefined ? (
          escapeControls(name)
        ) : (
          <a href={hrefOf(providerFileOf(column.target), 1)}>{escapeControls(name)}</a>
        )}
        <div class="quiet">{escapeControls([version, behind].filter(Boolean).join(', '))}</div>
      </th>
      <Halves kept={kept?.state} promised={promised?.state} isBroken={isBroken} lost={0} />
      <td>
        {escapeControls(kept?.why ?? '')}{' '}
        {row === undefined || column.target === undefined ? undefined : (
          <a href={cellHrefOf(column.target, row.check, column.yardstick ?? 'openai', 1)}>
            evidence
          </a>
        )}
      </td>
      {isPromised ? (
        <td>
          {promised?.quote === undefined ? (
            escapeControls(promised?.says ?? '')
          ) : (
            <q>{escapeControls(promised.quote)}</q>
          )}{' '}
          {address === undefined ? undefined : (
            <a href={address}>{escapeControls(promised?.source?.title ?? 'page')}</a>
          )}
        </td>
      ) : undefined}
    </tr>
  )
}
