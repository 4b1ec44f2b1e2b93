import {
  changesOf,
  findFailingSince,
  yardsticksOfEdition,
} from '../../src/result/publish/target-histories.ts'
import type { Edition, History } from '../../src/result/publish/target-histories.ts'
import {
  cellKeyOf,
  cellsOf,
  featuresOf,
  groupsOf,
  rowsOf,
  tallyOf,
} from '../../src/result/rows-marks-and-standing.ts'
import { AnswerTag, clientLabelOf, readinessOfTarget, ReasonList } from '../html/clients.tsx'
import { escapeControls } from '../common/escape.ts'
import { createFailureReport } from '../common/failure-report.ts'
import {
  CLIENTS_MEANS,
  formatCount,
  formatFraction,
  MARK_WORDS,
  formatStanding,
  YARDSTICK_NAMES,
} from '../common/labels.ts'
import { MarkTag } from '../html/marks.tsx'
import { PlainTable } from '../html/plain-table.tsx'
import { matrixOf } from '../../src/result/cells/compute-matrix.ts'
import { Expectations } from './expectations.tsx'
import { Frame, RepliesSection } from './page-frame.tsx'
import {
  cellHrefOf,
  checkFileOf,
  clientFileOf,
  comparisonFileOf,
  dataFileOf,
  hrefOf,
} from './places.ts'
import { staleNoteOf } from './site-data.ts'
import type { Site } from './site-data.ts'

/** One provider: what holds now, what fails and since when, and how it was before. */
export function ProviderPage({
  site,
  history,
}: {
  readonly site: Site
  readonly history: History
}) {
  const { latest, editions } = history
  const { target, run, day } = latest
  const stale = staleNoteOf(site, history.id)
  const matrix = matrixOf(site.latest)
  const column = matrix.columns.find((one) => one.target === history.id)
  return (
    <Frame title={target.name} depth={1}>
      <p>
        <code>{escapeControls(target.endpoint)}</code>, model{' '}
        <code>{escapeControls(target.models.text)}</code>, {target.origin} on {day}:{' '}
        <b>{escapeControls(formatStanding(run, target))}</b>.
      </p>
      {stale === undefined ? undefined : (
        <p class="alert">This result is {stale}; the endpoint may have changed since.</p>
      )}
      {column === undefined ? undefined : (
        <Expectations run={site.latest} {...{ matrix, column }} />
      )}
      <h2>Musts, by feature</h2>
      <FeatureTable edition={latest} />
      <ClientTable edition={latest} />
      <Comparisons site={site} id={history.id} />
      <h2>What fails</h2>
      <Failures site={site} history={history} />
      <h2>History</h2>
      <PlainTable
        label="History"
        columns={[
          'Day',
          'Model, as reported',
          ...yardsticksOfEdition(latest).map(
            (yardstick) => `Musts by ${YARDSTICK_NAMES[yardstick]}`,
          ),
          'Newly failing',
          'Fixed',
          'Suite',
        ]}
      >
        {editions.map((edition, index) => (
          <EditionRow
            key={edition.run.run.id}
            edition={edition}
            before={editions[index + 1]}
            like={latest}
          />
        ))}
      </PlainTable>
    </Frame>
  )
}

function FeatureTable({ edition }: { readonly edition: Edition }) {
  const { run, target } = edition
  const byCell = cellsOf(run, [target])
  return (
    <PlainTable
      label="Musts, by feature"
      columns={[
        'Feature',
        ...yardsticksOfEdition(edition).map((yardstick) => `By ${YARDSTICK_NAMES[yardstick]}`),
      ]}
    >
      {featuresOf(run, [target]).map((feature) => (
        <tr key={feature}>
          <th scope="row">{feature}</th>
          {yardsticksOfEdition(edition).map((yardstick) => {
            const cell = byCell.get(cellKeyOf(target.id, feature, yardstick))
            return (
              <td key={yardstick}>
                {cell === undefined ? undefined : (
                  <span class={`tag m-${cell.mark}`} title={MARK_WORDS[cell.mark].name}>
                    {MARK_WORDS[cell.mark].glyph} {formatFraction(cell.must)}
                  </span>
                )}
              </td>
            )
          })}
        </tr>
      ))}
    </PlainTable>
  )
}

