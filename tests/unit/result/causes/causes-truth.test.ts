// Causes against the truth: what six real servers do wrong, grouped by hand into defects.

import { expect, test } from 'vitest'
import { findCauses } from '../../../../src/result/causes/find-causes.ts'
import type { Verdict } from '../../../../src/types/index.ts'
import { agreement, loadJudgedServers, type JudgedServer } from './truth.ts'

const servers = loadJudgedServers()

/** The causes of the rows that fail by a must, by `check@scenario`. */
function causesByRow({ verdicts, scenarios }: JudgedServer): ReadonlyMap<string, Set<string>> {
  const rows = new Map<string, Set<string>>()
  for (const row of findCauses(verdicts, { scenarios }).verdicts) {
    if (row.outcome !== 'fail' || row.level !== 'must') continue
    const name = nameOf(row)
    const all = rows.get(name) ?? new Set()
    for (const cause of [row.cause ?? '', ...(row.also ?? [])]) all.add(cause)
    rows.set(name, all)
  }
  return rows
}

function nameOf({ check, scenario }: Verdict): string {
  return `${check}@${scenario}`
}

test('printed causes are the real defects, and rows stand together where they belong together', () => {
  const all = servers.map((server) => agreement(server, causesByRow(server)))
  const sum = (of: (one: (typeof all)[number]) => number): number =>
    all.map(of).reduce((a, b) => a + b)
  const both = sum((one) => one.both)
  const precision = both / (both + sum(({ causeOnly }) => causeOnly))
  const recall = both / (both + sum(({ defectOnly }) => defectOnly))
  const ratio = sum(({ printed }) => printed) / sum(({ defects }) => defects)
  const shown = all.map((one, index) => ({ server: servers[index]!.server, ...one }))
  expect(precision, JSON.stringify(shown)).toBeGreaterThanOrEqual(0.95)
  expect(recall, JSON.stringify(shown)).toBeGreaterThanOrEqual(0.95)
  expect(ratio).toBeGreaterThanOrEqual(0.9)
  expect(ratio).toBeLessThanOrEqual(1.15)
})
