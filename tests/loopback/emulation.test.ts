// Nobody is accused who answers as their own page says: our server, in each vendor's documented
// shape, judged by that vendor's documents alone.

import { expect, test } from 'vitest'
import { startReference } from '../../reference/main.ts'
import { resolveTargets } from '../../src/target/resolve-targets.ts'
import { loadContract } from '../../src/contract/file/load.ts'
import type { JsonObject, Verdict } from '../../src/types/index.ts'
import { askTarget, EVERYTHING } from '../prove.ts'

const KEY = 'key-of-an-emulated-vendor'

const vendors = ['new-api', 'crun', 'lemondata', 'anyfast', 'sunra']

async function judge(vendor: string): Promise<readonly Verdict[]> {
  const { document, profile } = loadContract(vendor)
  process.env[profile!.keyEnv!] = KEY
  const server = await startReference({
    as: vendor,
    document: document as unknown as JsonObject,
    keys: [KEY],
  })
  try {
    const [target] = resolveTargets([vendor], {
      baseUrl: server.url,
      reasoningModel: profile!.models.text!,
      ...EVERYTHING,
    })
    const asked = await askTarget({ ...target!, yardsticks: ['own'] })
    const verdicts = await Promise.all(asked.cases.map((planned) => asked.decide(planned)))
    await asked.close()
    return verdicts.flat()
  } finally {
    await server.close()
  }
}

test.each(vendors)('%s, emulated, keeps what its documents promise', async (vendor) => {
  const verdicts = await judge(vendor)
  const failing = verdicts.filter(({ outcome }) => outcome === 'fail')
  expect(failing.map(told)).toEqual([])
  // Not by saying nothing at all; and never as if the vendor had been asked.
  const judged = verdicts.filter(({ outcome }) => outcome !== 'not-applicable')
  expect(judged.filter(({ outcome }) => outcome === 'pass').length).toBeGreaterThan(200)
  expect(judged.filter(({ origin }) => origin !== 'emulated')).toEqual([])
})

function told({ check, scenario, findings: [first] }: Verdict): string {
  return `${check} ${scenario} ${first?.at}: expected ${first?.expected}, got ${first?.actual}`
}
