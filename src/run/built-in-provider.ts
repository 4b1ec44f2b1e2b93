// Starts what answers on this machine: the reference provider in both dialects, or in a vendor's place as that
// vendor's documents say.

import { startReference } from '../../reference/main.ts'
import { DEFAULT_LIMITS, type Target } from '../target/target-and-keys.ts'
import type { Dialect, JsonObject, Need } from '../types/index.ts'
import { isWanted, resolveTargets, type TargetOptions } from '../target/resolve-targets.ts'
import { loadContract } from '../contract/file/load.ts'
import { UsageError } from '../base/errors.ts'
import type { RunFlags } from './options.ts'
import { getEnvironment } from '../base/current-environment.ts'

interface BuiltInProvider {
  readonly targets: readonly Target[]
  close(): Promise<void>
}

/** Keys of the built-in provider's two accounts: no secrets, and long enough to be searched for. */
export const REFERENCE_KEYS = [
  'reference-key-of-the-first-account',
  'reference-key-of-the-second-account',
] as const
const KEY_ENV = 'RESPONSES_CONFORMANCE_REFERENCE_KEY'
const SECOND_KEY_ENV = 'RESPONSES_CONFORMANCE_REFERENCE_SECOND_KEY'

/** A target names variables, never keys: so the built-in one gets its own. */
export function setReferenceKeys(): void {
  const { env } = getEnvironment()
  env[KEY_ENV] = REFERENCE_KEYS[0]
  env[SECOND_KEY_ENV] = REFERENCE_KEYS[1]
}

/** What a target on this machine needs to be asked with those keys. */
export function keyNeedsOf({
  has,
}: Pick<Target, 'has'>): Pick<Target, 'keyEnv' | 'secondKeyEnv' | 'has'> {
  return {
    keyEnv: KEY_ENV,
    secondKeyEnv: SECOND_KEY_ENV,
    has: [...new Set<Need>([...has, 'key', 'second-key'])],
  }
}

export async function startBuiltIn(flags: Partial<RunFlags>): Promise<BuiltInProvider> {
  setReferenceKeys()
  const dialects: readonly Dialect[] = ['openai', 'open-responses']
  const servers = await Promise.all(
    dialects.map((dialect) => startReference({ dialect, keys: REFERENCE_KEYS })),
  )
  return {
    targets: dialects.map((dialect, index) =>
      createBuiltInTarget(dialect, servers[index]!.url, flags),
    ),
    close: async () => {
      await Promise.all(servers.map((server) => server.close()))
    },
  }
}

/** The dialects exclude each other, so each yardstick judges the one that is spoken for it. */
export function createBuiltInTarget(
  dialect: Dialect,
  url: string,
  flags: Partial<RunFlags> = {},
): Target {
  const openai = dialect === 'openai'
  const has: Need[] = ['key', 'second-key', 'vision-model', 'reasoning-model']
  for (const suite of ['websocket', 'hosted-tools'] as const) {
    if (isWanted(suite, flags)) has.push(suite)
  }
  if (flags.expensive === true) has.push('expensive')
  if (flags.endurance === true) has.push('endurance')
  return {
    id: openai ? 'reference' : 'reference-open-responses',
    name: openai ? 'Reference provider' : 'Reference provider (Open Responses)',
    contract: 'reference',
    baseUrl: url,
    auth: [{ header: 'authorization', prefix: 'Bearer ' }],
    keyEnv: KEY_ENV,
    secondKeyEnv: SECOND_KEY_ENV,
    headers: {},
    models: { text: 'reference', vision: 'reference', reasoning: 'reference' },
    limits: { ...DEFAULT_LIMITS, concurrency: 8, deadlineMs: 30_000 },
    origin: 'live',
    yardsticks: openai ? ['own', 'openai'] : ['open-responses'],
    gate: openai ? ['own', 'openai'] : ['open-responses'],
    has,
  }
}

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
