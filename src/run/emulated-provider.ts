// Starts what answers in a vendor's place: the reference provider, as that vendor's documents say.

import { startReference } from '../../reference/main.ts'
import { loadContract } from '../contract/file/load.ts'
import { UsageError } from '../base/errors.ts'
import { resolveTargets, type TargetOptions } from '../target/resolve-targets.ts'
import {
  keyNeedsOf,
  REFERENCE_KEYS,
  setReferenceKeys,
  type BuiltInProvider,
} from './built-in-provider.ts'
import type { JsonObject } from '../types/index.ts'

/** One target for each id of a shipped contract. Throws a `UsageError` for none, and for an address beside them. */
export async function startEmulated(
  ids: readonly string[],
  { baseUrl, ...flags }: TargetOptions,
): Promise<BuiltInProvider> {
  if (ids.length === 0) {
    throw new UsageError('--emulated needs a vendor: responses-conformance run crun --emulated')
  }
  if (baseUrl !== undefined) {
    throw new UsageError(
      '--emulated asks nobody but this machine: leave out --base-url, or --emulated',
    )
  }
  setReferenceKeys()
  // Names are checked before anything is started.
  const named = resolveTargets(ids, { ...flags, withoutKeys: true, baseUrl: 'http://127.0.0.1/v1' })
  const servers = await Promise.all(
    named.map(({ contract }) =>
      startReference({
        as: contract!,
        document: loadContract(contract!).document as unknown as JsonObject,
        keys: REFERENCE_KEYS,
      }),
    ),
  )
  return {
    targets: named.map((target, index) => ({
      ...target,
      ...keyNeedsOf(target),
      baseUrl: servers[index]!.url,
      origin: 'emulated',
    })),
    close: async () => {
      await Promise.all(servers.map((server) => server.close()))
    },
  }
}
