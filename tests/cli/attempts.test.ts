// A model may have a bad moment; a provider that is wrong every time has none to blame.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readRunResult } from '../../src/result/run-json.ts'
import type { ReferenceRequest, RunResult } from '../../src/types/index.ts'
import { ASK_WORD } from '../../src/authoring/code-word.ts'
import { mapBody } from '../../src/authoring/define.ts'
import { isObject } from '../../src/base/json.ts'
import { runCommandLine } from './command.ts'
import { createEmptyFolder } from '../empty-folder.ts'
import { FRONT_KEY, startFront } from './front.ts'

const CHECK = 'message-style/hears-a-string'

/** The provider does not hear input that is a string the first `deaf` times. */
async function runDeaf(
  deaf: number,
  args: readonly string[] = [],
): Promise<{
  readonly code: number | null
  readonly printed: string
  readonly heard: number
  readonly result: RunResult
  read(name: string): string
}> {
  let asked = 0
  const request = (said: ReferenceRequest): ReferenceRequest =>
    isObject(said.body) && typeof said.body['input'] === 'string' && ++asked <= deaf
      ? mapBody(said, (body) => ({ ...body, input: ASK_WORD }))
      : said
  const front = await startFront(undefined, { request })
  const out = join(createEmptyFolder(), 'out')
  const target = ['--base-url', front.url, '--model', 'reference', '--api-key-env', 'POLICY_KEY']
  const { code, stdout } = await runCommandLine(
    ['run', ...target, '--check', CHECK, '--out', out, ...args],
    {
      env: { POLICY_KEY: FRONT_KEY },
    },
  )
  await front.close()
  const read = (name: string): string => readFileSync(join(out, name), 'utf8')
  return {
    code,
    printed: stdout,
    heard: asked,
    result: readRunResult(read('run.json'), out),
    read,
  }
}

function rowsOf({ verdicts }: RunResult): RunResult['verdicts'] {
  return verdicts.filter(({ check }) => check === CHECK)
}

test('what succeeds the second time is flaky, and every report says so', async () => {
  const { code, printed, heard, result, read } = await runDeaf(1)
  expect([code, heard]).toEqual([0, 2])
  const rows = rowsOf(result)
  expect(rows.length).toBe(2)
  for (const row of rows) {
    expect(row).toMatchObject({
      outcome: 'warn',
      reason: 'flaky',
      attempts: { made: 2, passed: 1 },
    })
    expect(row.findings.length).toBeGreaterThan(0)
  }
  const says = 'passed 1 of 2 attempts'
  expect(printed).toContain(`flaky: ${CHECK} (message-style/string): ${says}`)
  expect(read('matrix.md')).toContain(`### ◐ Flaky\n\n- ${CHECK} (message-style/string): ${says}`)
  expect(read('verdicts.csv')).toMatch(new RegExp(`${CHECK},[^\\n]*,warn,flaky,`))
  expect(read('report.html')).toContain('passed in 1 of 2 attempts')
})

test('what fails every time fails, with the attempts', async () => {
  const { code, printed, heard, result, read } = await runDeaf(9, ['--attempts', '3', '--verbose'])
  // Two more: the meter is asked before a red is believed.
  expect([code, heard]).toEqual([1, 5])
  for (const row of rowsOf(result)) {
    expect(row).toMatchObject({ outcome: 'fail', attempts: { made: 3, passed: 0 } })
  }
  expect(printed).toContain('passed 0 of 3 attempts')
  expect(read('matrix.md')).toContain('- attempts: passed 0 of 3 attempts')
})

test('what the meter shows delivered is cleared, whatever a single answer said', async () => {
  const { code, result } = await runDeaf(1, ['--attempts', '1'])
  expect(code).toBe(0)
  expect(rowsOf(result)[0]).toMatchObject({ outcome: 'inconclusive', reason: 'model-declined' })
})

test('a single attempt is a single attempt', async () => {
  const { code, heard, result } = await runDeaf(9, ['--attempts', '1'])
  expect([code, heard]).toEqual([1, 3])
  expect(rowsOf(result)[0]).toMatchObject({ outcome: 'fail', attempts: { made: 1, passed: 0 } })
})
