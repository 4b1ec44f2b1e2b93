// Asks each target of a run for the little without which nothing can be judged.

import { tokensOf } from './is-answered.ts'
import type { Target } from '../target/target-and-keys.ts'
import { findObstacle } from '../transport/preflight.ts'
import type { Diagnosis } from '../transport/single-requests.ts'
import type { Doubt } from '../types/index.ts'

/** What was sent before a run, and what it showed; plain data for the process that judges. */
export interface PreflightAccount {
  readonly requests: number
  readonly retries: number
  readonly waitedMs: number
  readonly inputTokens: number
  readonly outputTokens: number
  /** Why nothing of this target is judged. */
  readonly obstacle?: Doubt
}

/** By target, all at the same time. The built-in provider needs none. */
export async function runPreflights(
  targets: readonly Target[],
  signal: AbortSignal,
): Promise<Readonly<Record<string, PreflightAccount>>> {
  const asked = targets.filter(({ contract }) => contract !== 'reference')
  const accounts = await Promise.all(
    asked.map(async (target): Promise<readonly [string, PreflightAccount]> => {
      const { obstacle, answer, ...account } = await findObstacle(target, signal)
      const [inputTokens, outputTokens] = 'failed' in answer ? [0, 0] : tokensOf(answer.exchange)
      const spent = { ...account, inputTokens, outputTokens }
      return [target.id, obstacle === undefined ? spent : { ...spent, obstacle: asDoubt(obstacle) }]
    }),
  )
  return Object.fromEntries(accounts)
}

function asDoubt({ about, blame, note, remedy }: Diagnosis): Doubt {
  const reason =
    about === 'key'
      ? 'credentials'
      : blame === 'circumstances' && note.startsWith('HTTP 429')
        ? 'rate-limited'
        : 'unreachable'
  return { reason, note: remedy === undefined ? note : `${note}; ${remedy}` }
}
