// Requirements ↔ checks, both ways; and what a check is called never changes its meaning unnoticed.

import { expect, test } from 'vitest'
import { readVersion } from '../../src/base/package-root.ts'
import { loadContracts } from '../../src/contract/file/load.ts'
import { loadRequirements } from '../../src/plan/requirements/requirement-catalogue.ts'
import type { Step } from '../../src/types/index.ts'
import { traceRequirements } from '../../src/plan/trace.ts'
import { listAllChecks, suites } from '../prove.ts'

const requirements = loadRequirements()
const trace = traceRequirements(await suites, loadContracts(), requirements)

test('every core and feature requirement is covered or excused', () => {
  const open = trace.filter(
    ({ requirement, checks, excuse }) =>
      requirement.tier !== 'advisory' && checks.length === 0 && excuse === undefined,
  )
  expect(open.map(({ requirement }) => requirement.id)).toEqual([])
})

test('no requirement is both covered and excused', () => {
  const both = trace.filter(({ checks, excuse }) => checks.length > 0 && excuse !== undefined)
  expect(both.map(({ requirement, checks }) => `${requirement.id}: ${checks.join(', ')}`)).toEqual(
    [],
  )
})

test('checks cover requirements that exist', async () => {
  const unknown = (await listAllChecks()).flatMap(({ check }) =>
    check.covers.filter((id) => !requirements.has(id)).map((id) => `${check.id} covers ${id}`),
  )
  expect(unknown).toEqual([])
})

test('what a step takes for granted is a check', async () => {
  const checks = await listAllChecks('*')
  const ids = new Set(checks.map(({ check }) => check.id))
  const missing = checks
    .flatMap(({ check: { scenario } }) =>
      scenario === 'every' ? [] : Object.values<Step>(scenario.steps),
    )
    .flatMap(({ rests }) => (rests === undefined || ids.has(rests) ? [] : [rests]))
  expect(missing).toEqual([])
})

test('ids say where a check is found, and are unique', async () => {
  for (const { feature, checks, families } of await suites) {
    const ids = [...checks.map(({ id }) => id), ...families.map(({ id }) => id)]
    expect(ids.filter((id) => !id.startsWith(`${feature}/`))).toEqual([])
    expect(new Set(ids).size).toBe(ids.length)
  }
})

test('ids, titles and requirements are those that were published', async () => {
  const catalogue = (await suites).flatMap(({ checks, families }) => [
    ...checks.map(({ id, title, covers }) => `${id} | ${title} | ${covers.join(' ')}`),
    ...families.map(({ id, title, covers }) => `${id}/* | ${title} | ${covers.join(' ')}`),
  ])
  await expect(catalogue.toSorted().join('\n')).toMatchFileSnapshot('catalogue.txt')
  // A baseline names a version: what came later is no failure of its gate at once.
  const ids = catalogue.map((line) => line.split(' | ')[0]!)
  const release = `../../specs/releases/${readVersion()}.txt`
  await expect(`${ids.toSorted().join('\n')}\n`).toMatchFileSnapshot(release)
})
