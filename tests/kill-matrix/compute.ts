// npm run kill-matrix: every mutant by every check. Which checks fail and warn on which mutants,
// kept beside this file so that a change of the suite shows what it does to them.
//
//     npm run kill-matrix [-- <glob over check ids>]     minutes; with a glob only printed

import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Dialect } from '../../src/types/index.ts'
import { matchesGlob } from '../../src/plan/selection.ts'
import { listAllChecks } from '../prove.ts'
import { watch } from '../noticed.ts'
import { inTurns } from './turns.ts'
import { brief, summarise, type Matrix, type Row } from './matrix.ts'

const { positionals } = parseArgs({ allowPositionals: true })
const [glob = '*'] = positionals
const mutants = (await listAllChecks())
  .filter(({ check }) => matchesGlob(glob, check.id) && !check.id.startsWith('clients/'))
  .map(({ check, yardstick }) => ({
    id: check.id,
    mutant: check.mutant,
    dialect:
      check.mutant.dialect ??
      (yardstick === 'open-responses' ? ('open-responses' as const) : ('openai' as const)),
  }))

const rows: [string, Row][] = []
for (const dialect of ['openai', 'open-responses'] satisfies Dialect[]) {
  const mine = mutants.filter((each) => each.dialect === dialect)
  if (mine.length === 0) continue
  const provider = await watch(dialect)
  await inTurns(mine, 4, async ({ id, mutant }) => {
    const { fail, warn, harness } = await provider.notice(mutant)
    for (const message of harness) process.stderr.write(`\nour own fault on ${id}: ${message}\n`)
    rows.push([id, { fail, warn }])
    process.stderr.write(`\r${rows.length} of ${mutants.length} mutants`)
  })
  await provider.close()
}
const matrix: Matrix = Object.fromEntries(rows.toSorted(([a], [b]) => (a < b ? -1 : 1)))
process.stderr.write('\n')
const summary = summarise(matrix)
console.log(summary)
if (glob === '*') {
  const lines = Object.entries(matrix).map(
    ([id, { fail, warn }]) =>
      `${JSON.stringify(id)}: ${JSON.stringify([brief(fail), brief(warn)])}`,
  )
  const file = new URL('matrix.json', import.meta.url)
  writeFileSync(file, `{\n${lines.join(',\n')}\n}\n`)
  writeFileSync(new URL('summary.txt', import.meta.url), `${summary}\n`)
  console.log('Written: tests/kill-matrix/matrix.json and summary.txt')
} else {
  for (const [id, row] of Object.entries(matrix)) {
    console.log(`${id}\n  fail ${row.fail.join(' ') || '-'}\n  warn ${row.warn.join(' ') || '-'}`)
  }
}
