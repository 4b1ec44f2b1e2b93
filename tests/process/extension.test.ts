// The programming interface with modules of a user's own, as a dependency would use them.

import { cpSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { execFile } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test, vi } from 'vitest'
import { loadContract } from '../../src/contract/file/load.ts'
import { loadExtension } from '../../src/plan/load-modules.ts'
import { packageRoot } from '../../src/base/package-root.ts'
import { spawnCommand } from './spawn-command.ts'
import { defineScenario, moot, notShown } from '../../src/authoring/define.ts'
import type { Kit } from '../../src/index.ts'
import { createRequestBuilder } from '../../src/request/builder.ts'
import type { Target } from '../../src/target/target-and-keys.ts'

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
const before = { ...process.env }
const { result, exitCode, evidence } = await run({
  out: 'found', suite: ['ours'], check: ['ours/*'], load: ['ours.mjs'],
  reporter: ['passed-ids'],
})
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
  const { RESPONSES_CONFORMANCE_REFERENCE_KEY: _, ...env } = process.env
  delete env['RESPONSES_CONFORMANCE_REFERENCE_SECOND_KEY']
  const { stdout } = await promisify(execFile)(process.execPath, ['gate.mjs'], { cwd, env })
  expect(JSON.parse(stdout)).toEqual({
    // Nothing of the second built-in provider is judged: the check says nothing of Open Responses.
    exitCode: 3,
    rows: [
      ['openai', 'pass', 'must'],
      ['own', 'pass', 'must'],
    ],
    statement: 'Our gateway answers with the name of the model that was asked.',
    status: 200,
    // NODE_ENV and VITEST are the runner's; the provider that comes along has keys of its own.
    leaked: ['RESPONSES_CONFORMANCE_REFERENCE_KEY', 'RESPONSES_CONFORMANCE_REFERENCE_SECOND_KEY'],
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

test('a check of an earlier version has one mutant, which is read with a note', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'responses-conformance-'))
  const file = join(folder, 'old.mjs')
  const check = `{
    id: "ours/old", title: "x", kind: "wire", scenario: "every", covers: ["basic-object-type"],
    judge() {}, mutant: { story: "it is old" },
  }`
  writeFileSync(
    file,
    `const check = ${check}
    export default [check, { id: "ours/more", title: "x", covers: check.covers, cases: () => [check, check] }]`,
  )
  const told = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  try {
    const { checks, families } = await loadExtension([file])
    const cases = families[0]!.cases(loadContract('openai'))
    for (const { mutants } of [...checks, ...cases])
      expect(mutants).toEqual([{ story: 'it is old' }])
    expect(told.mock.calls.map(([note]) => String(note).replace(folder, ''))).toEqual(
      ['ours/old', 'ours/more'].map(
        (id) =>
          `/old.mjs: ${id} has "mutant", which the next version no longer reads; write mutants: [{ story, reply }]\n`,
      ),
    )
  } finally {
    told.mockRestore()
  }
})

test('a module that is none of these is refused with what to write', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'responses-conformance-'))
  const refusal = async (name: string, text?: string): Promise<string> => {
    const file = join(folder, name)
    if (text !== undefined) writeFileSync(file, text)
    const error = await loadExtension([file]).catch((thrown: unknown) => thrown)
    expect(error).toHaveProperty('name', expect.stringMatching(/^(Usage|Contract)Error$/))
    return (error as Error).message.replaceAll(folder, '')
  }
  expect(await refusal('absent.mjs')).toContain('there is no such file')
  expect(await refusal('throws.mjs', 'throw new Error("boom")')).toContain('(boom)')
  expect(await refusal('empty.mjs', 'export const a = 1')).toContain('neither a check')
  expect(await refusal('nameless.mjs', 'export default { title: "x", render() {} }')).toContain(
    'a reporter has a name',
  )
  const check = await refusal(
    'check.mjs',
    'export default { id: "Bad id", title: "x", judge: 1, kind: "odd", covers: ["no-such"] }',
  )
  const words = ['id is "Bad id"', 'judge is no function', 'kind is "odd"', '"no-such"']
  for (const word of [...words, 'mutants is missing']) expect(check).toContain(word)
  expect(
    await refusal('mute.mjs', 'export default { judge() {}, title: "x", mutants: [{}] }'),
  ).toContain('mutants[0] has no story')
  expect(
    await refusal('sentence.mjs', 'export const requirements = [{}]; export default []'),
  ).toContain('/requirements/0')
})

test('a module that was written for version 0.1 is still understood', () => {
  const request = { request: (kit: Kit) => kit.ask('Hello'), expect: 'success' } as const
  const common = {
    id: 'ours/hello',
    title: 'A greeting',
    tier: 'core',
    steps: { request },
  } as const
  const apiPaths = ['request /input']
  expect(defineScenario({ ...common, hinges: apiPaths })).toEqual({ ...common, apiPaths })
  expect(moot('nothing to judge')).toEqual(notShown('nothing to judge'))
  const builder = createRequestBuilder({
    target: { models: { text: 'any' } } as Target,
    contract: undefined,
    seed: '1',
    prior: () => expect.unreachable(),
  })
  expect(builder.ask('Hello')).toEqual(builder.createRequest('Hello'))
  expect(builder.askParts([])).toEqual(builder.createRequestFromParts([]))
})
