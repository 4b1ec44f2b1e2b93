import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { listNames } from '../../../src/plan/find-check-by-name.ts'
import { loadSuites } from '../../../src/plan/load-suites-and-reporters.ts'
import { currentIdOf, loadRenamedChecks } from '../../../src/plan/renamed-checks.ts'
import { readBaseline, replaceOldIds } from '../../../src/result/baseline.ts'
import { createEmptyFolder } from '../../empty-folder.ts'

const [[old, now]] = Object.entries(loadRenamedChecks()) as [[string, string]]

test('an old id is no check of today, and its new one is', async () => {
  const names = listNames(await loadSuites())
  for (const [was, is] of Object.entries(loadRenamedChecks())) {
    expect(names).not.toContain(was)
    expect(names).toContain(is)
  }
  expect(currentIdOf(old)).toBe(now)
  expect(currentIdOf('basic/object-type')).toBe('basic/object-type')
})

test('a baseline with an old id holds, and is migrated once', () => {
  const file = join(createEmptyFolder(), 'baseline.yaml')
  const entry = (check: string): string =>
    `  - { target: t, check: ${check}, reason: known, expires: "2099-01-01" }\n`
  writeFileSync(file, `entries:\n${entry(old)}${entry(now)}`)
  const renamed = replaceOldIds(readBaseline(file).entries)
  expect(renamed.map(({ check }) => check)).toContain(now)
  expect(renamed.map(({ check }) => check)).not.toContain(old)
})
