// A fault of one answer in three is told from none by asking more than once.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { mapResponse } from '../../src/authoring/define.ts'
import type { FailureRate } from '../../src/cli/terminal/repeat-run.ts'
import { runCommandLine } from './command.ts'
import { createEmptyFolder } from '../empty-folder.ts'
import { FRONT_KEY, startFront } from './front.ts'

const CHECK = 'basic/object-type'

/** Every so many-th answer calls itself something else. */
async function runWrong(
  every: number,
  args: readonly string[],
): Promise<{ readonly code: number | null; readonly printed: string; readonly out: string }> {
  let answers = 0
  const front = await startFront(undefined, {
    reply: (reply, { path, method }) =>
      method === 'POST' && path === '/responses' && answers++ % every === every - 1
        ? mapResponse(reply, (response) => ({ ...response, object: 'realtime.response' }))
        : reply,
  })
  const out = join(createEmptyFolder(), 'out')
  const target = ['--base-url', front.url, '--model', 'reference', '--api-key-env', 'POLICY_KEY']
  const { code, stdout } = await runCommandLine(
    ['run', ...target, '--scenario', 'basic/text', '--check', CHECK, '--out', out, ...args],
    { env: { POLICY_KEY: FRONT_KEY } },
  )
  await front.close()
  return { code, printed: stdout, out }
}

test('how often a check failed is said, and any failure decides', async () => {
  // Each run asks once before it begins, and once for the check.
  const { code, printed, out } = await runWrong(6, ['--repeat', '3'])
  expect(code).toBe(1)
  expect(printed).toContain('In 3 runs failed:\n  1 of 3  basic/object-type')
  const rates = JSON.parse(readFileSync(join(out, 'rates.json'), 'utf8')) as FailureRate[]
  expect(rates[0]).toMatchObject({ check: CHECK, failed: 1, judged: 3 })
})

test('no failure is said as well', async () => {
  const { code, printed } = await runWrong(Infinity, ['--repeat', '2'])
  expect(code).toBe(0)
  expect(printed).toContain('In 2 runs no check failed.')
})

test('what is of a single run is not repeated', async () => {
  const { stderr, code } = await runCommandLine(['run', '--repeat', '2', '--resume'], {})
  expect(code).toBe(2)
  expect(stderr).toContain('--resume is of a single run')
})
