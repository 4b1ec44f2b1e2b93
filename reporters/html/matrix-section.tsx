import { MARK_WORDS, YARDSTICK_NAMES } from '../common/labels.ts'
import { createModel } from './matrix-model.ts'
import type { CellView, RowView, ViewState } from './matrix-model.ts'
import { Legend } from './marks.tsx'
import type { PageData } from './page-data-types.ts'
import { TargetHead } from './target-head.tsx'

/** The matrix as it stands before the script takes over, and without one. */
export function ObservedSection({ data }: { readonly data: PageData }) {
  const model = createModel(data)
  const state: ViewState = {
    lens: data.lens,
    failing: false,
    differing: false,
    feature: '',
    level: '',
    text: '',
    rows: 'catalogue',
    columns: 'run',
    compare: [],
    toggled: new Set(),
  }
  const features = [...new Set(data.checks.map((check) => check.feature))]
  return (
    <section id="observed" aria-labelledby="observed-title">
      <h2 id="observed-title">Observed</h2>
      <p class="quiet">
        What the endpoints really answered. Each cell counts the musts of a feature:{' '}
        <b>passed / applicable</b>, and beneath it how many musts there are in all, where some were
        not applicable.
      </p>
      <Controls data={data} features={features} />
      <p id="told" role="status"></p>
      <button type="button" id="stop-comparing" class="plain-button" hidden>
        Show all columns again
      </button>
      <div class="scroll" tabindex={0} role="region" aria-labelledby="observed-title">
        <table class="matrix">
          <thead id="matrix-head">
            <tr>
              <th scope="col" class="corner">
                By {YARDSTICK_NAMES[data.lens]}
              </th>
              {data.targets.map((target) => (
                <TargetHead key={target.id} target={target} />
              ))}
            </tr>
          </thead>
          <tbody id="matrix-body">
            {(['must', 'should'] as const).map((level) => (
              <tr class="total" key={level}>
                <th scope="row">All {level}s</th>
                {data.targets.map((target, index) => (
                  <Total key={target.id} total={model.total(index, data.lens, level)} />
                ))}
              </tr>
            ))}
            {model.view(state).map((row) => (
              <Row key={row.id} row={row} data={data} />
            ))}
          </tbody>
        </table>
      </div>
      <Legend />
    </section>
  )
}

function Total({ total }: { readonly total: CellView }) {
  return (
    <td class="sum">
      {total.text === '' ? <small>not judged</small> : <b>{total.text}</b>}
      {total.of === '' ? undefined : <small> {total.of}</small>}
    </td>
  )
}

function Row({ row, data }: { readonly row: RowView; readonly data: PageData }) {
  return (
    <tr class={`depth-${row.depth}`} data-row={row.id}>
      <th scope="row">{row.label}</th>
      {row.cells.map((cell) => (
        <td
          key={cell.target}
          class={data.targets[cell.target]?.stale === undefined ? undefined : 'stale'}
        >
          {cell.mark === 'none' ? undefined : (
            <span class={`cell m-${cell.mark}`}>
              <i>{MARK_WORDS[cell.mark].glyph}</i> {cell.text}
              {cell.of === '' ? undefined : <small>{cell.of}</small>}
            </span>
          )}
        </td>
      ))}
    </tr>
  )
}

function Controls({
  data,
  features,
}: {
  readonly data: PageData
  readonly features: readonly string[]
}) {
  return (
    <form class="controls" id="controls">
      <fieldset class="lens">
        <legend>Judged by</legend>
        {data.yardsticks.map((yardstick) => (
          <label key={yardstick}>
            <input type="radio" name="lens" value={yardstick} checked={yardstick === data.lens} />
            {capital(YARDSTICK_NAMES[yardstick])}
          </label>
        ))}
      </fieldset>
      <div class="filters">
        <label>
          <input type="checkbox" name="failing" /> Failing only
        </label>
        <label>
          <input type="checkbox" name="differing" /> Differences only
        </label>
        <select name="feature" aria-label="Suite">
          <option value="">Every suite</option>
          {features.map((feature) => (
            <option key={feature}>{feature}</option>
          ))}
        </select>
        <select name="level" aria-label="Level">
          <option value="">Every level</option>
          {data.levels.map((level) => (
            <option key={level}>{level}</option>
          ))}
        </select>
        <select name="rows" aria-label="Order of rows">
          <option value="catalogue">Rows in order</option>
          <option value="worst">Worst rows first</option>
        </select>
        <select name="columns" aria-label="Order of columns">
          <option value="run">Columns as run</option>
          <option value="name">Columns by name</option>
          <option value="failing">Most failures first</option>
        </select>
        <input type="search" name="text" placeholder="Find a check…" aria-label="Find a check" />
        <span class="end">
          <button type="button" id="theme">
            Light / dark
          </button>
          <button type="button" id="show-help">
            Keys
          </button>
        </span>
      </div>
    </form>
  )
}

function capital(text: string): string {
  return text[0]!.toUpperCase() + text.slice(1)
}
