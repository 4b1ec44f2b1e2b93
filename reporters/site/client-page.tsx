import type { Readiness } from '../../src/types/index.ts'
import { escapeControls } from '../common/escape.ts'
import { CLIENTS_MEANS } from '../common/labels.ts'
import { AnswerTag, clientLabelOf, ReasonList } from '../html/clients.tsx'
import { PlainTable } from '../html/plain-table.tsx'
import { Frame } from './page-frame.tsx'
import { hrefOf, providerFileOf } from './places.ts'
import type { Site } from './site-data.ts'

/** One client: with which providers it works, and what is in its way at the others. */
export function ClientPage({
  site,
  rows,
}: {
  readonly site: Site
  /** Of this client alone, one for each provider. */
  readonly rows: readonly Readiness[]
}) {
  const nameOf = (target: string): string =>
    site.all.find(({ id }) => id === target)?.latest.target.name ?? target
  return (
    <Frame title={clientLabelOf(rows[0]!)} depth={1}>
      <p class="quiet">{CLIENTS_MEANS}</p>
      <PlainTable label="Providers" columns={['Provider', 'Answer', 'Why']}>
        {rows.map((row) => (
          <tr key={row.target}>
            <th scope="row">
              <a href={hrefOf(providerFileOf(row.target), 1)}>
                {escapeControls(nameOf(row.target))}
              </a>
            </th>
            <td class="whole">
              <AnswerTag answer={row.answer} />
            </td>
            <td>
              <ReasonList reasons={row.reasons} />
            </td>
          </tr>
        ))}
      </PlainTable>
    </Frame>
  )
}
