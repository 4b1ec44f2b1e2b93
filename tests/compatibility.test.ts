import { expect, test } from 'vitest'
import { compatibilityDocument } from './docs/compatibility.ts'
import { loadSuites } from '../src/plan/load-suites.ts'
import { auditDocuments, listShippedVendors } from '../src/audit/audit-providers.ts'
import type { RunResult } from '../src/types/index.ts'

const WRITE = 'npx vitest run --project self tests/compatibility.test.ts -u'

test(`COMPATIBILITY.md is fresh; ${WRITE} writes it anew`, async () => {
  const vendors = listShippedVendors()
  const suites = await loadSuites()
  const scenarios: Record<string, RunResult['scenarios'][string]> = {}
  for (const { feature, checks } of suites)
    for (const { scenario } of checks)
      if (scenario !== 'every') scenarios[scenario.id] = { title: scenario.title, feature }
  const text = compatibilityDocument(
    {
      documents: auditDocuments(vendors, suites),
      contracts: Object.fromEntries(
        vendors.map(({ id, title, edition, sources }) => [id, { title, edition, sources }]),
      ),
      scenarios,
    },
    WRITE,
  )
  await expect(text).toMatchFileSnapshot('../COMPATIBILITY.md')
})
