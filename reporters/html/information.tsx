import {
  rankCauses,
  markOf,
  MARKS,
  observedTargetsOf,
  rowsOf,
  worstMarkOf,
} from '../../src/result/summary.ts'
import type { RunResult, TargetRecord, Verdict } from '../../src/types/index.ts'
import { escapeControls } from '../common/escape.ts'
import {
  formatCount,
  formatMilliseconds,
  MARK_WORDS,
  formatStanding,
  formatThousands,
  YARDSTICK_NAMES,
} from '../common/labels.ts'
import { PlainTable } from './plain-table.tsx'
import { SourceLinks, SourceLink } from './text.tsx'

/** The failures of each target by their cause: what breaks clients first, then what explains most. */
export function CausesSection({ run }: { readonly run: RunResult }) {
  const targets = observedTargetsOf(run)
    .map((target) => ({ target, rows: causeRows(run, target) }))
    .filter(({ rows }) => rows.length > 0)
  if (targets.length === 0) return undefined
  return (
    <section aria-labelledby="causes-title">
      <h2 id="causes-title">What to fix first</h2>
      <p class="quiet">
        Likely causes and the failing checks behind each: what breaks clients first, then what
        explains most.
      </p>
      {targets.map(({ target, rows }) => (
        <details class="provider" key={target.id} open={targets.length === 1}>
          <summary>
            <b>{escapeControls(target.name)}</b>{' '}
            <span class="quiet">{formatCount(rows.length, 'cause')}</span>
          </summary>
          <PlainTable
            label={`Causes of ${escapeControls(target.name)}`}
            columns={['Impact', 'Failing checks', 'Likely cause']}
          >
            {rows.slice(0, 100).map(({ cause, mark, failing }) => (
              <tr key={cause.id}>
                <td class="whole">
                  <span class={`tag m-${mark}`}>
                    {MARK_WORDS[mark].glyph} {MARK_WORDS[mark].name}
                  </span>
                </td>
                <td>
                  {failing.map((row) => (
                    <div key={row.check}>
                      <a href={cellPlace(row)}>{escapeControls(row.check)}</a>
                    </div>
                  ))}
                </td>
                <td>{escapeControls(cause.title)}</td>
              </tr>
            ))}
          </PlainTable>
        </details>
      ))}
    </section>
  )
}

function causeRows(run: RunResult, target: TargetRecord) {
  const all = rowsOf(run, target).filter(({ outcome }) => outcome === 'fail')
  return rankCauses(run, target)
    .map(({ cause }) => {
      const failing = new Map(
        all.filter((row) => row.cause === cause.id).map((row) => [row.check, row]),
      )
      const marks = [...failing.values()].map((row) => markOf(run, row))
      return { cause, mark: worstMarkOf(marks), failing: [...failing.values()] }
    })
    .toSorted((one, other) => MARKS.indexOf(one.mark) - MARKS.indexOf(other.mark))
}

/** The permalink of a cell, as the page itself writes it. */
function cellPlace({ target, check, yardstick }: Verdict): string {
  return `#${new URLSearchParams({ lens: yardstick, cell: `${target}~${check}` })}`
}

/** Speed and use: never part of a score. */
export function InformationSection({ run }: { readonly run: RunResult }) {
  const targets = observedTargetsOf(run)
  if (targets.length === 0) return undefined
  return (
    <section aria-labelledby="information-title">
      <h2 id="information-title">Speed and use</h2>
      <p class="quiet">For information; in no count and no verdict.</p>
      <PlainTable
        labelledBy="information-title"
        columns={[
          'Provider',
          'Verdict, gated by',
          'Endpoint',
          'Model, as reported',
          'First event',
          'Whole answer',
          'Requests',
          'Tokens in',
          'Tokens out',
          'Waited',
        ]}
      >
        {targets.map((target) => (
          <tr key={target.id}>
            <th scope="row">{escapeControls(target.name)}</th>
            <td class="whole">
              {escapeControls(formatStanding(run, target))},{' '}
              {target.gate.map((each) => YARDSTICK_NAMES[each]).join(', ') || 'nothing'}
            </td>
            <td>
              <code>{escapeControls(target.endpoint)}</code>
            </td>
            <td>
              <code>{escapeControls(target.echoedModels.join(', '))}</code>
            </td>
            <td class="number">{latency(target.latency?.firstEventMs)}</td>
            <td class="number">{latency(target.latency?.totalMs)}</td>
            <td class="number">{formatThousands(target.usage.requests)}</td>
            <td class="number">{formatThousands(target.usage.inputTokens)}</td>
            <td class="number">{formatThousands(target.usage.outputTokens)}</td>
            <td class="number">{formatMilliseconds(target.usage.waitedMs)}</td>
          </tr>
        ))}
      </PlainTable>
    </section>
  )
}

type Latency = NonNullable<TargetRecord['latency']>['totalMs']

function latency(value: Latency): string {
  return value === undefined
    ? ''
    : `${formatMilliseconds(value.median)} median, ${formatMilliseconds(value.max)} at most, n = ${value.n}`
}

/** Points at which the sources contradict one another. */
export function ContestedPoints({ run }: { readonly run: RunResult }) {
  const asked = new Set(run.verdicts.flatMap((row) => row.requirements))
  const points = Object.values(run.requirements).filter(
    ({ id, contested }) => contested !== undefined && asked.has(id),
  )
  if (points.length === 0) return undefined
  return (
    <section aria-labelledby="contested-title">
      <h2 id="contested-title">Contested points</h2>
      <p class="quiet">
        Here the sources contradict one another, or OpenAI’s own traffic breaks the sentence. Nobody
        fails over them.
      </p>
      <ul class="points">
        {points.map(({ id, statement, contested, sources }) => (
          <li key={id}>
            <span class="kind">{escapeControls(statement)}</span> <code>{id}</code>
            <p class="contested">{escapeControls(contested ?? '')}</p>
            <SourceLinks sources={sources} />
          </li>
        ))}
      </ul>
    </section>
  )
}

export function SourcesSection({ run }: { readonly run: RunResult }) {
  const contracts = Object.entries(run.contracts)
  if (contracts.length === 0) return undefined
  return (
    <section aria-labelledby="sources-title">
      <h2 id="sources-title">Sources</h2>
      <ul class="points">
        {contracts.map(([id, { title, edition, sources }]) => (
          <li key={id}>
            <b>{escapeControls(title)}</b>{' '}
            <span class="quiet">edition {escapeControls(edition)}</span>{' '}
            {sources.map((source) => (
              <span key={source.id}>
                <SourceLink title={source.title} url={source.url} />{' '}
                <span class="quiet">
                  read {escapeControls(source.retrieved)}
                  {source.unverified === true ? ', unverified' : ''}
                </span>{' '}
              </span>
            ))}
          </li>
        ))}
      </ul>
    </section>
  )
}
