// npm run kill-matrix: every mutant by every check. Which checks fail and warn on which mutants,
// kept beside this file so that a change of the suite shows what it does to them.
//
//     npm run kill-matrix                          minutes; writes matrix.json and summary.txt
//     npm run kill-matrix -- <glob over check ids> prints these rows
//     npm run kill-matrix -- --changed [commit]    prints what the checks changed since then do to it,
//                                                  and which of them only repeats another

import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { matchesGlob } from '../../src/plan/selection.ts'
import { printChanges } from './changed.ts'
import { brief, summarise } from './matrix.ts'
import { computeRows, listMutants } from './rows.ts'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { changed: { type: 'boolean' } },
})
if (values.changed === true) await printChanges(positionals[0])
else if (positionals[0] === undefined) await writeMatrix()
else await printRows(positionals[0])

async function writeMatrix(): Promise<void> {
  const matrix = await computeRows(await listMutants())
  const summary = summarise(matrix)
  console.log(summary)
  const lines = Object.entries(matrix).map(
    ([id, { fail, warn }]) =>
      `${JSON.stringify(id)}: ${JSON.stringify([brief(fail), brief(warn)])}`,
  )
  writeFileSync(new URL('matrix.json', import.meta.url), `{\n${lines.join(',\n')}\n}\n`)
  writeFileSync(new URL('summary.txt', import.meta.url), `${summary}\n`)
  console.log('Written: tests/kill-matrix/matrix.json and summary.txt')
}

async function printRows(glob: string): Promise<void> {
  const mutants = (await listMutants()).filter(({ check }) => matchesGlob(glob, check))
  const matrix = await computeRows(mutants)
  for (const [id, row] of Object.entries(matrix)) {
    console.log(`${id}\n  fail ${row.fail.join(' ') || '-'}\n  warn ${row.warn.join(' ') || '-'}`)
  }
  console.log(summarise(matrix))
}
