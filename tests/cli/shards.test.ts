// A run that is split over machines says, put together, what one machine would have said.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readRunResult } from '../../src/result/run-json.ts'
import type { RunResult } from '../../src/types/index.ts'
import { runCommandLine, type FinishedCommand } from './command.ts'
import { createEmptyFolder } from '../empty-folder.ts'
import { FRONT_KEY, startFront } from './front.ts'

const ASKED = [
  '--check',
  'basic/*',
  'usage/*',
  'errors/*',
  '--seed',
  'shards',
  '--reporter',
  'json',
]

function told(folder: string): readonly string[] {
  const file = join(folder, 'run.json')
  const { verdicts }: RunResult = readRunResult(readFileSync(file, 'utf8'), file)
  return verdicts
    .map(({ scenario, check, yardstick, outcome, reason }) =>
      [check, scenario, yardstick, outcome, reason].join(' '),
    )
    .toSorted()
}

test('shards merge into the single run, and a missing one is an error', async () => {
  const front = await startFront()
  const folder = createEmptyFolder()
  const run = (name: string, more: readonly string[] = []): Promise<FinishedCommand> => {
    const target = ['--base-url', front.url, '--model', 'reference', '--api-key-env', 'POLICY_KEY']
    const args = ['run', ...target, ...ASKED, '--quiet', '--out', join(folder, name), ...more]
    return runCommandLine(args, { env: { POLICY_KEY: FRONT_KEY } })
  }
  await run('whole')
  const asked = front.heard.length
  await run('first', ['--shard', '1/2'])
  await run('second', ['--shard', '2/2'])
  const parts = front.heard.length - asked
  await front.close()
  expect(told(join(folder, 'first'))).not.toEqual(told(join(folder, 'whole')))

  const merged = await runCommandLine(['merge', 'first', 'second', '--out', 'merged'], {
    cwd: folder,
  })
  expect([merged.code, merged.stderr]).toEqual([0, ''])
  expect(told(join(folder, 'merged'))).toEqual(told(join(folder, 'whole')))
  // What both parts need is asked by both, and nothing else twice.
  expect(parts).toBeLessThan(2 * asked)

  const half = await runCommandLine(['merge', 'first', '--out', 'half'], { cwd: folder })
  expect([half.code, half.stderr]).toEqual([2, expect.stringContaining('shard 2/2 is missing')])
})
