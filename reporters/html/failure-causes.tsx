import { observedTargetsOf } from '../../src/result/rows-marks-and-standing.ts'
import type { RunResult, Verdict } from '../../src/types/index.ts'
import { escapeControls } from '../common/escape.ts'
import {
  countCauses,
  formatBroken,
  rankFailureCauses,
  type FailureCause,
} from '../common/failure-causes.ts'
import { formatImpact } from '../common/failure-report.ts'
import { formatCount, MARK_WORDS } from '../common/labels.ts'
import { PlainTable } from './plain-table.tsx'

/** Causes of one target that are shown. */
const MOST_CAUSES = 100
/** Clients that are named beside a cause. */
const MOST_CLIENTS = 4

/** The causes of each target's failures, in the order and number that every other report shows. */
export function CausesSection({ run }: { readonly run: RunResult }) {
  const targets = observedTargetsOf(run)
    .map((target) => ({ target, causes: rankFailureCauses(run, target) }))
    .filter(({ causes }) => causes.length > 0)
  if (targets.length === 0) return undefined
  return (
    <section aria-labelledby="causes-title">
      <h2 id="causes-title">What to fix first</h2>
      <p class="quiet">
        Each cause once, with the checks that fail by it: what breaks clients first, then what
        explains and hides most.
      </p>
      {targets.map(({ target, causes }) => (
        <details class="provider" key={target.id} open={targets.length === 1}>
          <summary>
            <b>{escapeControls(target.name)}</b> <span class="quiet">{countCauses(causes)}</span>
          </summary>
          <PlainTable
            label={`Causes of ${escapeControls(target.name)}`}
            columns={['Impact', 'Cause', 'Failing checks']}
          >
            {causes.slice(0, MOST_CAUSES).map((cause) => (
              <tr key={cause.id}>
                <td class="whole">
                  <span class={`tag m-${cause.mark}`}>
                    {MARK_WORDS[cause.mark].glyph} {MARK_WORDS[cause.mark].name}
                  </span>
                </td>
                <td>
                  {escapeControls(cause.title)}
                  <Consequences cause={cause} />
                </td>
                <td>
                  {firstOfEach(cause.rows).map((row) => (
                    <div key={row.check}>
                      <a href={cellPlace(row)}>{escapeControls(row.check)}</a>
                    </div>
                  ))}
                </td>
              </tr>
            ))}
          </PlainTable>
        </details>
      ))}
    </section>
  )
}

/** What it hides, and who broke in a fault like it. */
function Consequences({ cause }: { readonly cause: FailureCause }) {
  const hidden =
    cause.hides === 0 ? undefined : `hides ${formatCount(cause.hides, 'undecided check')}`
  const impact =
    cause.mark === 'unmeasured' ? formatImpact(undefined) : formatBroken(cause, MOST_CLIENTS)
  const told = [impact, hidden].filter((each) => each !== undefined)
  return told.length === 0 ? undefined : <div class="quiet">{escapeControls(told.join('; '))}</div>
}

function firstOfEach(rows: readonly Verdict[]): readonly Verdict[] {
  return [...new Map(rows.map((row) => [row.check, row])).values()]
}

/** The permalink of a cell, as the page itself writes it. */
function cellPlace({ target, check, yardstick }: Verdict): string {
  return `#${new URLSearchParams({ lens: yardstick, cell: `${target}~${check}` })}`
}
