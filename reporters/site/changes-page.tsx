import { matrixOf } from '../../src/result/cells/compute-matrix.ts'
import { changesOf } from '../../src/result/publish/target-histories.ts'
import type { Edition, History } from '../../src/result/publish/target-histories.ts'
import { compareText } from '../../src/base/sort-text-and-ranks.ts'
import type { KeptState } from '../../src/types/index.ts'
import { escapeControls } from '../common/escape.ts'
import { formatCount } from '../common/labels.ts'
import { findCell, formatKept } from '../common/matrix-words.ts'
import { PlainTable } from '../html/plain-table.tsx'
import { Frame } from './page-frame.tsx'
import { capabilityFileOf, hrefOf, providerFileOf } from './places.ts'
import type { Site } from './site-data.ts'

interface Step {
  readonly history: History
  readonly edition: Edition
  readonly before: Edition
}

/** What became other from one result of a provider to its next, the newest first. */
export function ChangesPage({ site }: { readonly site: Site }) {
  const steps = site.all
    .flatMap((history) =>
      history.editions.slice(0, -1).map((edition, index): Step => {
        return { history, edition, before: history.editions[index + 1]! }
      }),
    )
    .toSorted((a, b) => compareText(b.edition.run.run.finishedAt, a.edition.run.run.finishedAt))
  return (
    <Frame title="Changes between editions" depth={0}>
      <p>
        A provider is measured again and again, and each of its results is compared with the one
        before. A change of the suite can be the reason as well: both versions are named.
      </p>
      {steps.length === 0 ? (
        <p>No provider has been measured twice yet.</p>
      ) : (
        <PlainTable
          label="Changes"
          columns={['Provider', 'From, to', 'Capabilities', 'Checks', 'Suite']}
        >
          {steps.map((step) => (
            <StepRow key={`${step.history.id} ${step.edition.run.run.id}`} {...step} />
          ))}
        </PlainTable>
      )}
    </Frame>
  )
}

function StepRow({ history, edition, before }: Step) {
  const changed = listChangedCells(edition, before)
  const { newlyFailing, fixed } = changesOf(edition, before)
  const versions = new Set([before.run.suite.version, edition.run.suite.version])
  return (
    <tr>
      <th scope="row">
        <a href={hrefOf(providerFileOf(history.id), 0)}>{escapeControls(edition.target.name)}</a>
        <div class="quiet">{escapeControls(describeVersions(edition, before))}</div>
      </th>
      <td class="whole">
        {before.day}, {edition.day}
      </td>
      <td>
        {changed.length === 0 ? (
          'none'
        ) : (
          <ul>
            {changed.map(({ id, name, was, now }) => (
              <li key={id}>
                <a href={hrefOf(capabilityFileOf(id), 0)}>{name}</a>: {tell(was)} → {tell(now)}
              </li>
            ))}
          </ul>
        )}
      </td>
      <td>
        {formatCount(newlyFailing.length, 'check')} newly failing, {fixed.length} fixed
      </td>
      <td class="quiet">{escapeControls([...versions].join(', '))}</td>
    </tr>
  )
}

function tell(state: KeptState | undefined): string {
  return formatKept(state) || 'not asked'
}

function describeVersions(edition: Edition, before: Edition): string {
  const [now, then] = [edition, before].map(({ target }) => target.setup?.version)
  return then === now || then === undefined ? (now ?? '') : `${then} → ${now ?? 'unknown'}`
}

function listChangedCells(edition: Edition, before: Edition) {
  const { capabilities } = matrixOf(edition.run)
  const [now, then] = [edition, before].map(({ run, target }) =>
    matrixOf(run).columns.find((column) => column.target === target.id),
  )
  return capabilities.flatMap(({ id, name }) => {
    const state = now && findCell(now, id)?.kept?.state
    const earlier = then && findCell(then, id)?.kept?.state
    return state === earlier ? [] : [{ id, name, was: earlier, now: state }]
  })
}
