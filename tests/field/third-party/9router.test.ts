// A recording of a server that nobody here wrote, 9router 0.5.69 (MIT) of 2026-11-20 in front of
// aimock's Chat Completions: every fail was looked at by hand, and `9router.yaml` says why it is true.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { packageRoot } from '../../../src/base/package-root.ts'
import { readRunResult } from '../../../src/result/run-json.ts'
import { spawnCommand } from '../../process/spawn-command.ts'
import { createEmptyFolder } from '../../empty-folder.ts'

const folder = join(packageRoot, 'tests', 'field', 'third-party')
const looked = parse(readFileSync(join(folder, '9router.yaml'), 'utf8')) as Readonly<
  Record<string, string>
>

test('a gateway that converts is failed for what it does, and for nothing else', async () => {
  const out = join(createEmptyFolder(), 'out')
  const recording = join(folder, '9router.json')
  await spawnCommand(['run', '--from-recording', recording, '--quiet', '--out', out])
  const file = join(out, 'run.json')
  const { verdicts } = readRunResult(readFileSync(file, 'utf8'), file)
  const rows = verdicts.filter(({ yardstick }) => yardstick === 'openai')
  const failing = rows.filter(({ outcome }) => outcome === 'fail').map(({ check }) => check)
  expect([...new Set(failing)].toSorted()).toEqual(Object.keys(looked))
  // An answer without output says nothing about what the model heard, kept or called.
  const open = rows.filter(({ outcome }) => outcome === 'inconclusive').map(({ check }) => check)
  expect(open).toContain('stateful/keeps-turns-in-order')
  expect(open).toContain('tool/calls-the-named-function')
  const passed = rows.filter(({ outcome }) => outcome === 'pass').map(({ check }) => check)
  expect(passed).not.toContain('stateful/instructions-do-not-carry-over')
})
