import { observedTargetsOf, rowsOf, tallyOf } from '../src/result/rows-marks-and-standing.ts'
import { concludeTarget } from '../src/result/exit-code.ts'
import type { OutcomeTally } from '../src/result/rows-marks-and-standing.ts'
import type { Reporter, RunResult, TargetRecord, Yardstick } from '../src/types/index.ts'
import { escapeControls } from './common/escape.ts'
import { countCauses, rankFailureCauses } from './common/failure-causes.ts'
import { formatScopes, YARDSTICK_NAMES } from './common/labels.ts'

/** https://shields.io/badges/endpoint-badge */
interface Badge {
  readonly schemaVersion: 1
  readonly label: string
  readonly message: string
  readonly color: string
  readonly isError?: boolean
}

const badges: Reporter = {
  name: 'badges',
  title:
    'badges/<target>-<yardstick>.json: for shields.io, each with its two denominators and its date',
  render: (run) =>
    Object.fromEntries(
      observedTargetsOf(run).flatMap((target) =>
        target.yardsticks.map((yardstick) => {
          const rows = rowsOf(run, target).filter((row) => row.yardstick === yardstick)
          const badge = badgeOf(run, target, yardstick, tallyOf(run, rows))
          return [
            `badges/${encodeURIComponent(target.id)}-${yardstick}.json`,
            `${JSON.stringify(badge, null, 2)}\n`,
          ]
        }),
      ),
    ),
}

export default badges

function badgeOf(
  run: RunResult,
  target: TargetRecord,
  yardstick: Yardstick,
  counted: OutcomeTally,
): Badge {
  const { passed, applicable, all } = counted.must
  // By this yardstick alone, whichever gates.
  const { word } = concludeTarget(run, { ...target, gate: [yardstick] })
  const beside = all === applicable ? '' : ` of ${all}`
  const isPart = formatScopes(target) !== undefined
  const causes = rankFailureCauses(run, target, [yardstick])
  const words = [
    word === 'conforms' && isPart ? `${word} in what was asked` : word,
    ...(causes.length === 0 ? [] : [`${countCauses(causes)} of failure`]),
    `${passed}/${applicable}${beside} musts`,
    ...(isPart ? ['only a part was asked'] : []),
    run.run.finishedAt.slice(0, 10),
  ]
  return {
    schemaVersion: 1,
    label: `Responses API by ${YARDSTICK_NAMES[yardstick]}`,
    message: escapeControls(words.join(' · ')),
    // Green is for whoever was asked everything.
    color: colourOf(counted, word === 'conforms' && !isPart),
  }
}

function colourOf({ mark, must }: OutcomeTally, isWhole: boolean): string {
  if (must.applicable === 0) return 'lightgrey'
  if (mark === 'breaks') return 'red'
  if (mark === 'unmeasured' || mark === 'specification') return 'orange'
  if (!isWhole) return 'lightgrey'
  return mark === 'warn' ? 'yellowgreen' : 'brightgreen'
}
