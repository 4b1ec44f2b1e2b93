// The programming interface with modules of a user's own, as a dependency would use them.

import { cpSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { execFile } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { packageRoot } from '../../src/base/package-root.ts'
import { spawnCommand } from './spawn-command.ts'

/** A project of a user, with a space in its path and the package among its dependencies. */
function project(): string {
  const folder = join(mkdtempSync(join(tmpdir(), 'responses-conformance-')), 'my project')
  mkdirSync(join(folder, 'node_modules'), { recursive: true })
  symlinkSync(packageRoot, join(folder, 'node_modules', 'responses-conformance'), 'junction')
  cpSync(join(packageRoot, 'tests', 'package', 'ours.mjs'), join(folder, 'ours.mjs'))
  return folder
}

const SCRIPT = `
import { run } from 'responses-conformance'
import { startReference } from 'responses-conformance/reference'
const server = await startReference({ keys: [process.env.OUR_KEY] })
const before = { ...process.env }
const { result, exitCode, evidence } = await run({
  baseUrl: server.url, model: 'reference', apiKeyEnv: 'OUR_KEY', contract: 'reference', out: 'found', suite: ['ours'], check: ['ours/*'], load: ['ours.mjs'],
  reporter: ['passed-ids'],
})
await server.close()
const rows = result.verdicts.filter(({ check }) => check === 'ours/names-the-model')
const [first] = rows
console.log(JSON.stringify({
  exitCode,
  rows: rows.map(({ yardstick, outcome, level }) => [yardstick, outcome, level]),
  statement: result.requirements['ours-names-the-model'].statement,
  status: evidence(first.evidence.ask).status,
  leaked: Object.keys({ ...before, ...process.env }).filter((name) => process.env[name] !== before[name]),
}))
`

test('a run from code judges with a check, a requirement and a reporter of the user', async () => {
  const cwd = project()
  writeFileSync(join(cwd, 'gate.mjs'), SCRIPT)
  // As a user's process begins: other tests of this worker may have set the provider's keys.
  const { RESPONSES_CONFORMANCE_REFERENCE_KEY: _, ...others } = process.env
  const env = { ...others, OUR_KEY: 'the-key-of-a-user' }
  const { stdout } = await promisify(execFile)(process.execPath, ['gate.mjs'], { cwd, env })
  expect(JSON.parse(stdout)).toEqual({
    exitCode: 0,
    rows: [
      ['openai', 'pass', 'must'],
      ['own', 'pass', 'must'],
    ],
    statement: 'Our gateway answers with the name of the model that was asked.',
    status: 200,
    leaked: [],
  })
  expect(readFileSync(join(cwd, 'found', 'passed.txt'), 'utf8')).toContain('ours/names-the-model')
})

test('the catalogue commands show what a module brings, and nothing else knows it', async () => {
  const cwd = project()
  const load = ['--load', 'ours.mjs']
  const listed = await spawnCommand(['list', 'checks', '--suite', 'ours', ...load], { cwd })
  expect([listed.code, listed.stdout]).toEqual([
    0,
    expect.stringMatching(/^ours\/names-the-model .*\n$/),
  ])
  const sentences = await spawnCommand(['list', 'requirements', '--suite', 'ours', ...load], {
    cwd,
  })
  expect(sentences.stdout).toContain('ours-names-the-model')
  const reporters = await spawnCommand(['list', 'reporters', ...load], { cwd })
  expect(reporters.stdout).toContain('passed-ids')
  const explained = await spawnCommand(['explain', 'ours/names-the-model', ...load], { cwd })
  expect([explained.code, explained.stdout]).toEqual([
    0,
    expect.stringContaining('Our gateway answers with the name of the model that was asked.'),
  ])
  const unknown = await spawnCommand(['explain', 'ours/names-the-model'], { cwd })
  expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('--load')])
})
