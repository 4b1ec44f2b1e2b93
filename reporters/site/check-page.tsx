import {
  findFailingSince,
  isStale,
  yardsticksOfEdition,
} from '../../src/result/publish/target-histories.ts'
import type { History } from '../../src/result/publish/target-histories.ts'
import { markOf, rowsOfCheck, worstMarkOf } from '../../src/result/rows-marks-and-standing.ts'
import type { CheckId, Requirement, Yardstick } from '../../src/types/index.ts'
import { Blocks } from '../html/text-blocks.tsx'
import { SourceLinks } from '../html/text.tsx'
import { cutText, escapeControls } from '../common/escape.ts'
import { formatImpact, sentenceOf } from '../common/failure-report.ts'
import { YARDSTICK_NAMES } from '../common/labels.ts'
import { MarkTag } from '../html/marks.tsx'
import { PlainTable } from '../html/plain-table.tsx'
import { Frame, RepliesSection } from './page-frame.tsx'
import { cellHrefOf, hrefOf, providerFileOf } from './places.ts'
import type { Site } from './site-data.ts'

/** One check: what it asks, who says so, who fails it and since when. */
export function CheckPage({ site, check }: { readonly site: Site; readonly check: CheckId }) {
  const record = site.latest.checks[check]
  const explanation = site.explanations.get(check)
  return (
    <Frame title={check} depth={1}>
      {explanation === undefined ? (
        <>
          <p>{escapeControls(record?.title ?? check)}.</p>
          {(record?.requirements ?? []).map((id) => (
            <RequirementText key={id} requirement={site.latest.requirements[id]} />
          ))}
        </>
      ) : (
        <Blocks blocks={explanation} />
      )}
      <p>Impact of a failure: {escapeControls(formatImpact(record?.breaks))}.</p>
      <h2>Who passes, who fails, since when</h2>
      <PlainTable
        label="Outcomes"
        columns={['Provider', 'By', 'Outcome', 'What happened', 'Failing since', 'Observed']}
      >
        {site.all.flatMap((history) =>
          yardsticksOfEdition(history.latest).map((yardstick) => (
            <OutcomeRow
              key={`${history.id} ${yardstick}`}
              site={site}
              history={history}
              check={check}
              yardstick={yardstick}
            />
          )),
        )}
      </PlainTable>
    </Frame>
  )
}

function RequirementText({ requirement }: { readonly requirement: Requirement | undefined }) {
  if (requirement === undefined) return undefined
  return (
    <div>
      <blockquote>
        {escapeControls(requirement.statement)} <code>{requirement.id}</code>
      </blockquote>
      {requirement.contested === undefined ? undefined : (
        <p class="contested">
          <b>Contested. </b>
          {escapeControls(requirement.contested)}
        </p>
      )}
      <p>
        <SourceLinks sources={requirement.sources} />
      </p>
    </div>
  )
}

function OutcomeRow({
  site,
  history,
  check,
  yardstick,
}: {
  readonly site: Site
  readonly history: History
  readonly check: CheckId
  readonly yardstick: Yardstick
}) {
  const { run, target, day } = history.latest
  const rows = rowsOfCheck(run, target, check, yardstick)
  if (rows.length === 0) return undefined
  const mark = worstMarkOf(rows.map((row) => markOf(run, row)))
  const failure = rows.find((row) => markOf(run, row) === mark) ?? rows[0]!
  const [finding] = mark === 'pass' ? [] : failure.findings
  return (
    <tr class={isStale(history.latest, site.today) ? 'old' : undefined}>
      <th scope="row">
        <a href={hrefOf(providerFileOf(history.id), 1)}>{escapeControls(target.name)}</a>
      </th>
      <td>
        <a href={cellHrefOf(target.id, check, yardstick, 1)}>{YARDSTICK_NAMES[yardstick]}</a>
      </td>
      <td>
        <MarkTag mark={mark} />
      </td>
      <td>
        {mark === 'pass' ? '' : escapeControls(sentenceOf(run, failure))}
        {finding === undefined ? undefined : (
          <div class="quiet">
            Expected {escapeControls(cutText(finding.expected, 200))}; got{' '}
            <code>{escapeControls(cutText(finding.actual, 200))}</code>
          </div>
        )}
        <RepliesSection
          replies={site.replies.filter(
            (reply) => reply.target === target.id && reply.check === check,
          )}
        />
      </td>
      <td class="whole">{findFailingSince(history, check, yardstick) ?? ''}</td>
      <td class="whole">{day}</td>
    </tr>
  )
}
