// The programming interface: run a selection, get the result. Types of everything in it.

import { join } from 'node:path'
import { startBuiltIn } from './run/built-in-provider.ts'
import type { RunFlags } from './run/options.ts'
import { conductRun, type ConductedRun } from './run/run-and-report.ts'
import { resolveTargets } from './target/resolve-targets.ts'
import { UsageError } from './base/errors.ts'
import { openStore } from './evidence/saved-exchanges.ts'
import { readResult } from './result/read-result.ts'
import type { Exchange } from './types/index.ts'

/** The options of the command by their long names: `baseUrl`, `model`, `suite`, `check`, `load`, … */
export interface RunOptions extends Omit<RunFlags, 'config' | 'out' | 'quiet' | 'verbose'> {
  /** Ids of shipped contracts. Without these, `baseUrl` and `contract`: the built-in reference provider. */
  readonly providers?: readonly string[]
  /** A new or empty folder, or one that an earlier run filled. Nothing is written anywhere else. */
  readonly out: string
  readonly signal?: AbortSignal
}

export interface FinishedRun extends ConductedRun {
  /** The exchange that a verdict rests on. */
  evidence(id: string): Exchange | undefined
}

/**
 * Does what the command does, and prints nothing. Reads neither a configuration file nor `.env`;
 * keys come from environment variables. Throws a `UsageError` for wrong options.
 */
export async function run({ providers = [], signal, ...flags }: RunOptions): Promise<FinishedRun> {
  const named = resolveTargets(providers, flags)
  const reference = named.length > 0 ? undefined : await startBuiltIn(flags)
  try {
    const targets = reference?.targets ?? named
    const conducted = await conductRun(targets, flags, signal === undefined ? {} : { signal })
    return { ...conducted, evidence: openStore(join(conducted.out, 'evidence')).load }
  } finally {
    await reference?.close()
  }
}

export { readResult, UsageError }
export type { ConductedRun }
/** @deprecated The names of version 0.1. */
export type { ConductedRun as Conducted, FinishedRun as Ran }
/** @deprecated The names of version 0.1. */
export type {
  ApiPath as Hinge,
  Mutation as Sabotage,
  RequestBuilder as Kit,
  Scope as Part,
} from './types/index.ts'
export type * from './types/index.ts'
