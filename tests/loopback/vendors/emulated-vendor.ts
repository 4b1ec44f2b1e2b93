// A vendor, emulated and wrong on demand, judged by its own documents.

import { startReference } from '../../../reference/main.ts'
import { resolveTargets } from '../../../src/target/resolve-targets.ts'
import { loadContract } from '../../../src/contract/file/load.ts'
import { serveFixtures } from '../../../src/request/serve-fixtures.ts'
import { createRandom } from '../../../src/request/builder.ts'
import { equipTarget } from '../../../src/run/run-in-worker.ts'
import { keyNeedsOf, REFERENCE_KEYS, setReferenceKeys } from '../../../src/run/built-in-provider.ts'
import type { JsonObject, Mutation, Verdict } from '../../../src/types/index.ts'
import { askTarget } from '../../prove.ts'

export const VENDORS = ['sunra', 'lemondata', 'crun', 'anyfast', 'new-api'] as const

export interface EmulatedVendor {
  /** Every verdict by its own documents, or those of these checks. */
  judge(mutation: Mutation | undefined, checks?: readonly string[]): Promise<readonly Verdict[]>
  close(): Promise<void>
}

export async function startVendor(vendor: string): Promise<EmulatedVendor> {
  const { document, profile } = loadContract(vendor)
  setReferenceKeys()
  const server = await startReference({
    as: vendor,
    document: document as unknown as JsonObject,
    keys: REFERENCE_KEYS,
  })
  const fixtures = await serveFixtures(createRandom('vendors'))
  const [target] = resolveTargets([vendor], {
    baseUrl: server.url,
    reasoningModel: profile!.models.text!,
    withoutKeys: true,
    suite: ['hosted-tools'],
    expensive: true,
  })
  const asked = equipTarget({ ...target!, ...keyNeedsOf(target!), yardsticks: ['own'] }, fixtures)
  return {
    async judge(mutation, checks) {
      server.mutate(mutation)
      const session = await askTarget(asked, checks === undefined ? undefined : { checks })
      const verdicts = await Promise.all(session.cases.map((planned) => session.decide(planned)))
      await session.close()
      return verdicts.flat()
    },
    close: async () => {
      await server.close()
      await fixtures.close()
    },
  }
}
