import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { auditDocuments, listShippedVendors } from '../../../src/document-audit/audit-documents.ts'
import { packageRoot } from '../../../src/base/package-root.ts'
import { loadSuites } from '../../../src/plan/load-suites-and-reporters.ts'
import type { RunResult } from '../../../src/types/index.ts'
import { compatibilityPages } from './compatibility.ts'

const vendors = listShippedVendors()
const suites = await loadSuites()
const scenarios: Record<string, RunResult['scenarios'][string]> = {}
for (const { feature, checks } of suites)
  for (const { scenario } of checks)
    if (scenario !== 'every') scenarios[scenario.id] = { title: scenario.title, feature }
const pages = compatibilityPages({
  documents: auditDocuments(vendors, suites),
  contracts: Object.fromEntries(
    vendors.map(({ id, title, edition, sources }) => [id, { title, edition, sources }]),
  ),
  scenarios,
})

test.each(Object.entries(pages))('%s is what the documents say', async (name, text) => {
  await expect(text).toMatchFileSnapshot(join(packageRoot, name))
})

test('every shipped vendor has a page, and no page is left over', () => {
  const written = readdirSync(join(packageRoot, 'docs', 'compatibility')).toSorted()
  expect(written).toEqual(vendors.map(({ id }) => `${id}.md`).toSorted())
})

test('the summary can be read at a glance', () => {
  expect(pages['COMPATIBILITY.md']!.length).toBeLessThan(7_000)
})
