import { observedTargetsOf } from '../../src/result/rows-marks-and-standing.ts'
import type { Mark } from '../../src/result/rows-marks-and-standing.ts'
import type { Readiness, RunResult } from '../../src/types/index.ts'
import { escapeControls } from '../common/escape.ts'
import { ANSWER_WORDS, CLIENTS_MEANS, formatCount } from '../common/labels.ts'
import type { PageTarget } from './page-data-types.ts'
import { TargetHead } from './target-head.tsx'

/** Which clients work with which target: clients down, targets across, the reasons below. */
export function ClientsSection({
  run,
  targets,
}: {
  readonly run: RunResult
  readonly targets: readonly PageTarget[]
}) {
  const columns = targets
    .map((target) => ({ target, rows: readinessOfTarget(run, target.id) }))
    .filter(({ rows }) => rows.length > 0)
  if (columns.length === 0) return undefined
  // Runs of different days may know a client in different versions.
  const clients = [
    ...new Map(columns.flatMap(({ rows }) => rows).map((row) => [clientLabelOf(row), row])).keys(),
  ]
  return (
    <section id="clients" aria-labelledby="clients-title">
      <h2 id="clients-title">Clients</h2>
      <p class="quiet">{CLIENTS_MEANS} Every answer but “works” leads to its reasons.</p>
      <div class="scroll" tabindex={0} role="region" aria-labelledby="clients-title">
        <table class="matrix">
          <thead>
            <tr>
              <th scope="col">Client</th>
              {columns.map(({ target }) => (
                <TargetHead key={target.id} target={target} />
              ))}
            </tr>
          </thead>
          <tbody>
            {clients.map((client) => (
              <tr key={client}>
                <th scope="row">{client}</th>
                {columns.map(({ target, rows }) => (
                  <td key={target.id} class={target.stale === undefined ? undefined : 'stale'}>
                    <Cell row={rows.find((row) => clientLabelOf(row) === client)} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {columns.map(({ target, rows }) => (
        <Reasons key={target.id} name={target.name} rows={rows} />
      ))}
    </section>
  )
}

/** What was derived for one target; nothing where it was emulated. */
export function readinessOfTarget(run: RunResult, target: string): readonly Readiness[] {
  return observedTargetsOf(run).some(({ id }) => id === target)
    ? (run.readiness ?? []).filter((row) => row.target === target)
    : []
}

export function AnswerTag({ answer }: Pick<Readiness, 'answer'>) {
  return <span class={`tag ${markClass(answer)}`}>{answerWords(answer)}</span>
}

export function clientLabelOf({ name, version }: Readiness): string {
  return escapeControls(`${name} ${version}`)
}

function Cell({ row }: { readonly row: Readiness | undefined }) {
  if (row === undefined) return <small class="quiet">not judged</small>
  const look = `cell ${markClass(row.answer)}`
  return row.reasons.length === 0 ? (
    <span class={look}>{answerWords(row.answer)}</span>
  ) : (
    <a class={look} href={`#${encodeURIComponent(placeOf(row))}`}>
      {answerWords(row.answer)}
    </a>
  )
}

function Reasons({ name, rows }: { readonly name: string; readonly rows: readonly Readiness[] }) {
  const told = rows.filter((row) => row.reasons.length > 0)
  if (told.length === 0) return undefined
  return (
    <details class="provider">
      <summary>
        <b>What clients meet at {name}</b>{' '}
        <span class="quiet">
          {rows.length - told.length} of {formatCount(rows.length, 'client')} without a remark
        </span>
      </summary>
      <ul class="points">
        {told.map((row) => (
          <li key={placeOf(row)} id={placeOf(row)}>
            <span class="kind">{clientLabelOf(row)}</span> <AnswerTag answer={row.answer} />
            <ReasonList reasons={row.reasons} />
          </li>
        ))}
      </ul>
    </details>
  )
}

export function ReasonList({ reasons }: Pick<Readiness, 'reasons'>) {
  return (
    <ul class="why">
      {reasons.map((reason) => (
        <li key={reason}>{escapeControls(reason)}</li>
      ))}
    </ul>
  )
}

function placeOf({ target, client, version }: Readiness): string {
  return `clients-${target}-${client}-${version}`
}

function answerWords(answer: Readiness['answer']): string {
  const { glyph, name } = ANSWER_WORDS[answer]
  return `${glyph} ${name}`
}

const MARK_OF: Readonly<Record<Readiness['answer'], Mark>> = {
  works: 'pass',
  limited: 'warn',
  breaks: 'breaks',
  unknown: 'inconclusive',
}

function markClass(answer: Readiness['answer']): string {
  return `m-${MARK_OF[answer]}`
}
