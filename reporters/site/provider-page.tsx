import { changes, failingSince, yardsticksOf } from '../../src/publish/history.ts'
import type { Edition, History } from '../../src/publish/history.ts'
import { cellKey, cells, features, groups, rowsOf, tally } from '../../src/result/summary.ts'
import { AnswerTag, clientWords, readinessFor, ReasonList } from '../html/clients.tsx'
import { plain } from '../common/escape.ts'
import { tell } from '../common/failure-report.ts'
import {
  CLIENTS_MEANS,
  count,
  fractionText,
  MARK_WORDS,
  standingText,
  YARDSTICK_NAMES,
} from '../common/labels.ts'
import { MarkTag } from '../html/marks.tsx'
import { PlainTable } from '../html/plain-table.tsx'
import { Frame, Replies } from './frame.tsx'
import { cellHref, checkFile, dataFile, href } from './places.ts'
import { staleWords } from './published.ts'
import type { Site } from './published.ts'

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
  const stale = staleWords(site, history.id)
  return (
    <Frame title={target.name} depth={1}>
      <p>
        <code>{plain(target.endpoint)}</code>, model <code>{plain(target.models.text)}</code>,{' '}
        {target.origin} on {day}: <b>{plain(standingText(run, target))}</b>.
      </p>
      {stale === undefined ? undefined : (
        <p class="alert">This result is {stale}; the endpoint may have changed since.</p>
      )}
      <h2>Features</h2>
      <FeatureTable edition={latest} />
      <ClientTable edition={latest} />
      <h2>What fails</h2>
      <Failures site={site} history={history} />
      <h2>History</h2>
      <PlainTable
        label="History"
        columns={[
          'Day',
          'Model, as reported',
          ...yardsticksOf(latest).map((yardstick) => `Musts by ${YARDSTICK_NAMES[yardstick]}`),
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
  const byCell = cells(run, [target])
  return (
    <PlainTable
      label="Features"
      columns={[
        'Feature',
        ...yardsticksOf(edition).map((yardstick) => `By ${YARDSTICK_NAMES[yardstick]}`),
      ]}
    >
      {features(run, [target]).map((feature) => (
        <tr key={feature}>
          <th scope="row">{feature}</th>
          {yardsticksOf(edition).map((yardstick) => {
            const cell = byCell.get(cellKey(target.id, feature, yardstick))
            return (
              <td key={yardstick}>
                {cell === undefined ? undefined : (
                  <span class={`tag m-${cell.mark}`} title={MARK_WORDS[cell.mark].name}>
                    {MARK_WORDS[cell.mark].glyph} {fractionText(cell.must)}
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

function ClientTable({ edition: { run, target } }: { readonly edition: Edition }) {
  const rows = readinessFor(run, target.id)
  if (rows.length === 0) return undefined
  return (
    <>
      <h2>Clients</h2>
      <p class="quiet">{CLIENTS_MEANS}</p>
      <PlainTable label="Clients" columns={['Client', 'Answer', 'Why']}>
        {rows.map((row) => (
          <tr key={row.client}>
            <th scope="row">{clientWords(row)}</th>
            <td class="whole">
              <AnswerTag answer={row.answer} />
            </td>
            <td>
              {row.reasons.length === 0 ? undefined : (
                <details>
                  <summary>{count(row.reasons.length, 'reason')}</summary>
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
  const failing = groups(run, target, 'fail')
  if (failing.length === 0) return <p>Nothing.</p>
  return (
    <PlainTable label="What fails" columns={['Check', 'What is wrong', 'By', 'Since']}>
      {failing.map((group) => {
        const telling = tell(run, target, group)
        return (
          <tr key={group.check}>
            <th scope="row">
              <MarkTag mark={group.mark} />
              <br />
              <a href={href(checkFile(group.check), 1)}>{group.check}</a>
            </th>
            <td>
              {plain(telling.sentence)}
              <p class="reply">Impact: {plain(telling.impact)}</p>
              <Replies
                replies={site.replies.filter(
                  (reply) => reply.target === target.id && reply.check === group.check,
                )}
              />
            </td>
            <td>
              {group.yardsticks.map((yardstick) => (
                <div key={yardstick}>
                  <a href={cellHref(target.id, group.check, yardstick, 1)}>
                    {YARDSTICK_NAMES[yardstick]}
                  </a>
                </div>
              ))}
            </td>
            <td class="whole">{failingSince(history, group.check, group.first.yardstick)}</td>
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
  const changed = before === undefined ? undefined : changes(edition, before)
  return (
    <tr>
      <th scope="row" class="whole">
        <a href={href(dataFile(run), 1)}>{day}</a>
      </th>
      <td>
        <code>{plain(target.echoedModels.join(', '))}</code>
      </td>
      {yardsticksOf(like).map((yardstick) => {
        const rows = rowsOf(run, target).filter((row) => row.yardstick === yardstick)
        return (
          <td class="number" key={yardstick}>
            {rows.length === 0 ? '' : fractionText(tally(run, rows).must)}
          </td>
        )
      })}
      <td>{changed === undefined ? '' : <Changed keys={changed.newlyFailing} />}</td>
      <td>{changed === undefined ? '' : <Changed keys={changed.fixed} />}</td>
      <td class="quiet">{plain(run.suite.version)}</td>
    </tr>
  )
}

function Changed({ keys }: { readonly keys: readonly string[] }) {
  if (keys.length === 0) return <span class="quiet">nothing</span>
  return (
    <details>
      <summary>{count(keys.length, 'row')}</summary>
      <ul>
        {keys.slice(0, 200).map((key) => (
          <li key={key}>{key}</li>
        ))}
      </ul>
    </details>
  )
}
