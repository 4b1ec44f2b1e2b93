import type { CapabilityMatrix, CapabilityRecord, MatrixColumn } from '../../src/types/index.ts'
import { escapeControls } from '../common/escape.ts'
import { formatCount } from '../common/labels.ts'
import { findCell, titleOfColumn } from '../common/matrix-words.ts'
import { Halves } from '../html/capabilities.tsx'
import { PlainTable } from '../html/plain-table.tsx'
import { Frame } from './page-frame.tsx'
import { capabilityFileOf, hrefOf, providerFileOf } from './places.ts'
import type { Site } from './site-data.ts'

/** Two providers side by side: where they differ, and then where they do not. */
export function ComparisonPage({
  site,
  matrix,
  pair,
}: {
  readonly site: Site
  readonly matrix: CapabilityMatrix
  readonly pair: readonly [MatrixColumn, MatrixColumn]
}) {
  const titles = pair.map((column) => titleOfColumn(site.latest, column))
  const [differing, alike] = splitCapabilities(matrix, pair)
  return (
    <Frame title={titles.map(({ name }) => name).join(' and ')} depth={1}>
      <ul>
        {titles.map(({ id, name, version, behind }, index) => (
          <li key={id}>
            <a href={hrefOf(providerFileOf(pair[index]!.target!), 1)}>{escapeControls(name)}</a>{' '}
            <span class="quiet">
              {escapeControls([version, behind].filter(Boolean).join(', '))}
            </span>
          </li>
        ))}
      </ul>
      <p class="quiet">What each does and what its documents promise. There is no ranking.</p>
      <h2>{formatCount(differing.length, 'difference')}</h2>
      <Rows label="Differences" {...{ titles, pair }} capabilities={differing} />
      <h2>The same at both</h2>
      <Rows label="The same at both" {...{ titles, pair }} capabilities={alike} />
    </Frame>
  )
}

/** Capabilities of which something is known at one of both: those that differ, and the others. */
function splitCapabilities(
  { capabilities }: CapabilityMatrix,
  pair: readonly [MatrixColumn, MatrixColumn],
): readonly [readonly CapabilityRecord[], readonly CapabilityRecord[]] {
  const isToldAlike = ({ id }: CapabilityRecord): boolean => {
    const [one, other] = pair.map((column) => findCell(column, id))
    return (
      one?.kept?.state === other?.kept?.state && one?.promised?.state === other?.promised?.state
    )
  }
  const told = capabilities.filter(({ id }) =>
    pair.some((column) => {
      const { kept, promised } = findCell(column, id) ?? {}
      return (kept !== undefined && kept.state !== 'not asked') || promised !== undefined
    }),
  )
  return [told.filter((one) => !isToldAlike(one)), told.filter(isToldAlike)]
}

function Rows({
  label,
  titles,
  pair,
  capabilities,
}: {
  readonly label: string
  readonly titles: readonly { readonly name: string; readonly version?: string | undefined }[]
  readonly pair: readonly [MatrixColumn, MatrixColumn]
  readonly capabilities: readonly CapabilityRecord[]
}) {
  if (capabilities.length === 0) return <p>Nothing.</p>
  const names = titles.map(({ name }) => escapeControls(name))
  const heads = names[0] === names[1] ? names.map((name, index) => `${name} (${index + 1})`) : names
  return (
    <PlainTable
      label={label}
      columns={['Capability', ...heads.flatMap((name) => [name, `Why, ${name}`])]}
    >
      {capabilities.map(({ id, name }) => (
        <tr key={id}>
          <th scope="row">
            <a href={hrefOf(capabilityFileOf(id), 1)}>{name}</a>
          </th>
          {pair.flatMap((column, index) => {
            const { kept, promised, isBroken } = findCell(column, id) ?? {}
            return [
              <Halves
                key={`${index} halves`}
                kept={kept?.state}
                promised={promised?.state}
                isBroken={isBroken}
                lost={0}
              />,
              <td key={`${index} why`} class="quiet">
                {escapeControls(kept?.why ?? '')}
              </td>,
            ]
          })}
        </tr>
      ))}
    </PlainTable>
  )
}
