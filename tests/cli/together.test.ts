// Calls at the same time in one process: none sees what another prints, is told, or loads.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readRunResult } from '../../src/result/run-json.ts'
import { createEmptyFolder } from '../empty-folder.ts'
import { runCommandLine } from './command.ts'
import { startFront } from './front.ts'

const KEYS = ['the-key-of-the-first-call', 'the-key-of-the-second-call']

test('each has its own output, variables, folder and exit code', async () => {
  const before = { ...process.env }
  const calls = await Promise.all(
    KEYS.map(async (key, index) => {
      // The second provider knows another key than its caller sends.
      const front = await startFront(undefined, undefined, [index === 0 ? key : 'some-other-key'])
      const cwd = createEmptyFolder()
      const target = { 'base-url': front.url, model: 'reference', 'api-key-env': 'SAME_NAME' }
      const config = { targets: { [`target-${index}`]: target }, out: 'found' }
      writeFileSync(join(cwd, '.env'), `SAME_NAME=${key}\n`)
      writeFileSync(join(cwd, 'responses-conformance.config.yaml'), JSON.stringify(config))
      const ran = await runCommandLine(['run', '--check', 'basic/object-type'], { cwd })
      await front.close()
      const file = join(cwd, 'found', 'run.json')
      return { ...ran, cwd, result: readRunResult(readFileSync(file, 'utf8'), file) }
    }),
  )
  expect(calls.map(({ code }) => code)).toEqual([0, 3])
  for (const [index, { stdout, stderr, cwd, result }] of calls.entries()) {
    expect(result.targets.map(({ id }) => id)).toEqual([`target-${index}`])
    expect(stdout).toContain(`Results: ${join(cwd, 'found')}\n`)
    expect(stderr).toContain('.env: SAME_NAME\n')
    expect(stdout + stderr).not.toContain(`target-${1 - index}`)
  }
  expect({ ...process.env }).toEqual(before)
})
