// Which causes a baseline knows: those of the failures that it expects. A comparison says which of them
// went, which came, and which known one shows in more checks than before.

import { currentIdOf } from '../plan/renamed-checks.ts'
import type { ExpectedFailure } from '../evidence/journal.ts'
import type { CheckId, RunResult, Verdict } from '../types/index.ts'
import { causesOfRow, gatedVerdictsOf } from './rows-marks-and-standing.ts'

/** Checks that a sentence names; the others are counted. */
const MOST_NAMED = 3

/** The causes of these failures of one check, their titles by their ids: what an entry keeps of them. */
export function titlesOfCauses(
  { causes }: RunResult,
  rows: readonly Verdict[],
): Readonly<Record<string, string>> {
  const ids = new Set(rows.flatMap(causesOfRow))
  const target = rows[0]?.target
  const known = causes.filter((cause) => cause.target === target && ids.has(cause.id))
  return Object.fromEntries(known.map(({ id, title }) => [id, title]))
}

/** Sentences; none where the baseline was written without causes, or nothing changed. */
export function compareCausesWithBaseline(
  result: RunResult,
  entries: readonly ExpectedFailure[],
): readonly string[] {
  const gated = gatedVerdictsOf(result)
  return result.targets.flatMap(({ id: target }) => {
    const own = entries.filter((entry) => entry.target === target)
    const known = new Map(own.flatMap(({ causes = {} }) => Object.entries(causes)))
    if (known.size === 0) return []
    const rows = gated.filter((row) => row.target === target)
    const failing = rows.filter(({ outcome }) => outcome === 'fail')
    const titles = new Map(Object.entries(titlesOfCauses(result, failing)))
    const current = [...titles].map(([id, title]) => ({
      id,
      title,
      checks: checksOf(failing.filter((row) => causesOfRow(row).includes(id))),
    }))
    const expected = new Set(own.map(({ check }) => currentIdOf(check)))
    const came = current.filter(({ id }) => !known.has(id))
    const grown = current.flatMap(({ id, title, checks }) => {
      const more = checks.filter((check) => !expected.has(check))
      return known.has(id) && more.length > 0 ? [{ title, checks: more }] : []
    })
    return [
      ...came.map(
        ({ title, checks }) =>
          `${target}: a cause that the baseline does not know: ${title} (${listChecks(checks)})`,
      ),
      ...grown.map(
        ({ title, checks }) =>
          `${target}: a known cause shows in more checks: ${title} (${listChecks(checks)})`,
      ),
    ]
  })
}

/** `a/b, a/c, a/d and 2 more` */
export function listChecks(checks: readonly CheckId[]): string {
  const more = checks.length - MOST_NAMED
  const named = checks.slice(0, MOST_NAMED).join(', ')
  return more > 0 ? `${named} and ${more} more` : named
}

function checksOf(rows: readonly Verdict[]): readonly CheckId[] {
  return [...new Set(rows.map(({ check }) => check))].toSorted()
}
