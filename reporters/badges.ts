import { observed, rowsOf, tally } from '../src/result.ts'
import type { Tally } from '../src/result.ts'
import type { Reporter, RunResult } from '../src/types.ts'
import { plain } from './common/escape.ts'
import { YARDSTICK_NAMES } from './common/words.ts'

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
      observed(run).flatMap((target) =>
        target.yardsticks.map((yardstick) => {
          const rows = rowsOf(run, target).filter((row) => row.yardstick === yardstick)
          const badge = badgeOf(run, YARDSTICK_NAMES[yardstick], tally(run, rows))
          return [
            `badges/${encodeURIComponent(target.id)}-${yardstick}.json`,
            `${JSON.stringify(badge, null, 2)}\n`,
          ]
        }),
      ),
    ),
}

export default badges

function badgeOf(run: RunResult, yardstick: string, counted: Tally): Badge {
  const { passed, applicable, all } = counted.must
  const complete = run.run.complete && counted.outcomes.inconclusive === 0
  const beside = all === applicable ? '' : ` of ${all}`
  const words = [
    `${passed}/${applicable}${beside} musts`,
    ...(complete ? [] : ['incomplete']),
    run.run.finishedAt.slice(0, 10),
  ]
  return {
    schemaVersion: 1,
    label: `Responses API by ${yardstick}`,
    message: plain(words.join(' · ')),
    color: colourOf(counted, complete),
  }
}

function colourOf({ mark, must }: Tally, complete: boolean): string {
  if (must.applicable === 0) return 'lightgrey'
  if (mark === 'breaks') return 'red'
  if (mark === 'specification') return 'orange'
  if (!complete) return 'lightgrey'
  return mark === 'warn' ? 'yellowgreen' : 'brightgreen'
}
