// Asks the wrong providers, one for each mutant, and says which checks notice.

import { nameMutants } from '../../src/plan/mutant-names.ts'
import type { CheckId, Dialect, Mutant } from '../../src/types/index.ts'
import { watch, type Watch } from '../noticed.ts'
import { listAllChecks } from '../prove.ts'
import type { Matrix, Row } from './matrix.ts'
import { inTurns } from './turns.ts'

export interface NamedMutant {
  /** `<check>`, or `<check>#2` for its second. */
  readonly id: string
  readonly check: CheckId
  readonly mutant: Mutant
  readonly dialect: Dialect
}

const DIALECTS: readonly Dialect[] = ['openai', 'open-responses']

/** Every mutant, but for those of clients: whether one client works is made up of what others say. */
export async function listMutants(): Promise<readonly NamedMutant[]> {
  return (await listAllChecks('*'))
    .filter(({ check }) => !check.id.startsWith('clients/'))
    .flatMap(({ check, yardstick }) =>
      nameMutants(check).map(([id, mutant]) => ({
        id,
        check: check.id,
        mutant,
        dialect: mutant.dialect ?? (yardstick === 'open-responses' ? yardstick : 'openai'),
      })),
    )
}

/** The rows of these mutants, sorted; progress goes to standard error. */
export async function computeRows(mutants: readonly NamedMutant[]): Promise<Matrix> {
  const rows: [string, Row][] = []
  for (const dialect of DIALECTS) {
    const mine = mutants.filter((each) => each.dialect === dialect)
    if (mine.length === 0) continue
    const provider = await watch(dialect)
    await inTurns(mine, 4, async ({ id, mutant }) => {
      const { fail, warn, harness } = await provider.notice(mutant).catch((error: unknown) => ({
        fail: [],
        warn: [],
        harness: [String(error)],
      }))
      for (const message of harness) process.stderr.write(`\nour own fault on ${id}: ${message}\n`)
      rows.push([id, { fail, warn }])
      process.stderr.write(`\r${rows.length} of ${mutants.length} mutants`)
    })
    await provider.close()
  }
  process.stderr.write('\n')
  return Object.fromEntries(rows.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

/** A mutant that shows at all shows in one of the first scenarios that it touches, and a check of every exchange has them all. */
const MOST_SCENARIOS = 3

/**
 * The candidates that notice every mutant which the check notices: beside one of them it shows nothing
 * of its own. Stops as soon as none is left.
 */
export async function findRepeated(
  check: CheckId,
  candidates: readonly CheckId[],
  mutants: readonly NamedMutant[],
): Promise<readonly CheckId[]> {
  let left = candidates
  const feature = check.split('/')[0]!
  // Mutants of its own suite tell two checks apart soonest.
  const near = mutants.toSorted(
    (a, b) => Number(b.id.startsWith(feature)) - Number(a.id.startsWith(feature)),
  )
  const providers = new Map<Dialect, Watch>()
  for (const { mutant, dialect } of near) {
    if (left.length === 0) break
    const provider = providers.get(dialect) ?? (await watch(dialect))
    providers.set(dialect, provider)
    const noticedBy = async (by: readonly CheckId[]): Promise<readonly CheckId[]> => {
      const { fail, warn } = await provider.notice(mutant, MOST_SCENARIOS, by)
      return [...fail, ...warn]
    }
    if ((await noticedBy([check])).length === 0) continue
    const noticed = await noticedBy(left)
    left = left.filter((each) => noticed.includes(each))
  }
  for (const provider of providers.values()) await provider.close()
  return left
}
