// What a user's own modules bring into the command.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { packageRoot } from '../../src/base/package-root.ts'
import { createEmptyFolder } from '../empty-folder.ts'
import { runCommandLine } from './command.ts'

/** A folder with the module; what it imports of this package are the sources, as they are now. */
function projectWith(name: string): string {
  const cwd = createEmptyFolder()
  const text = readFileSync(join(packageRoot, 'tests', 'package', name), 'utf8')
  const authoring = join(packageRoot, 'src', 'authoring')
  const bound = text.replaceAll(
    /'responses-conformance\/(\w+)'/g,
    (_, part: string) => `'${join(authoring, `${part}.ts`)}'`,
  )
  writeFileSync(join(cwd, name), bound)
  return cwd
}

test('the catalogue commands show what a module brings, and nothing else knows it', async () => {
  const cwd = projectWith('ours.mjs')
  const load = ['--load', 'ours.mjs']
  const listed = await runCommandLine(['list', 'checks', '--suite', 'ours', ...load], { cwd })
  expect([listed.code, listed.stdout]).toEqual([
    0,
    expect.stringMatching(/^ours\/names-the-model .*\n$/),
  ])
  const sentences = await runCommandLine(['list', 'requirements', '--suite', 'ours', ...load], {
    cwd,
  })
  expect(sentences.stdout).toContain('ours-names-the-model')
  const reporters = await runCommandLine(['list', 'reporters', ...load], { cwd })
  expect(reporters.stdout).toContain('passed-ids')
  const explained = await runCommandLine(['explain', 'ours/names-the-model', ...load], { cwd })
  expect([explained.code, explained.stdout]).toEqual([
    0,
    expect.stringContaining('Our gateway answers with the name of the model that was asked.'),
  ])
  const unknown = await runCommandLine(['explain', 'ours/names-the-model'], { cwd })
  expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('--load')])
})

test('a module that one call loads is unknown to another at the same time', async () => {
  const cwd = projectWith('ours.mjs')
  const explain = ['explain', 'ours-names-the-model']
  const [explained, unknown] = await Promise.all([
    runCommandLine([...explain, '--load', 'ours.mjs'], { cwd }),
    runCommandLine(explain, { cwd }),
  ])
  expect(explained.code).toBe(0)
  expect([unknown.code, unknown.stdout]).toEqual([2, ''])
})
