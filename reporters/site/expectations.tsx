import type {
  CapabilityMatrix,
  CapabilityRecord,
  KeptState,
  MatrixColumn,
  RunResult,
} from '../../src/types/index.ts'
import { escapeControls } from '../common/escape.ts'
import { formatList } from '../common/labels.ts'
import {
  findCell,
  findFeatureCell,
  formatKept,
  listCapabilitiesOf,
  titleOfColumn,
} from '../common/matrix-words.ts'
import { Halves } from '../html/capabilities.tsx'
import { PlainTable } from '../html/plain-table.tsx'
import { capabilityFileOf, hrefOf } from './places.ts'

interface Expected {
  readonly run: RunResult
  readonly matrix: CapabilityMatrix
  readonly column: MatrixColumn
}

/** What does not work at all is told first, and what was not asked not at all. */
const TOLD: readonly KeptState[] = ['no', 'partly', 'unclear', 'seen', 'yes']

/** What may be expected of one provider: a line for each feature that was asked or promised. */
export function Expectations({ run, matrix, column }: Expected) {
  const features = matrix.features.filter(({ id }) =>
    listCapabilitiesOf(matrix, id).some((one) => isTold(column, one)),
  )
  return (
    <>
      <h2>What to expect</h2>
      <PlainTable label="What to expect" columns={['Feature', 'Kept, promised', 'Of it']}>
        {features.map((feature) => {
          const { kept, promised, lost = 0, isBroken } = findFeatureCell(column, feature.id) ?? {}
          return (
            <tr key={feature.id}>
              <th scope="row">
                {feature.name}
                <div class="quiet">{feature.question}</div>
              </th>
              <Halves {...{ kept, promised, isBroken }} lost={kept === 'yes' ? lost : 0} />
              <td class="breaks">
                {TOLD.map((state) => (
                  <Capabilities key={state} {...{ matrix, column, state }} feature={feature.id} />
                ))}
              </td>
            </tr>
          )
        })}
      </PlainTable>
      <Measured {...{ run, column }} />
    </>
  )
}

function isTold(column: MatrixColumn, { id }: CapabilityRecord): boolean {
  const { kept, promised } = findCell(column, id) ?? {}
  const isAsked = kept !== undefined && kept.state !== 'not asked'
  return isAsked || !['silent', 'in general', undefined].includes(promised?.state)
}

function Capabilities({
  matrix,
  column,
  feature,
  state,
}: Omit<Expected, 'run'> & {
  readonly feature: CapabilityRecord['feature']
  readonly state: KeptState
}) {
  const own = listCapabilitiesOf(matrix, feature).filter(
    ({ id }) => findCell(column, id)?.kept?.state === state,
  )
  if (own.length === 0) return undefined
  return (
    <div>
      <b>{formatKept(state)}</b>{' '}
      {own.map(({ id, name }, index) => {
        const why = state === 'yes' ? '' : (findCell(column, id)?.kept?.why ?? '')
        return (
          <span key={id}>
            {index === 0 ? '' : ' · '}
            <a href={hrefOf(capabilityFileOf(id), 1)}>{name}</a>
            {why === '' ? '' : <span class="quiet"> {escapeControls(why)}</span>}
          </span>
        )
      })}
    </div>
  )
}

/** The set-up, in a sentence. */
function Measured({ run, column }: Pick<Expected, 'run' | 'column'>) {
  const { version, behind } = titleOfColumn(run, column)
  const { setup = {}, models } = run.targets.find(({ id }) => id === column.target)!
  const { key, lacks = [] } = setup
  const said = [
    version,
    behind,
    `asked as ${models.text}`,
    key === undefined ? '' : key === 'none' ? 'no key was demanded' : 'a key was demanded',
    lacks.length === 0 ? '' : `this set-up lacks ${formatList(lacks)}, so nothing of it was asked`,
  ]
  return (
    <p class="quiet">How it was measured: {escapeControls(said.filter(Boolean).join('; '))}.</p>
  )
}
