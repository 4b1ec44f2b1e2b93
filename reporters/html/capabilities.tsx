import type {
  CapabilityMatrix,
  CapabilityRecord,
  FeatureRecord,
  KeptState,
  MatrixColumn,
  PromisedState,
  RunResult,
} from '../../src/types/index.ts'
import { escapeControls } from '../common/escape.ts'
import { formatCount } from '../common/labels.ts'
import {
  BROKEN_MEANS,
  findCell,
  findFeatureCell,
  formatKept,
  formatPromised,
  KEPT_WORDS,
  listCapabilitiesOf,
  PROMISED_WORDS,
  titleOfColumn,
} from '../common/matrix-words.ts'

interface SectionProps {
  readonly run: RunResult
  readonly matrix: CapabilityMatrix
  readonly columns: readonly MatrixColumn[]
  /** The page of a target, where there is one. */
  readonly hrefOfTarget?: (target: string) => string | undefined
  readonly hrefOfCapability?: (capability: string) => string
}

/** What can be relied on: features, opened to capabilities. Its script folds it and tells what is behind a cell. */
export function CapabilitySection(props: SectionProps) {
  const { run, matrix, columns, hrefOfTarget } = props
  return (
    <section id="capabilities">
      <h2 id="capabilities-title">What can be relied on</h2>
      <p class="quiet">
        The first word says what the server did, the second what its documents say. A feature opens
        its capabilities, a word what it rests on. Nothing adds up to one number.
      </p>
      <form id="capability-controls" class="controls" hidden>
        <label>
          Provider{' '}
          <select name="capability-column">
            <option value="">all {columns.length}</option>
            {columns.map((column, index) => (
              <option key={titleOfColumn(run, column).id} value={String(index)}>
                {nameOf(run, column)}
              </option>
            ))}
          </select>
        </label>
        <label>
          Show{' '}
          <select name="capability-only">
            <option value="">everything</option>
            <option value="broken">promised and not kept</option>
            <option value="both">promised and taken back</option>
            <option value="quiet">works, not promised</option>
          </select>
        </label>
        <label>
          Search <input name="capability-text" type="search" />
        </label>
        <button type="button" class="plain-button" id="open-all">
          Open all
        </button>
        <output id="capabilities-told" aria-live="polite"></output>
      </form>
      <div class="scroll" tabindex={0} role="region" aria-labelledby="capabilities-title">
        <table class="matrix capabilities">
          <thead>
            <tr>
              <th scope="col" class="corner">
                Can I rely on …
              </th>
              {columns.map((column, index) => {
                const { id, version, behind, kind } = titleOfColumn(run, column)
                const href = column.target && hrefOfTarget?.(column.target)
                return (
                  <th scope="col" key={id} data-c={index} title={escapeControls(behind)}>
                    <span class="target">
                      {href === undefined ? (
                        nameOf(run, column)
                      ) : (
                        <a href={href}>{nameOf(run, column)}</a>
                      )}
                    </span>
                    <span class="model">
                      {escapeControls(version || (kind === 'measured' ? '' : kind))}
                    </span>
                  </th>
                )
              })}
            </tr>
          </thead>
          {matrix.features.map((feature) => (
            <FeatureRows key={feature.id} feature={feature} {...props} />
          ))}
        </table>
      </div>
      <CapabilityLegend />
      <dialog id="behind" aria-labelledby="behind-title"></dialog>
    </section>
  )
}

function nameOf(run: RunResult, column: MatrixColumn): string {
  return escapeControls(titleOfColumn(run, column).name)
}

function FeatureRows({
  feature,
  matrix,
  columns,
  hrefOfCapability,
}: SectionProps & { readonly feature: FeatureRecord }) {
  const own = listCapabilitiesOf(matrix, feature.id)
  return (
    <tbody data-feature={feature.id}>
      <tr class="feature">
        <th scope="row">
          <span class="name">{feature.name}</span>
          <small>{feature.question}</small>
        </th>
        {columns.map((column, index) => {
          const { kept, promised, lost = 0, isBroken } = findFeatureCell(column, feature.id) ?? {}
          return (
            <Halves
              key={index}
              index={index}
              kept={kept}
              promised={promised}
              isBroken={isBroken}
              lost={kept === 'yes' ? lost : 0}
            />
          )
        })}
      </tr>
      {own.map((one) => (
        <CapabilityRow key={one.id} one={one} columns={columns} href={hrefOfCapability?.(one.id)} />
      ))}
    </tbody>
  )
}

function CapabilityRow({
  one,
  columns,
  href,
}: {
  readonly one: CapabilityRecord
  readonly columns: readonly MatrixColumn[]
  readonly href: string | undefined
}) {
  return (
    <tr class="capability" data-capability={one.id}>
      <th scope="row">
        {href === undefined ? one.name : <a href={href}>{one.name}</a>}
        <small>{one.question}</small>
      </th>
      {columns.map((column, index) => {
        const { kept, promised, isBroken } = findCell(column, one.id) ?? {}
        return (
          <Halves
            key={index}
            index={index}
            kept={kept?.state}
            promised={promised?.state}
            isBroken={isBroken}
            lost={0}
          />
        )
      })}
    </tr>
  )
}

/** Both halves of a cell, in words. */
export function Halves({
  index,
  kept,
  promised,
  isBroken,
  lost,
}: {
  readonly index?: number
  readonly kept: KeptState | undefined
  readonly promised: PromisedState | undefined
  readonly isBroken: true | undefined
  readonly lost: number
}) {
  const said = formatPromised(promised)
  return (
    <td
      class={`k-${(kept ?? 'none').replace(' ', '-')}${isBroken === true ? ' broken' : ''}`}
      data-c={index}
    >
      {kept === undefined ? undefined : <b>{formatKept(kept)}</b>}
      {lost > 0 ? <s>{lost} no</s> : undefined}
      {said === '' ? undefined : <i>{said}</i>}
      {isBroken === true ? <em>not kept</em> : undefined}
    </td>
  )
}

function CapabilityLegend() {
  return (
    <ul class="legend">
      {(Object.keys(KEPT_WORDS) as KeptState[]).map((state) => (
        <li key={state}>
          <span class={`tag k-${state.replace(' ', '-')}`}>{formatKept(state)}</span>
          {KEPT_WORDS[state].means}
        </li>
      ))}
      {(['yes', 'if', 'no', 'yes & no'] as const).map((state) => (
        <li key={state}>
          <b>{formatPromised(state)}</b> {PROMISED_WORDS[state].means}
        </li>
      ))}
      <li>
        <b>not kept</b> {BROKEN_MEANS}
      </li>
      <li>no second word: not mentioned, or only “compatible with OpenAI”</li>
    </ul>
  )
}

/** How many columns there are of each sort. */
export function countColumns(run: RunResult, columns: readonly MatrixColumn[]): string {
  const of = (kind: string): number =>
    columns.filter((column) => titleOfColumn(run, column).kind === kind).length
  return (['measured', 'recorded', 'documented'] as const)
    .filter((kind) => of(kind) > 0)
    .map((kind) => `${formatCount(of(kind), 'column')} ${kind}`)
    .join(', ')
}