function Comparisons({ site, id }: { readonly site: Site; readonly id: string }) {
  const { compared } = site
  const others = compared.includes(id) ? compared.filter((target) => target !== id) : []
  if (others.length === 0) return undefined
  const nameOf = (target: string): string =>
    site.all.find((history) => history.id === target)?.latest.target.name ?? target
  return (
    <details>
      <summary>Side by side with {formatCount(others.length, 'other provider')}</summary>
      <ul>
        {others.map((target) => (
          <li key={target}>
            <a href={hrefOf(comparisonFileOf(id, target), 1)}>{escapeControls(nameOf(target))}</a>
          </li>
        ))}
      </ul>
    </details>
  )
}

function ClientTable({ edition: { run, target } }: { readonly edition: Edition }) {
  const rows = readinessOfTarget(run, target.id)
  if (rows.length === 0) return undefined
  return (
    <>
      <h2>Clients</h2>
      <p class="quiet">{CLIENTS_MEANS}</p>
      <PlainTable label="Clients" columns={['Client', 'Answer', 'Why']}>
        {rows.map((row) => (
          <tr key={row.client}>
            <th scope="row">
              <a href={hrefOf(clientFileOf(row.client), 1)}>{clientLabelOf(row)}</a>
            </th>
            <td class="whole">
              <AnswerTag answer={row.answer} />
            </td>
            <td>
              {row.reasons.length === 0 ? undefined : (
                <details>
                  <summary>{formatCount(row.reasons.length, 'reason')}</summary>
                  <ReasonList reasons={row.reasons} />
                </details>
              )}
            </td>
          </tr>
        ))}
      </PlainTable>
    </>
  )
}

function Failures({ site, history }: { readonly site: Site; readonly history: History }) {
  const { run, target } = history.latest
  const failing = groupsOf(run, target, 'fail')
  if (failing.length === 0) return <p>Nothing.</p>
  return (
    <PlainTable label="What fails" columns={['Check', 'What is wrong', 'By', 'Since']}>
      {failing.map((group) => {
        const failure = createFailureReport(run, target, group)
        return (
          <tr key={group.check}>
            <th scope="row">
              <MarkTag mark={group.mark} />
              <br />
              <a href={hrefOf(checkFileOf(group.check), 1)}>{group.check}</a>
            </th>
            <td>
              {escapeControls(failure.sentence)}
              <p class="reply">Impact: {escapeControls(failure.impact)}</p>
              <RepliesSection
                replies={site.replies.filter(
                  (reply) => reply.target === target.id && reply.check === group.check,
                )}
              />
            </td>
            <td>
              {group.yardsticks.map((yardstick) => (
                <div key={yardstick}>
                  <a href={cellHrefOf(target.id, group.check, yardstick, 1)}>
                    {YARDSTICK_NAMES[yardstick]}
                  </a>
                </div>
              ))}
            </td>
            <td class="whole">{findFailingSince(history, group.check, group.first.yardstick)}</td>
          </tr>
        )
      })}
    </PlainTable>
  )
}

function EditionRow({
  edition,
  before,
  like,
}: {
  readonly edition: Edition
  readonly before: Edition | undefined
  readonly like: Edition
}) {
  const { run, target, day } = edition
  const changed = before === undefined ? undefined : changesOf(edition, before)
  return (
    <tr>
      <th scope="row" class="whole">
        <a href={hrefOf(dataFileOf(run), 1)}>{day}</a>
      </th>
      <td>
        <code>{escapeControls(target.echoedModels.join(', '))}</code>
      </td>
      {yardsticksOfEdition(like).map((yardstick) => {
        const rows = rowsOf(run, target).filter((row) => row.yardstick === yardstick)
        return (
          <td class="number" key={yardstick}>
            {rows.length === 0 ? '' : formatFraction(tallyOf(run, rows).must)}
          </td>
        )
      })}
      <td>{changed === undefined ? '' : <Changed keys={changed.newlyFailing} />}</td>
      <td>{changed === undefined ? '' : <Changed keys={changed.fixed} />}</td>
      <td class="quiet">{escapeControls(run.suite.version)}</td>
    </tr>
  )
}

function Changed({ keys }: { readonly keys: readonly string[] }) {
  if (keys.length === 0) return <span class="quiet">nothing</span>
  return (
    <details>
      <summary>{formatCount(keys.length, 'row')}</summary>
      <ul>
        {keys.slice(0, 200).map((key) => (
          <li key={key}>{key}</li>
        ))}
      </ul>
    </details>
  )
}
