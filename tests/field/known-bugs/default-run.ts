// What the default run says of each story: the exit code, the first causes, what fails, warns and is
// undecided.
//
//     npx tsx tests/field/known-bugs/default-run.ts [name …]

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startReference } from '../../../reference/main.ts'
import { run } from '../../../src/index.ts'
import type { Outcome, RunResult } from '../../../src/types/index.ts'
import { inTurns } from '../../kill-matrix/turns.ts'
import { stories } from './stories.ts'

const names = process.argv.slice(2)
const KEYS = ['reference-key-of-the-first-account', 'reference-key-of-the-second-account'] as const
process.env['REFERENCE_KEY'] = KEYS[0]
process.env['REFERENCE_SECOND_KEY'] = KEYS[1]

await inTurns(Object.entries(stories), 2, async ([name, story]) => {
  if (names.length > 0 && !names.includes(name)) return
  const { dialect = 'openai' } = story
  const server = await startReference({ dialect, keys: KEYS, mutant: story })
  const out = mkdtempSync(join(tmpdir(), 'default-run-'))
  try {
    const { result, exitCode } = await run({
      baseUrl: server.url,
      model: 'reference',
      reasoningModel: 'reference-reasoning',
      apiKeyEnv: 'REFERENCE_KEY',
      secondKeyEnv: 'REFERENCE_SECOND_KEY',
      gate: [dialect],
      out,
      reporter: ['terminal'],
    })
    const told = readFileSync(join(out, 'terminal.txt'), 'utf8')
    const first = told.split('\n').filter((line) => /^[✗△▲] /u.test(line))
    const having = (outcome: Outcome): readonly string[] => checksOf(result, outcome, dialect)
    console.log(
      JSON.stringify({
        name,
        exitCode,
        fail: having('fail'),
        warn: having('warn'),
        undecided: having('inconclusive').length,
        first: first.slice(0, 2),
      }),
    )
  } finally {
    await server.close()
    rmSync(out, { recursive: true, force: true })
  }
})

function checksOf({ verdicts }: RunResult, outcome: Outcome, yardstick: string): readonly string[] {
  const having = verdicts.filter((one) => one.yardstick === yardstick && one.outcome === outcome)
  return [...new Set(having.map(({ check }) => check))].toSorted()
}
