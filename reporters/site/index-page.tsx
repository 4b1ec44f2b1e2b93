import {
  countDays,
  isStale,
  yardsticksOfEdition,
} from '../../src/result/publish/target-histories.ts'
import type { History } from '../../src/result/publish/target-histories.ts'
import { rowsOf, tallyOf } from '../../src/result/rows-marks-and-standing.ts'
import { matrixOf } from '../../src/result/cells/compute-matrix.ts'
import { listToldColumns } from '../common/matrix-words.ts'
import { CapabilitySection } from '../html/capabilities.tsx'
import { escapeControls } from '../common/escape.ts'
import {
  formatCount,
  formatFraction,
  formatList,
  formatStanding,
  YARDSTICK_NAMES,
} from '../common/labels.ts'
import { PlainTable } from '../html/plain-table.tsx'
import { Frame } from './page-frame.tsx'
import { Findings } from './findings.tsx'
import { capabilityFileOf, dataFileOf, hrefOf, providerFileOf } from './places.ts'
import type { Site } from './site-data.ts'

/** Every provider with its latest result, and everything to download. */
export function IndexPage({ site }: { readonly site: Site }) {
  const matrix = matrixOf(site.latest)
  const columns = listToldColumns(matrix)
  return (
    <Frame title="Responses API compatibility" depth={0}>
      <p>
        What providers of an OpenAI-compatible Responses API promise, and what they really do. There
        is no ranking; <a href="matrix.html">the matrix of checks</a> has every answer.
      </p>
      <Findings matrix={matrix} columns={columns} />
      {columns.length === 0 ? undefined : (
        <CapabilitySection
          run={site.latest}
          matrix={matrix}
          columns={columns}
          hrefOfTarget={(target) => hrefOf(providerFileOf(target), 0)}
          hrefOfCapability={(capability) => hrefOf(capabilityFileOf(capability), 0)}
        />
      )}
      <h2>Providers</h2>
      <PlainTable
        label="Providers"
        columns={['Provider', 'Model', 'Verdict', 'Musts passed / applicable (all)', 'Observed']}
      >
        {site.all.map((history) => (
          <ProviderRow key={history.id} site={site} history={history} />
        ))}
      </PlainTable>
      <h2>Data</h2>
      <p>
        The latest result of every provider as <a href="data/latest/verdicts.csv">verdicts.csv</a>{' '}
        and <a href="data/latest/documents.csv">documents.csv</a>, the table above as{' '}
        <a href="data/latest/capabilities.csv">capabilities.csv</a> and{' '}
        <a href="data/latest/capabilities.json">capabilities.json</a>; every run as JSON:
      </p>
      <ul>
        {site.results.map((run) => (
          <li key={run.run.id}>
            <a href={hrefOf(dataFileOf(run), 0)}>{escapeControls(run.run.finishedAt)}</a>{' '}
            <span class="quiet">
              {escapeControls(run.suite.name)} {escapeControls(run.suite.version)},{' '}
              {formatCount(run.verdicts.length, 'verdict')}
            </span>
          </li>
        ))}
      </ul>
    </Frame>
  )
}

function ProviderRow({ site, history }: { readonly site: Site; readonly history: History }) {
  const { latest } = history
  const { run, target, day } = latest
  const age = countDays(day, site.today)
  return (
    <tr class={isStale(latest, site.today) ? 'old' : undefined}>
      <th scope="row">
        <a href={hrefOf(providerFileOf(history.id), 0)}>{escapeControls(target.name)}</a>
      </th>
      <td>
        <code>{escapeControls(target.models.text)}</code>
      </td>
      <td class="whole">
        {escapeControls(formatStanding(run, target))}{' '}
        <span class="quiet">
          by {formatList(target.gate.map((yardstick) => YARDSTICK_NAMES[yardstick])) || 'nothing'}
        </span>
      </td>
      <td>
        {yardsticksOfEdition(latest).map((yardstick) => {
          const rows = rowsOf(run, target).filter((row) => row.yardstick === yardstick)
          return (
            <div key={yardstick}>
              {formatFraction(tallyOf(run, rows).must)}{' '}
              <span class="quiet">by {YARDSTICK_NAMES[yardstick]}</span>
            </div>
          )
        })}
      </td>
      <td class="whole">
        {day} <span class="quiet">{age === 0 ? 'today' : `${formatCount(age, 'day')} ago`}</span>
        {target.origin === 'recorded' ? <span class="quiet">, recorded</span> : undefined}
      </td>
    </tr>
  )
}
