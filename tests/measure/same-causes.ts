// Whether a cause keeps its id: of the rows that fail in two results of one server, how many share a cause.
//
//     npm run measure:identity -- <folder> <folder> […]     each with the first
//
// Causes are computed anew by today's keys. Two runs on two ports should agree in 98 % of the rows, a quick run with a
// whole one in 90 %.

import { findCauses } from '../../src/result/causes/find-causes.ts'
import { readResult } from '../../src/result/read-result.ts'
import { causesOfRow } from '../../src/result/rows-marks-and-standing.ts'

type Rows = ReadonlyMap<string, ReadonlySet<string>>

const [first, ...others] = process.argv.slice(2)
if (first === undefined || others.length === 0) {
  console.error('Name two folders of results')
  process.exit(2)
}
const before = causesByRow(first)
for (const folder of others) compare(folder, causesByRow(folder))

/** The causes of each row that fails, by check and scenario; several targets are one server. */
function causesByRow(folder: string): Rows {
  const { verdicts, scenarios, checks } = readResult(folder)
  const bare = verdicts.map(({ cause: _cause, also: _also, hiddenBy: _by, ...row }) => row)
  const rows = new Map<string, Set<string>>()
  for (const row of findCauses(bare, { scenarios, checks }).verdicts) {
    if (row.outcome !== 'fail') continue
    const name = `${row.check}@${row.scenario}`
    rows.set(name, new Set([...(rows.get(name) ?? []), ...causesOfRow(row)]))
  }
  return rows
}

function compare(folder: string, after: Rows): void {
  const both = [...after.keys()].filter((row) => before.has(row))
  const same = both.filter((row) => [...after.get(row)!].some((id) => before.get(row)!.has(id)))
  for (const row of both.filter((one) => !same.includes(one))) {
    console.log(`  ${row}: ${[...before.get(row)!].join(' ')} → ${[...after.get(row)!].join(' ')}`)
  }
  const share = both.length === 0 ? 1 : same.length / both.length
  console.log(
    `${folder}: ${after.size} rows fail, ${both.length} of them also in ${first!}; ${same.length} share a cause (${(share * 100).toFixed(1)} %)`,
  )
}
