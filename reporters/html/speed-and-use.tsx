import { observedTargetsOf } from '../../src/result/rows-marks-and-standing.ts'
import type { RunResult, TargetRecord } from '../../src/types/index.ts'
import { escapeControls } from '../common/escape.ts'
import {
  formatMilliseconds,
  formatStanding,
  formatThousands,
  YARDSTICK_NAMES,
} from '../common/labels.ts'
import { PlainTable } from './plain-table.tsx'

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
